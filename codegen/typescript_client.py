"""clients/typescript: models, one class of methods for each tag, the client that has them, and the errors by code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from codegen.client_operations import ClientOperation, Group, camel_group, error_codes, groups, is_flag, model_modules
from codegen.reach import Direction, usages
from codegen.rendering import templates
from codegen.schema_types import enum_values, is_named
from codegen.source import LINE_LENGTH, first_sentence, snake
from codegen.typescript_types import MOMENTS, OWN, Declaration, Shape, TypeScriptDefiner, array, literal, union
from pharus.openapi import Document, InvalidDocument, Schema

FOLDER = "clients/typescript"
GENERATED = tuple(f"{FOLDER}/{pattern}" for pattern in ("src/*.ts", "src/models/*.ts", "src/api/*.ts"))


def typescript_client_files(document: Document, release: str) -> dict[str, str]:
    """The text of each generated file of the client by its path from the project's root.

    `release` is the version of the server that it is published with. Raises InvalidDocument.
    """
    modules = {name: module.replace("_", "-") for name, module in model_modules(document).items()}
    models = [_Models(document, module, modules) for module in dict.fromkeys(modules.values())]
    _refuse_twice(models)
    texts = [_GroupText(document, group, modules) for group in groups(document)]
    refusals = [(_class_name(code), code) for code in error_codes(document)]
    files = {
        "package.json": _render("package.json", version=release),
        "src/version.ts": _render("version.ts", version=release, api=document.content["info"]["version"]),
        "src/refusals.ts": _render("refusals.ts", refusals=refusals),
        "src/client.ts": _render("client.ts", groups=texts),
        "src/shapes.ts": _render("shapes.ts", shapes=_with_conversions(models)),
        "src/models/index.ts": _render("models_index.ts", modules=sorted(each.module for each in models)),
        "src/api/index.ts": _render("api_index.ts", modules=sorted(each.module for each in texts)),
    }
    files |= {f"src/models/{each.module}.ts": _render("models.ts", models=each) for each in models}
    files |= {f"src/api/{each.module}.ts": _render("group.ts", group=each) for each in texts}
    return {f"{FOLDER}/{name}": text for name, text in files.items()}


def _render(template: str, **context: object) -> str:
    environment = templates()
    return environment.get_template(f"clients/typescript/{template}.j2").render(context)


def _refuse_twice(models: list[_Models]) -> None:
    every = [declaration.name for each in models for declaration in each.declarations]
    if twice := sorted({name for name in every if every.count(name) > 1}):
        raise InvalidDocument(f"Parts written in place at two places need the same name: {', '.join(twice)}.")


def _with_conversions(models: list[_Models]) -> dict[str, Shape]:
    """Of each record of an answer what is converted, itself or in the records that it holds."""
    found = {name: dict(shape) for each in models for name, shape in each.shapes.items()}
    while empty := [name for name, shape in found.items() if not shape]:
        for name in empty:
            del found[name]
        for shape in found.values():
            for key in [key for key, conversion in shape.items() if conversion in empty]:
                del shape[key]
    return {
        name: {key: conversion for key, conversion in shape.items() if conversion in ("decimal", "instant", *found)}
        for name, shape in sorted(found.items())
    }


def _class_name(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("_"))


def comment(paragraphs: Iterable[str], indent: int = 0) -> list[str]:
    """A JSDoc comment, without indentation; `indent` is how far in it will stand."""
    texts = [text.replace("*/", "* /") for text in paragraphs if text]
    if not texts:
        return []
    if len(texts) == 1 and indent + len(texts[0]) + len("/**  */") <= LINE_LENGTH:
        return [f"/** {texts[0]} */"]
    lines: list[str] = []
    for number, text in enumerate(texts):
        lines += [" *"] if number else []
        wrapped = textwrap.wrap(text, LINE_LENGTH - indent - 3, break_long_words=False, break_on_hyphens=False)
        lines += [f" * {line}" for line in wrapped]
    return ["/**", *lines, " */"]


@dataclass
class _Imports:
    """The names of other modules that a generated one needs."""

    names: dict[str, set[str]] = field(default_factory=dict)

    def need(self, module: str, name: str) -> None:
        self.names.setdefault(module, set()).add(name)

    @property
    def lines(self) -> list[str]:
        return [self._line(module, sorted(names)) for module, names in sorted(self.names.items())]

    def _line(self, module: str, names: list[str]) -> str:
        # A class that is made is a value; all else are types, of which nothing is left.
        what = "import" if module in ("../feed.js", "../pages.js") else "import type"
        line = f'{what} {{ {", ".join(names)} }} from "{module}";'
        if len(line) <= LINE_LENGTH:
            return line
        return "\n".join([f"{what} {{", *(f"  {name}," for name in names), f'}} from "{module}";'])


class _Models:
    """The components of one domain."""

    def __init__(self, document: Document, module: str, modules: dict[str, str]) -> None:
        self.module = module
        self.title = f"The shapes of {module.replace('-', ' ')}."
        self.declarations: list[Declaration] = []
        self.shapes: dict[str, Shape] = {}
        imports = _Imports()
        used = usages(document)
        own = [name for name, home in modules.items() if home == module]
        for name in own:
            # Only an enum can be used in both directions, and it is the same in each.
            direction: Direction = "response" if "response" in used[name].directions else "request"
            defined = TypeScriptDefiner(document, name, direction)
            self.declarations += defined.declarations
            self.shapes |= defined.shapes if direction == "response" else {}
            for symbol in defined.symbols - set(own):
                imports.need("../values.js" if symbol in OWN else f"./{modules[symbol]}.js", symbol)
        self.imports = imports.lines

    @staticmethod
    def comment(text: str, indent: int = 0) -> list[str]:
        return comment([text], indent)

    @staticmethod
    def alias(declaration: Declaration) -> list[str]:
        line = f"export type {declaration.name} = {declaration.alias};"
        if len(line) <= LINE_LENGTH:
            return [line]
        *parts, last = declaration.alias.split(" | ")
        return [f"export type {declaration.name} =", *(f"  | {part}" for part in parts), f"  | {last};"]


class _GroupText:
    """One tag: the class `Vendors`, which the client has as `vendors`."""

    def __init__(self, document: Document, group: Group, modules: dict[str, str]) -> None:
        self.name = group.tag
        self.module = snake(group.tag).replace("_", "-")
        self.attribute = camel_group(group.tag)
        meaning = f"{group.description[:1].lower()}{group.description[1:]}"
        self.meaning = comment([first_sentence(f"`client.{self.attribute}`: {meaning}")])
        imports = _Imports()
        imports.need("../transport.js", "Transport")
        self.methods = [_Method(document, each, modules, imports) for each in group.operations]
        self.imports = imports.lines


class _Method:
    """One operation: its options, if it has any of its own, and its method."""

    def __init__(
        self, document: Document, operation: ClientOperation, modules: dict[str, str], imports: _Imports
    ) -> None:
        self._document = document
        self._operation = operation
        self._modules = modules
        self._imports = imports
        self.name = operation.operation.operation_id
        self.comment = comment(operation.sentences, indent=2)
        for component in (operation.body, operation.answer, operation.row):
            if component:
                self._need_model(component)
        self.options_type = self._base()
        self.options: list[str] = []
        if operation.query:
            name = f"{self.name[0].upper()}{self.name[1:]}Options"
            fields = [self._option(each.name, each.schema, each.required) for each in operation.query]
            self.options = [f"export interface {name} extends {self.options_type} {{", *fields, "}"]
            self.options_type = name
        self.lines = self._lines()

    def _need_model(self, component: str) -> None:
        self._imports.need(f"../models/{self._modules[component]}.js", component)

    def _base(self) -> str:
        """What the transport takes of every call of this kind."""
        operation = self._operation
        if operation.takes_if_match:
            name = "Change" if operation.takes_key else "IfMatch"
        elif operation.takes_key:
            name = "Write"
        else:
            name = "Read" if operation.takes_if_none_match else "Call"
        self._imports.need("../transport.js", name)
        return f"Read<{operation.answer}>" if name == "Read" else name

    def _option(self, name: str, schema: Schema, required: bool) -> str:
        text = self._query_type(schema)
        return f"  {name}: {text};" if required else f"  {name}?: {text} | undefined;"

    def _query_type(self, schema: Schema) -> str:
        component = self._document.component(schema)
        if component is not None and is_named(self._document, component):
            self._need_model(component)
            return component
        schema = self._document.fold(self._document.follow(schema))
        if is_flag(schema):
            return "boolean"
        if values := enum_values(schema):
            return self._choice(values)
        if schema["type"] == "array":
            return array(self._query_type(schema["items"]), is_read_only=True)
        if schema.get("format") in MOMENTS:
            self._imports.need("../values.js", "Moment")
            return "Moment"
        return {"integer": "number", "boolean": "boolean", "string": "string"}[schema["type"]]

    def _choice(self, values: list[object]) -> str:
        """The component that has the same values, if there is one: they are many, and it has a name."""
        for name in self._modules:
            if set(enum_values(self._document.schemas[name])) == set(values):
                self._need_model(name)
                return name
        return union([literal(each) for each in values])

    def _lines(self) -> list[str]:
        operation = self._operation
        shape = operation.answer or "Uint8Array"
        if operation.is_feed:
            self._imports.need("../feed.js", "Feed")
            answer = f"Feed<{shape}, {operation.row}>"
            given = "after, wait" if operation.can_wait else "after"
            fetch = [f"  ({given}) =>", *(f"    {line}" for line in self._send("", ",", 8))]
            result = ["return new Feed(", *fetch, "  options,", ");"]
        elif operation.row:
            self._imports.need("../pages.js", "Pages")
            answer = f"Pages<{shape}, {operation.row}>"
            result = ["return new Pages((cursor) =>", *(f"  {line}" for line in self._send("", ",", 6)), ");"]
        else:
            answer = f"Promise<{shape}>"
            result = self._send("return ", ";", 4)
        return [*self._head(answer), *(f"  {line}" for line in result), "}"]

    def _send(self, start: str, end: str, indent: int) -> list[str]:
        """The call of the transport, on one line if there is room."""
        parts = self._request()
        line = f"{start}this.#transport.send({{ {', '.join(parts)} }}, options){end}"
        if indent + len(line) <= LINE_LENGTH:
            return [line]
        request = broken(parts, indent + 2)
        return [f"{start}this.#transport.send(", *(f"  {each}" for each in request), "  options,", f"){end}"]

    def _head(self, answer: str) -> list[str]:
        operation = self._operation
        arguments = [f"{name}: string" for name in operation.path]
        if operation.body:
            arguments.append(f"body: {operation.body}" + ("" if operation.is_body_required else " | undefined"))
        is_required = any(each.required for each in operation.query)
        arguments.append(f"options: {self.options_type}" + ("" if is_required else " = {}"))
        line = f"{self.name}({', '.join(arguments)}): {answer} {{"
        if len(line) + 2 <= LINE_LENGTH:
            return [line]
        return [f"{self.name}(", *(f"  {each}," for each in arguments), f"): {answer} {{"]

    def _request(self) -> list[str]:
        operation = self._operation
        parts = [f'method: "{operation.operation.method}"', f'template: "{operation.operation.path}"']
        if operation.path:
            parts.append(f"path: {{ {', '.join(operation.path)} }}")
        # What iterating gives for each page has the name of its parameter.
        given = {"after"} if operation.is_feed else set()
        query = [each.name if each.name in given else f"{each.name}: options.{each.name}" for each in operation.query]
        if operation.row and not operation.is_feed:
            query.append("cursor")
        if operation.can_wait:
            query.append("wait")
        if query:
            first, *rest = broken(query, 10)
            parts.append("\n".join([f"query: {first}", *rest]).removesuffix(","))
        if operation.body:
            parts.append("form: body" if operation.is_form else "body")
        if operation.takes_key:
            parts.append("takesKey: true")
        parts.append(f'shape: "{operation.answer}"' if operation.answer else "shape: null")
        return parts


def broken(parts: list[str], indent: int) -> list[str]:
    """An object that another argument or key follows: on one line, or each part on its own."""
    line = f"{{ {', '.join(parts)} }},"
    if indent + len(line) <= LINE_LENGTH and "\n" not in line:
        return [line]
    return ["{", *(f"  {line}" for part in parts for line in f"{part},".split("\n")), "},"]
