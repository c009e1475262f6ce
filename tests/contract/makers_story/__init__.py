"""The chapters of test_a_makers_story.py, in which assertions say what they compare as in any test."""

import pytest

_MODULES = ("accounting", "books", "correcting", "finishing", "making", "selling", "settling_in")

pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in _MODULES))
