// The request of an operation as a program: with the values of the form, else with the examples of the document. Token
// and organization come from the environment.

import { exampleOf, follow } from "./document.js";

export const LANGUAGES = ["curl", "Python", "TypeScript"];

const JSON_TYPE = "application/json";

/** `value` gives what a parameter has in the form; `written` is the body there. */
export function sampleOf(language, document, operation, value, written) {
  return WRITERS[language](requestOf(document, operation, value, written));
}

function requestOf(document, operation, value, written) {
  const { method, path, declared, parameters } = operation;
  const given = parameters
    .map((each) => ({ ...each, value: filled(value(each)) ?? (each.required ? exampleOf(document, each) : undefined) }))
    .filter((each) => each.value !== undefined);
  const of = (place) => given.filter((each) => each.in === place);
  const query = of("query").map(({ name, value }) => `${name}=${encodeURIComponent([value].flat().join(","))}`);
  const route = of("path").reduce(
    (text, { name, value }) => text.replace(`{${name}}`, encodeURIComponent(value)), path);
  const headers = of("header").map(({ name, value }) => [name, String(value)]);
  const [mediaType, content] = Object.entries(follow(document, declared.requestBody)?.content ?? {})[0] ?? [];
  const success = follow(document, declared.responses[Object.keys(declared.responses).find((each) => each[0] === "2")]);
  const answer = Object.keys(success.content ?? {})[0] ?? JSON_TYPE;
  const security = declared.security ?? document.security ?? [];
  return {
    method: method.toUpperCase(),
    url: location.origin + new URL("../..", location.href).pathname.replace(/\/$/, "") + route
      + (query.length ? `?${query.join("&")}` : ""),
    headers,
    withToken: operation.role !== "public",
    withOrganization: security.some((scheme) => "organization" in scheme),
    body: mediaType === JSON_TYPE ? bodyOf(written, exampleOf(document, content)) : undefined,
    form: mediaType && mediaType !== JSON_TYPE ? formOf(document, content) : undefined,
    file: answer === JSON_TYPE ? undefined : `${operation.id}.${answer.split("/")[1]}`,
  };
}

function filled(value) {
  const plain = value?.toJS ? value.toJS() : value;
  return plain === "" || plain === null || plain?.length === 0 ? undefined : plain;
}

/** What is written in the form counts once it is JSON. */
function bodyOf(written, example) {
  try {
    return written ? JSON.parse(written) : example;
  } catch {
    return example;
  }
}

/** The fields of a form: texts from the example, a file for what is binary. */
function formOf(document, content) {
  const example = exampleOf(document, content) ?? {};
  const { properties, required = [] } = follow(document, content.schema);
  return Object.entries(properties)
    .map(([name, schema]) => [name, follow(document, schema).format === "binary", example[name]])
    .filter(([name, isFile, text]) => isFile || text !== undefined || required.includes(name))
    .map(([name, isFile, text]) => ({ name, isFile, text: text ?? "" }));
}

const WRITERS = {
  curl({ method, url, headers, withToken, withOrganization, body, form, file }) {
    const parts = [`curl --fail-with-body -X ${method} ${quoted(url)}`];
    if (withToken) {
      parts.push('-H "Authorization: Bearer $PHARUS_TOKEN"');
    }
    if (withOrganization) {
      parts.push('-H "X-Org-Id: $PHARUS_ORGANIZATION"');
    }
    parts.push(...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`));
    if (body !== undefined) {
      parts.push(`-H 'Content-Type: application/json'`, `--data-raw ${quoted(JSON.stringify(body, null, 2))}`);
    }
    for (const { name, isFile, text } of form ?? []) {
      parts.push(isFile ? `-F ${name}=@note.txt` : `--form-string ${quoted(`${name}=${text}`)}`);
    }
    if (file) {
      parts.push(`-o ${file}`);
    }
    return parts.join(" \\\n  ");
  },

  Python({ method, url, headers, withToken, withOrganization, body, form, file }) {
    const environment = withToken || withOrganization;
    const given = [
      ...(withToken ? ['"Authorization": f"Bearer {os.environ[\'PHARUS_TOKEN\']}"'] : []),
      ...(withOrganization ? ['"X-Org-Id": os.environ.get("PHARUS_ORGANIZATION", "")'] : []),
      ...headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    ];
    const lines = [
      ...(environment ? ["import os", ""] : []),
      "import httpx",
      "",
      "response = httpx.request(",
      `    ${JSON.stringify(method)},`,
      `    ${JSON.stringify(url)},`,
      ...(given.length ? ["    headers={", ...given.map((each) => `        ${each},`), "    },"] : []),
      ...(body === undefined ? [] : [`    json=${python(body, "    ")},`]),
    ];
    if (form) {
      const texts = form.filter((each) => !each.isFile).map(({ name, text }) => [name, text]);
      const files = form.filter((each) => each.isFile);
      lines.push(`    data=${python(Object.fromEntries(texts), "    ")},`);
      lines.push(`    files={${files.map(({ name }) => `${JSON.stringify(name)}: open("note.txt", "rb")`).join(", ")}},`);
    }
    return [...lines, ")", "response.raise_for_status()",
      ...(file ? [`with open(${JSON.stringify(file)}, "wb") as file:`, "    file.write(response.content)"]
        : ["print(response.json())"])].join("\n");
  },

  TypeScript({ method, url, headers, withToken, withOrganization, body, form, file }) {
    const given = [
      ...(withToken ? ["Authorization: `Bearer ${process.env.PHARUS_TOKEN}`"] : []),
      ...(withOrganization ? ['"X-Org-Id": process.env.PHARUS_ORGANIZATION ?? ""'] : []),
      ...headers.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`),
      ...(body === undefined ? [] : ['"Content-Type": "application/json"']),
    ];
    const lines = [];
    if (form || file) {
      lines.push(`import { ${[form && "readFile", file && "writeFile"].filter(Boolean).join(", ")} } from "node:fs/promises";`, "");
    }
    if (form) {
      lines.push("const form = new FormData();", ...form.map(({ name, isFile, text }) => isFile
        ? `form.append(${JSON.stringify(name)}, new Blob([await readFile("note.txt")], { type: "text/plain" }), "note.txt");`
        : `form.append(${JSON.stringify(name)}, ${JSON.stringify(text)});`), "");
    }
    lines.push(
      `const response: Response = await fetch(${JSON.stringify(url)}, {`,
      `  method: ${JSON.stringify(method)},`,
      ...(given.length ? ["  headers: {", ...given.map((each) => `    ${each},`), "  },"] : []),
      ...(body === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(body, null, 2).replaceAll("\n", "\n  ")}),`]),
      ...(form ? ["  body: form,"] : []),
      "});",
      "if (!response.ok) {",
      "  throw new Error(`${response.status} ${await response.text()}`);",
      "}",
      file ? `await writeFile(${JSON.stringify(file)}, new Uint8Array(await response.arrayBuffer()));`
        : "console.log(await response.json());",
      "export {};");
    return lines.join("\n");
  },
};

/** One word of a shell. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A literal of Python. */
function python(value, indent) {
  if (value === null) {
    return "None";
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  if (typeof value !== "object") {
    return JSON.stringify(value);
  }
  const inner = `${indent}    `;
  const entries = Array.isArray(value)
    ? value.map((each) => python(each, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${python(each, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return entries.length ? `${open}\n${entries.map((each) => `${inner}${each},\n`).join("")}${indent}${close}` : open + close;
}
