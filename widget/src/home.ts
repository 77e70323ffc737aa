/** Where this script came from; known only while it is first run. */

const script = document.currentScript as HTMLScriptElement | null;

export const home = script ? script.src : location.href;
