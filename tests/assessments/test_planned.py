"""The portal asks for the forms that the resident's version plans, where it plans any."""

from datetime import date

import pytest

from trainingbase.assessments.queries import waiting
from trainingbase.db import db
from trainingbase.programmes.models import PlannedAssessment

DAY = date(2026, 11, 20)


@pytest.fixture
def ending(placed, alice_resident, county, mei_member):
    return placed(
        alice_resident, county.medicine, date(2026, 11, 1), date(2026, 11, 23), mei_member
    )


def asked():
    return {one.instrument.code for one in waiting.wanted(today=DAY, until=DAY)}


def plan(county, instrument, timing, standard=None, times=1):
    row = PlannedAssessment(
        programme=county.programme,
        instrument=instrument,
        timing=timing,
        times=times,
        standard_department=county.standards[standard] if standard else None,
    )
    db.session.add(row)
    db.session.commit()


def test_a_version_that_plans_nothing_leaves_it_to_the_portal(ending):
    assert asked() == {"exit_assessment", "mini_cex"}


def test_only_what_is_planned_is_asked_for(ending, county):
    plan(county, "exit_assessment", "leaving")
    plan(county, "mini_cex", "yearly")
    assert asked() == {"exit_assessment"}


def test_only_where_it_is_planned(ending, county):
    plan(county, "exit_assessment", "leaving", "Surgery")
    plan(county, "mini_cex", "placement", "Medicine")
    assert asked() == {"mini_cex"}
