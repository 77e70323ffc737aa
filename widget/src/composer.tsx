import { useEffect, useRef } from "preact/hooks";

/** Characters that the server accepts in one message (rasa_project/channels/incoming.py). */
const LIMIT = 8000;

/** The input line. Enter sends, except while an input method is composing; Shift+Enter breaks the line. */
export function Composer({ text, setText, send, disabled }: {
  text: string;
  setText: (text: string) => void;
  send: () => void;
  disabled: boolean;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const one = area.current!;
    one.style.height = "auto";
    one.style.height = `${Math.min(one.scrollHeight + 2, 200)}px`;
  }, [text]);
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const over = text.length - LIMIT;
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label class="sr-only" for="mmvte-input">患者情况或问题</label>
      <textarea id="mmvte-input" ref={area} rows={1} value={text} disabled={disabled} enterkeyhint="send"
        placeholder="粘贴病例或输入问题…" aria-describedby="mmvte-limit" aria-invalid={over > 0}
        onInput={(event) => setText(event.currentTarget.value)} onKeyDown={key} />
      <button type="submit" class="primary" disabled={disabled || !text.trim() || over > 0}>发送</button>
      <span id="mmvte-limit" class={over > 0 ? "problem" : "sr-only"} role="status">
        {over > 0 ? `超出 ${over} 字：一次最多 ${LIMIT} 字` : ""}
      </span>
    </form>
  );
}
