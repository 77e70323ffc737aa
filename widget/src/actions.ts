/** Copying and printing, without leaving the page or asking another host. */

import { home } from "./home";
import css from "./style.css?inline";

/** WeChat's browser has no printing: a button for it would do nothing. */
export const canPrint = typeof window.print === "function" && !/MicroMessenger/.test(navigator.userAgent);

const PRINT_FRAME = "mm-vte-print";
/** Shorter than a click counts as the user's wish, which the old way of copying needs. */
const CLIPBOARD_MS = 700;

const silence = (ms: number): Promise<false> => new Promise((done) => setTimeout(() => done(false), ms));

export async function copyText(text: string, near: Node): Promise<boolean> {
  if (navigator.clipboard && window.isSecureContext) {
    // Some WebViews have the interface and refuse it, or never answer: then the old way below.
    const written = navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (await Promise.race([written, silence(CLIPBOARD_MS)])) return true;
  }
  const before = (near.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.value = text;
  // A soft keyboard need not come up for it.
  area.readOnly = true;
  area.className = "off-screen";
  near.appendChild(area);
  area.focus();
  // iPhones do not heed select() alone.
  area.select();
  area.setSelectionRange(0, text.length);
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    // Not even that: the caller shows the text to be copied by hand.
  }
  area.remove();
  if (before) before.focus();
  return copied;
}

/** Print one element as a document of its own, everything in it unfolded. */
export function printElement(element: Element): void {
  // Not every browser says when it has printed.
  const old = document.getElementById(PRINT_FRAME);
  if (old) old.remove();
  const frame = document.createElement("iframe");
  frame.id = PRINT_FRAME;
  frame.style.position = "fixed";
  frame.style.width = frame.style.height = "0";
  frame.style.border = "0";
  frame.setAttribute("aria-hidden", "true");
  frame.title = "打印";
  document.body.appendChild(frame);
  const page = frame.contentDocument!;
  const view = frame.contentWindow! as Window & typeof globalThis;
  page.documentElement.lang = "zh-CN";
  page.title = "MM 相关 VTE 防治评估";
  const copy = page.importNode(element, true);
  copy.querySelectorAll("details").forEach((one) => one.setAttribute("open", ""));
  page.body.className = "root print";
  page.body.appendChild(copy);
  view.addEventListener("afterprint", () => frame.remove());
  const print = () => {
    view.focus();
    view.print();
  };
  const loading = applyStyle(page, page.head, view);
  if (loading) loading.onload = loading.onerror = print;
  else print();
}

/** Style a document or shadow root in a way that a strict CSP allows: in old browsers by a link, which loads. */
export function applyStyle(
  root: DocumentOrShadowRoot,
  fallback: Node,
  view: Window & typeof globalThis = window,
): HTMLLinkElement | null {
  if ("adoptedStyleSheets" in root && "replaceSync" in view.CSSStyleSheet.prototype) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    return null;
  }
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("mm-vte-chat.css", home).href;
  fallback.appendChild(link);
  return link;
}
