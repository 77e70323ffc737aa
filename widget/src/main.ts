/**
 * <mm-vte-chat>: the chat of the MM-VTE assistant in any page, by one script tag.
 *
 * Attributes: `server` (address of the bot; default: where this script came from), `token` or `token-url`
 * (who is signed in, see docs/web-widget.md), `layout` ("bubble", "page"), `heading`, `text-size` ("large"),
 * `theme` ("light", "dark"; default: the system's), `examples`.
 */

import { h, render } from "preact";
import { applyStyle } from "./actions";
import { App, type Config } from "./app";
import { home } from "./home";

class MmVteChat extends HTMLElement {
  private mount: HTMLElement | null = null;

  connectedCallback(): void {
    const root = this.shadowRoot || this.attachShadow({ mode: "open" });
    applyStyle(root, root);
    this.mount = document.createElement("div");
    this.mount.className = "mount";
    root.appendChild(this.mount);
    this.followKeyboard();
    render(h(App, { config: this.config() }), this.mount);
  }

  disconnectedCallback(): void {
    if (this.mount) {
      render(null, this.mount);
      this.mount.remove();
    }
    this.mount = null;
  }

  private config(): Config {
    const page = this.getAttribute("layout") === "page";
    const base = new URL(this.getAttribute("server") || home, location.href).origin;
    const own = page && base === location.origin;
    return {
      base,
      keep: own ? "cookie" : "page",
      layout: page ? "page" : "bubble",
      examples: this.hasAttribute("examples"),
      largeText: this.getAttribute("text-size") === "large",
      heading: this.getAttribute("heading") || "MM-VTE 防治助手",
      token: () => this.token(),
    };
  }

  /** Read anew for every session, because a token is short-lived. */
  private async token(): Promise<string | null> {
    const handed = /[#&]token=([\w.-]+)/.exec(location.hash);
    if (handed && this.getAttribute("layout") === "page") {
      history.replaceState(null, "", location.pathname + location.search);
      return handed[1]!;
    }
    const address = this.getAttribute("token-url");
    if (!address) return this.getAttribute("token");
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" });
    return (await answer.json()).token;
  }

  /** A soft keyboard covers fixed elements; the visual viewport says how much is left. */
  private followKeyboard(): void {
    const view = window.visualViewport;
    if (!view) return;
    const fit = () => {
      // Zooming in makes it smaller as well: only the keyboard should.
      this.style.setProperty("--height", `${Math.round(view.height * view.scale)}px`);
      // An iPhone pushes the page up to make room for its keyboard, WeChat there leaves it pushed up afterwards.
      if (this.offsetTop === 0 && this.getAttribute("layout") === "page") window.scrollTo(0, 0);
    };
    view.addEventListener("resize", fit);
    fit();
  }
}

if (!customElements.get("mm-vte-chat")) customElements.define("mm-vte-chat", MmVteChat);
