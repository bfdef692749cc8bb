"""Nothing leaves but in batches of five people from three months, and nothing can be subtracted."""

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.ballots.conftest import at, said
from trainingbase.ballots import actions, queries
from trainingbase.ballots.models import Batch, BatchFigure, BatchText, Envelope, Frozen
from trainingbase.db import db
from trainingbase.thresholds.queries import threshold


def test_five_people_in_three_months_are_a_batch(school, mei_member):
    assert school.played(0, mei_member, [said(5), said(4)]) == []
    assert school.played(1, mei_member, [said(3), said(4)], first=2) == []
    (batch,) = school.played(2, mei_member, [said(4, text="clear")], first=4)
    assert (batch.answers, batch.could, batch.number) == (5, 5, 1)
    assert (batch.first_on, batch.ends_on) == (school.month(0), school.month(3))
    assert batch.overall_mean == Decimal(4)
    assert [one.text for one in batch.texts] == ["clear"]
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0


@pytest.mark.parametrize(
    "months",
    [
        [[said(4)] * 4, [], []],  # four people
        [[said(4)] * 6, [], []],  # many, but in one month
        [[said(4)] * 3, [said(4)] * 3, []],  # in two
    ],
)
def test_less_waits_unread(school, mei_member, months):
    first = 0
    for month, answers in enumerate(months):
        assert school.played(month, mei_member, answers, first=first) == []
        first += len(answers)
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 0
    waiting = db.session.scalar(select(func.count()).select_from(Envelope))
    assert waiting == sum(len(answers) for answers in months)


def test_five_answers_of_two_people_would_name_both(school, mei_member):
    for month in range(4):
        assert school.played(month, mei_member, [said(4), said(5)]) == []


def test_the_next_batch_needs_five_new_answers(school, mei_member):
    for month, some in enumerate(([said(5)] * 2, [said(4)] * 2, [said(3)])):
        released = school.played(month, mei_member, some, first=2 * month)
    before = _as_it_stands(released[0])
    assert school.played(3, mei_member, [said(1)], first=10) == []
    assert school.played(4, mei_member, [said(1)] * 2, first=11) == []
    assert _as_it_stands(db.session.scalars(select(Batch)).one()) == before
    (second,) = school.played(5, mei_member, [said(1)] * 2, first=13)
    assert (second.number, second.answers, second.could) == (2, 5, 5)
    assert second.first_on == school.month(3)
    assert second.overall_mean == 1
    assert _as_it_stands(released[0]) == before


def _as_it_stands(batch):
    figures = [(one.item_id, one.answered, one.mean, str(one.counts)) for one in batch.figures]
    texts = sorted(one.text for one in batch.texts)
    return batch.answers, batch.could, batch.overall_mean, sorted(figures), texts


def test_no_base_can_lower_the_promise(school, mei_member, office):
    for key in ("ballot_least_answers", "ballot_least_months"):
        threshold(key).value = Decimal(0)
    db.session.commit()
    assert school.played(0, mei_member, [said(4)] * 3) == []
    assert school.played(1, mei_member, [said(4)], first=3) == []


def test_a_base_may_ask_for_more(school, mei_member):
    threshold("ballot_least_answers").value = Decimal(7)
    db.session.commit()
    for month in range(3):
        assert school.played(month, mei_member, [said(4)] * 2, first=2 * month) == []
    (batch,) = school.played(3, mei_member, [said(4)], first=6)
    assert batch.answers == 7


def test_within_a_batch_no_item_answered_by_few_is_shown(school, mei_member):
    """And the mean of all leaves it out, so that it cannot be reckoned out of it."""
    school.played(0, mei_member, [{"A.1": 1, "A.2": 5, "A.3": 1}, said(5)])
    school.played(1, mei_member, [{"A.2": 5}, said(5)], first=2)
    (batch,) = school.played(2, mei_member, [said(5)], first=4)
    by_code = {one.item.code: one for one in batch.figures}
    assert (by_code["A.1"].answered, by_code["A.1"].mean, by_code["A.1"].counts) == (0, None, {})
    assert (by_code["A.3"].answered, by_code["A.3"].counts) == (0, {})
    assert by_code["A.2"].mean == 5
    assert batch.overall_mean == 5


def test_what_was_released_is_frozen(school, mei_member):
    for month in range(3):
        released = school.played(month, mei_member, [said(4, text="x")] * 2, first=2 * month)
    batch = released[0]
    for row, column in (
        (batch, "answers"),
        (batch.figures[0], "answered"),
        (batch.texts[0], "text"),
    ):
        setattr(row, column, 9)
        with pytest.raises(Frozen):
            db.session.commit()
        db.session.rollback()
    db.session.delete(db.session.scalars(select(BatchFigure)).first())
    with pytest.raises(Frozen):
        db.session.commit()
    db.session.rollback()


def test_texts_lie_by_random_keys_and_no_row_holds_two(school, mei_member):
    for month in range(3):
        marks = [said(4, text=f"text {month} {n}") for n in range(4)]
        released = school.played(month, mei_member, marks, first=4 * month)
    rows = db.session.scalars(select(BatchText).order_by(BatchText.id)).all()
    assert len(rows) == 12
    assert [one.text for one in rows] != sorted(one.text for one in rows)  # 1 in 479 million
    assert {len(one.id) for one in rows} == {32}
    assert released[0].answers == 12


def test_totals_are_sums_of_what_stands_released(school, mei_member, li):
    """Whatever is subtracted from whatever, a whole batch is left."""
    for month in range(3):
        school.played(month, mei_member, [said(5)] * 2, first=2 * month)
    for month in range(3, 5):
        school.played(month, li, [said(1)] * 2, first=20 + 2 * month)
    days = {"starts_on": school.month(0), "ends_on": school.month(12)}
    (one,) = queries.released_means("teacher", **days)
    assert (one.faculty_member_id, one.share, one.answers) == (mei_member.id, Decimal(100), 6)
    (total,) = queries.totals("teacher", "base", **days)
    assert (total.subjects, total.share) == (1, None)  # of one teacher: theirs alone
    assert queries.mean_by_teacher(school.month(0), school.month(12)) == {mei_member.id: 100}


def test_what_was_answered_to_another_version_is_another_batch(school, mei_member):
    from tests.ballots.conftest import form

    for month in range(2):
        school.played(month, mei_member, [said(4)] * 2, first=2 * month)
    school.forms["teacher"].is_in_use = False
    form("faculty", number="2")
    db.session.commit()
    for month in range(2, 4):
        assert school.played(month, mei_member, [said(1)] * 2, first=2 * month) == []
    (batch,) = school.played(4, mei_member, [said(1)], first=8)
    assert (batch.answers, batch.overall_mean) == (5, 1)


def test_closing_twice_releases_once(school, mei_member):
    for month in range(3):
        school.played(month, mei_member, [said(4)] * 2, first=2 * month)
    assert school.closed(2) == []
    assert actions.settle(today=school.month(9), at=at(school.month(9))) == []
    assert db.session.scalar(select(func.count()).select_from(Batch)) == 1
