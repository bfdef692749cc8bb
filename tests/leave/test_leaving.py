"""Leave from the application to the last day taken."""

from datetime import date, timedelta

import pytest

from tests.cast import LONG_AGO, add, faculty_member
from tests.leave.conftest import NOW, PAPER, on, set_rule, told, wanted
from trainingbase.accounts.actions import grant
from trainingbase.db import db
from trainingbase.enrolment.models import AlreadyDecided, Leave
from trainingbase.history.queries import changes_of
from trainingbase.leave import actions
from trainingbase.leave.models import EndDateChange, NotAllowed, NotPossible, NotYours, Step
from trainingbase.leave.queries.leaves import chain, listed, waiting_for
from trainingbase.leave.queries.standing import preview_of
from trainingbase.roles import Role
from trainingbase.rotations import actions as rotations
from trainingbase.rotations.queries.fitting import fit_of
from trainingbase.stale import Stale


def waits_for(someone, at=NOW):
    return [one.id for one in db.session.scalars(waiting_for(someone, at=at))]


def yes(leave, by, at=NOW):
    actions.decide(leave, True, version=leave.version, by=by, at=at)


def because(refused):
    return [one.because for one in refused.value.refusals]


def test_short_leave_goes_from_the_supervisor_to_the_secretary(asked, alice, mei, secretary):
    leave = asked()
    assert (waits_for(mei), waits_for(secretary)) == ([leave.id], [])
    yes(leave, mei)
    assert (waits_for(mei), waits_for(secretary)) == ([], [leave.id])
    assert leave.granted is None
    yes(leave, secretary)
    assert leave.granted is True
    assert told(mei) == ["leave-to-decide"]
    assert told(alice) == ["leave-step-approved", "leave-granted"]


def test_long_leave_needs_the_office_too(asked, mei, secretary, office):
    leave = asked("sick", "12-01", "12-10", papers=[PAPER])
    assert [one.step for one in chain(leave)] == ["supervisor", "secretary", "office"]
    yes(leave, mei)
    yes(leave, secretary)
    assert leave.granted is None and waits_for(office) == [leave.id]
    yes(leave, office)
    assert leave.granted is True


def test_leave_asked_for_in_parts_asks_the_office_as_if_at_once(asked, granted):
    granted("personal", "12-01", "12-03")
    further = asked("personal", "12-04", "12-05")
    assert [one.step for one in chain(further)][-1] == "office"


def test_one_refusal_ends_it_and_its_days_are_free(asked, alice, mei, secretary):
    leave = asked()
    actions.decide(leave, False, reason="Exam week", version=1, by=mei, at=NOW)
    assert leave.granted is False and waits_for(secretary) == []
    assert told(alice) == ["leave-refused"]
    assert asked().id != leave.id


def test_nobody_decides_out_of_turn_or_for_themselves(asked, alice, mei, secretary, chen):
    leave = asked()
    for someone in (secretary, chen, alice):
        with pytest.raises(NotYours):
            yes(leave, someone)
    yes(leave, mei)
    with pytest.raises(NotYours):
        yes(leave, mei)


def test_who_is_supervisor_and_tutor_is_asked_once(asked, alice_resident, mei, secretary):
    set_rule("personal", tutor_from_days=1, secretary_from_days=None)
    alice_resident.tutor_id = mei.id
    db.session.commit()
    leave = asked()
    assert [one.step for one in chain(leave)] == ["supervisor", "tutor"]
    yes(leave, mei)
    assert leave.granted is True


def test_the_office_decides_for_who_has_left_or_cannot_sign_in(asked, mei, secretary, office):
    mei.left_on = date(2026, 11, 1)
    db.session.commit()
    leave = asked()
    assert chain(leave)[0].passed_because == "left"
    assert waits_for(office) == [leave.id] and waits_for(mei) == []
    mei.left_on = None
    mei.account.disabled_at = NOW
    db.session.commit()
    assert chain(asked("personal", "12-08", "12-08"))[0].passed_because == "no_account"


def test_who_leaves_after_being_asked_leaves_it_to_the_office(asked, mei, office):
    leave = asked()
    assert waits_for(office) == []
    mei.left_on = date(2026, 11, 22)
    db.session.commit()
    assert waits_for(office) == [leave.id]


def test_what_nobody_answers_comes_to_the_office(asked, office):
    leave = asked()
    assert waits_for(office, NOW + timedelta(days=2)) == []
    assert waits_for(office, NOW + timedelta(days=4)) == [leave.id]


def test_who_is_asked_may_leave_it_to_the_office(asked, mei, secretary, office):
    leave = asked()
    with pytest.raises(NotYours):
        actions.hand_over(leave, version=leave.version, by=secretary, at=NOW)
    actions.hand_over(leave, version=leave.version, by=mei, at=NOW)
    assert waits_for(office) == [leave.id] and waits_for(mei) == []
    assert told(office)[-1] == "leave-to-decide"
    yes(leave, office)
    assert waits_for(secretary) == [leave.id]


