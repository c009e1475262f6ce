"""Names, codes and references: how they are stored, and which characters they must not hold.

The document marks them with `x-text`; the validators of requests do the rest (docs/rules.md, Master data).
"""

import re
import unicodedata

from pharus.invisible import DEFAULT_IGNORABLE, is_visible

# Unicode's property White_Space. str.strip() has another list.
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

# What nobody sees and what turns the reading around: controls and ends of lines, and all that is drawn as nothing.
_DECEPTIVE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb{DEFAULT_IGNORABLE}]")

_ASCII_WHITE_SPACE = "\t\n\v\f\r "

_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VARIATIONS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAGS = re.compile("[\U000e0020-\U000e007f]")
_FLAG = "\N{WAVING BLACK FLAG}"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_VIRAMA = 9


def stored(text: str) -> str:
    """The text as it is stored: composed (NFC), without white space around it.

    >>> stored("\\u00a0Cafe\\u0301 ")
    'Caf\u00e9'
    """
    if text.isascii():
        return text.strip(_ASCII_WHITE_SPACE)
    return unicodedata.normalize("NFC", text).strip(WHITE_SPACE)


def is_plain(text: str) -> bool:
    """Whether all that a stored text holds can be seen. Nothing else is asked of one that is empty.

    >>> is_plain("Soap, 50 g"), is_plain("So\\u200bap"), is_plain("\\u2800")
    (True, False, False)
    """
    if text.isascii():
        return text.isprintable()
    if any(not _is_needed(text, found.start()) for found in _DECEPTIVE.finditer(text)):
        return False
    return any(map(is_visible, text))


def _is_needed(text: str, position: int) -> bool:
    """Whether a character that is not seen changes how those around it are drawn: a joiner inside of a word or of an
    emoji, what chooses between the shapes of the character before it, the letters of a flag."""
    character = text[position]
    if position == 0:
        return False
    before = text[position - 1]
    if character in (_NON_JOINER, _JOINER):
        return _is_joined(character, before, text[position + 1 : position + 2])
    if _VARIATIONS.match(character):
        return is_visible(before)
    return _TAGS.match(character) is not None and (before == _FLAG or _TAGS.match(before) is not None)


def _is_joined(joiner: str, before: str, after: str) -> bool:
    """As RFC 5892 has it for names of domains (CONTEXTJ): after the sign that takes away a letter's vowel, and between
    letters that join (Arabic, Syriac); and besides between emoji."""
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if not after:
        return False
    if unicodedata.bidirectional(after) == "AL":
        return unicodedata.bidirectional(before) in ("AL", "NSM")
    return joiner == _JOINER and _is_emoji(after) and (_is_emoji(before) or _VARIATIONS.match(before) is not None)


def _is_emoji(character: str) -> bool:
    # Emoji that are younger than the tables of Python are not assigned.
    return unicodedata.category(character) in ("So", "Cn") or ord(character) in _SKIN_TONES
