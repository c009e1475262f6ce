import contextlib
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http.parsing import parse_json, parse_query, read_integer
from handlers.http.responses import to_json
from pharus.errors import Malformed, UnsupportedMediaType

JSON = "application/json"

EXACT = st.decimals(min_value="-999999999999.999999", max_value="999999999999.999999", places=6, allow_nan=False)


def parsed(text: str) -> Any:
    return parse_json(text.encode(), JSON)


@pytest.mark.parametrize("text", ["123456789012.123456", "0.1", "-0.000001", "999999999999.999999", "1e3", "1E-6"])
def test_parse_json_keeps_every_digit_of_a_number(text: str) -> None:
    value = parsed(f'{{"amount": {text}}}')["amount"]
    assert isinstance(value, Decimal)
    assert value == Decimal(text)


@given(EXACT)
def test_parse_json_then_to_json_round_trips_every_amount(amount: Decimal) -> None:
    value = parsed(f"[{amount:f}]")[0]
    assert Decimal(orjson.loads(to_json([value if isinstance(value, Decimal) else Decimal(value)]))[0]) == amount


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0")), inner)
    ),
    max_leaves=20,
)


@given(JSON_VALUES)
def test_parse_json_reads_what_json_is(value: Any) -> None:
    assert parse_json(orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_SUBCLASS), JSON) == value


@given(st.binary(max_size=50))
def test_parse_json_of_any_bytes_is_a_value_or_malformed(body: bytes) -> None:
    with contextlib.suppress(Malformed):
        parse_json(body, JSON)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is empty"),
        (b" ", "is not JSON"),
        (b"{", "is not JSON: .* at line 1, column"),
        (b"{'a': 1}", "is not JSON"),
        (b'{"a": 1,}', "is not JSON"),
        (b'{"a": 1} x', "is not JSON"),
        (b"\xef\xbb\xbf{}", "is not JSON"),
        (b'"\xff"', "is not UTF-8"),
        (b'"\xed\xa0\x80"', "is not UTF-8"),
        ('{"a": "x"}'.encode("utf-16"), "is not UTF-8"),
        (b'{"a": 1, "a": 1}', "the key 'a' twice"),
        (b'[{"b": {"a": 1, "c": 2, "a": 3}}]', "the key 'a' twice"),
        (b'{"a": 1, "\\u0061": 1}', "the key 'a' twice"),
        (b"NaN", "number that cannot be read"),
        (b"[Infinity]", "number that cannot be read"),
        (b"[-Infinity]", "number that cannot be read"),
        (b"9" * 101, "number that cannot be read"),
        (b"9" * 5000, "number that cannot be read"),
        (b"0." + b"1" * 5000, "number that cannot be read"),
        (b"1e101", "number that cannot be read"),
        (b"1e999999999999999999", "number that cannot be read"),
        (b"1e-999999999", "number that cannot be read"),
        (b"01", "is not JSON"),
        (b"+1", "is not JSON"),
        (b"1_0", "is not JSON"),
        (b".5", "is not JSON"),
        ("٤".encode(), "is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"[" * 65 + b"]" * 65, "nested too deeply"),
        (b'"\\u0000"', "NUL character"),
        (b'{"a\\u0000": 1}', "NUL character"),
        (b'[{"a": ["\\ud800"]}]', "half of a surrogate pair"),
        (b'{"\\udc00": 1}', "half of a surrogate pair"),
        (b'"a\x00b"', "is not JSON"),
        (b'"a\nb"', "is not JSON"),
    ],
)
def test_parse_json_of_what_is_no_json_is_malformed(body: bytes, message: str) -> None:
    with pytest.raises(Malformed, match=message):
        parse_json(body, JSON)


@pytest.mark.parametrize("before", range(64 * 1024 - 8, 64 * 1024 + 2))
def test_parse_json_finds_an_escape_wherever_it_is_in_a_large_body(before: int) -> None:
    with pytest.raises(Malformed, match="NUL character"):
        parse_json(b'["' + b"x" * (before - 2) + b'\\u0000"]', JSON)


def test_parse_json_takes_a_whole_surrogate_pair_and_characters_beyond_the_plane() -> None:
    assert parsed('["\\ud83d\\ude00", "😀"]') == ["😀", "😀"]


def test_parse_json_does_not_repeat_a_huge_key() -> None:
    huge = "x" * 10_000
    with pytest.raises(Malformed) as raised:
        parsed(f'{{"{huge}": 1, "{huge}": 2}}')
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json ; boundary=x; charset=utf8",
        "application/json;",
    ],
)
def test_parse_json_takes_json_in_utf_8(content_type: str) -> None:
    assert parse_json(b"{}", content_type) == {}


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/json+x",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/json; charset=",
        "application/json, text/plain",
    ],
)
def test_parse_json_of_another_media_type_or_charset_is_unsupported(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMediaType):
        parse_json(b"{}", content_type)


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        (b"", {}),
        (b"a=1&b=2", {"a": "1", "b": "2"}),
        (b"a=", {"a": ""}),
        (b"a", {"a": ""}),
        (b"&&a=1&", {"a": "1"}),
        (b"q=a+b%20c%2Bd", {"q": "a b c+d"}),
        (b"q=%C3%A4", {"q": "ä"}),
        (b"q=a=b", {"q": "a=b"}),
        (b"q=100%", {"q": "100%"}),
        (b"q=%zz", {"q": "%zz"}),
        (b"q=a;b", {"q": "a;b"}),
    ],
)
def test_parse_query(raw: bytes, values: dict[str, str]) -> None:
    assert parse_query(raw) == (values, [])


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"a=1&a=1", "query/a"),
        (b"a=1&%61=2", "query/a"),
        (b"q=%ff", "query"),
        (b"q=%ed%a0%80", "query"),
        (b"q=%00", "query/q"),
    ],
)
def test_parse_query_of_bad_form_is_a_problem(raw: bytes, path: str) -> None:
    _, problems = parse_query(raw)
    assert [problem.path for problem in problems] == [path]


@given(st.binary(max_size=60))
def test_parse_query_of_any_bytes_gives_no_nul(raw: bytes) -> None:
    values, _ = parse_query(raw)
    assert "\0" not in "".join([*values, *values.values()])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-5", -5),
        ("100", 100),
        ("9" * 18, 10**18 - 1),
        ("5.0", 5),
        ("1e3", 1000),
        ("1E+1", 10),
        ("10e-1", 1),
        ("-0", 0),
    ],
)
def test_read_integer(text: str, value: int) -> None:
    assert read_integer(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 5",
        "5 ",
        "+5",
        "1_0",
        "01",
        "5.5",
        "5.",
        "1e99",
        "1e-1",
        "٤",
        "\uff15",
        "0x10",
        "--5",
        "9" * 19,
        "5\n",
        "-",
    ],
)
def test_read_integer_of_anything_else_is_none(text: str) -> None:
    assert read_integer(text) is None