def test_a_second_decision_finds_the_first(asked, mei, secretary, office):
    leave = asked()
    seen = leave.version
    yes(leave, mei)
    with pytest.raises(Stale):
        actions.decide(leave, True, version=seen, by=office, at=NOW)
    yes(leave, secretary)
    with pytest.raises(AlreadyDecided):
        yes(leave, office)


def test_the_coordinator_answers_for_the_departments_of_the_site(asked, coordinator, office):
    leave = asked("personal", "2-08", "2-09")
    [supervisor, secretary] = chain(leave)
    assert (supervisor.passed_because, secretary.passed_because) == ("nobody", None)
    assert waits_for(coordinator) == []
    yes(leave, office)
    assert waits_for(coordinator) == [leave.id]


@pytest.mark.parametrize(
    ("kind", "first", "last", "why"),
    [
        ("absence", "12-01", "12-01", "office_only"),
        ("personal", "12-02", "12-01", "order"),
        ("personal", "12-01", "12-16", "year_allowance"),
        ("bereavement", "12-01", "12-04", "event_allowance"),
        ("maternity", "12-01", "12-20", "papers"),
        ("personal", "11-10", "11-11", "late"),
    ],
)
def test_what_the_rules_refuse(asked, kind, first, last, why):
    with pytest.raises(NotAllowed) as refused:
        asked(kind, first, last)
    assert because(refused) == [why]
    assert db.session.query(Leave).count() == 0


def test_days_stand_in_one_leave(asked):
    asked("personal", "12-01", "12-03")
    for first, last in (("12-03", "12-04"), ("12-02", "12-02"), ("11-30", "12-10")):
        with pytest.raises(NotAllowed) as refused:
            asked("annual", first, last)
        assert because(refused) == ["overlap"]
    assert asked("annual", "12-04", "12-04")


def test_sent_twice_it_is_one(asked):
    assert asked(request_key="one").id == asked(request_key="one").id
    assert db.session.query(Leave).count() == 1


def test_it_is_taken_back_until_it_is_decided(asked, alice, bob, mei, secretary):
    leave = asked()
    with pytest.raises(NotYours):
        actions.withdraw(leave, by=bob, at=NOW)
    yes(leave, mei)
    actions.withdraw(leave, by=alice, at=NOW)
    assert leave.state == "withdrawn" and waits_for(secretary) == []
    with pytest.raises(AlreadyDecided):
        yes(leave, secretary)
    with pytest.raises(AlreadyDecided):
        actions.withdraw(leave, by=alice, at=NOW)


def test_back_early_the_days_not_taken_do_not_count(granted, alice, secretary, mei):
    leave = granted("personal", "11-16", "11-25")
    actions.report_return(leave, on("11-22"), by=alice, at=NOW)
    assert leave.returned_on is None and waits_for(secretary) == [leave.id]
    with pytest.raises(NotYours):
        actions.confirm_return(leave, on("11-22"), version=leave.version, by=mei, at=NOW)
    actions.confirm_return(leave, on("11-22"), version=leave.version, by=secretary, at=NOW)
    assert (leave.days, leave.until_on) == (6, on("11-22"))
    assert told(alice)[-1] == "leave-return-confirmed"
    with pytest.raises(NotPossible):
        actions.report_return(leave, on("11-22"), by=alice, at=NOW)


def test_back_on_the_first_day_it_was_not_taken(granted, alice, office):
    leave = granted("personal", "12-01", "12-03")
    actions.report_return(leave, on("12-01"), by=alice, at=NOW)
    actions.confirm_return(leave, on("12-01"), version=leave.version, by=office, at=NOW)
    assert leave.state == "revoked"


def test_the_office_records_absence_at_once(alice, alice_resident, office, in_medicine):
    made = actions.record_leave(
        alice_resident, wanted("absence", "9-10", "9-11", by_office=True),
        reason=None, by=office, at=NOW,
    )  # fmt: skip
    assert made.granted is True and told(alice) == ["leave-recorded"]
    with pytest.raises(NotAllowed):
        actions.record_leave(
            alice_resident, wanted("sick", "9-11", "9-12", by_office=True),
            reason=None, by=office, at=NOW,
        )  # fmt: skip


def corrected(leave, office, **more):
    values = {name: getattr(leave, name) for name in actions.Correction.__dataclass_fields__} | more
    wanted = actions.Correction(**values)
    actions.correct(leave, wanted, why="Wrong day", version=leave.version, by=office, at=NOW)


def test_a_correction_keeps_what_it_was_and_why(granted, alice, office):
    leave = granted("personal", "12-01", "12-02")
    corrected(leave, office, ends_on=on("12-05"))
    [change] = db.session.scalars(changes_of(leave))
    assert (change.field, change.old, change.new) == ("ends_on", "2026-12-03", "2026-12-05")
    assert change.why == "Wrong day"
    assert told(alice)[-1] == "leave-corrected"


def test_a_correction_may_not_overlap_either(granted, office):
    granted("personal", "12-04", "12-05")
    leave = granted("sick", "12-01", "12-02")
    with pytest.raises(NotAllowed):
        corrected(leave, office, ends_on=on("12-05"))


