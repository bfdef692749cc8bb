"""What may be printed: the letters the font has, and words that fit a line."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

MISSING = "〓"  # the printer's mark for a letter that is not in the case
LONG_WORD, PIECE = 24, 12
BREAK_HERE = "\u200b"
UNSEEN = {"Cc", "Cf", "Cs"}
WORD = re.compile(rf"[!-~]{{{LONG_WORD},}}")


def printable(value: object) -> str:
    """Any value as text that can be printed, whatever was typed into it."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\t", " ")
    known = letters()
    if not text.isascii() or not text.isprintable():
        text = "".join(one if ord(one) in known else _stand_in(one) for one in text)
    return WORD.sub(_broken, text)


def _stand_in(letter: str) -> str:
    if letter == "\n":
        return letter
    if unicodedata.category(letter) in UNSEEN:
        return ""
    return f"{MISSING}(U+{ord(letter):04X})"


def _broken(word: re.Match[str]) -> str:
    whole = word.group()
    return BREAK_HERE.join(whole[at : at + PIECE] for at in range(0, len(whole), PIECE))


def font_file() -> Path:
    """Noto Sans CJK, as its package brings it."""
    from noto_cjk_sans_otc import FONT_PATH

    return Path(str(FONT_PATH))


@cache
def letters() -> frozenset[int]:
    """The code points that can be seen in the font: its character map (cmap, format 12)."""
    font = font_file().read_bytes()
    (first_face,) = struct.unpack_from(">I", font, 12)
    (tables,) = struct.unpack_from(">H", font, first_face + 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, first_face + 12 + 16 * number)
        if tag == b"cmap":
            return frozenset(
                point
                for point in _mapped(font, start)
                if unicodedata.category(chr(point)) not in UNSEEN
            )
    raise ValueError("The font has no character map.")


def _mapped(font: bytes, cmap: int) -> set[int]:
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    points: set[int] = set()
    for number in range(maps):
        _, _, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        (kind,) = struct.unpack_from(">H", font, cmap + offset)
        if kind == 12:
            (groups,) = struct.unpack_from(">I", font, cmap + offset + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", font, cmap + offset + 16 + 12 * group)
                points.update(range(first, last + 1))
    return points
