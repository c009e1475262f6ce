"""GTINs, the numbers under which GS1 knows an item (GS1 General Specifications, section 7.9)."""

_LENGTHS = (8, 12, 13, 14)


def is_gtin(text: str) -> bool:
    """Whether it has as many digits as a GTIN has, the last of which checks the others: what `format: gtin` means here.

    >>> is_gtin("9520123456788"), is_gtin("9520123456789"), is_gtin("09520123456788"), is_gtin("0")
    (True, False, True, False)
    """
    if len(text) not in _LENGTHS or not (text.isascii() and text.isdigit()):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text))) % 10 == 0


def forms_of(gtin: str) -> list[str]:
    """All ways to write it: a shorter one is the same with zeros before it.

    >>> forms_of("09520123456788")
    ['09520123456788', '9520123456788']
    """
    whole = gtin.zfill(max(_LENGTHS))
    return [whole[-length:] for length in reversed(_LENGTHS) if not whole[:-length].strip("0")]