def test_maternity_leave_moves_the_end_once_the_office_does_it(
    granted, alice, alice_resident, office
):
    leave = granted("maternity", "12-01", "2-28", papers=[PAPER])
    [proposed] = db.session.query(EndDateChange)
    assert proposed.days == 90 and alice_resident.ends_on == date(2029, 9, 1)
    actions.move_end_date(proposed, version=proposed.version, by=office, at=NOW)
    assert alice_resident.ends_on == date(2029, 11, 30)
    assert told(alice)[-1] == "end-date-moved"
    with pytest.raises(NotPossible):
        actions.move_end_date(proposed, version=proposed.version, by=office, at=NOW)
    actions.report_return(leave, on("2-19"), by=alice, at=NOW)
    actions.confirm_return(leave, on("2-19"), version=leave.version, by=office, at=NOW)
    back = db.session.query(EndDateChange).filter_by(decided_at=None).one()
    assert back.days == -10
    actions.dismiss_change(back, reason="Agreed so", version=back.version, by=office, at=NOW)
    assert alice_resident.ends_on == date(2029, 11, 30)


def test_a_proposal_follows_the_leave_until_it_is_decided(granted, office):
    leave = granted("maternity", "12-01", "12-20", papers=[PAPER])
    corrected(leave, office, ends_on=on("12-11"))
    assert [one.days for one in db.session.query(EndDateChange)] == [10]
    actions.revoke(leave, why="Not after all", version=leave.version, by=office, at=NOW)
    assert db.session.query(EndDateChange).count() == 0


@pytest.fixture
def published(county, office, alice_resident):
    """Medicine, Surgery, the township: a plan in force that keeps every rule."""
    rows = [
        (on("9-01"), on("11-01"), county.medicine, "Medicine"),
        (on("11-01"), on("12-01"), county.surgery, "Surgery"),
        (on("12-01"), on("3-01"), county.village_team, "Community"),
    ]
    plan = rotations.keep_grid(
        title="Autumn",
        months={
            alice_resident.id: [
                (first, end, where.id, county.standards[what].id)
                for first, end, where, what in rows
            ]
        },
        cohort_ids=[county.cohort.id],
        by=office,
        at=LONG_AGO,
    )
    rotations.publish_plan(plan, by=office, at=LONG_AGO)
    return plan


def test_long_leave_shows_at_once_on_the_plan(published, alice, alice_resident, office):
    assert fit_of(published, today=on("11-22")).fits
    leave = actions.apply_for(
        alice_resident, wanted("maternity", "12-01", "2-28"),
        reason=None, papers=[PAPER], by=alice, at=NOW,
    )  # fmt: skip
    assert fit_of(published, today=on("11-22")).fits
    while leave.granted is None:
        yes(leave, office)
    fit = fit_of(published, today=on("11-22"))
    assert "away" in {one.rule for one in fit.broken}


def test_what_one_sees_before_asking(alice_resident, in_medicine):
    seen = preview_of(alice_resident, wanted("maternity", "12-20", "3-29"), today=on("11-22"))
    names = [(one.stay.what.department.name, one.missed) for one in seen.effect.touched]
    assert names == [("Medicine", 12), ("Surgery", 31), ("GP team", 57)]
    assert seen.effect.moved_to == date(2029, 12, 10)
    assert seen.days == 100 and seen.needs_papers and seen.exam_later
    assert [month.month for month in seen.months_away] == [1, 2, 3]
    assert [one.step for one in seen.chain] == ["supervisor", "secretary", "office"]


def test_supervisors_see_leave_on_days_of_their_residents_only(
    granted, mei, county, alice_resident, placed
):
    gone = faculty_member("Gao", county.medicine, "1009")
    placed(alice_resident, county.medicine, date(2026, 9, 1), date(2026, 11, 1), gone)
    leave = granted("personal", "12-01", "12-02")
    seen = [one.id for one in db.session.scalars(listed(mei, at=NOW))]
    assert seen == [leave.id]
    assert list(db.session.scalars(listed(gone.person, at=NOW))) == []


def test_imported_leave_without_a_chain_waits_for_the_office(alice_resident, office, mei):
    leave = add(
        Leave(resident=alice_resident, kind="sick", starts_on=on("12-01"), ends_on=on("12-03"))
    )
    assert waits_for(office) == [leave.id]
    with pytest.raises(NotYours):
        yes(leave, mei)
    yes(leave, office)
    assert leave.granted is True
    assert [one.step for one in db.session.query(Step)] == ["office"]


def test_a_clerk_who_is_a_resident_does_not_decide_their_own(asked, alice):
    grant(alice, Role.OFFICE, by=None, at=NOW)
    db.session.commit()
    leave = asked()
    assert waits_for(alice) == []
    with pytest.raises(NotYours):
        yes(leave, alice)


def test_who_will_leave_asks_for_leave_until_then(alice_resident, asked):
    alice_resident.withdrawn_on = on("12-16")
    db.session.commit()
    assert asked("sick", "12-14", "12-15").id
    with pytest.raises(NotAllowed):
        asked("sick", "12-16", "12-16")
