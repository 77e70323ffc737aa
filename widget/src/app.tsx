import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { canPrint, copyText, printElement } from "./actions";
import { ByHand } from "./by-hand";
import { Composer } from "./composer";
import { ToolsContext } from "./context";
import { Conversation } from "./conversation";
import { Dialog } from "./dialog";
import { BotMessage } from "./message";
import type { Keep } from "./server";
import { Server } from "./server";
import { SourcePanel } from "./source";
import type { Catalogue, ChatEvent, Source } from "./types";
import { chosenTitles } from "./wording";

export interface Config {
  base: string;
  keep: Keep;
  layout: "page" | "bubble";
  examples: boolean;
  largeText: boolean;
  heading: string;
  token: () => Promise<string | null>;
}

/** The only thing kept in the browser: which version of the notice was agreed to. */
const CONSENT_KEY = "mm-vte-chat:consent";

export function App({ config }: { config: Config }) {
  const [open, setOpen] = useState(config.layout === "page");
  const [large, setLarge] = useState(config.largeText);
  const launcher = useRef<HTMLButtonElement>(null);
  const classes = `root ${config.layout} ${large ? "large" : ""}`;
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => launcher.current && launcher.current.focus());
  };
  const [started, setStarted] = useState(open);
  return (
    <div class={classes} lang="zh-CN">
      {started && (
        <div class="panel" hidden={!open}>
          <Chat config={config} large={large} setLarge={setLarge} close={config.layout === "bubble" ? close : undefined} />
        </div>
      )}
      {!open && (
        <button type="button" class="launcher primary" ref={launcher} onClick={() => { setStarted(true); setOpen(true); }}>
          <span aria-hidden="true">✚ </span>{config.heading}
        </button>
      )}
    </div>
  );
}

function Chat({ config, large, setLarge, close }: {
  config: Config;
  large: boolean;
  setLarge: (large: boolean) => void;
  close?: () => void;
}) {
  const server = useMemo(() => new Server(config.base, config.keep), []);
  const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
  const talk = useMemo(() => new Conversation(server, config.token, () => redraw()), []);
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null);
  const [agreed, setAgreed] = useState(false);
  const [text, setText] = useState("");
  const [source, setSource] = useState<Source | null>(null);
  const [note, setNote] = useState("");
  const [byHand, setByHand] = useState("");
  const frame = useRef<HTMLDivElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const { line, events, outgoing, reason } = talk.state;

  useEffect(() => {
    let stopped = false;
    const load = (attempt: number) => {
      server.catalogue().then(
        (loaded) => {
          if (stopped) return;
          setCatalogue(loaded);
          setAgreed(remembered() === loaded.consent.version);
        },
        () => { if (!stopped) setTimeout(() => load(attempt + 1), Math.min(8, 2 ** attempt) * 1000); },
      );
    };
    load(0);
    return () => { stopped = true; talk.stop(); };
  }, []);
  useEffect(() => { if (agreed) void talk.start(); }, [agreed]);
  useEffect(() => {
    const online = () => talk.hurry();
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, []);
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(() => setNote(""), 4000);
    return () => clearTimeout(timer);
  }, [note]);

  // Bring the beginning of what is new into view: a card is longer than the window.
  const lastUser = last(events, (one) => one.from === "user");
  const turn = events.filter((one) => one.from === "bot" && lastUser && one.number > lastUser.number)[0];
  const newest = outgoing.length ? outgoing[outgoing.length - 1]!.id : turn ? turn.number : 0;
  useEffect(() => {
    const box = log.current;
    if (!box) return;
    const first = !outgoing.length && turn && box.querySelector<HTMLElement>(`[data-number="${turn.number}"]`);
    const said = events.length + outgoing.length > 0;
    box.scrollTop = first ? Math.max(0, first.offsetTop - 12) : said ? box.scrollHeight : 0;
  }, [newest, line]);

  const typing = outgoing.some((one) => one.failed === null) || Boolean(
    lastUser && !events.some((one) => one.from === "bot" && one.client_msg_id === lastUser.client_msg_id),
  );
  const say = (said: string) => {
    talk.say(said);
    focusInput(frame.current);
  };
  const begin = (start: string) => {
    setText(start);
    focusInput(frame.current);
  };
  const send = () => {
    if (!text.trim()) return;
    talk.say(text);
    setText("");
  };
  const copy = async (copied: string, done: string) => {
    if (await copyText(copied, frame.current!)) setNote(done);
    else setByHand(copied);
  };
  const over = line === "ended" || line === "refused";
  const latest = (kind: string) => last(events, (one) => one.from === "bot" && Boolean(one.custom) && one.custom!.kind === kind);
  const question = latest("question");
  const asking = question && !outgoing.length && lastUser && lastUser.number < question.number ? question : undefined;
  const isLocked = (event: ChatEvent): boolean => {
    if (!event.custom) return false;
    if (event.custom.kind === "question") return event !== asking;
    return event.custom.kind === "assessment" && latest("assessment") !== event;
  };

  return (
    <div class="frame" ref={frame} onPointerDown={() => talk.active()} onKeyDown={() => talk.active()}>
      <header>
        <h2>{config.heading}</h2>
        <div class="row">
          <button type="button" aria-pressed={large} onClick={() => setLarge(!large)}>大字</button>
          {canPrint && events.length > 0 && <button type="button" onClick={() => log.current && printElement(log.current)}>打印</button>}
          {agreed && !over && (
            <button type="button" onClick={() => void talk.end("会话已结束，屏幕上的内容已清除。")}>结束会话</button>
          )}
          {close && <button type="button" aria-label="收起" onClick={close}>✕</button>}
        </div>
      </header>
      <div class={`line ${line === "broken" ? "tone-warn" : ""}`} role="status">
        {note || (line === "broken" ? "网络中断，正在自动重试，内容不会丢失…" : !catalogue || (agreed && line === "connecting") ? "正在连接…" : "")}
      </div>
      {catalogue && !agreed && (
        <Dialog title={catalogue.consent.title}>
          {catalogue.consent.text.map((one) => <p key={one}>{one}</p>)}
          <button type="button" class="primary" onClick={() => { remember(catalogue.consent.version); setAgreed(true); }}>
            {catalogue.consent.agree}
          </button>
        </Dialog>
      )}
      {over ? (
        <div class="over">
          <p role="alert">{reason}</p>
          <button type="button" class="primary" onClick={() => { setText(""); void talk.start(); }}>开始新会话</button>
        </div>
      ) : (
        <div class="log" role="log" aria-live="polite" aria-relevant="additions" aria-label="对话" tabIndex={0} ref={log}>
          {catalogue && (
            <ToolsContext.Provider value={{ catalogue, say, begin, openSource: setSource, copy }}>
              {events.length === 0 && outgoing.length === 0 && (
                <Welcome examples={config.examples ? catalogue.examples : []} say={say} ready={line === "ready"} />
              )}
              {/* One list, or a message would be drawn anew, and read out twice, when the server has taken it. */}
              {events.map((event, index) =>
                event.from === "bot" ? (
                  <BotMessage key={event.number} event={event} locked={isLocked(event)} />
                ) : (
                  <UserMessage key={event.client_msg_id} text={event.text} caption={chosenTitles(events, index)} />
                ),
              ).concat(outgoing.map((one) => (
                <UserMessage key={one.id} text={one.text} failed={one.failed} retry={() => talk.retry(one.id)} />
              )))}
              {typing && <p class="typing"><span class="sr-only">助手正在回答</span><i /><i /><i /></p>}
            </ToolsContext.Provider>
          )}
        </div>
      )}
      {asking && !over && (
        <button type="button" class="pending" onClick={() => showEvent(log.current, asking.number)}>
          待回答：{asking.text.split("\n")[0]!.replace(/^【请补充】/, "")}<span aria-hidden="true"> ↓</span>
        </button>
      )}
      {!over && <Composer text={text} setText={setText} send={send} disabled={!agreed} />}
      {byHand && <ByHand text={byHand} close={() => setByHand("")} />}
      {source && <SourcePanel source={source} server={server} close={() => setSource(null)} />}
    </div>
  );
}

