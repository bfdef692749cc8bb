"""Today says that wishes are asked for, and that swaps wait."""

from tests.swaps.conftest import (  # noqa: F401
    in_force,
    offered,
    placement,
    stays,
    taken,
)
from tests.wishes.conftest import opened, riverside  # noqa: F401


def test_wishes_are_due_until_they_are_given(opened, browse, alice):  # noqa: F811
    opened()
    browser = browse(alice)
    assert "Give your wishes until 30 Nov 2026" in browser.get("/").text
    browser.post("/wishes/mine", data={})
    assert "Give your wishes" not in browser.get("/").text


def test_the_office_sees_how_many_swaps_wait(in_force, taken, browse, office):  # noqa: F811
    in_force()
    taken()
    page = browse(office).get("/").text
    assert "Swaps to decide" in page and "/swaps/all?state=accepted" in page


def test_a_leader_sees_the_key_figures_on_the_first_page(browse, leader):
    page = browse(leader)
    assert "/quality/?part=1" in page.get("/").text
    part = page.get("/quality/?part=1").text
    assert "stat" in part
    assert "<html" not in part
