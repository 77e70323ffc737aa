import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** A panel above the conversation. Focus stays inside; Escape closes it and gives the focus back. */
export function Dialog({ title, close, children }: { title: string; close?: () => void; children: ComponentChildren }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = panel.current!.getRootNode() as ShadowRoot;
    const before = root.activeElement as HTMLElement | null;
    panel.current!.focus();
    return () => { if (before) before.focus(); };
  }, []);
  const key = (event: KeyboardEvent) => {
    if (event.key === "Escape" && close) return close();
    if (event.key !== "Tab") return;
    const stops = panel.current!.querySelectorAll<HTMLElement>("button, a[href], input, textarea, summary, [tabindex='0']");
    const root = panel.current!.getRootNode() as ShadowRoot;
    const first = stops[0];
    const last = stops[stops.length - 1];
    if (!first || !last) return;
    if (event.shiftKey && (root.activeElement === first || root.activeElement === panel.current)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && root.activeElement === last) {
      event.preventDefault();
      first.focus();
    }
  };
  return (
    <div class="veil">
      <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="mmvte-dialog" tabIndex={-1} ref={panel} onKeyDown={key}>
        <h2 id="mmvte-dialog">{title}</h2>
        {children}
        {close && <button type="button" onClick={close}>关闭</button>}
      </div>
    </div>
  );
}