function UserMessage({ text, caption, failed, retry }: {
  text: string;
  caption?: string;
  failed?: string | null;
  retry?: () => void;
}) {
  return (
    <article class="user">
      <h3 class="sr-only">您</h3>
      <p>{text || "（这条消息没有被读取，也没有记录）"}</p>
      {caption && <p class="caption">{caption}</p>}
      {failed && (
        <p class="problem" role="alert">
          {failed} <button type="button" onClick={retry}>重新发送</button>
        </p>
      )}
    </article>
  );
}

function Welcome({ examples, say, ready }: {
  examples: { title: string; text: string }[];
  say: (text: string) => void;
  ready: boolean;
}) {
  return (
    <article class="bot plain welcome">
      <p>
        您好。可以直接粘贴病例，或提问；依据2022年中国专家共识，由确定性规则计算。未说明的情况一律按“未知”处理，不会当作“无”。
      </p>
      {examples.length > 0 && (
        <>
          <h3>点击示例试一试</h3>
          <ul class="examples">
            {examples.map((one) => (
              <li key={one.title}>
                <button type="button" disabled={!ready} onClick={() => say(one.text)}>
                  <b>{one.title}</b><span>{one.text}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function last<T>(list: T[], fits: (one: T) => boolean): T | undefined {
  for (let index = list.length - 1; index >= 0; index--) if (fits(list[index]!)) return list[index];
  return undefined;
}

/** Scroll a message into view and put the focus on its first control. */
function showEvent(box: HTMLElement | null, number: number): void {
  const message = box && box.querySelector<HTMLElement>(`[data-number="${number}"]`);
  if (!box || !message) return;
  box.scrollTop = message.offsetTop - 12;
  const control = message.querySelector<HTMLElement>("button, input");
  if (control) control.focus();
}

/** Not on touch screens, where the keyboard would jump up over the answer. */
function focusInput(frame: HTMLElement | null): void {
  if (!frame || matchMedia("(pointer: coarse)").matches) return;
  const input = frame.querySelector("textarea");
  if (input) input.focus();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(CONSENT_KEY);
  } catch {
    return null;
  }
}

function remember(version: string): void {
  try {
    localStorage.setItem(CONSENT_KEY, version);
  } catch {
    // Storage is switched off: the notice is shown again next time.
  }
}
