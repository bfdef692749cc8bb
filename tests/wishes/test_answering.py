"""Residents give their wishes until the deadline, and nobody else sees them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import add, resident
from tests.wishes.conftest import CLOSES_ON, FEBRUARY, JANUARY, LATER, MARCH, NOW, OPENED_AT
from trainingbase.audit.models import Entry
from trainingbase.db import Stale, db
from trainingbase.enrolment.models import Credit
from trainingbase.notices.models import Notice
from trainingbase.wishes import actions, queries
from trainingbase.wishes.actions import Given
from trainingbase.wishes.models import NotAsked, RoundClosed, WishList


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def typed(county, **more):
    """What a phone sends: Surgery in January or February, and a site."""
    return {
        "what_1": str(county.standards["Surgery"].id),
        "from_1": "2027-01-01",
        "to_1": "2027-02-01",
        "site_1": str(county.township.id),
        "word": "My sister marries in May.",
    } | more


def kept_of(asked, someone):
    kept = queries.list_of(asked, someone)
    return actions.given_of(kept) if kept else None


def test_everybody_asked_is_told_and_nobody_else(opened, alice, bob, mei):
    opened()
    assert (told(alice), told(bob), told(mei)) == (["wishes-asked"], ["wishes-asked"], [])


def test_a_round_asked_for_twice_is_one(opened):
    assert opened(request_key="once").id == opened(request_key="once").id


def test_a_resident_gives_wishes_and_sees_what_was_kept(
    opened, browse, county, alice, alice_resident
):
    asked, browser = opened(), browse(alice)
    page = browser.get("/wishes/mine")
    assert "30 Nov 2026" in page.text
    sent = browser.post("/wishes/mine", data=typed(county))
    assert sent.status_code == 302
    surgery = county.standards["Surgery"].id
    assert kept_of(asked, alice_resident) == Given(
        ((surgery, JANUARY, MARCH),), (county.township.id,), "My sister marries in May."
    )
    shown = browser.get("/wishes/mine").text
    assert "Surgery from Jan 2027 to Feb 2027" in shown
    assert "My sister marries in May." in shown
    assert db.session.query(Entry).filter_by(act="keep-wishes").count() == 1


def test_one_month_is_enough(opened, browse, county, alice, alice_resident):
    asked = opened()
    browse(alice).post("/wishes/mine", data=typed(county, to_1="", site_1="", word=""))
    surgery = county.standards["Surgery"].id
    assert kept_of(asked, alice_resident) == Given(((surgery, JANUARY, FEBRUARY),), (), None)


def test_to_wish_nothing_is_an_answer(opened, browse, alice, alice_resident):
    asked = opened()
    browse(alice).post("/wishes/mine", data={})
    assert kept_of(asked, alice_resident) == Given()
    assert queries.silent(asked) == []


def test_wishes_change_until_the_deadline(opened, browse, county, alice, alice_resident):
    asked, browser = opened(), browse(alice)
    browser.post("/wishes/mine", data=typed(county))
    again = typed(county, from_1="2027-02-01", version="1")
    assert browser.post("/wishes/mine", data=again).status_code == 302
    [wish] = kept_of(asked, alice_resident).wishes
    assert wish[1:] == (FEBRUARY, MARCH)
    assert db.session.query(WishList).count() == 1


def test_after_the_deadline_they_are_read_only(
    opened, browse, county, alice, alice_resident, monkeypatch
):
    asked, browser = opened(), browse(alice)
    browser.post("/wishes/mine", data=typed(county))
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-01")
    page = browser.get("/wishes/mine").text
    assert "Surgery from Jan 2027" in page and 'name="what_1"' not in page
    browser.post("/wishes/mine", data=typed(county, word="late", version="1"))
    assert kept_of(asked, alice_resident).word == "My sister marries in May."
    with pytest.raises(RoundClosed):
        actions.keep_wishes(asked, alice_resident, Given(), version=1, by=alice, at=LATER)


def test_two_phones_at_once_lose_nothing(opened, browse, county, alice, alice_resident):
    asked, browser = opened(), browse(alice)
    browser.post("/wishes/mine", data=typed(county))
    page = browser.post("/wishes/mine", data=typed(county, version="", word="From my other phone"))
    assert page.status_code == 409
    assert "From my other phone" in page.text and "My sister marries in May." in page.text
    assert kept_of(asked, alice_resident).word == "My sister marries in May."


def test_the_same_sent_twice_is_kept_once(opened, browse, county, alice):
    opened()
    for _ in range(2):
        assert browse(alice).post("/wishes/mine", data=typed(county)).status_code == 302
    assert db.session.query(Entry).filter_by(act="keep-wishes").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"from_1": ""}, "Choose a month."),
        ({"from_1": "2027-02-01", "to_1": "2027-01-01"}, "This lies before the first month."),
        ({"what_1": ""}, "Choose a department."),
        ({"from_1": "2031-01-01"}, "Not a valid choice"),
        ({"what_1": "987654"}, "Not a valid choice"),
        ({"word": "x" * 1001}, "longer than 1000"),
    ],
)
def test_a_wish_that_says_nothing_is_not_kept(opened, browse, county, alice, wrong, said):
    opened()
    page = browse(alice).post("/wishes/mine", data=typed(county, **wrong))
    assert said in page.text
    assert db.session.query(WishList).count() == 0


def test_a_site_is_chosen_once(opened, browse, county, alice):
    opened()
    twice = typed(county, site_2=str(county.township.id))
    assert "This site is chosen above." in browse(alice).post("/wishes/mine", data=twice).text


def test_only_what_is_in_the_round_may_be_wished_for(opened, browse, county, alice, riverside):
    opened(standard_ids=[county.standards["Medicine"].id], institution_ids=[riverside.id])
    page = browse(alice).post("/wishes/mine", data=typed(county))
    assert page.text.count("Not a valid choice") == 4  # two fields, each also in the summary


def test_what_is_credited_is_not_wished_for(opened, browse, county, alice, alice_resident):
    surgery = county.standards["Surgery"]
    add(
        Credit(resident=alice_resident, standard_department=surgery, months=Decimal(1), kind="done")
    )
    opened()
    page = browse(alice).get("/wishes/mine").text
    assert ">Surgery<" not in page and ">Medicine<" in page


def test_nobody_else_sees_a_word_of_it(
    opened, browse, county, alice, bob, mei, leader, administrator, secretary
):
    asked = opened()
    browse(alice).post("/wishes/mine", data=typed(county))
    address = f"/wishes/rounds/{asked.id}"
    for other in (bob, mei, leader, administrator, secretary):
        browser = browse(other)
        assert browser.get(address).status_code == 403
        assert browser.get(f"{address}/export/csv").status_code == 403
    assert "My sister" not in browse(bob).get("/wishes/mine").text


def test_a_resident_of_another_cohort_is_not_asked(opened, county, alice, office):
    from trainingbase.enrolment.models import Cohort

    asked = opened()
    later = add(Cohort(year=2027, programme=county.programme, name="2027级", name_en="2027"))
    stranger = resident("Dora", county, "110101200001010041")
    stranger.cohort = later
    db.session.commit()
    assert queries.rounds_for(stranger) == []
    with pytest.raises(NotAsked):
        actions.keep_wishes(asked, stranger, Given(), version=None, by=office, at=NOW)


def test_without_a_round_the_page_says_so(browse, alice):
    assert "No wishes are asked for" in browse(alice).get("/wishes/mine").text


def test_two_first_answers_at_once_are_one(opened, county, alice, alice_resident, portal):
    """The second, prepared before the first was there, is refused and not lost silently."""
    asked = opened()
    surgery = county.standards["Surgery"].id
    first = Given(((surgery, JANUARY, FEBRUARY),))
    actions.keep_wishes(asked, alice_resident, first, version=None, by=alice, at=NOW)
    with pytest.raises(Stale):
        actions.keep_wishes(
            asked, alice_resident, Given(word="other"), version=None, by=alice, at=NOW
        )
    db.session.rollback()
    assert kept_of(asked, alice_resident) == first


def test_days_are_those_of_the_base(opened):
    """The last day to answer is the whole of it."""
    asked = opened()
    assert asked.is_open(date(2026, 11, 30)) and not asked.is_open(CLOSES_ON)
    assert asked.opened_at == OPENED_AT
