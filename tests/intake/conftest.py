from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from trainingbase.intake import actions
from trainingbase.intake.models import Intake

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)


def id_number(serial: int, *, born: str = "20000101", woman: bool = True) -> str:
    """A number of the mainland with a right check character; an even `serial` digit is a woman."""
    digits = f"110101{born}{serial:02}{'2' if woman else '1'}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(d) * w for d, w in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


@pytest.fixture
def intake(county, office) -> Intake:
    return add(
        Intake(
            year=2027,
            programme=county.programme,
            planned=2,
            starts_on=date(2027, 9, 1),
            ends_on=date(2030, 9, 1),
            report_ends_on=date(2027, 9, 2),
            written_most=Decimal(100),
            interview_most=Decimal(50),
            opened_at=AT,
            opened_by_id=office.id,
        )
    )


@pytest.fixture
def applied(intake, office):
    """`applied("Dora", 1)`: an applicant; `decision="admitted"` and scores as wanted."""

    def enter(name, serial, *, decision=None, written=None, interview=None, to=intake, **more):
        born = more.pop("born", "20000101")
        values = {"name": name, "id_number": id_number(serial, born=born), "sex": "女"} | more
        one = actions.apply(to, values, by=office, at=AT)
        if written is not None:
            actions.put_scores(
                one,
                written=Decimal(written),
                interview=Decimal(interview),
                version=one.version,
                by=office,
                at=AT,
            )
        if decision:
            actions.decide(one, decision, reason="so", version=one.version, by=office, at=AT)
        return one

    return enter
