/** Copying and printing, without leaving the page or asking another host. */

import css from "./style.css?inline";

export async function copyText(text: string, near: Node): Promise<boolean> {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Some WebViews have the interface and refuse it: the old way below.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "off-screen";
  near.appendChild(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

/** Print one element as a document of its own, everything in it unfolded. */
export function printElement(element: Element): void {
  const frame = document.createElement("iframe");
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
  applyStyle(page, page.head, view);
  const copy = page.importNode(element, true);
  copy.querySelectorAll("details").forEach((one) => one.setAttribute("open", ""));
  page.body.className = "root print";
  page.body.appendChild(copy);
  view.addEventListener("afterprint", () => frame.remove());
  view.focus();
  view.print();
}

/** Style a document or shadow root in a way that a strict CSP allows. */
export function applyStyle(
  root: DocumentOrShadowRoot,
  fallback: Node,
  view: Window & typeof globalThis = window,
  sheetAddress = "",
): void {
  if ("adoptedStyleSheets" in root && "replaceSync" in view.CSSStyleSheet.prototype) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } else if (sheetAddress) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = sheetAddress;
    fallback.appendChild(link);
  }
}
