import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const served = fileURLToPath(new URL("../rasa_project/channels/web/static", import.meta.url));
const style = fileURLToPath(new URL("src/style.css", import.meta.url));

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    // Old WebViews, as in WeChat: Chromium 66 and later, iOS 12.2 and later (both know AbortController).
    target: "es2017",
    // Without it the minifier writes newer shorthands, such as inset.
    cssTarget: ["chrome66", "ios12.2"],
    outDir: served,
    emptyOutDir: false,
    lib: { entry: "src/main.ts", name: "mmVteChat", formats: ["iife"], fileName: () => "mm-vte-chat.js" },
    reportCompressedSize: true,
  },
  plugins: [
    {
      // Browsers without constructable style sheets load it by <link>, which a strict CSP allows.
      name: "style-sheet",
      closeBundle: () => copyFileSync(style, `${served}/mm-vte-chat.css`),
    },
  ],
});
