"""Who is who: look-alikes are decided on, two become one, and two again."""

from datetime import UTC, datetime

import pytest

from tests.cast import LONG_AGO, add, faculty_member, person, resident
from tests.intake.conftest import id_number
from trainingbase.accounts.models import Account
from trainingbase.audit.queries import faults
from trainingbase.db import db
from trainingbase.identities import actions, queries
from trainingbase.identities.models import Merge
from trainingbase.notices.models import Notice
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)


def bare(name, **more) -> Person:
    return add(Person(name=name, language="en", **more))


def test_people_who_sound_alike_and_share_a_birthday_or_phone_are_shown(browse, office, county):
    one = resident("张国荣", county, id_number(1))
    resident("張國榮", county, id_number(2))
    resident("張國榮 ", county, id_number(3, born="19990909"))
    bare("李娜", phone="13900000001"), bare("李娜", phone="13900000001")
    bare("李娜", phone="13900000002")
    text = browse(office).get("/identities/").text
    assert "張國榮" in text and one.id_number in text
    assert len(list(queries.all_of(queries.doubles()))) == 2


def test_two_who_are_different_are_not_shown_again(browse, office, auditor, county):
    one = bare("李娜", phone="13900000001")
    other = bare("李娜", phone="13900000001")
    address = f"/identities/pairs/{one.id}/{other.id}"
    browser = browse(office)
    assert "Say how you know" in browser.post(address, data={"said": "different"}).text
    browser.post(address, data={"said": "different", "why": "Seen both"})
    assert "Nobody looks like" in browser.get("/identities/").text
    assert "Seen both" in browse(auditor).get("/identities/decisions").text
    assert browse(auditor).post(address).status_code == 403


def test_a_merge_moves_whatever_refers_to_the_one_and_undoing_puts_it_back(
    browse, office, county, alice_resident
):
    teacher = faculty_member("Alicia", county.surgery, "77")
    gone = teacher.person
    add(Grant(person_id=gone.id, role=Role.RESIDENT, granted_at=LONG_AGO))
    alice_resident.tutor_id = gone.id
    notice = add(Notice(person_id=gone.id, kind="run-approved", facts={}, path="/", created_at=AT))
    kept = alice_resident.person
    browser = browse(office)
    data = {"said": str(kept.id), "why": "One woman"}
    browser.post(f"/identities/pairs/{kept.id}/{gone.id}", data=data)
    [merged] = db.session.query(Merge)
    assert (teacher.person_id, alice_resident.tutor_id, notice.person_id) == (kept.id,) * 3
    assert kept.roles == {Role.RESIDENT, Role.FACULTY}
    closed = db.session.query(Account).filter_by(person_id=gone.id).one()
    assert closed.disabled_at is not None and gone.merged_at is not None
    assert f"/accounts/people/{gone.id}" not in browser.get("/accounts?search=Alic").text
    assert browser.get(f"/identities/pairs/{kept.id}/{gone.id}").status_code == 404
    assert "One woman" in browser.get("/identities/merges").text

    browser.post(f"/identities/merges/{merged.id}/undoing")
    again = browser.post(f"/identities/merges/{merged.id}/undoing", follow_redirects=True)
    assert "cannot be undone" in again.text
    assert (teacher.person_id, alice_resident.tutor_id, notice.person_id) == (gone.id,) * 3
    assert kept.roles == {Role.RESIDENT}
    assert gone.roles == {Role.RESIDENT, Role.FACULTY}
    assert closed.disabled_at is None and gone.merged_at is None


def test_the_trail_stays_whole_through_a_merge(browse, office, mei):
    other = person("Mei2", Role.FACULTY)
    actions.decide_pair(mei, other, is_same=True, why="x", by=other, at=AT)
    actions.merge(mei, other, why="x", by=office, at=AT)
    assert list(faults([])) == []


def test_what_changed_since_is_not_put_back(office, mei, alice_resident):
    gone = bare("Mei")
    alice_resident.tutor_id = gone.id
    add(alice_resident)
    merged = actions.merge(mei, gone, why="x", by=office, at=AT)
    alice_resident.tutor_id = office.id
    add(alice_resident)
    actions.undo(merged, by=office, at=AT)
    assert alice_resident.tutor_id == office.id


def test_nobody_gains_by_a_merge_what_decides_or_checks(office, leader, alice, mei):
    with pytest.raises(actions.CannotMerge) as refused:
        actions.merge(alice, leader, why="the same", by=office, at=AT)
    assert "grants" in refused.value.tables and not alice.holds(Role.LEADER)
    actions.merge(leader, mei, why="the same", by=office, at=AT)
    assert leader.holds(Role.LEADER, Role.FACULTY)


def test_two_residents_cannot_be_made_one(browse, office, alice, bob):
    data = {"said": str(alice.id), "why": "x"}
    page = browse(office).post(f"/identities/pairs/{alice.id}/{bob.id}", data=data)
    assert "both have a resident&#39;s record" in page.text
    assert db.session.query(Merge).count() == 0
    assert bob.merged_at is None


def test_a_merge_under_another_is_not_undone_first(office, alice, county):
    middle, last = bare("M"), bare("L")
    first = actions.merge(middle, last, why="x", by=office, at=AT)
    second = actions.merge(alice, middle, why="x", by=office, at=AT)
    with pytest.raises(actions.CannotUndo):
        actions.undo(first, by=office, at=AT)
    actions.undo(second, by=office, at=AT)
    actions.undo(first, by=office, at=AT)
    assert middle.merged_at is None and last.merged_at is None


def test_nobody_is_merged_into_themselves_or_into_somebody_gone(office, alice):
    other, third = bare("O"), bare("T")
    with pytest.raises(actions.CannotMerge):
        actions.merge(alice, alice, why="x", by=office, at=AT)
    actions.merge(alice, other, why="x", by=office, at=AT)
    with pytest.raises(actions.CannotMerge):
        actions.merge(other, third, why="x", by=office, at=AT)


@pytest.mark.parametrize("page", ["", "decisions", "merges"])
def test_these_lists_ask_no_more_for_many_than_for_few(browse, office, statements, page):
    browser = browse(office)

    def more(number):
        one, other = (bare(f"R{number}", phone=f"139{number}") for _ in range(2))
        if page == "decisions":
            actions.decide_pair(one, other, is_same=False, why="x", by=office, at=AT)
        if page == "merges":
            actions.merge(one, other, why="x", by=office, at=AT)

    more(0)
    few = statements(lambda: browser.get(f"/identities/{page}"))
    for number in range(1, 28):
        more(number)
    assert statements(lambda: browser.get(f"/identities/{page}")) == few
    export = f"/identities/{page}/export/csv" if page else "/identities/export/csv"
    assert "R7" in browser.get(export).data.decode("utf-8-sig")
    assert "R7" in browser.get(f"/identities/{page}?search=R7&sort=name").text
