"""What the tests of assessments start from: a day, Alice with Mei, and answered forms."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from trainingbase.assessments import actions
from trainingbase.assessments.models import ExamResult, ProvincialFigure
from trainingbase.assessments.queries.instruments import instrument_in_use
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.instruments.start import put_instruments

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
RATINGS = {f"MC1.{n}": n + 2 for n in range(1, 8)}
EXIT = {
    **dict.fromkeys(("EG1.1", "EG1.2", "EG1.4", "EG1.5", "EG2.3"), 2),
    **dict.fromkeys(("EG3.1", "EG3.2", "EG3.5", "EG3.8", "EG3.13"), 4),
    **dict.fromkeys(("EG4.1", "EG4.2", "EG4.3", "EG6.2"), 2),
    **{f"EG5.{n}": 2 for n in range(1, 7)},
    "EG1.3": 0,
    "EG2.1": 1,
    "EG2.2": 0,
    "EG3.3": 10,
    "EG3.4": 8,
    "EG3.6": 20,
    "EG3.7": 18,
    "EG6.1": 9,
    "EG7.1": 9,
    "EG7.2": 35,
    "EG8.1": 0,
}


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def with_mei(placed, alice_resident, county, mei_member):
    """Alice in Medicine from 1 October until 30 November, with Mei."""
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)


@pytest.fixture(autouse=True)
def instruments(county):
    put_instruments()
    db.session.commit()


@pytest.fixture
def mini_cex(county):
    return instrument_in_use("mini_cex")


@pytest.fixture
def exit_form(county):
    return instrument_in_use("exit_assessment")


@pytest.fixture
def submitted(with_mei, mini_cex, mei):
    """`submitted("key", MC1.1=3)`: a Mini-CEX by Mei about Alice."""

    def submit(form_key="first", comment="Listened well.", **more):
        return actions.submit(
            **{
                "instrument": mini_cex,
                "placement": with_mei,
                "by": mei,
                "at": NOW,
                "observed_on": TODAY,
                "answers": {**RATINGS, "MC2.5": comment},
                "form_key": form_key,
                **more,
            }
        )

    return submit


def form_data(answers, **more):
    """What a browser sends for answers by item code."""
    named = {code.replace(".", "_"): str(value) for code, value in answers.items()}
    return {"observed_on": TODAY.isoformat(), "form_key": "from-the-browser", **named, **more}


@pytest.fixture
def known_facts(with_mei, alice_resident):
    """Alice was ill for three days of her placement."""
    return add(
        Leave(
            resident=alice_resident,
            kind="sick",
            starts_on=date(2026, 9, 28),
            ends_on=date(2026, 10, 4),
            granted=True,
            decided_at=NOW,
        )
    )


@pytest.fixture
def results(alice_resident, bob_resident):
    """Two results of 2026, and what the province reports."""
    for resident, theory in ((alice_resident, 80), (bob_resident, 50)):
        add(ExamResult(resident=resident, kind="annual", year=2026, is_first_attempt=True,
                       theory=theory, skills=70))  # fmt: skip
    add(ExamResult(resident=alice_resident, kind="licence", year=2026, is_first_attempt=True,
                   passed=True))  # fmt: skip
    add(ExamResult(resident=bob_resident, kind="licence", year=2026, is_first_attempt=False,
                   passed=True))  # fmt: skip
    add(ProvincialFigure(kind="annual", year=2026, measure="theory", value=Decimal("69.7")))
    add(ProvincialFigure(kind="licence", year=2026, measure="licence", value=Decimal("0.842")))
