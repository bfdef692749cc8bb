"""What the ratings of a cohort say together is kept, and used only while it is true."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, update

from tests.judging.conftest import AT, TODAY
from tests.judging.ward import play_forms
from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.judging.actions import comparing
from trainingbase.judging.models import KeptComparison
from trainingbase.judging.queries.content import content_of
from trainingbase.thresholds.models import Threshold

LATER = TODAY + timedelta(days=400)


@pytest.fixture(autouse=True)
def ward(county, plan_in_force, alice_resident):
    play_forms(county, plan_in_force, alice_resident)


def competencies(resident, today=TODAY):
    return content_of(resident.id, today=today)["competencies"]


@pytest.fixture
def said():
    """The statements that were sent."""
    seen: list[str] = []

    def note(*sent):
        seen.append(sent[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def readings(said, resident) -> int:
    """How often ratings were read: of the resident alone, or of the cohort as well."""
    said.clear()
    competencies(resident)
    return len([one for one in said if "sum(answers.number)" in one])


def test_what_was_kept_says_the_same(alice_resident, said):
    live = competencies(alice_resident)
    assert readings(said, alice_resident) == 2
    assert any(one["adjusted"] for one in live)
    comparing.keep(today=TODAY, at=AT)
    assert readings(said, alice_resident) == 1
    assert competencies(alice_resident) == live


def test_it_is_kept_once_and_anew_when_a_form_came(county, alice_resident):
    assert comparing.keep(today=TODAY, at=AT) == 1
    assert comparing.keep(today=TODAY, at=AT) == 0
    assert comparing.keep(today=LATER, at=AT) == 0
    one = db.session.scalars(
        db.select(Submission).where(Submission.resident_id == alice_resident.id)
    ).first()
    db.session.execute(update(Submission).where(Submission.id == one.id).values(observed_on=LATER))
    db.session.commit()
    assert comparing.keep(today=TODAY, at=AT) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(KeptComparison)) == 1


def reassign(mei):
    """As when two records of one person are merged."""
    newest = db.session.scalar(db.select(db.func.max(Submission.id)))
    db.session.execute(update(Submission).where(Submission.id == newest).values(assessor_id=mei.id))
    db.session.commit()


def ask_for_more(_mei):
    db.session.execute(
        update(Threshold).where(Threshold.key == "trust_target").values(value=Decimal("0.9"))
    )
    db.session.commit()


@pytest.mark.parametrize("change", [reassign, ask_for_more])
def test_what_is_no_longer_true_is_not_shown(alice_resident, mei, said, change):
    comparing.keep(today=TODAY, at=AT)
    change(mei)
    assert readings(said, alice_resident) == 2
    now = competencies(alice_resident)
    assert comparing.keep(today=TODAY, at=AT) == 1
    assert competencies(alice_resident) == now


def test_a_day_before_the_forms_reads_nothing_of_them(alice_resident):
    comparing.keep(today=TODAY, at=AT)
    assert competencies(alice_resident, date(2025, 1, 1)) == []
