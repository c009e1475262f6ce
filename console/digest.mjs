// A digest of all that the console is built from, kept beside what was built: whoever changes one without the other is
// told by a test, which needs no node (tests/handlers/http/test_console.py computes the same).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const FOLDERS = ["src", "../clients/typescript/src"];
const FILES = ["index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];

const files = [
  ...FILES,
  ...FOLDERS.flatMap((folder) => readdirSync(at(folder), { recursive: true }).map((name) => `${folder}/${name}`)),
].filter((name) => /\.\w+$/.test(name));
const digest = createHash("sha256");
for (const name of files.sort()) digest.update(`${name}\0`).update(readFileSync(at(name))).update("\0");
writeFileSync(at("../handlers/http/console_page/sources.sha256"), `${digest.digest("hex")}\n`);
