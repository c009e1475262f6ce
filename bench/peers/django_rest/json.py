"""JSON in and out: exact numbers, decimals as canonical texts."""

import json
from decimal import Decimal
from typing import Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data, default=_canonical, option=orjson.OPT_UTC_Z)


class ExactParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content = stream.read()
        try:
            value = json.loads(content, parse_float=Decimal)
        except ValueError as error:
            raise ParseError("the body is not JSON") from error
        # PostgreSQL stores no NUL.
        if b"\\u0000" in content and "\\u0000" in json.dumps(value):
            raise ParseError("the body holds a NUL character")
        return value


def _canonical(value: Any) -> str:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} cannot be shown")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
