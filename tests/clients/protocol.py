"""What every client of the matrix does, and what it must say it saw: one story with figures that floats cannot hold.

A driver (drivers/) is a program in the client's language that uses what was generated, as its users would. It gets
`Story.arguments()` and writes one line for each figure to its standard output, "name value":

1. It makes a location, a vendor, a material type, two materials (OIL-1, LYE-1), a SKU type, a SKU with `ounces` in an
   item, and its BOM: `per_unit` of the oil for each. The code OIL-1 is sent twice: `refused.code` is the code of the
   typed error. The materials are listed in pages of one: `listed.materials` is how many there are.
2. It buys `bought` of the oil at `unit_cost` and receives all of it.
3. It makes `made` of the SKU, at `conversion_cost` each beside its inputs.
4. It sells `sold` at `unit_price`: the order is Entered, then Shipped and Fulfilled.
5. It undoes all that, from the last to the first: it deletes the sales order and both receipts.
"""

from dataclasses import dataclass
from decimal import Context, Decimal

# The largest value of stock has 24 digits and 12 decimals; the decimal module would round to 28 digits unasked.
_EXACT = Context(prec=60)


@dataclass(frozen=True)
class Story:
    """The figures, as the texts that they are sent as. A float32 keeps some 7 digits of them, a double some 16."""

    bought: str = "123456789012.123456"
    unit_cost: str = "1234.567891"
    per_unit: str = "16777217.000001"
    made: int = 7
    conversion_cost: str = "0.000001"
    sold: int = 3
    unit_price: str = "999999999999.999999"
    ounces: str = "1234.567891"

    def arguments(self, address: str, token: str) -> list[str]:
        """The arguments of every driver."""
        return [
            address,
            token,
            self.bought,
            self.unit_cost,
            self.per_unit,
            str(self.made),
            self.conversion_cost,
            str(self.sold),
            self.unit_price,
            self.ounces,
        ]

    def expected(self) -> dict[str, str]:
        """What the driver must have written, to the last digit."""
        bought, unit_cost, made = Decimal(self.bought), Decimal(self.unit_cost), Decimal(self.made)
        consumed = _EXACT.multiply(made, Decimal(self.per_unit))
        inputs = _EXACT.multiply(consumed, unit_cost)
        return {
            "refused.code": "conflict",
            "listed.materials": "2",
            "sku.ozPerItem": self.ounces,
            "bought.quantity": self.bought,
            "bought.unitCost": self.unit_cost,
            "bought.onHand": self.bought,
            "bought.averageCost": self.unit_cost,
            "bought.value": _text(_EXACT.multiply(bought, unit_cost)),
            "made.materialOnHand": _text(_EXACT.subtract(bought, consumed)),
            "made.onHand": str(self.made),
            "made.value": _text(_EXACT.add(inputs, _EXACT.multiply(made, Decimal(self.conversion_cost)))),
            "sold.quantity": str(self.sold),
            "sold.unitPrice": self.unit_price,
            "sold.onHand": str(self.made - self.sold),
            "undone.onHand": "0",
            "undone.materialOnHand": "0",
            "undone.materialValue": "0",
        }


def read(output: str) -> dict[str, str]:
    """What a driver wrote. A figure that is written twice, or a line that is none, raises ValueError."""
    found: dict[str, str] = {}
    for line in output.splitlines():
        name, _, value = line.partition(" ")
        if not value or name in found:
            raise ValueError(f"a driver wrote {line!r}")
        found[name] = value
    return found


def _text(value: Decimal) -> str:
    """Canonical, as the API writes it."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
