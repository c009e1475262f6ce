// What the viewer is given of the document, and how its parts are found.

const METHODS = ["get", "put", "post", "delete", "patch"];

/** What a $ref leads to; the node itself if it is none. */
export function follow(document, node) {
  while (node && node.$ref) {
    node = node.$ref.slice(2).split("/").reduce(
      (found, step) => found[step.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  }
  return node;
}

/** A copy in which what an operation says of files alone stands beside what it says of JSON (docs/adr/0073). */
export function withFiles(node) {
  if (node === null || typeof node !== "object") {
    return node;
  }
  if (Array.isArray(node)) {
    return node.map(withFiles);
  }
  const { "x-parameters": parameters, "x-content": content, ...rest } = node;
  const found = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withFiles(value)]));
  if (parameters) {
    found.parameters = [...(node.parameters ?? []), ...parameters];
  }
  if (content) {
    found.content = { ...node.content, ...content };
  }
  return found;
}

/** Every operation, with its path, its method and its parameters. */
export function* operationsOf(document) {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of Object.keys(item).filter((each) => METHODS.includes(each))) {
      const declared = item[method];
      const parameters = (declared.parameters ?? []).map((each) => follow(document, each));
      yield { id: declared.operationId, tag: declared.tags[0], path, method, declared, parameters,
        role: declared["x-minimum-role"] };
    }
  }
}

/**
 * A copy in which no parameter has an example: the viewer would fill each of them in, a cursor of nowhere, an ETag of
 * another record, an id that does not exist. They are told in the description instead. Nor do refusals have the one
 * body and the headers that all of them share: eight times on each page.
 */
export function prepare(document) {
  const copy = structuredClone(document);
  for (const parameter of Object.values({ ...copy.components.parameters, ...copy.components["x-file-parameters"] })) {
    tellExample(copy, parameter);
  }
  for (const { declared } of operationsOf(copy)) {
    for (const parameter of declared.parameters ?? []) {
      if (!parameter.$ref) {
        tellExample(copy, parameter);
      }
    }
    for (const [status, response] of Object.entries(declared.responses)) {
      if (status >= "400") {
        declared.responses[status] = { description: follow(copy, response).description };
      }
    }
  }
  return copy;
}

function tellExample(document, parameter) {
  const { example, ...schema } = follow(document, parameter.schema);
  const shown = exampleOf(document, parameter) ?? example;
  parameter.schema = schema;
  delete parameter.example;
  delete parameter.examples;
  if (shown !== undefined && shown !== "") {
    parameter.description = `${parameter.description ?? ""} Example: \`${[shown].flat().join(",")}\``;
  }
}

/** The first example of a parameter or a media type. */
export function exampleOf(document, node) {
  if (node.example !== undefined) {
    return node.example;
  }
  const first = Object.values(node.examples ?? {})[0];
  return follow(document, first)?.value;
}
