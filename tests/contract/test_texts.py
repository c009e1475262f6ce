"""Names, codes and references at every operation that takes one, found in the document by their mark `x-text`."""

import copy
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.document import Operation
from handlers.http.body_schema import Findings
from handlers.http.validation import BodyValidator, Schemas
from pharus import openapi
from pharus.invisible import is_visible
from pharus.openapi import JSON
from pharus.texts import WHITE_SPACE
from tests.contract import calls
from tests.contract.judging import strict

pytestmark = pytest.mark.no_database

REFUSED = (
    *"\x00\x07\t\n\x7f\x85\u2028",
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u2066\u200f\u061c",
    *"\u3164\u115f\uffa0\U000e0041",
)
# As names are written, and as they are stored.
WRITTEN = {
    "plain": ("Soap", "Soap"),
    "spaces around": (" \t\xa0Soap\u2003\u3000\n", "Soap"),
    "decomposed": ("Cafe\u0301", "Café"),
    "wide digits": ("\uff11\uff12", "\uff11\uff12"),
    "family": ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    "Persian": ("می\u200cشد", "می\u200cشد"),
    "marks alone": ("\u0301", "\u0301"),
}
UNSEEN = ("\u2800", "\u3164", "\u200b", "\ue000", "\ufe0f", "\u202e", "\U000e0041")


# Where a text is, its schema, and what may not stand beside it.
Marked = tuple[tuple[str | int, ...], Mapping[str, Any], frozenset[str]]


@cache
def _schemas() -> Schemas:
    return Schemas(strict())


class Field:
    """One text of one operation: a body of its example with the text somewhere in it."""

    def __init__(self, operation: Operation, body: Any, marked: Marked) -> None:
        path, self.schema, self._instead_of = marked
        self._declared = operation.body["schema"]
        self.pointer = "".join(f"/{part}" for part in path)
        self._body, self._path = body, path

    @cached_property
    def validator(self) -> BodyValidator:
        return BodyValidator(_schemas(), self._declared)

    def sent(self, text: str) -> tuple[Any, list[str]]:
        """What the handler would get, and where something is wrong."""
        body = copy.deepcopy(self._body)
        at = body
        for part in self._path[:-1]:
            at = at[part]
        at[self._path[-1]] = text
        # What is empty counts as absent, and takes nobody's place.
        for name in self._instead_of if text.strip(WHITE_SPACE) else ():
            at.pop(name, None)
        body = self.validator.convert(body)
        findings = Findings()
        if not self.validator.is_valid(body):
            self.validator.look(body, findings)
        for part in self._path:
            body = body[part]
        return body, [problem.path for problem in findings.problems]


def _fields() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for operation in calls.operations():
        if operation.media_type != JSON:
            continue
        for example in operation.body["examples"].values():
            body = example["value"]
            for marked in _marked(operation.body["schema"], body, ()):
                field = Field(operation, body, marked)
                found.setdefault(f"{operation.id}{field.pointer}", field)
    return found


def _marked(
    schema: Mapping[str, Any], value: Any, path: tuple[str | int, ...], instead_of: frozenset[str] = frozenset()
) -> Iterator[Marked]:
    """Where the schema has a marked text, at places that this body has or may have."""
    schema = openapi.dereference(strict(), schema)
    if len(schema.get("allOf", ())) == 1:
        schema = openapi.dereference(strict(), schema["allOf"][0])
    if "x-text" in schema:
        yield path, schema, instead_of
    if isinstance(value, dict):
        exactly_one = frozenset(schema.get("x-exactly-one", ()))
        for name, entry in schema.get("properties", {}).items():
            others = exactly_one - {name} if name in exactly_one else frozenset()
            yield from _marked(entry, value.get(name), (*path, name), others)
    if isinstance(value, list) and value:
        yield from _marked(schema.get("items", {}), value[0], (*path, 0))


FIELDS = _fields()


@pytest.fixture(params=FIELDS)
def field(request: pytest.FixtureRequest) -> Field:
    return FIELDS[request.param]


def test_every_name_code_and_reference_of_the_document_is_one() -> None:
    assert len(FIELDS) > 60
    operations = {name.partition("/")[0] for name in FIELDS}
    assert {"createVendor", "bulkImportSkus", "updateLocation", "createApiToken", "createSalesOrder"} <= operations
    unmarked = [
        f"{name} of {component}"
        for component, schema in strict()["components"]["schemas"].items()
        if component.endswith(("Create", "Update"))
        for name, entry in schema.get("properties", {}).items()
        if name in ("name", "code", "qboId", "firstName", "lastName", "displayName") and "x-text" not in entry
    ]
    assert unmarked == []


def test_a_text_is_stored_in_one_form_and_holds_nothing_that_is_not_seen(field: Field) -> None:
    for way, (written, kept) in WRITTEN.items():
        assert field.sent(written) == (kept, []), way
    for character in REFUSED:
        for text in (f"a{character}b", f"é{character}é"):
            assert set(field.sent(text)[1]) == {field.pointer}, ascii(text)
    # Without a visible character.
    for text in UNSEEN:
        assert set(field.sent(text)[1]) == {field.pointer}, ascii(text)
    # Empty: none where there may be none.
    for text in ("", "  ", "\u3000\t"):
        kept, wrong = field.sent(text)
        if field.schema.get("nullable"):
            assert (kept, wrong) == (None, [])
        else:
            assert kept == ""
            assert bool(wrong) == ("minLength" in field.schema)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(FIELDS)), text=st.text(min_size=1, max_size=60))
def test_any_text_is_refused_or_stored_in_one_form(name: str, text: str) -> None:
    field = FIELDS[name]
    kept, wrong = field.sent(text)
    if wrong:
        assert set(wrong) == {field.pointer}
        return
    if kept is None:
        assert text.strip(WHITE_SPACE) == ""
        return
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip(WHITE_SPACE)
    assert any(map(is_visible, kept))
    assert not any(unicodedata.category(each) in ("Cc", "Zl", "Zp") for each in kept)
    assert field.sent(kept) == (kept, [])
