"""clients/python: models, one module of methods for each tag, the client that has them, and the errors by code."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from codegen.client_operations import ClientOperation, Group, Query, error_codes, groups, is_flag, model_modules
from codegen.rendering import templates
from codegen.schema_types import enum_values, is_named
from codegen.schemas import definitions_of
from codegen.source import LINE_LENGTH, docstring, from_import, imports, literal, snake
from codegen.types import Definer
from pharus.openapi import DATE_OR_DATE_TIME, Document, InvalidDocument, Schema

PACKAGE = "clients/python/src/pharus_client"
GENERATED = (f"{PACKAGE}/*.py", f"{PACKAGE}/models/*.py", f"{PACKAGE}/api/*.py")

# The types that requests need beside those of the document.
_OWN = {"File": "pharus_client.files", "Moment": "pharus_client.values"}
_MOMENTS = ("date", "date-time", DATE_OR_DATE_TIME)


class ClientDefiner(Definer):
    """Requests take what Python has for a value: a Decimal, a date, a file. Answers hold the same."""

    def _string(self, schema: Schema) -> str:
        if self._direction == "request" and schema.get("format") == "binary":
            self.symbols.add("File")
            return "File"
        if self._direction == "request" and schema.get("format") in _MOMENTS:
            self.symbols.add("Moment")
            return "Moment"
        return super()._string(schema)

    def _rows(self, types: list[str]) -> str:
        return " | ".join(types)


def python_client_files(document: Document, release: str) -> dict[str, str]:
    """The text of each generated file of the client by its path from the project's root.

    `release` is the version of the server that it is published with. Raises InvalidDocument.
    """
    homes = _homes(document)
    texts = [_GroupText(document, group, homes) for group in groups(document)]
    files = {
        "version.py": _render("version", version=release, api=document.content["info"]["version"]),
        "refusals.py": _render("refusals", refusals=[(_class_name(code), code) for code in error_codes(document)]),
        "client.py": _render("client", groups=texts, imports=_imports_of(texts)),
        "api/__init__.py": _render("api_init"),
        **_models(document, homes),
    }
    for text in texts:
        files[f"api/{text.attribute}.py"] = _render("group", group=text)
    return {f"{PACKAGE}/{name}": text for name, text in files.items()}


def _render(template: str, **context: object) -> str:
    return templates().get_template(f"clients/python/{template}.py.j2").render(context)


def _homes(document: Document) -> dict[str, str]:
    """The module of each named component, one for each domain."""
    return {name: f"pharus_client.models.{module}" for name, module in model_modules(document).items()}


def _models(document: Document, homes: dict[str, str]) -> dict[str, str]:
    files: dict[str, str] = {}
    exported: dict[str, list[str]] = {}
    for module in dict.fromkeys(homes.values()):
        names = [name for name, home in homes.items() if home == module]
        definitions, symbols = definitions_of(document, names, ClientDefiner)
        elsewhere = {name: home for name, home in {**homes, **_OWN}.items() if name not in names}
        title = f"The shapes of {module.rpartition('.')[2].replace('_', ' ')}."
        path = f"models/{module.rpartition('.')[2]}.py"
        files[path] = (
            templates()
            .get_template("schemas.py.j2")
            .render(title=title, imports=imports(symbols, elsewhere), definitions=definitions)
        )
        exported[module] = [each.name for each in definitions]
    every = [name for names in exported.values() for name in names]
    if twice := sorted({name for name in every if every.count(name) > 1}):
        raise InvalidDocument(f"Two domains have parts written in place of one name: {', '.join(twice)}.")
    lines = [from_import(module, names) for module, names in sorted(exported.items())]
    files["models/__init__.py"] = _render(
        "models_init", lines=[line for one in lines for line in one], names=_sorted(every)
    )
    return files


def _sorted(names: list[str]) -> list[str]:
    """As the linter sorts __all__: constants, classes."""
    return sorted(names, key=lambda name: (not name.isupper(), name))


def _class_name(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("_"))


class _GroupText:
    """One tag: `Vendors` and `AsyncVendors`, which the client has as `vendors`."""

    def __init__(self, document: Document, group: Group, homes: dict[str, str]) -> None:
        self.name = group.tag
        self.attribute = snake(group.tag)
        self.description = group.description
        self.meaning = docstring(f"`client.{self.attribute}`: {group.description[:1].lower()}{group.description[1:]}")
        self.methods = [_Method(document, each, homes) for each in group.operations]

    @property
    def imports(self) -> list[list[str]]:
        names: dict[str, set[str]] = {}
        for method in self.methods:
            for module, symbols in method.symbols.items():
                names.setdefault(module, set()).update(symbols)
        standard = [line for module in sorted(set(names) & _STANDARD) for line in from_import(module, [*names[module]])]
        own = [line for module in sorted(set(names) - _STANDARD) for line in from_import(module, [*names[module]])]
        return [section for section in (standard, own) if section]


_STANDARD = {"collections.abc", "typing"}


def _imports_of(texts: list[_GroupText]) -> list[str]:
    of_each = {text.attribute: [text.name, f"Async{text.name}"] for text in texts}
    return [line for name in sorted(of_each) for line in from_import(f"pharus_client.api.{name}", of_each[name])]


class _Method:
    """The lines of one operation, in both manners."""

    def __init__(self, document: Document, operation: ClientOperation, homes: dict[str, str]) -> None:
        self.symbols: dict[str, set[str]] = {"pharus_client.transport": {"Async", "Request", "Sync"}}
        self._document = document
        self._operation = operation
        self._homes = homes
        self.name = snake(operation.operation.operation_id)
        for component in (operation.body, operation.answer, operation.row):
            if component:
                self._need(homes[component], component)
        self._arguments = list(self._signature())
        self.lines = self._lines(is_async=False)
        self.async_lines = self._lines(is_async=True)

    def _lines(self, *, is_async: bool) -> list[str]:
        operation = self._operation
        shape = operation.answer or "bytes"
        body = [*self._docstring()]
        if operation.row:
            kind = ("Async" if is_async else "") + ("Feed" if operation.is_feed else "Pages")
            self._need("pharus_client.feed" if operation.is_feed else "pharus_client.pages", kind)
            answer = f"{kind}[{shape}, {operation.row}]"
            awaited = "Awaitable[" + shape + "]" if is_async else shape
            if is_async:
                self._need("collections.abc", "Awaitable")
            given = ", ".join(self._of_page())
            body += ["", f"def fetch({given}) -> {awaited}:"]
            body += ["    " + line for line in self._request(4)]
            made = f"{kind}(fetch, after)" if operation.is_feed else f"{kind}(fetch)"
            body += [f"    return self._transport.send(request, {shape})", "", f"return {made}"]
        else:
            answer = shape
            body += [*self._request(0), f"return {'await ' if is_async else ''}self._transport.send(request, {shape})"]
        start = "async def" if is_async and not operation.row else "def"
        head = _call(f"{start} {self.name}(", ["self", *self._arguments], f") -> {answer}:", 4)
        return [*head, *(f"    {line}" if line else "" for line in body)]

    def _of_page(self) -> list[str]:
        """What iterating gives for each page."""
        if not self._operation.is_feed:
            return ["cursor: str | None"]
        return ["after: str | None", "wait: int" if self._operation.can_wait else "_: int"]

    def _need(self, module: str, symbol: str) -> None:
        self.symbols.setdefault(module, set()).add(symbol)

    def _signature(self) -> Iterator[str]:
        operation = self._operation
        yield from (f"{snake(name)}: str" for name in operation.path)
        if operation.body:
            yield f"body: {operation.body}" + ("" if operation.is_body_required else " | None = None")
        named = list(self._named())
        if named:
            yield "*"
        yield from named

    def _named(self) -> Iterator[str]:
        operation = self._operation
        for query in operation.query:
            yield f"{_argument(query)}: {self._query_type(query.schema)}" + ("" if query.required else " | None = None")
        if operation.takes_if_match:
            self._need("pharus_client.values", "Version")
            yield "if_match: Version = None"
        if operation.takes_if_none_match:
            yield f"if_none_match: {operation.answer} | None = None"
        if operation.takes_key:
            yield "idempotency_key: str | None = None"

    def _query_type(self, schema: Schema) -> str:
        component = self._document.component(schema)
        if component is not None and is_named(self._document, component):
            self._need(self._homes[component], component)
            return component
        schema = self._document.fold(self._document.follow(schema))
        if is_flag(schema):
            return "bool"
        if values := enum_values(schema):
            return self._choice(values)
        if schema["type"] == "array":
            self._need("collections.abc", "Sequence")
            return f"Sequence[{self._query_type(schema['items'])}]"
        if schema.get("format") in _MOMENTS:
            self._need("pharus_client.values", "Moment")
            return "Moment"
        return {"integer": "int", "boolean": "bool", "string": "str"}[schema["type"]]

    def _choice(self, values: list[object]) -> str:
        """The component that has the same values, if there is one: they are many, and it has a name."""
        for name, home in self._homes.items():
            if set(enum_values(self._document.schemas[name])) == set(values):
                self._need(home, name)
                return name
        self._need("typing", "Literal")
        return f"Literal[{', '.join(literal(self.name, each) for each in values)}]"

    def _docstring(self) -> list[str]:
        paragraphs = [each.replace("\\", "\\\\").replace('"""', "'''") for each in self._operation.sentences]
        lines: list[str] = []
        for number, paragraph in enumerate(paragraphs):
            if number:
                lines.append("")
            text = paragraph if number else f'"""{paragraph}'
            lines += textwrap.wrap(text, LINE_LENGTH - 8, break_long_words=False, break_on_hyphens=False)
        return [*lines, '"""']

    def _request(self, deeper: int) -> list[str]:
        operation = self._operation
        arguments = [f'"{operation.operation.method}"', f'"{self._template()}"']
        if operation.path:
            arguments.append("{" + ", ".join(f'"{snake(name)}": {snake(name)}' for name in operation.path) + "}")
        query = [f'"{each.name}": {_argument(each)}' for each in operation.query]
        if operation.row and not operation.is_feed:
            query.append('"cursor": cursor')
        if operation.can_wait:
            query.append('"wait": wait')
        if query:
            arguments.append(_query_text(query, 12 + deeper))
        if operation.body:
            arguments.append("form=body" if operation.is_form else "body=body")
        if operation.takes_key:
            arguments += ["takes_key=True", "idempotency_key=idempotency_key"]
        if operation.takes_if_match:
            arguments.append("if_match=if_match")
        if operation.takes_if_none_match:
            arguments.append("if_none_match=if_none_match")
        return _call("request = Request(", arguments, ")", 8 + deeper)

    def _template(self) -> str:
        path = self._operation.operation.path
        for name in self._operation.path:
            path = path.replace("{" + name + "}", "{" + snake(name) + "}")
        return path


def _argument(query: Query) -> str:
    return snake(query.name)


def _query_text(entries: list[str], indent: int) -> str:
    line = "query={" + ", ".join(entries) + "}"
    if indent + len(line) + 1 <= LINE_LENGTH:
        return line
    return "\n".join(["query={", *(f"    {each}," for each in entries), "}"])


def _call(start: str, arguments: list[str], end: str, indent: int) -> list[str]:
    """On one line, or as the formatter breaks it: all arguments on the next one, or each on its own."""
    line = f"{start}{', '.join(arguments)}{end}"
    if indent + len(line) <= LINE_LENGTH and "\n" not in line:
        return [line]
    inside: list[str] = []
    for each in arguments:
        *first, last = each.split("\n")
        inside += [*first, f"{last}," if last != "*" else "*,"]
    return [start, *(f"    {each}" for each in inside), end]
