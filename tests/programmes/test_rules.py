"""What is wrong with a version, and what differs between two."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trainingbase.programmes.rules.content import Content, Least, Order, Rotation
from trainingbase.programmes.rules.differences import by_department, differences
from trainingbase.programmes.rules.faults import faults, reachable


def rotation(name, months, group=None, **more):
    values = {"may_split": True, "shortest": Decimal("0.5"), "at_primary": False} | more
    return Rotation(name, Decimal(str(months)), group=group, **values)


WELL = Content(
    months=Decimal(6),
    rotations=(
        rotation("Medicine", 2),
        rotation("Community", 3),
        rotation("Eyes", "0.5", "Choice"),
        rotation("Skin", "0.5", "Choice"),
        rotation("Mind", 1, "Choice"),
    ),
    groups=(("Choice", Decimal(1)),),
    orders=frozenset({Order("after", "Community", after=("Medicine",))}),
)


def wrong(content):
    return {one.kind for one in faults(content) if not one.is_remark}


def rules(*orders):
    return replace(WELL, orders=frozenset(orders))


def test_a_sound_programme_has_nothing_wrong():
    assert wrong(WELL) == set()


def test_months_count_each_elective_group_once():
    assert WELL.total == 6
    assert wrong(replace(WELL, months=Decimal(7))) == {"months_differ"}
    assert wrong(Content(months=Decimal(6))) == {"nothing_required"}


@pytest.mark.parametrize(
    ("months", "kind"), [("3", "group_too_small"), ("1.25", "group_unreachable")]
)
def test_electives_must_be_satisfiable(months, kind):
    found = replace(WELL, groups=(("Choice", Decimal(months)),))
    assert kind in wrong(found)
    assert "group_empty" in wrong(replace(WELL, groups=(*WELL.groups, ("Nobody", Decimal(1)))))


def test_sums_of_whole_choices():
    months = [Decimal("0.5"), Decimal("0.5"), Decimal(2)]
    assert sorted(reachable(months)) == [Decimal(x) for x in ("0", "0.5", "1", "2", "2.5", "3")]


@pytest.mark.parametrize(
    ("orders", "kind"),
    [
        ((Order("after", "Nowhere", after=("Medicine",)),), "rule_without_rotation"),
        ((Order("after", "Community", after=("Nowhere",)),), "rule_after_nothing"),
        ((Order("after", "Community"),), "rule_after_none"),
        ((Order("within_last", "Community", within=9),), "window_beyond"),
        ((Order("first", "Medicine", Decimal(3), 4),), "first_above_months"),
        ((Order("within_last", "Community", within=2),), "window_too_small"),
        (
            (
                Order("within_last", "Community", within=4),
                Order("within_last", "Medicine", within=4),
            ),
            "window_overfull_within_last",
        ),
        (
            (
                Order("first", "Medicine", Decimal(1), 2),
                Order("after", "Medicine", after=("Community",)),
            ),
            "window_overfull_first",
        ),
        (
            (
                Order("after", "Medicine", after=("Community",)),
                Order("after", "Community", after=("Mind",)),
                Order("after", "Mind", after=("Medicine",)),
            ),
            "rules_circular",
        ),
    ],
)
def test_order_rules_must_be_possible(orders, kind):
    assert kind in wrong(rules(*orders))


def test_differences_say_what_is_added_removed_and_changed():
    new = replace(
        WELL,
        months=Decimal(7),
        rotations=(
            rotation("Medicine", 3),
            *WELL.rotations[1:4],
            rotation("Heart", 1, "Choice"),
        ),
        orders=frozenset(),
        leasts=frozenset({Least("Medicine", "disease", "Gout", 2)}),
    )
    found = {(one.part, one.subject, one.kind) for one in differences(WELL, new)}
    assert found == {
        ("head", "months", "changed"),
        ("requirements", "Medicine", "changed"),
        ("requirements", "Mind", "removed"),
        ("requirements", "Heart", "added"),
        ("rules", "Community", "removed"),
        ("minimums", "Medicine", "added"),
    }
    assert set(by_department(differences(WELL, new))) == {"Medicine", "Mind", "Heart", "Community"}
    assert differences(WELL, WELL) == []
