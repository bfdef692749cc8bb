"""Alice's record with a little of everything, and what the worker makes of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.cast import add
from trainingbase import queue
from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.handbook import actions, making
from trainingbase.handbook.models import Handbook
from trainingbase.logbook.models import Entry
from trainingbase.programmes.models import Minimum
from trainingbase.training.models import Activity

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
ADDRESS = "https://base.test/handbooks/verify"


@pytest.fixture(autouse=True)
def nothing_left_on_the_queue(app):
    yield
    queue.broker().flush()


@pytest.fixture
def stay(placed, alice_resident, county, mei_member):
    """Alice in Medicine with Mei."""
    add(
        Minimum(
            programme=county.programme,
            standard_department=county.standards["Medicine"],
            category="disease",
            item="COPD",
            count=3,
        )
    )
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)


@pytest.fixture
def logged(stay, mei):
    """`logged(20)` puts so many confirmed entries into Alice's log."""

    def log(number: int, **more) -> list[Entry]:
        begun = db.session.query(Entry).count()
        entries = [
            Entry(
                resident_id=stay.resident_id,
                placement_id=stay.id,
                category="disease",
                item="COPD",
                level="alone",
                done_on=date(2026, 10, 1) + timedelta(days=n % 50),
                entered_at=NOW,
                entry_key=f"entry-{begun + n}",
                **{"confirmed": True, "decided_at": NOW, "decided_by_id": mei.id, **more},
            )
            for n in range(number)
        ]
        db.session.add_all(entries)
        db.session.commit()
        return entries

    return log


@pytest.fixture
def record(stay, logged, alice_resident, county, mei, office):
    """A little of everything that a handbook shows."""
    logged(2)
    logged(1, confirmed=None, decided_at=None, decided_by_id=None, note="not yet confirmed")
    add(
        Activity(
            held_on=date(2026, 10, 9),
            kind="小讲课",
            topic="Inhalers #1 $x$",
            hours=Decimal("1.5"),
            department=county.medicine,
            speaker=mei,
            approved_at=NOW,
            residents=[alice_resident],
        )
    )
    add(
        Leave(
            resident=alice_resident,
            kind="sick",
            starts_on=date(2026, 10, 12),
            ends_on=date(2026, 10, 14),
            reason="a private illness",
            granted=True,
            decided_at=NOW,
            decided_by_id=office.id,
        )
    )
    add(
        ExamResult(
            resident=alice_resident,
            kind="annual",
            year=2026,
            is_first_attempt=True,
            theory=Decimal("81.5"),
            skills=Decimal(77),
        )
    )
    return alice_resident


@pytest.fixture
def made(office):
    """`made(alice_resident)` has the worker make a handbook, and is that."""

    def make(resident, *, by=None, language="en", at=NOW) -> Handbook:
        order = actions.order(
            [resident],
            title=resident.name,
            language=language,
            address=ADDRESS,
            by=by or office,
            at=at,
        )
        making.make(order.id)
        return db.session.get_one(Handbook, order.lines[0].handbook_id)

    return make
