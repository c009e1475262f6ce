"""Constant-time routing: a tree of path segments, static ones before parameters.

It takes the place of Connexion's, which tries one regular expression per operation: the time to find an operation does
not grow with their number, and `/things/export` is found at any place of the document.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Generic, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.http import problems
from handlers.http.responses import Response
from pharus.errors import ConfigurationError

T = TypeVar("T")

# An operation takes the scope, the path's parameters, and the two ends of the connection.
Endpoint = Callable[[Scope, dict[str, str], Receive, Send], Awaitable[None]]


class Tree(Generic[T]):
    """Maps paths to what was added for their methods. A segment `{name}` matches any text that is not empty."""

    __slots__ = ("children", "methods", "names", "parameter")

    def __init__(self) -> None:
        self.children: dict[str, Tree[T]] = {}
        self.parameter: Tree[T] | None = None
        self.methods: dict[str, T] = {}
        self.names: tuple[str, ...] = ()

    def add(self, route: str, method: str, value: T) -> None:
        node, names = self, []
        for segment in route.strip("/").split("/"):
            if segment.startswith("{") and segment.endswith("}"):
                names.append(segment[1:-1])
                if node.parameter is None:
                    node.parameter = Tree()
                node = node.parameter
            else:
                node = node.children.setdefault(segment, Tree())
        if node.methods and node.names != tuple(names):
            raise ConfigurationError(f"{route} and another path differ only in the names of their parameters.")
        node.names = tuple(names)
        node.methods[method.upper()] = value

    def find(self, path: str) -> "tuple[Tree[T], list[str]] | None":
        """The node of the path and the values of its parameters, or None."""
        if not path.startswith("/"):
            return None
        return self.descend(path[1:].split("/"), 0)

    def descend(self, segments: list[str], at: int) -> "tuple[Tree[T], list[str]] | None":
        """The node that the segments from `at` on lead to, and the parameters' values on the way."""
        if at == len(segments):
            return (self, []) if self.methods else None
        segment = segments[at]
        child = self.children.get(segment)
        if child is not None:
            found = child.descend(segments, at + 1)
            if found is not None:
                return found
        if self.parameter is None or not segment:
            return None
        found = self.parameter.descend(segments, at + 1)
        if found is not None:
            found[1].insert(0, segment)
        return found


class Routing:
    """Answers every path of the document; anything else goes on to `app` (reference page, health, 404)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.tree: Tree[Endpoint] = Tree()

    def add(self, path: str, method: str, endpoint: Endpoint) -> None:
        self.tree.add(path, method, endpoint)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = self.tree.find(scope["path"])
        if found is None:
            await self.app(scope, receive, send)
            return
        node, values = found
        endpoint = node.methods.get(scope["method"])
        if endpoint is None:
            await _other_method(scope["method"], node.methods).send(send)
            return
        await endpoint(scope, dict(zip(node.names, values, strict=True)), receive, send)


def _other_method(method: str, methods: Mapping[str, Any]) -> Response:
    """405, or for OPTIONS the response itself: both list all the methods of the path."""
    allow = [("allow", ", ".join(sorted(methods)))]
    if method == "OPTIONS":
        return Response(200, b"{}", headers=allow)
    return problems.method_not_allowed(allow)
