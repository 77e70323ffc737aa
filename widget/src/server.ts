/** The requests to the bot. A failed one throws Unreachable (try again) or Refused (do not). */

import type { Catalogue, ChatEvent, Section } from "./types";

/** No answer, or none that the bot itself gave: the same request may be sent again. */
export class Unreachable extends Error {
  constructor(readonly retryAfter = 0) {
    super("unreachable");
  }
}

/** The bot's own refusal, with its sentence to the user. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How the session is kept: in a cookie that no script can read, or in this page's memory. */
export type Keep = "cookie" | "page";

export class Server {
  private handle: string | null = null;

  constructor(
    private readonly base: string,
    private readonly keep: Keep,
  ) {}

  async open(token: string | null): Promise<{ idle_seconds: number }> {
    const body = token ? { keep: this.keep, token } : { keep: this.keep };
    const answer = await this.ask<{ idle_seconds: number; handle?: string }>("POST", "/web/session", 15, body);
    this.handle = answer.handle || null;
    return answer;
  }

  end(): Promise<unknown> {
    return this.ask("DELETE", "/web/session", 10);
  }

  /** Say something; answered once however often it is sent with the same id. */
  async say(id: string, text: string, since: number): Promise<ChatEvent[]> {
    const body = { client_msg_id: id, text, since };
    return (await this.ask<{ events: ChatEvent[] }>("POST", "/web/messages", 30, body)).events;
  }

  async news(since: number, wait: number, signal?: AbortSignal): Promise<ChatEvent[]> {
    const path = `/web/messages?since=${since}&wait=${wait}`;
    return (await this.ask<{ events: ChatEvent[] }>("GET", path, wait + 10, undefined, signal)).events;
  }

  catalogue(): Promise<Catalogue> {
    return this.ask("GET", "/web/catalogue", 15);
  }

  section(name: string): Promise<Section> {
    return this.ask("GET", `/web/sections/${encodeURIComponent(name)}`, 15);
  }

  private async ask<T>(
    method: string,
    path: string,
    seconds: number,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<T> {
    const headers: Record<string, string> = {};
    if (body) headers["Content-Type"] = "application/json";
    if (this.handle) headers["Authorization"] = `Bearer ${this.handle}`;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), seconds * 1000);
    const abort = () => stop.abort();
    if (signal) signal.addEventListener("abort", abort);
    try {
      const response = await fetch(this.base + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : undefined,
        credentials: this.keep === "cookie" ? "same-origin" : "omit",
        cache: "no-store",
        signal: stop.signal,
      });
      const answer = await response.json();
      if (response.ok) return answer as T;
      if (response.status === 429) throw new Unreachable(Number(response.headers.get("Retry-After")) || 2);
      if (response.status >= 500 || !answer.error) throw new Unreachable();
      throw new Refused(answer.error.code, answer.error.message);
    } catch (error) {
      if (error instanceof Refused || error instanceof Unreachable) throw error;
      throw new Unreachable();
    } finally {
      clearTimeout(timer);
      if (signal) signal.removeEventListener("abort", abort);
    }
  }
}
