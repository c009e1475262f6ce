"""The organization as its papers name it."""

from typing import NamedTuple

from pharus.currency import Currency, currency_of
from pharus.db import current, db
from pharus.errors import NotFound
from pharus.pdf.paper import Party

_COLUMNS = "address, city, state, zip_code, country, contact_email, contact_phone"


class Letterhead(NamedTuple):
    organization: Party
    currency: Currency


def letterhead() -> Letterhead:
    """The current organization by its legal name, with its address and contact, and its currency."""
    rows = db.rows(
        f"SELECT currency, coalesce(nullif(legal_name, ''), name), {_COLUMNS} FROM organization "
        "JOIN organization_settings ON org_id = id WHERE id = %s AND is_active",
        (current().org_id,),
    )
    if not rows:
        raise NotFound("the organization has just been deleted")
    currency, name, address, city, state, zip_code, country, email, phone = rows[0]
    organization = Party(
        name=name,
        address=address,
        city=city,
        state=state,
        zip_code=zip_code,
        country=country,
        email=email,
        phone=phone,
    )
    return Letterhead(organization, currency_of(currency))
