"""Currencies: the codes of ISO 4217, and the places to which their amounts are rounded on paper."""

import decimal
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pharus.fields import canonical

_USUAL_PLACES = 2


@dataclass(frozen=True, slots=True)
class Currency:
    """`code` is None where an organization has not said which one it is: amounts then have two places and no name."""

    code: str | None = None
    places: int = _USUAL_PLACES

    def rounded(self, amount: Decimal) -> Decimal:
        """Half up to the places of the currency, whatever the number of the amount's digits.

        >>> Currency("KWD", 3).rounded(Decimal("1.2345")), Currency("JPY", 0).rounded(Decimal("0.5"))
        (Decimal('1.235'), Decimal('1'))
        """
        with decimal.localcontext(prec=100):
            return amount.quantize(Decimal(1).scaleb(-self.places), decimal.ROUND_HALF_UP)

    def amount(self, amount: Decimal) -> str:
        """Rounded, with separators.

        >>> Currency().amount(Decimal("1234.565")), Currency("JPY", 0).amount(Decimal("1234.5"))
        ('1,234.57', '1,235')
        """
        return f"{self.rounded(amount):,}"

    def price(self, price: Decimal) -> str:
        """Exact, with as many places as an amount at least: what one costs is not rounded.

        >>> Currency().price(Decimal("3.1")), Currency("JPY", 0).price(Decimal("1000.250000"))
        ('3.10', '1,000.25')
        """
        exact = Decimal(canonical(price))
        _, _, exponent = exact.as_tuple()
        assert isinstance(exponent, int)
        return self.amount(exact) if -exponent <= self.places else f"{exact:,}"

    def named(self, label: str) -> str:
        """A label of amounts, with the currency where it is known.

        >>> Currency("EUR").named("Total"), Currency().named("Total")
        ('Total EUR', 'Total')
        """
        return label if self.code is None else f"{label} {self.code}"


# That of an organization that has not said which.
UNNAMED = Currency()


@lru_cache(maxsize=256)
def currency_of(code: str | None) -> Currency:
    """The currency of this code. One that ISO has withdrawn since has two places."""
    places = None if code is None else _places(code)
    return Currency(code, _USUAL_PLACES if places is None else places)


def is_currency(code: str) -> bool:
    """Whether amounts of money have this code: not so those of metals, baskets and tests (XAU, XDR, XTS).

    >>> is_currency("KWD"), is_currency("XAU"), is_currency("ABC")
    (True, False, False)
    """
    return _places(code) is not None


@lru_cache(maxsize=256)
def _places(code: str) -> int | None:
    # The table is read when the library is imported, a tenth of a second: only where somebody has a currency.
    from iso4217 import Currency as Known

    known: dict[str, Known] = {each.code: each for each in Known}
    return known[code].exponent if code in known else None
