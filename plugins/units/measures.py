"""The units that every item knows: of mass in kilograms, of volume in litres, exactly.

The pound is the international one (0.45359237 kg), the US gallon 231 cubic inches of 2.54 cm (3.785411784 l).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from plugins.materials.rules import unit_key

Measure = Literal["mass", "volume"]


class BuiltIn(NamedTuple):
    """`size` is how many kilograms, or litres, one unit is."""

    unit: str
    measure: Measure
    size: Fraction


BASES: Mapping[Measure, Literal["kg", "l"]] = {"mass": "kg", "volume": "l"}

_LB = Fraction("0.45359237")
_GAL_US = Fraction("3.785411784")
_GAL_UK = Fraction("4.54609")

_UNITS: Sequence[tuple[str, Measure, Fraction]] = (
    ("mg", "mass", Fraction(1, 1_000_000)),
    ("g", "mass", Fraction(1, 1000)),
    ("kg", "mass", Fraction(1)),
    ("t", "mass", Fraction(1000)),
    ("oz", "mass", _LB / 16),
    ("lb", "mass", _LB),
    ("ml", "volume", Fraction(1, 1000)),
    ("cl", "volume", Fraction(1, 100)),
    ("l", "volume", Fraction(1)),
    ("hl", "volume", Fraction(100)),
    ("m3", "volume", Fraction(1000)),
    ("fl oz us", "volume", _GAL_US / 128),
    ("pt us", "volume", _GAL_US / 8),
    ("qt us", "volume", _GAL_US / 4),
    ("gal us", "volume", _GAL_US),
    ("fl oz uk", "volume", _GAL_UK / 160),
    ("gal uk", "volume", _GAL_UK),
)
BUILT_IN: Mapping[str, BuiltIn] = {unit_key(unit): BuiltIn(unit, measure, size) for unit, measure, size in _UNITS}


def factor(unit: str, base: str, density: Fraction | None = None) -> Fraction | None:
    """How many `base` one `unit` is; None where nothing tells. `density` is kilograms in one litre.

    >>> factor("kg", "lb"), factor("l", "kg", Fraction("0.92")), factor("kg", "l"), factor("drum", "Drum")
    (Fraction(100000000, 45359237), Fraction(23, 25), None, Fraction(1, 1))
    """
    if unit_key(unit) == unit_key(base):
        return Fraction(1)
    known, other = BUILT_IN.get(unit_key(unit)), BUILT_IN.get(unit_key(base))
    if known is None or other is None:
        return None
    if known.measure == other.measure:
        return known.size / other.size
    if density is None:
        return None
    return known.size / other.size * (density if known.measure == "volume" else 1 / density)
