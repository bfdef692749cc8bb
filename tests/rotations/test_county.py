"""The county's own grid: exactly its three breaches, each with its remedy."""

from datetime import date

import pytest

from tests.cast import add
from tests.rotations.county import ASKED_AT, whole_county
from trainingbase.people.models import Person
from trainingbase.rotations import actions
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.queries.notes import notes_of
from trainingbase.rotations.queries.plans import plan_by_id
from trainingbase.rotations.queries.problem import facts_of, rows_of_plan
from trainingbase.rotations.rules.framing import to_solve
from trainingbase.rotations.rules.moves import swapped
from trainingbase.rotations.speaking import Speaker

PLANNED = ("2024级", "2025级", "2025级助理全科")


@pytest.fixture
def county(app):
    return whole_county()


@pytest.fixture
def imported(county):
    plan = actions.keep_grid(
        title="现行轮转表",
        months=county.months,
        notes=county.notes,
        cohort_ids=[county.cohorts[name].id for name in PLANNED],
        by=None,
        at=ASKED_AT,
    )
    return plan_by_id(plan.id)


def test_the_present_grid_has_exactly_its_three_breaches(app, imported):
    judgement = judge(imported)
    assert sorted(one.rule for one in judgement.breaches) == ["away", "places", "whole"]
    names = names_of(row.resident for row in judgement.rows)
    speaker = Speaker(names, imported.starts_on)
    with app.test_request_context():
        said = "\n".join(speaker.breach(judgement.problem, one) for one in judgement.breaches)
    for word in (
        "神经内科",
        "2027年7月",
        "余浩凯",
        "程蕾禾",
        "郭磊睿",
        "龙黛思",
        "任凯远",
        "感染性疾病科",
        "谭勇浩",
        "泌尿外科",
        "2027年6月",
    ):
        assert word in said


def of(resident, plan, month):
    return next(
        row
        for row in rows_of_plan(plan)
        if row.resident == resident.id and row.starts_on <= month < row.ends_on
    )


def test_two_months_swapped_put_the_overfull_department_right(county, imported):
    longdaisi = county.residents["龙黛思", 2025]
    one = of(longdaisi, imported, date(2027, 7, 1))
    other = of(longdaisi, imported, date(2027, 1, 1))
    out, new = swapped(imported.starts_on, rows_of_plan(imported), one, other)
    by = Person(name="科教科")
    actions.change_rows(
        imported, removed=out, added=new, version=imported.version, by=add(by), at=ASKED_AT
    )
    assert sorted(one.rule for one in judge(imported).breaches) == ["away", "whole"]


def test_the_notes_of_the_grid_are_kept(county, imported):
    notes = notes_of(imported.id)
    assert len(notes) == len(county.notes)
    assert {one.text for one in notes} == {"结业考核"}


def test_a_new_cohort_is_planned_into_the_places_that_are_left(county, imported):
    plan = Plan(
        title="2026级",
        origin="solver",
        starts_on=date(2026, 9, 1),
        ends_on=date(2029, 6, 1),
        based_on=imported,
        seconds=1,
        requested_at=ASKED_AT,
        cohorts=[county.cohorts["2026级"], county.cohorts["2026级助理全科"]],
    )
    facts = facts_of(add(plan))
    problem = to_solve(facts)
    assert len(problem.residents) == len(facts.planned)
    assert {one.until for one in problem.residents} >= {66, 48}
    emergency = next(ward for ward in facts.wards if ward.most == 5 and "急诊" in ward_name(ward))
    places = problem.department_by_id[str(emergency.id)].places
    assert min(places[:24]) < 5  # others are there
    assert places[-1] == 5


def ward_name(ward):
    return names_of(()).departments[ward.id].department.name
