"""What the papers of all kinds of orders have in common: who they are from and to, and how they print days and
quantities. Their look is in style.html, which a template includes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from pharus.fields import canonical

# Where paper is Letter (Unicode CLDR, supplemental measurement data); everywhere else it is A4.
_LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}

# An address is a few lines. Ten thousand characters, which the contract allows, would be pages of it.
_MOST_ADDRESS_LINES = 8
_MOST_LINE_CHARACTERS = 200
_MOST_CONTACT_CHARACTERS = 80
# The contract's longest code has 100 characters, its longest name 255. The last lines stay on the page of the totals,
# so they must fit on one page, whatever they hold.
MOST_CODE_CHARACTERS = 100
MOST_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who buys, who sells, where to: a name, what is known of the address, and whom to ask there. `country` is two
    letters."""

    name: str
    address: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    country: str | None = None
    contact: str | None = None
    email: str | None = None
    phone: str | None = None

    @classmethod
    def of(
        cls,
        record: Mapping[str, Any],
        *,
        contact: str | None = None,
        email: str | None = None,
        phone: str | None = None,
    ) -> "Party":
        """Of a record with an address, by the keys that the contract gives to it."""
        return cls(
            name=record["name"],
            address=record["address"],
            city=record["city"],
            state=record["state"],
            zip_code=record["zipCode"],
            country=record["country"],
            contact=contact,
            email=email,
            phone=phone,
        )


def size_for(organization: Party) -> str:
    """The size of the organization's paper."""
    return "letter" if (organization.country or "").upper() in _LETTER else "a4"


def printed_day(day: date | None) -> str:
    """Nothing for a day that is not known.

    >>> printed_day(date(2026, 3, 4)), printed_day(None)
    ('4 Mar 2026', '')
    """
    return f"{day:%d %b %Y}".lstrip("0") if day else ""


def printed_quantity(quantity: Decimal) -> str:
    """With separators, without zeros at the end.

    >>> printed_quantity(Decimal("12500.500000")), printed_quantity(Decimal(7))
    ('12,500.5', '7')
    """
    return f"{Decimal(canonical(quantity)):,}"


def unit_of(*records: object) -> str:
    """The unit of the first of these records (TypedDicts) that has one: of a line, else of its item."""
    return next((unit for record in records if (unit := cast(Mapping[str, Any], record).get("unit"))), "")


def party_lines(party: Party) -> dict[str, Any]:
    region = " ".join(part for part in (party.state, party.zip_code) if part)
    address = _lines(
        *(party.address or "").splitlines(),
        ", ".join(part for part in (party.city, region) if part),
        (party.country or "").upper(),
        most=_MOST_LINE_CHARACTERS,
    )
    if len(address) > _MOST_ADDRESS_LINES:
        address = [*address[: _MOST_ADDRESS_LINES - 1], "…"]
    contact = f"Attn {party.contact}" if party.contact else ""
    asked = _lines(contact, party.phone or "", party.email or "", most=_MOST_CONTACT_CHARACTERS)
    return {"name": cut(party.name, MOST_NAME_CHARACTERS), "lines": [*address, *asked]}


def _lines(*lines: str, most: int) -> list[str]:
    return [cut(line.strip(), most) for line in lines if line.strip()]


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
