"""The characters that are not seen, which Python's unicodedata does not name as one property."""

import re
import unicodedata

# Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties): what a renderer draws nothing for. Some are
# letters or marks by their category, as the fillers of Hangul.
DEFAULT_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

_IGNORABLE = re.compile(f"[{DEFAULT_IGNORABLE}]")
# Controls, formats, halves of surrogate pairs, characters without a meaning that all would share, spaces. The blank
# of Braille is a symbol by its category, and as empty as a space.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"})
_BLANK_OF_BRAILLE = "\u2800"
# Emoji that a font may have already, and Python's tables not yet.
_YOUNG_EMOJI = re.compile("[\U0001f000-\U0001faff]")


def is_ignorable(character: str) -> bool:
    """Whether a renderer draws nothing for it."""
    return _IGNORABLE.match(character) is not None


def is_visible(character: str) -> bool:
    """Whether there is something to see of it: neither space nor control nor anything else that leaves no ink."""
    if unicodedata.category(character) in _UNSEEN:
        return _YOUNG_EMOJI.match(character) is not None
    return character != _BLANK_OF_BRAILLE and not is_ignorable(character)
