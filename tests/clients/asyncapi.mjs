// What the parser of AsyncAPI says of the document named.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
console.log(
  JSON.stringify({
    messages: document ? document.allMessages().all().map((message) => message.name()) : [],
    diagnostics: diagnostics.map(({ severity, code, path, message }) => ({ severity, code, path, message })),
  }),
);
