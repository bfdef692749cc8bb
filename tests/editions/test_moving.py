"""Residents move to a version in force, all or nobody, and back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.programmes.conftest import NOW
from trainingbase.db import Stale, db
from trainingbase.editions import actions, queries
from trainingbase.editions.models import AlreadyUndone
from trainingbase.editions.rules import counting, effect
from trainingbase.enrolment.models import Credit, Resident
from trainingbase.history.models import Change
from trainingbase.notices.models import Notice
from trainingbase.programmes import actions as programmes
from trainingbase.programmes.rules.content import Content, Rotation


def rotation(name, months, group=None):
    return Rotation(name, Decimal(str(months)), True, Decimal("0.5"), False, group)


OLD = Content(
    Decimal(5),
    (rotation("A", 2), rotation("B", 2), rotation("E", 1, "g"), rotation("F", 1, "g")),
    (("g", Decimal(1)),),
)
NEW = replace(OLD, rotations=(rotation("A", 3), rotation("C", 1), *OLD.rotations[2:]))


def test_what_somebody_gains_and_lacks():
    done = {"A": Decimal(3), "B": Decimal(1), "E": Decimal(1), "F": Decimal(1)}
    found = effect(OLD, NEW, done)
    assert found.more == {"A": 1, "C": 1} and found.less == {"B": 2}
    assert found.now_counts == {"A": 1} and found.no_longer_counts == {"B": 1}
    assert (found.counted, found.left_before, found.left) == (3, 1, 1)


MONTHS = st.dictionaries(st.sampled_from("ABCEFX"), st.integers(0, 6).map(Decimal))


@given(MONTHS)
def test_no_more_counts_than_is_asked_for(done):
    for content in (OLD, NEW):
        counted = counting(content, done)
        assert sum(counted.values()) <= content.total
        assert all(months <= done[name] for name, months in counted.items())
    same = effect(OLD, OLD, done)
    assert not same.more and not same.less and same.left == same.left_before
    there, back = effect(OLD, NEW, done), effect(NEW, OLD, done)
    assert (there.more, there.now_counts) == (back.less, back.no_longer_counts)


@pytest.fixture
def second(county, office):
    """The next version of what Alice and Bob train by: Surgery 2 months instead of 1."""
    made = programmes.make_version(county.programme, by=office, at=NOW)
    made.requirements[1].months = Decimal(2)
    made.months = Decimal(7)
    db.session.commit()
    programmes.put_in_force(made, 2027, version=1, by=office, at=NOW)
    return made


@pytest.fixture
def both(alice_resident, bob_resident, second):
    return {one.id: one.version for one in (alice_resident, bob_resident)}


def moved(second, both, office, **more):
    return actions.move(second, both, why="New edition", by=office, at=NOW, **more)


def test_moving_tells_and_keeps_history(second, both, office, alice, alice_resident, county):
    made = moved(second, both, office, request_key="k")
    assert moved(second, both, office, request_key="k") is made
    assert alice_resident.programme is second and alice_resident.cohort is county.cohort
    [change] = db.session.scalars(
        select(Change).where(
            Change.subject == "residents", Change.subject_id == str(alice_resident.id)
        )
    )
    assert (change.old, change.new, change.why) == ("GP 33 GP33", "GP 33 GP33-2", "New edition")
    kinds = list(db.session.scalars(select(Notice.kind).where(Notice.person_id == alice.id)))
    assert kinds == ["version-moved"]
    [first, _] = made.moved
    assert first.gains["more"] == {"Surgery": "1.00"}


def test_moving_back(second, both, office, alice_resident, county):
    made = moved(second, both, office)
    actions.move_back(made, by=office, at=NOW)
    assert alice_resident.programme is county.programme
    with pytest.raises(AlreadyUndone):
        actions.move_back(made, by=office, at=NOW)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chosen=st.sets(st.integers(0, 1), min_size=1))
def test_there_and_back_is_where_one_was(chosen, second, alice_resident, bob_resident, office):
    people = [alice_resident, bob_resident]
    before = [(one.programme_id, one.cohort_id, one.ends_on) for one in people]
    made = moved(second, {people[n].id: people[n].version for n in chosen}, office)
    actions.move_back(made, by=office, at=NOW)
    assert [(one.programme_id, one.cohort_id, one.ends_on) for one in people] == before


def test_what_is_illegal_is_refused_and_nobody_is_moved(
    second, both, office, alice_resident, bob_resident, county
):
    with pytest.raises(Stale):
        moved(second, both | {bob_resident.id: 9}, office)
    db.session.rollback()
    assert alice_resident.programme_id == county.programme.id
    bob_resident.withdrawn_on = date(2026, 10, 1)
    db.session.commit()
    with pytest.raises(actions.CannotMove):
        moved(second, both, office)
    assert alice_resident.programme_id == county.programme.id
    draft = programmes.make_version(second, by=office, at=NOW)
    with pytest.raises(actions.NotInForce):
        moved(draft, {alice_resident.id: alice_resident.version}, office)


def test_nobody_is_moved_back_who_has_moved_on(second, both, office, alice_resident, county):
    made = moved(second, both, office)
    db.session.execute(
        Resident.__table__.update()
        .where(Resident.id == alice_resident.id)
        .values(programme_id=county.programme.id)
    )
    db.session.commit()
    with pytest.raises(actions.CannotMove) as refused:
        actions.move_back(made, by=office, at=NOW)
    assert refused.value.names == ["Alice"]


def test_the_pages(browse, office, second, both, alice_resident, county, auditor):
    db.session.add(
        Credit(
            resident=alice_resident,
            standard_department=county.standards["Surgery"],
            months=Decimal(2),
            kind="done",
        )
    )
    db.session.commit()
    browser = browse(office)
    page = browser.get(f"/versions/{second.id}/move?search=Ali").text
    assert "Alice" in page and "Bob" not in page
    address = f"/versions/{second.id}/move/effect?resident={alice_resident.id}"
    page = browser.get(address).text
    assert "Surgery 1" in page and "nothing lost" in page
    assert "Surgery 1" in browser.get(address.replace("effect?", "effect/export/csv?")).text
    whole = browser.get(f"/versions/{second.id}/move/effect?whole=1&cohort={county.cohort.id}")
    assert "Bob" in whole.text
    answers = {
        "resident": alice_resident.id,
        f"version_{alice_resident.id}": alice_resident.version,
        "form_key": "x",
    }
    assert browser.post(f"/versions/{second.id}/move", data=answers).status_code == 422
    sent = browser.post(f"/versions/{second.id}/move", data=answers | {"why": "New edition"})
    address = sent.headers["Location"]
    assert "Take it back" in browser.get(address).text
    assert "Take it back" not in browse(auditor).get(address).text
    assert "New edition" in browser.get("/versions/moves").text
    assert "GP33-2" in browser.get("/versions/moves/export/csv").text
    assert (
        "Everybody trains by their former version again"
        in browser.post(f"{address}/undoing", follow_redirects=True).text
    )


def test_comparing(browse, alice, second, county):
    browser = browse(alice)
    address = f"/versions/compare?old={county.programme.id}&new={second.id}"
    page = browser.get(address).text
    assert "GP33-2" in page and "+1" in page
    table = browser.get(address.replace("compare?", "compare/export/csv?")).text
    assert "Surgery" in table and "Community" not in table
    assert "Choose two versions" in browser.get("/versions/compare").text
    assert browser.get("/versions/compare?old=1&new=999").status_code == 200


def test_effects_ask_as_much_for_many_as_for_few(browse, office, second, both, statements, county):
    from tests.cast import resident

    browser = browse(office)
    pages = [
        f"/versions/{second.id}/move",
        f"/versions/{second.id}/move/effect?whole=1",
        "/versions/moves",
        f"/versions/compare?old={county.programme.id}&new={second.id}",
    ]
    few = [statements(lambda page=page: browser.get(page)) for page in pages]
    for n in range(40):
        resident(f"R{n}", county, f"1101012000010{n:05}")
    assert [statements(lambda page=page: browser.get(page)) for page in pages] == few
    assert queries.cohorts_of(second) == [county.cohort]
