"""Short names of sources are explained where they stand."""

import re

import pytest

from trainingbase.sources import known, named_in


def test_the_first_word_names_the_source_and_each_is_named_once():
    found = named_in(["E21 2.1", "E21; S23", "WM 小讲课 2023", "Base", None, "UK DOPS"])
    assert [one.key for one in found] == ["E21", "S23", "WM"]


def test_every_source_has_a_name_in_both_languages():
    assert all(one.name and one.name_en for one in known().values())


@pytest.mark.parametrize(
    ("tongue", "word"), [("zh", "全科专业基地"), ("en", "Assessment indicators")]
)
def test_the_page_of_the_thresholds_says_what_its_sources_are(browse, office, tongue, word):
    office.language = tongue
    page = browse(office).get("/thresholds/").get_data(as_text=True)
    assert re.search(rf"<dt>E21</dt>\s*<dd>[^<]*{word}", page)
