import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "./dialog";

/** A text that the browser would not copy: all of it is selected, for the user to copy. */
export function ByHand({ text, close }: { text: string; close: () => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    area.current!.focus();
    area.current!.setSelectionRange(0, text.length);
  }, []);
  return (
    <Dialog title="请手动复制" close={close}>
      <p>浏览器不允许自动复制。文字已选中，请长按（或按 Ctrl+C）复制。</p>
      <textarea class="by-hand" aria-label="要复制的文字" readOnly value={text} ref={area} />
    </Dialog>
  );
}
