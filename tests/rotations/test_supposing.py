"""What is supposed changes the facts; what is promised is held."""

from dataclasses import replace
from datetime import date

from trainingbase.planner.given import First, Sheet
from trainingbase.planner.given import Row as Asked
from trainingbase.planner.rules import check
from trainingbase.rotations.rules.facts import Curriculum, Facts, Trainee, Ward
from trainingbase.rotations.rules.framing import judged, others, to_solve
from trainingbase.rotations.rules.holding import held
from trainingbase.rotations.rules.opening import places_at
from trainingbase.rotations.rules.remedies import suppositions_of
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.supposing import Supposition, from_json, supposed
from trainingbase.rotations.rules.ways import weighed

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
DECEMBER, JANUARY = date(2026, 12, 1), date(2027, 1, 1)
SURGERY, MEDICINE = 1, 2


def facts(**changes) -> Facts:
    """Two residents, one place in each of two departments, both months planned."""
    asked = (Asked("1", 1.0), Asked("2", 1.0))
    return replace(
        Facts(
            starts_on=SEPTEMBER,
            ends_on=JANUARY,
            today=date(2026, 8, 20),
            wards=tuple(Ward(key, 1, (key,), 1, 0, False) for key in (SURGERY, MEDICINE)),
            curricula={1: Curriculum("GP", Sheet(asked, ()), frozenset())},
            trainees={key: Trainee(key, 1, SEPTEMBER, date(2029, 9, 1)) for key in (11, 12)},
            planned=frozenset((11, 12)),
            before=(
                Row(11, SEPTEMBER, OCTOBER, SURGERY, SURGERY),
                Row(11, OCTOBER, NOVEMBER, MEDICINE, MEDICINE),
                Row(12, SEPTEMBER, OCTOBER, MEDICINE, MEDICINE),
                Row(12, OCTOBER, NOVEMBER, SURGERY, SURGERY),
            ),
        ),
        **changes,
    )


def places(found: Facts, ward: int = SURGERY) -> list[int]:
    """By half month."""
    there = next(one for one in found.wards if one.id == ward)
    return [places_at(found, there, period) for period in range(4)]


def suppose(kind: str, starts_on=OCTOBER, ends_on=NOVEMBER, **what) -> Supposition:
    return Supposition(kind, starts_on, ends_on, **what)


def test_a_department_is_supposed_closed_and_open_again():
    closed = supposed(facts(), [suppose("close", department=SURGERY)])
    assert places(closed) == [1, 1, 0, 0]
    assert places(closed, MEDICINE) == [1, 1, 1, 1]
    assert places(supposed(closed, [suppose("open", department=SURGERY)])) == [1, 1, 1, 1]


def test_opening_reaches_over_the_end_of_an_agreement_and_leaves_other_closures():
    ward = Ward(SURGERY, 1, (SURGERY,), 1, 0, False, ((SEPTEMBER, NOVEMBER),), shuts_on=OCTOBER)
    shut = facts(wards=(ward,))
    assert places(shut) == [0, 0, 0, 0]
    assert places(supposed(shut, [suppose("open", department=SURGERY)])) == [0, 0, 1, 1]


def test_places_are_added_for_a_time_also_where_it_is_closed():
    more = [suppose("close", department=SURGERY), suppose("places", department=SURGERY, count=2)]
    assert places(supposed(facts(), more)) == [1, 1, 2, 2]


def test_leave_is_supposed_in_whole_months():
    away = supposed(facts(), [suppose("leave", resident=11)])
    assert away.trainees[11].away == {OCTOBER}
    assert away.trainees[12].away == frozenset()
    resident = to_solve(away).resident_by_id["11"]
    assert resident.away == {2, 3}
    assert resident.until == to_solve(facts()).resident_by_id["11"].until + 2


def test_a_longer_training_gives_room_at_its_end():
    longer = supposed(facts(), [suppose("longer", resident=11, count=2)])
    assert to_solve(longer).resident_by_id["11"].until == 8
    assert to_solve(longer).resident_by_id["12"].until == 4
    assert longer.trainees[11].ends_on == date(2029, 11, 1)


def test_a_rotation_that_was_failed_is_owed_anew():
    spent = facts(
        starts_on=NOVEMBER,
        ends_on=date(2027, 3, 1),
        today=date(2026, 10, 20),
    )
    assert to_solve(spent).resident_by_id["11"].until == 0
    again = supposed(spent, [suppose("repeat", resident=11, department=SURGERY, count=1)])
    problem = to_solve(again)
    one = problem.resident_by_id["11"]
    owed = problem.programmes[one.programme].requirements
    assert [(r.id, r.length) for r in owed] == [("1", 2)] and one.until == 2
    assert again.trainees[11].ends_on == date(2029, 10, 1)
    assert to_solve(again).resident_by_id["12"].until == 0


