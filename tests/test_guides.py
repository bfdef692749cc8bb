"""The guides lead to pages and pictures that are there, in both languages, and stay small."""

import re
from pathlib import Path

import pytest

from trainingbase import paths

GUIDE = paths.HOME / "docs" / "guide"
PAGES = sorted([paths.HOME / "README.md", *GUIDE.rglob("*.md")])
LARGEST = 120 * 1024  # bytes of a picture: guides are read on phones


def links(page: Path) -> list[str]:
    return [
        address
        for address in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in address
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(paths.HOME)))
def test_every_link_and_picture_of_a_guide_is_there(page):
    missing = [address for address in links(page) if not (page.parent / address).exists()]
    assert missing == []


def test_each_guide_is_there_in_both_languages():
    chinese, english = ({page.name for page in (GUIDE / one).iterdir()} for one in ("zh", "en"))
    assert chinese == english and len(chinese) == 8


def test_pictures_are_small_and_each_is_shown():
    shown = {Path(address).name for page in PAGES for address in links(page)}
    taken = {picture.name: picture for picture in (paths.HOME / "docs" / "screenshots").iterdir()}
    assert [name for name, file in taken.items() if file.stat().st_size > LARGEST] == []
    assert set(taken) <= shown, "taken for no guide"
