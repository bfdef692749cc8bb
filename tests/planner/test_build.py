"""From a base's own facts to a problem: windows, splits, credits, leave, closures, agreements."""

import datetime as dt
from pathlib import Path

from trainingbase.planner.build import build_problem, months_away
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.given import (
    After,
    Begun,
    Decided,
    First,
    Last,
    Row,
    Sheet,
    Trainee,
    Ward,
)
from trainingbase.planner.problem import Block

STARTS_ON = dt.date(2026, 9, 1)
SHEET = Sheet(
    rows=(
        Row("GP", 2, may_split=True, min_stretch=1),
        Row("CARD", 2, min_stretch=2),
        Row("ED", 2, min_stretch=2),
        Row("DERM", 0.5),
        Row("EYE", 0.5),
        Row("PAED", 2, may_split=True, min_stretch=1),
        Row("URO", 1, group="electives", group_months=2),
        Row("ONC", 1, group="electives", group_months=2),
        Row("LAB", 1, group="electives", group_months=2),
        Row("PC", 6, may_split=True, min_stretch=3),
    ),
    rules=(
        First("GP", 1, within=3),
        After("ED", ("CARD",)),
        Last("PC", 12, not_before=6),
    ),
)
ALL = ("GP", "CARD", "ED", "DERM", "EYE", "PAED", "URO", "ONC", "LAB", "PC")


def built(*trainees, wards=None, sheet=SHEET, months=24):
    return build_problem(
        starts_on=STARTS_ON,
        months=months,
        programmes={"GP17": sheet},
        departments=wards or [Ward(key, "lead", (key,), 3) for key in ALL],
        trainees=trainees,
    )


def person(**more):
    return Trainee("r1", "GP17", more.pop("entered_on", STARTS_ON), **more)


def requirements(there):
    return {one.id: one for one in there.programmes[there.residents[0].programme].requirements}


def test_half_months_make_the_unit_and_whole_months_begin_on_the_first():
    there = built(person())
    assert (there.unit, there.periods) == ("half-month", 48)
    left = requirements(there)
    assert (left["DERM"].length, left["DERM"].align) == (1, 1)
    assert (left["CARD"].length, left["CARD"].stretches, left["CARD"].align) == (4, (4,), 2)
    assert (left["PC"].length, left["PC"].min_stretch, left["PC"].align) == (12, 6, 2)


def test_whole_months_throughout_are_planned_in_months():
    sheet = Sheet((Row("CARD", 2), Row("ED", 1)))
    assert built(person(), sheet=sheet).unit == "month"


def test_the_first_month_has_its_window_and_the_rest_follows():
    there = built(person())
    left = requirements(there)
    assert (left["GP/first"].length, left["GP/first"].latest_end) == (2, 6)
    assert (left["GP"].length, left["GP"].latest_end) == (2, None)
    assert set(there.programmes["GP17.1"].before) == {("CARD", "ED"), ("GP/first", "GP")}


def test_what_is_done_is_taken_off_piece_by_piece():
    done = {"GP": 1, "CARD": 2, "PAED": 1, "URO": 1}
    there = built(person(entered_on=dt.date(2026, 3, 1), done=done))
    left = requirements(there)
    assert "GP/first" not in left and "CARD" not in left
    assert left["PAED"].length == 2
    assert there.programmes["GP17.1"].before == ()
    (choice,) = there.programmes["GP17.1"].choose
    assert (set(choice.of), choice.count) == ({"ONC", "LAB"}, 1)
    resident = there.residents[0]
    assert (resident.training_start, resident.from_period) == (-12, 0)
    assert resident.until == 2 * (17 - 5)


def test_everybody_stays_until_what_is_owed_is_done_leave_included():
    leave = [(dt.date(2026, 10, 1), dt.date(2026, 11, 30))]
    resident = built(person(away=months_away(leave))).residents[0]
    assert resident.away == {2, 3, 4, 5}
    assert resident.until == 2 * (17 + 2)


def test_a_leave_of_a_few_days_does_not_move_the_plan():
    assert months_away([(dt.date(2026, 10, 1), dt.date(2026, 10, 14))]) == frozenset()
    assert months_away([(dt.date(2026, 10, 1), dt.date(2026, 10, 15))]) == {dt.date(2026, 10, 1)}
    over = [(dt.date(2026, 9, 28), dt.date(2026, 10, 20))]
    assert months_away(over) == {dt.date(2026, 10, 1)}


def test_primary_care_lies_within_the_last_twelve_months_of_the_own_training():
    assert requirements(built(person()))["PC"].earliest == 2 * 6
    on_leave = person(away=frozenset({dt.date(2026, 10, 1), dt.date(2026, 11, 1)}))
    assert requirements(built(on_leave))["PC"].earliest == 2 * 7
    credited = person(done={"CARD": 2, "PAED": 2, "ED": 2, "URO": 1})
    assert requirements(built(credited))["PC"].earliest == 0


def test_a_stay_half_done_goes_on_where_it_began():
    there = built(person(done={"ED": 1}, begun=(Begun("ED", "ED", 1),)))
    assert there.residents[0].in_progress == (Block("ED", "ED", 0, 2),)
    assert ("CARD", "ED") not in there.programmes["GP17.1"].before


def test_what_the_office_decided_is_fixed_to_its_days():
    decided = Decided("DERM", "DERM", dt.date(2026, 10, 16), 0.5)
    assert built(person(fixed=(decided,))).residents[0].fixed == (Block("DERM", "DERM", 3, 1),)


def test_closed_months_and_months_outside_the_agreement_have_no_places():
    wards = [
        Ward(
            "PC",
            "east",
            ("PC",),
            4,
            least=1,
            closed=frozenset({dt.date(2026, 10, 1)}),
            opens_on=dt.date(2026, 9, 1),
            shuts_on=dt.date(2027, 1, 1),
            primary_care=True,
        )
    ]
    department = built(wards=wards, months=6).departments[0]
    assert department.places == (4, 4, 0, 0, 4, 4, 4, 4, 0, 0, 0, 0)
    assert department.minimum == (1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0)
    assert department.primary_care


def test_people_with_the_same_left_to_do_share_a_programme():
    there = built(person(), Trainee("r2", "GP17", STARTS_ON))
    assert [one.programme for one in there.residents] == ["GP17.1", "GP17.1"]


def test_the_county_is_three_cohorts_without_slack():
    there = read_problem(Path(__file__).parent / "county.json")
    assert len(there.residents) == 76
    assert (there.unit, there.periods) == ("half-month", 72)
    for resident in there.residents:
        programme = there.programme_of(resident)
        electives = {of for choice in programme.choose for of in choice.of}
        begun = {block.requirement for block in resident.in_progress}
        owed = sum(
            one.length
            for one in programme.requirements
            if one.id not in electives and one.id not in begun
        )
        owed += sum(2 * choice.count for choice in programme.choose)
        owed += sum(block.length for block in resident.in_progress)
        assert resident.until - resident.from_period - len(resident.away) == owed
