from datetime import date

import pytest

from tests.cast import add, faculty_member, resident
from trainingbase.people.models import Person
from trainingbase.people.rules import as_sound, sounds_of


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("王小明", "wangxiaoming"),
        ("王小明", "Wang Xiaoming"),
        ("王小明", "wxm"),
        ("王小明", "xiaoming"),
        ("曾益", "zengyi"),
        ("单田芳", "shan"),
        ("仇英", "qiuying"),
        ("吕布", "lvbu"),
        ("吕布", "lübu"),
        ("阿依古丽·买买提", "ayiguli"),
        ("John O'Neil", "oneil"),
    ],
)
def test_a_name_is_found_by_its_sound(name, typed):
    assert as_sound(typed) in sounds_of(name)


@pytest.mark.parametrize("name", ["", "·", "𠮷", "𠮷野家", "　", "王\u200d小"])
def test_rare_characters_do_no_harm(name):
    assert isinstance(sounds_of(name), str)


def test_the_sound_follows_the_name(app):
    someone = add(Person(name="王小明"))
    assert "wxm" in someone.sounds
    someone.name = "李雷"
    add(someone)
    assert someone.sounds == " lilei ll"


def found(browser, text):
    return browser.get("/search", query_string={"q": text}).text


def test_the_office_finds_people_places_and_programmes(browse, office, county, alice, mei):
    resident("张伟", county, "11010119900307123X")
    browser = browse(office)
    assert "张伟" in found(browser, "zw")
    assert "张伟" in found(browser, "123x")
    assert "张伟" not in found(browser, "3X")
    assert "Mei" in found(browser, "mei")
    assert "Willow Township" in found(browser, "willow")
    assert "GP33" in found(browser, "gp33")


def test_nobody_finds_whom_they_may_not_see(browse, alice, bob, mei, secretary, leader, office):
    for someone in (alice, secretary, leader):
        assert ">Bob<" not in found(browse(someone), "Bob"), someone.name
    assert ">Bob<" in found(browse(office), "Bob")
    assert "/accounts" not in found(browse(mei), "Bob")


def test_a_supervisor_finds_residents_placed_with_them(
    browse, mei, chen, alice_resident, placed, county, mei_member
):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)
    assert f"/residents/{alice_resident.id}" in found(browse(mei), "ali")
    assert ">Alice<" not in found(browse(chen), "ali")


def test_nearest_names_come_first(browse, office, county):
    for name in ("小王明", "王明明", "王明"):
        resident(name, county, name)
    page = found(browse(office), "王明")
    assert page.index(">王明<") < page.index(">王明明<")


def test_nothing_found_says_what_to_try(browse, office):
    assert "Nothing found for “zzz”" in found(browse(office), "zzz")


def test_percent_and_underscore_are_letters(browse, office, alice):
    assert ">Alice<" not in found(browse(office), "%")
    assert ">Alice<" not in found(browse(office), "A_ice")


def test_long_lists_are_cut_with_a_way_to_the_rest(browse, office, county):
    for number in range(12):
        resident(f"Zed{number:02}", county, f"Z{number}")
    page = found(browse(office), "zed")
    assert page.count(">Zed") == 16  # eight as residents, eight as accounts
    assert "/residents?search=zed&amp;state=all" in page


def test_a_search_is_a_few_statements(browse, office, county, statements):
    browser = browse(office)
    resident("Zed", county, "Z")
    faculty_member("Zed F", county.medicine, "F")
    few = statements(lambda: browser.get("/search?q=zed"))
    for number in range(30):
        resident(f"Zed{number}", county, f"Z{number}")
        faculty_member(f"Zed F{number}", county.medicine, f"F{number}")
    assert statements(lambda: browser.get("/search?q=zed")) <= few
    assert few <= 14


def test_a_part_is_no_whole_page(browse, office, alice):
    part = browse(office).get("/search?q=ali&part=1").text
    assert "Alice" in part
    assert "<html" not in part


def test_lists_are_searched_by_sound_too(browse, office, county):
    resident("张伟", county, "N1")
    assert "张伟" in browse(office).get("/residents?search=zhangwei").text
