"""A little history: one placement done, one failed, one without an exit assessment, one to come."""

from datetime import UTC, date, datetime
from decimal import Decimal

from tests.cast import LONG_AGO, add, ended
from trainingbase.assessments.models import (
    Answer,
    ExamResult,
    Instrument,
    Item,
    ProvincialFigure,
    Request,
    Submission,
)
from trainingbase.training.models import Activity


def instrument(code: str, items=()) -> Instrument:
    """Items are (code, name)."""
    return add(
        Instrument(
            code=code, version="t", name=code, name_en=code, assessor="faculty", source="test",
            confidence="S",
            items=[
                Item(position=n, code=item, name=name, name_en=name, kind="rating",
                     lowest=Decimal(1), highest=Decimal(9))
                for n, (item, name) in enumerate(items)
            ],
        )
    )  # fmt: skip


def request_of(form, placement, assessor, asked_on, answered_at=None, cancelled_at=None):
    return add(
        Request(
            instrument=form, placement=placement, resident=placement.resident, assessor=assessor,
            asked_by=assessor, asked_on=asked_on, due_on=date.fromordinal(asked_on.toordinal() + 7),
            expires_on=date.fromordinal(asked_on.toordinal() + 28), answered_at=answered_at,
            cancelled_at=cancelled_at, created_at=datetime(2026, 9, 1, tzinfo=UTC),
        )
    )  # fmt: skip


def submitted(form, placement, assessor, at, *, request=None, passed=None, attempt=None, scores=()):
    row = Submission(
        request=request, form_key=f"{form.id}-{placement.id}-{at}", instrument=form,
        placement=placement, resident=placement.resident, assessor=assessor,
        observed_on=at.date(), submitted_at=at, passed=passed, attempt=attempt,
        answers=[Answer(item=item, number=Decimal(n))
                 for item, n in zip(form.items, scores, strict=False)],
    )  # fmt: skip
    return add(row)


def at(month: int, day: int, hour: int = 4) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def play_autumn(placed, county, alice_resident, bob_resident, mei_member) -> dict:
    """By the name of what each placement became; today is 22 November 2026."""
    exit_form = instrument("exit_assessment")
    mini_cex = instrument("mini_cex", [("M1", "Interviewing"), ("M2", "Examination")])
    medicine, surgery, team = county.medicine, county.surgery, county.village_team
    september, october, november = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
    mei = mei_member.person
    found = {
        "passed": placed(alice_resident, medicine, september, november, mei_member),
        "failed": placed(bob_resident, surgery, september, october, mei_member),
        "unassessed": placed(bob_resident, medicine, october, date(2026, 10, 16), mei_member),
        "ahead": placed(alice_resident, surgery, november, date(2026, 12, 1), mei_member),
        "team": placed(bob_resident, team, date(2026, 10, 16), date(2027, 1, 1), mei_member),
    }
    submitted(exit_form, found["passed"], mei, at(10, 29), passed=False, attempt=1)
    submitted(exit_form, found["passed"], mei, at(10, 31), passed=True, attempt=2)
    submitted(exit_form, found["failed"], mei, at(9, 30), passed=False, attempt=1)
    for became in ("passed", "failed"):
        ended(found[became], became, by=mei)
    answered = request_of(mini_cex, found["passed"], mei, date(2026, 10, 5), at(10, 6))
    submitted(mini_cex, found["passed"], mei, at(10, 6), request=answered, scores=(5, 8))
    late = request_of(mini_cex, found["failed"], mei, date(2026, 9, 7), at(9, 27))
    submitted(mini_cex, found["failed"], mei, at(9, 27), request=late, scores=(7, 8))
    request_of(mini_cex, found["unassessed"], mei, date(2026, 10, 2))  # expired
    request_of(mini_cex, found["team"], mei, date(2026, 11, 2))  # late, open
    request_of(mini_cex, found["ahead"], mei, date(2026, 11, 20))  # not due
    request_of(mini_cex, found["ahead"], mei, date(2026, 11, 3), cancelled_at=at(11, 4))
    return found


def let_graduate(alice_resident, bob_resident):
    for resident, theory, passed in ((alice_resident, True, True), (bob_resident, False, False)):
        add(
            ExamResult(
                resident=resident, kind="graduation", year=2026, is_first_attempt=True,
                attended=True, theory_passed=theory, skills_passed=True, passed=passed,
            )
        )  # fmt: skip
    for measure, value in (("theory", "0.881"), ("skills", "0.924")):
        add(ProvincialFigure(kind="graduation", year=2026, measure=measure, value=Decimal(value)))


def teach(county, mei):
    for day, approved, cancelled in ((5, LONG_AGO, None), (6, None, None), (7, LONG_AGO, LONG_AGO)):
        add(
            Activity(
                held_on=date(2026, 10, day), kind="小讲课", topic=f"Talk {day}", speaker=mei,
                department=county.medicine, approved_at=approved, cancelled_at=cancelled,
            )
        )  # fmt: skip
