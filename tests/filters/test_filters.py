import pytest

from trainingbase.db import db
from trainingbase.filters.models import SavedFilter
from trainingbase.filters.rules import MOST, kept


def keep(browser, name="Leavers", path="/residents", query="state=withdrawn&cohort=0", **more):
    return browser.post("/filters/", data={"name": name, "path": path, "query": query}, **more)


def test_a_filter_is_kept_and_offered_on_its_page_only(browse, office):
    browser = browse(office)
    answer = keep(browser)
    assert answer.headers["Location"] == "/residents?state=withdrawn&cohort=0"
    assert ">Leavers</a>" in browser.get("/residents").text
    assert ">Leavers</a>" not in browser.get("/leaves").text


def test_the_page_offers_to_keep_only_what_is_chosen_and_not_kept_yet(browse, office):
    browser = browse(office)
    assert "Keep this filter" not in browser.get("/residents").text
    assert "Keep this filter" in browser.get("/residents?state=withdrawn&cohort=0").text
    keep(browser)
    page = browser.get("/residents?state=withdrawn&cohort=0&page=1").text
    assert "Keep this filter" not in page
    assert 'aria-current="true">Leavers' in page


def test_the_same_name_takes_the_earlier_ones_place(browse, office):
    browser = browse(office)
    keep(browser)
    keep(browser, query="state=finished")
    [only] = db.session.query(SavedFilter).all()
    assert only.query == "state=finished"


def test_filters_are_each_persons_own(browse, office, auditor):
    keep(browse(office))
    [saved] = db.session.query(SavedFilter).all()
    stranger = browse(auditor)
    assert ">Leavers</a>" not in stranger.get("/residents").text
    assert stranger.post(f"/filters/{saved.id}/deletion").status_code == 404
    browse(office).post(f"/filters/{saved.id}/deletion")
    assert db.session.query(SavedFilter).count() == 0


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_no_filter_leads_elsewhere(browse, office, path):
    answer = keep(browse(office), path=path)
    assert answer.headers["Location"] == "/"
    assert db.session.query(SavedFilter).count() == 0


def test_a_filter_needs_a_name(browse, office):
    answer = keep(browse(office), name="  ", follow_redirects=True)
    assert "Give it a name." in answer.text
    assert db.session.query(SavedFilter).count() == 0


def test_there_is_an_end_to_keeping(browse, office):
    browser = browse(office)
    for number in range(MOST):
        keep(browser, name=f"No. {number}")
    assert "forget one first" in keep(browser, follow_redirects=True).text
    assert db.session.query(SavedFilter).count() == MOST


def test_where_one_stands_is_no_filter():
    assert kept("page=3&state=all&search=&part=1") == "state=all"
    assert kept("search=%E7%8E%8B") == "search=%E7%8E%8B"