def test_more_residents_are_planned_beside_the_others():
    more = supposed(facts(), [suppose("admit", programme=1, count=2)])
    assert more.planned == {11, 12, -1, -2}
    new = to_solve(more).resident_by_id["-2"]
    assert (new.from_period, new.until) == (2, 6)


def test_who_leaves_gives_up_what_has_not_begun():
    gone = supposed(facts(), [suppose("gone", resident=11)])
    assert [one.id for one in to_solve(gone).residents] == ["12"]
    assert {row.resident for row in others(gone)} == set()


def test_what_is_not_there_changes_nothing():
    nothing = [
        suppose("close", department=99),
        suppose("open", department=99),
        suppose("places", department=99),
        suppose("leave", resident=99),
        suppose("longer", resident=99),
        suppose("repeat", resident=99, department=SURGERY),
        suppose("repeat", resident=11, department=99),
        suppose("gone", resident=99),
        suppose("admit", programme=99),
    ]
    assert supposed(facts(), nothing) == facts()


def test_a_supposition_is_kept_as_plain_values():
    one = suppose("admit", cohort=3, programme=1, count=2)
    assert from_json([one.to_json()]) == [one]


def test_what_begins_within_the_notice_is_held():
    soon = facts(held_until=date(2026, 9, 20))
    assert held(soon, soon.before) == [row for row in soon.before if row.starts_on == SEPTEMBER]
    assert {one.requirement for one in to_solve(soon).previous} == {"1", "2"}
    assert len(to_solve(soon).previous) == 2
    assert held(facts(), facts().before) == []


def test_a_wider_time_is_supposed_for_solving_and_judging():
    asked = Sheet((Asked("1", 1.0), Asked("2", 1.0)), (First("1", 1.0, 1.0),))
    strict = facts(curricula={1: Curriculum("GP", asked, frozenset())})
    remedy = {"programme": "1.1", "requirement": "1/first", "earlier": 0, "later": 2}
    loose = supposed(strict, suppositions_of({"loosen": remedy}, SEPTEMBER))
    for there, end in ((strict, 2), (loose, 4)):
        for problem in (to_solve(there), judged(there, there.before)[0]):
            (programme,) = problem.programmes.values()
            assert programme.by_id["1/first"].latest_end == end
    assert [one.rule for one in check(*judged(strict, strict.before))] == ["window"]
    assert check(*judged(loose, loose.before)) == []


def test_who_cannot_keep_theirs_within_the_notice_is_planned_anew():
    soon = facts(held_until=date(2026, 9, 20))
    away = supposed(soon, [suppose("leave", SEPTEMBER, OCTOBER, resident=11)])
    assert {row.resident for row in held(away, away.before)} == {12}
    shut = supposed(soon, [suppose("close", SEPTEMBER, OCTOBER, department=MEDICINE)])
    assert {row.resident for row in held(shut, shut.before)} == {11}


def test_a_way_weighs_the_moves():
    problem = to_solve(facts())
    assert weighed(problem, "least").weights.moved > problem.weights.wish
    assert 0 < weighed(problem, "best").weights.moved * 900 < problem.weights.wish
    assert weighed(problem, None) == problem


def test_a_remedy_becomes_something_to_suppose():
    more = {"add_places": {"department": "7", "periods": [2, 3, 6, 7], "count": 1}}
    longer = {"extend": {"resident": "11", "periods": 3}}
    found = suppositions_of(more | {"also": [longer]}, SEPTEMBER)
    assert [(one.kind, one.starts_on, one.ends_on) for one in found[:2]] == [
        ("places", OCTOBER, NOVEMBER),
        ("places", DECEMBER, JANUARY),
    ]
    assert (found[2].kind, found[2].resident, found[2].count) == ("longer", 11, 2)
    gone = suppositions_of({"without": {"residents": ["11", "12"]}}, SEPTEMBER)
    assert [(one.kind, one.resident) for one in gone] == [("gone", 11), ("gone", 12)]
    wider = {"programme": "1.2", "requirement": "1/first", "earlier": 0, "later": 2}
    (found,) = suppositions_of({"loosen": wider}, SEPTEMBER)
    assert (found.kind, found.programme, found.requirement, found.later) == (
        "wider", 1, "1/first", 2,
    )  # fmt: skip
    assert from_json([found.to_json()]) == [found]
    assert suppositions_of({"release": {"resident": "11"}}, SEPTEMBER) == []
    assert suppositions_of(more | {"also": [{"release": {}}]}, SEPTEMBER) == []
