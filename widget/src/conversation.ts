/** The state of one conversation, and what keeps it in step with the server. */

import { Refused, Server, Unreachable } from "./server";
import type { ChatEvent } from "./types";

export interface Outgoing {
  id: string;
  text: string;
  failed: string | null;
}

export type Line = "connecting" | "ready" | "broken" | "ended" | "refused";

export interface State {
  line: Line;
  /** Why the session ended or was refused, in the server's words. */
  reason: string;
  events: ChatEvent[];
  outgoing: Outgoing[];
}

/** Seconds between attempts while the network is away. */
const PAUSES = [1, 2, 4, 8, 8, 8, 8];
const POLL_SECONDS = 20;

const EMPTY: State = { line: "connecting", reason: "", events: [], outgoing: [] };

export class Conversation {
  state: State = EMPTY;
  private listening: AbortController | null = null;
  private queue: Promise<void> = Promise.resolve();
  private idle = 0;
  private idleSeconds = 1800;
  private wake: (() => void) | null = null;

  constructor(
    private readonly server: Server,
    private readonly token: () => Promise<string | null>,
    private readonly changed: () => void,
  ) {}

  /** Open a session. What is said meanwhile waits for it. */
  start(): Promise<void> {
    this.queue = this.open();
    return this.queue;
  }

  private async open(): Promise<void> {
    this.update({ ...EMPTY });
    for (let attempt = 0; ; attempt++) {
      try {
        const opened = await this.server.open(await this.token());
        this.idleSeconds = opened.idle_seconds;
        const events = await this.server.news(0, 0);
        this.update({ line: "ready" });
        this.take(events);
        this.active();
        void this.listen();
        return;
      } catch (error) {
        if (error instanceof Refused) return this.close("refused", error.message);
        this.update({ line: "broken" });
        await this.pause(attempt, error);
      }
    }
  }

  say(text: string): void {
    const trimmed = text.trim();
    if (!trimmed || this.over()) return;
    this.active();
    const message = { id: randomId(), text: trimmed, failed: null };
    this.update({ outgoing: [...this.state.outgoing, message] });
    this.enqueue(message);
  }

  /** Send a failed message again, under its old name: the server answers it once. */
  retry(id: string): void {
    const message = this.state.outgoing.find((one) => one.id === id);
    if (!message || message.failed === null) return;
    const again = { ...message, failed: null };
    this.update({ outgoing: this.state.outgoing.map((one) => (one.id === id ? again : one)) });
    this.enqueue(again);
  }

  /** The network may be back: try at once. */
  hurry(): void {
    if (this.wake) this.wake();
  }

  async end(reason: string): Promise<void> {
    const closing = this.server.end().catch(() => undefined);
    this.close("ended", reason);
    await closing;
  }

  stop(): void {
    clearTimeout(this.idle);
    if (this.listening) this.listening.abort();
    this.listening = null;
  }

  /** Somebody is there: the clock of the shared computer starts again. */
  active(): void {
    clearTimeout(this.idle);
    if (this.over()) return;
    this.idle = window.setTimeout(
      () => void this.end("长时间没有操作，会话已结束，屏幕上的内容已清除。"),
      this.idleSeconds * 1000,
    );
  }

  private over(): boolean {
    return this.state.line === "ended" || this.state.line === "refused";
  }

  private enqueue(message: Outgoing): void {
    this.queue = this.queue.then(() => this.deliver(message));
  }

  private async deliver(message: Outgoing): Promise<void> {
    for (let attempt = 0; attempt < PAUSES.length; attempt++) {
      if (this.over()) return;
      try {
        this.take(await this.server.say(message.id, message.text, this.last()));
        this.update({ line: "ready", outgoing: this.state.outgoing.filter((one) => one.id !== message.id) });
        return;
      } catch (error) {
        if (error instanceof Refused) {
          if (error.code === "session_ended") return this.close("ended", error.message);
          return this.fail(message, error.message);
        }
        this.update({ line: "broken" });
        await this.pause(attempt, error);
      }
    }
    this.fail(message, "没有发送成功，请检查网络后重试。");
  }

  private fail(message: Outgoing, why: string): void {
    this.update({
      outgoing: this.state.outgoing.map((one) => (one.id === message.id ? { ...one, failed: why } : one)),
    });
  }

  /** Wait for news: answers whose request was cut off, and what another tab of the session says. */
  private async listen(): Promise<void> {
    const stop = new AbortController();
    this.listening = stop;
    for (let attempt = 0; !stop.signal.aborted; ) {
      try {
        const events = await this.server.news(this.last(), POLL_SECONDS, stop.signal);
        if (stop.signal.aborted) return;
        attempt = 0;
        if (this.state.line === "broken") this.update({ line: "ready" });
        this.take(events);
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error instanceof Refused) return this.close("ended", error.message);
        this.update({ line: "broken" });
        await this.pause(attempt++, error);
      }
    }
  }

  private take(events: ChatEvent[]): void {
    const last = this.last();
    const fresh = events.filter((one) => one.number > last);
    if (!fresh.length) return;
    const said = new Set(fresh.map((one) => one.client_msg_id));
    this.update({
      events: [...this.state.events, ...fresh],
      outgoing: this.state.outgoing.filter((one) => !said.has(one.id)),
    });
  }

  private last(): number {
    const { events } = this.state;
    return events.length ? events[events.length - 1]!.number : 0;
  }

  private close(line: "ended" | "refused", reason: string): void {
    this.stop();
    this.update({ line, reason, events: [], outgoing: [] });
  }

  private pause(attempt: number, error: unknown): Promise<void> {
    const asked = error instanceof Unreachable ? error.retryAfter : 0;
    const seconds = asked || PAUSES[Math.min(attempt, PAUSES.length - 1)]!;
    return new Promise((resolve) => {
      const timer = setTimeout(done, seconds * 1000);
      const self = this;
      function done(): void {
        clearTimeout(timer);
        if (self.wake === done) self.wake = null;
        resolve();
      }
      this.wake = done;
    });
  }

  private update(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.changed();
  }
}

function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => ("0" + byte.toString(16)).slice(-2)).join("");
}
