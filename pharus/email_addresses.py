"""How email addresses are compared and stored."""

import re
import unicodedata

import idna
import jsonschema_rs

_EMAIL = jsonschema_rs.Draft202012Validator({"format": "idn-email"}, validate_formats=True)

# Unicode calls these three the same as an ASCII character: the Kelvin sign, the Greek question mark, the Greek varia.
_SAME_AS_ASCII = re.compile("([\u212a\u037e\u1fef])")


def canonical_email(address: str) -> str:
    """The same text for all spellings of one address, and another one for every other address.

    Without spaces around it, composed (NFC), without differences of case, the domain in its ASCII form (`xn--…`). No
    character that is not ASCII ever becomes one that is: an address that only looks like somebody's is not theirs.

    >>> canonical_email(" Ada@B\u00fccher.Example")
    'ada@xn--bcher-kva.example'
    >>> canonical_email("\u212aim@example.com") == canonical_email("kim@example.com")
    False
    """
    text = address.strip()
    if text.isascii():
        return text.lower()
    local, at, domain = text.rpartition("@")
    local = _composed("".join(map(_without_case, _composed(local))))
    # Names of domains know more letters than case alone makes: there a final sigma is another letter.
    domain = _composed("".join(map(_lower, _composed(domain))))
    return local + at + ".".join(map(_ascii_label, domain.split(".")))


def is_email(text: str) -> bool:
    """Whether this is an email address, with letters of any script (RFC 6531): what `format: email` means here."""
    return _EMAIL.is_valid(text)


def _composed(text: str) -> str:
    # Every second part is one of the three.
    parts = enumerate(_SAME_AS_ASCII.split(text))
    return "".join(part if number % 2 else unicodedata.normalize("NFC", part) for number, part in parts)


def _without_case(character: str) -> str:
    folded = character.casefold()
    if len(folded) > 1:
        return _lower(character)
    return folded if character.isascii() or not folded.isascii() else character


def _lower(character: str) -> str:
    """The one character in lower case; the character itself where that would be two, or ASCII."""
    lower = character.lower()
    return lower if character.isascii() or (len(lower) == 1 and not lower.isascii()) else character


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return idna.alabel(label).decode()
    except (idna.IDNAError, UnicodeError):
        # No name that can be registered; then it is the same as itself only.
        return label
