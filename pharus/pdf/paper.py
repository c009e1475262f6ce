"""What the papers of all kinds of orders have in common: who they are from and to, and how they print amounts and days.
Their look is in style.html, which a template includes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.fields import to_cents

# Where paper is Letter (Unicode CLDR, supplemental measurement data); everywhere else it is A4.
_LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}

# An address is a few lines. Ten thousand characters, which the contract allows, would be pages of it.
_MOST_ADDRESS_LINES = 8
_MOST_LINE_CHARACTERS = 200
# The contract's longest code has 100 characters, its longest name 255. The last lines stay on the page of the totals,
# so they must fit on one page, whatever they hold.
MOST_CODE_CHARACTERS = 100
MOST_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who buys, who sells, where to: a name, and what is known of the address. `country` is two letters."""

    name: str
    address: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None

    @classmethod
    def of(cls, record: Mapping[str, Any], *, email: str | None = None, phone: str | None = None) -> "Party":
        """Of a record with an address, by the keys that the contract gives to it."""
        return cls(
            name=record["name"],
            address=record["address"],
            city=record["city"],
            state=record["state"],
            zip_code=record["zipCode"],
            country=record["country"],
            email=email,
            phone=phone,
        )


def money(value: Decimal) -> str:
    """Rounded half-up to cents, with separators.

    >>> money(Decimal("1234.565")), money(Decimal("0"))
    ('1,234.57', '0.00')
    """
    return f"{to_cents(value):,}"


def size_for(organization: Party) -> str:
    """The size of the organization's paper."""
    return "letter" if (organization.country or "").upper() in _LETTER else "a4"


def printed_day(day: date) -> str:
    return f"{day:%d %b %Y}".lstrip("0")


def party_lines(party: Party) -> dict[str, Any]:
    region = " ".join(part for part in (party.state, party.zip_code) if part)
    lines = [
        *(party.address or "").splitlines(),
        ", ".join(part for part in (party.city, region) if part),
        (party.country or "").upper(),
        party.phone or "",
        party.email or "",
    ]
    lines = [cut(line.strip(), _MOST_LINE_CHARACTERS) for line in lines if line.strip()]
    if len(lines) > _MOST_ADDRESS_LINES:
        lines = [*lines[: _MOST_ADDRESS_LINES - 1], "…"]
    return {"name": cut(party.name, MOST_NAME_CHARACTERS), "lines": lines}


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
