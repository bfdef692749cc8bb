"""Marks for a test that must hold in both languages, or on both screens."""

import pytest

in_both_languages = pytest.mark.parametrize("language", ["zh", "en"])
on_both_screens = pytest.mark.parametrize("screen", ["phone", "desktop"])
