"""The gate: what is asked, what is done, and what follows from it; figures read from their rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import add
from tests.leaving.conftest import NOW, TODAY
from trainingbase.db import db
from trainingbase.leaving import actions
from trainingbase.leaving.actions.gates import Asked, Terms
from trainingbase.leaving.queries import gates, standing_of
from trainingbase.leaving.rules import gate as rules
from trainingbase.leaving.rules.gate import Measured
from trainingbase.logbook.models import Entry
from trainingbase.programmes.models import Minimum
from trainingbase.stale import Stale
from trainingbase.training.models import Activity


@dataclass
class Item:
    item: str
    effect: str
    least: Decimal


def line(item, effect, least, done, **more):
    (found,) = rules.judged(
        [Item(item, effect, Decimal(least))],
        {item: Measured(None if done is None else Decimal(done), **more)},
    )
    return found


@pytest.mark.parametrize(
    ("item", "least", "done", "state"),
    [
        ("diseases", 80, 80, "ok"),
        ("diseases", 80, 79.9, "short"),
        ("diseases", 80, None, "missing"),
        ("c_records", 0, 1, "short"),
        ("c_records", 0, 0, "ok"),
        ("leave_days", 2, 2, "ok"),
        ("mini_cex", 1, 0, "missing"),
        ("mini_cex", 2, 1, "short"),
        ("activities", 4, 0, "short"),
    ],
)
def test_a_line_is_reached_short_or_not_there(item, least, done, state):
    assert line(item, "veto", least, done).state == state


def test_advice_never_fails_anybody_and_a_veto_always_does():
    good = line("theory", "veto", 60, 70)
    assert rules.proposed([good, line("dops", "advice", 1, 0)]) == "passed"
    bad = line("skill", "veto", 60, 50)
    assert rules.proposed([good, bad]) == "failed" and rules.vetoes([good, bad]) == ("skill",)
    absent = line("exit_form", "needed", 1, 0)
    assert rules.missing([absent]) == ("exit_form",) and rules.vetoes([absent]) == ()
    never = line("theory", "veto", 60, None)
    assert rules.unentered([never, good]) == rules.missing([never, good]) == ("theory",)
    assert rules.vetoes([never]) == () and rules.proposed([never]) == "failed"


marks = st.integers(0, 100).map(Decimal)


@given(daily=marks, theory=marks, skill=marks)
def test_the_exit_score_lies_between_its_parts(daily, theory, skill):
    gate = Terms(None, None, TODAY, Decimal(50), Decimal(10), Decimal(40), [])
    score = rules.score_of(gate, daily=daily / 100, theory=theory, skill=skill)
    assert min(daily, theory, skill) - 1 <= score.total <= max(daily, theory, skill) + 1
    assert rules.score_of(gate, daily=None, theory=theory, skill=skill).total is None


def terms(**more):
    usual = {
        "family": None,
        "standard_department_id": None,
        "starts_on": TODAY,
        "daily": Decimal(50),
        "theory": Decimal(10),
        "skill": Decimal(40),
        "items": [Asked("theory", "veto", Decimal(70))],
        "why": "a meeting",
    }
    return Terms(**(usual | more))


def newest():
    found = gates.newest_of((None, None))
    return found.id if found else None


def test_the_starting_point_says_where_each_rule_was_read(county):
    general = gates.newest_of((None, None))
    assert {one.item for one in general.items} == set(rules.ITEMS)
    assert all(one.source and one.confidence in "HMS" for one in general.items)
    assert {one.confidence for one in general.items if one.source == "Base"} == {"S"}


def test_the_narrowest_rules_hold_and_only_from_their_day_on(county, stay, office):
    medicine = county.standards["Medicine"].id
    actions.set_gate(terms(standard_department_id=medicine), newest=None, by=office, at=NOW)
    assert [one.item for one in standing_of([stay.id])[stay.id].lines] == ["theory"]
    stay.ends_on = TODAY - timedelta(days=5)
    db.session.commit()
    assert len(standing_of([stay.id])[stay.id].lines) == len(rules.ITEMS)


def test_a_department_in_a_programme_is_narrower_than_either(county, stay, office):
    medicine, family = county.standards["Medicine"].id, county.programme.family
    for scope, least in (((family, medicine), 90), ((None, medicine), 80), ((family, None), 70)):
        asked = [Asked("theory", "veto", Decimal(least))]
        made = actions.set_gate(
            terms(family=scope[0], standard_department_id=scope[1], items=asked),
            newest=None, by=office, at=NOW,
        )  # fmt: skip
    assert standing_of([stay.id])[stay.id].lines[0].least == 90
    actions.give_up_gate(
        gates.newest_of((family, medicine)), starts_on=TODAY, why="", by=office, at=NOW
    )
    assert standing_of([stay.id])[stay.id].lines[0].least == 80
    assert made.items[0].source == "Base"


def test_two_who_change_the_rules_at_once(county, office):
    opened = newest()
    actions.set_gate(terms(), newest=opened, by=office, at=NOW, request_key="a")
    again = actions.set_gate(terms(), newest=opened, by=office, at=NOW, request_key="a")
    assert again.id == newest()
    with pytest.raises(Stale):
        actions.set_gate(terms(why="another"), newest=opened, by=office, at=NOW, request_key="b")


def test_what_is_left_as_it_was_keeps_its_source(county, office):
    general = gates.newest_of((None, None))
    kept = [Asked(one.item, one.effect, one.least) for one in general.items if one.item != "score"]
    made = actions.set_gate(
        terms(items=[*kept, Asked("score", "veto", Decimal(70))]),
        newest=general.id, by=office, at=NOW,
    )  # fmt: skip
    sources = {one.item: (one.source, one.confidence) for one in made.items}
    assert sources["score"] == ("Base", "S") and sources["exit_form"] == ("KH15 §8", "H")
    assert made.source == general.source


def test_the_figures_are_those_of_their_rows(county, stay, alice_resident, mei):
    medicine = county.standards["Medicine"].id
    for category, item, count in (
        ("disease", "高血压", 2), ("disease", "糖尿病", 2), ("case", "大病历", 4),
        ("procedure", "胸穿", 1),
    ):  # fmt: skip
        db.session.add(
            Minimum(
                programme=county.programme, standard_department_id=medicine, category=category,
                item=item, count=count,
            )
        )  # fmt: skip
    for number, (category, item) in enumerate(
        [("disease", "高血压")] * 3 + [("case", "大病历")] * 3
    ):
        db.session.add(
            Entry(
                resident=alice_resident, placement=stay, category=category, item=item,
                done_on=date(2026, 10, 5), entered_at=NOW, entry_key=f"k{number}", confirmed=True,
                decided_at=NOW, decided_by=mei,
            )
        )  # fmt: skip
    for number in range(9):
        add(
            Activity(
                held_on=date(2026, 10, 5 + number), kind="教学查房", topic=f"{number}",
                department_id=county.medicine.id, approved_at=NOW if number < 8 else None,
                residents=[alice_resident],
            )
        )  # fmt: skip
    db.session.commit()
    lines = {one.item: one for one in standing_of([stay.id])[stay.id].lines}
    assert (lines["diseases"].done, lines["diseases"].state) == (Decimal("50.0"), "short")
    assert (lines["cases"].counted, lines["cases"].target) == (3, 4)
    assert lines["procedures"].done == 0
    assert lines["activities"].counted == 8 and lines["activities"].state == "ok"
    assert lines["exit_form"].state == "missing" and lines["theory"].state == "missing"


def test_an_entered_mark_stands_above_the_one_of_the_exit_form(stay, assessed, marked):
    assessed()
    found = standing_of([stay.id])[stay.id]
    assert (found.theory, found.skill) == (Decimal("90.0"), Decimal("87.5"))
    assert found.score.daily == 50 and found.score.total == Decimal("94.0")
    marked(theory=60)
    found = standing_of([stay.id])[stay.id]
    assert found.theory == 60 and found.score.total == Decimal("91.0")
