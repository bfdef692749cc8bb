"""A rule, an obligation, and a graduate who has finished."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import LONG_AGO, add, resident
from tests.conftest import SETTINGS
from trainingbase.careers.actions import bonds, following
from trainingbase.careers.actions import employment as employments
from trainingbase.careers.models import FollowUp
from trainingbase.careers.tokens import token_of
from trainingbase.db import db
from trainingbase.enrolment.models import Obligation

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)

SECRET = SETTINGS["SECRET_KEY"]

ANSWERS = {
    "name": "六年服务期", "name_en": "Six years", "source": "Agreement, paragraph 7",
    "trainee_type": "rural", "starts_on": date(2020, 1, 1), "ends_on": None,
    "levels": ["township"], "institution_ids": [], "outside_counts": False,
    "training_counts": True, "part_time": "share", "begin_days": 60, "gap_days": 30,
    "step": Decimal(1),
}  # fmt: skip
FEES = {
    "kind": "repayment", "name": "培养费", "name_en": "Fees", "amount": Decimal(10000),
    "per": "training_year", "by_unserved": False,
}  # fmt: skip
PENALTY = {
    "kind": "penalty", "name": "违约金", "name_en": "Penalty", "amount": Decimal(50),
    "per": "percent", "by_unserved": True,
}  # fmt: skip


@pytest.fixture
def rule(county, office):
    return bonds.make_rule(ANSWERS, [FEES, PENALTY], by=office, at=NOW)


@pytest.fixture
def carol_resident(county):
    """Trained from September 2020, finished on the last of August 2023."""
    found = resident("Carol", county, "110101199501010028")
    found.trainee_type = "rural"
    found.starts_on, found.ends_on = date(2020, 9, 1), date(2023, 9, 1)
    found.finished_on = date(2023, 8, 31)
    return add(found)


@pytest.fixture
def carol(carol_resident):
    return carol_resident.person


@pytest.fixture
def obligation(carol_resident):
    return add(
        Obligation(
            resident_id=carol_resident.id, years=Decimal(6), place="Willow Township",
            agreed_at=LONG_AGO.replace(year=2020),
        )
    )  # fmt: skip


@pytest.fixture
def worked(county, office):
    """`worked(carol_resident, county.township, date(2023, 9, 1))`: entered by the office."""

    def enter(someone, where, starts_on, ends_on=None, **more):
        answers = {
            "institution_id": getattr(where, "id", None),
            "employer": None if hasattr(where, "id") else where,
            "starts_on": starts_on, "ends_on": ends_on, "share": Decimal(1), **more,
        }  # fmt: skip
        return employments.enter(someone, answers, file=None, source="office", by=office, at=NOW)

    return enter


@pytest.fixture
def finished(carol_resident):
    """Six months ago, to the day."""
    carol_resident.finished_on = date(2026, 5, 21)
    carol_resident.starts_on, carol_resident.ends_on = date(2023, 5, 22), date(2026, 5, 22)
    db.session.commit()
    return carol_resident


@pytest.fixture
def task(finished):
    assert following.make_tasks(today=TODAY, at=NOW) == 1
    return db.session.scalars(select(FollowUp)).one()


@pytest.fixture
def linked(task, office):
    following.make_links([task], secret=SECRET, by=office, at=NOW)
    return task


def address(task):
    return f"/w/{token_of(SECRET, task.nonce)}"
