import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// Served at / and /console/, or below whatever path a proxy has for the server: all addresses are relative.
export default defineConfig({
  base: "./",
  publicDir: false,
  resolve: {
    alias: {
      "pharus-client": at("../clients/typescript/src/index.ts"),
      // The client's sources are not below this folder, and find no node_modules.
      "decimal.js": at("./node_modules/decimal.js/decimal.mjs"),
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  build: {
    outDir: at("../handlers/http/console_page"),
    emptyOutDir: true,
    assetsDir: "console",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    license: { fileName: "console/LICENSES.md" },
  },
});
