from datetime import date
from decimal import Decimal

from tests.cast import LONG_AGO, add
from trainingbase.courses.queries.obligations import obligations_of
from trainingbase.enrolment.models import Contract, Obligation

DAY = date(2026, 12, 1)


def test_what_was_promised_is_shown_before_somebody_leaves(app, alice_resident):
    add(
        Contract(
            resident_id=alice_resident.id,
            number="C-7",
            starts_on=date(2026, 9, 1),
            ends_on=date(2029, 9, 1),
            payer="base",
        )
    )
    add(
        Obligation(
            resident_id=alice_resident.id,
            years=Decimal("6.00"),
            place="Willow",
            penalty_amount=Decimal("50000.00"),
            agreed_at=LONG_AGO,
        )
    )
    said = [one["text_en"] for one in obligations_of(alice_resident, "withdrawal", DAY)]
    assert said == [
        "Contract C-7 runs until 2029-08-31.",
        "6 years of service owed (Willow); penalty 50000.00 yuan.",
    ]
    assert obligations_of(alice_resident, "extension", DAY) == []


def test_what_is_over_or_ended_binds_nobody(app, alice_resident):
    add(
        Contract(
            resident_id=alice_resident.id,
            starts_on=date(2025, 9, 1),
            ends_on=DAY,
            payer="base",
        )
    )
    add(
        Obligation(
            resident_id=alice_resident.id,
            years=Decimal(6),
            place="Willow",
            ended_on=date(2026, 10, 1),
            ended_why="waived",
            agreed_at=LONG_AGO,
        )
    )
    assert obligations_of(alice_resident, "withdrawal", DAY) == []
