"""How names sound, so that they are found by what people type on a Latin keyboard."""

import os
import re
import unicodedata

LONGEST = 255


def sounds_of(name: str) -> str:
    """All that finds this name in small Latin letters: 单小明 gives " shanxiaoming sxm
    danxiaoming dxm", each after a blank.

    Whole pinyin without tones and the initials; the surname in every reading it has, the other
    characters in their usual one.
    """
    letters = [c for c in name if c.isalnum()]
    if all(ord(c) < 0x250 for c in letters):
        return f" {as_sound(name)}" if letters else ""
    readings = [_readings(c) for c in letters]
    said = {}
    for first in readings[0]:
        syllables = [first, *(one[0] for one in readings[1:])]
        said["".join(syllables)] = None
        said["".join(one[:1] for one in syllables)] = None
    return "".join(f" {one}" for one in said if one)[:LONGEST]


def _readings(character: str) -> list[str]:
    """Each way to read it, the usual one first; itself where it has none."""
    # Names are no phrases, and the table of phrases takes a second to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    [found] = pinyin(character, style=Style.NORMAL, heteronym=True, errors=lambda given: [given])
    return [as_sound(one) for one in found]


def as_sound(text: str) -> str:
    """What was typed, as `sounds_of` keeps it: small letters, ü as v, nothing between them."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ü", "v"))
    return re.sub(r"[^a-z0-9]", "", plain)
