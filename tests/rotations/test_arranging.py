"""The grid judged while one edits: where a placement is put down, and what the rules say."""

import re
from datetime import date

import pytest

from tests.cast import resident
from tests.rotations.conftest import ASKED_AT, DECEMBER, MARCH, NOVEMBER, OCTOBER, SEPTEMBER
from trainingbase.rotations import actions
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.rules.moves import dropped, exchanged
from trainingbase.rotations.rules.rows import Row


@pytest.fixture
def wu(browse, office, monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")
    return browse(office)


@pytest.fixture
def alone(grid, alice_resident, stays_of):
    """A draft of Alice alone: Medicine, Surgery from November, community from December."""
    return grid(months={alice_resident.id: stays_of(0)})


@pytest.fixture
def row_of(rows):
    """`row_of(plan, resident, month)`: the id of what begins then."""

    def found(plan, resident, month):
        return next(
            one.id for one in rows(plan) if (one.resident_id, one.starts_on) == (resident.id, month)
        )

    return found


def asked(browser, plan, **where):
    wanted = "&".join(f"{key}={value}" for key, value in where.items())
    return browser.get(f"/rotations/plans/{plan.id}/arrangement?{wanted}")


def kept(browser, plan, **where):
    where.setdefault("version", plan.version)
    return browser.post(f"/rotations/plans/{plan.id}/arrangement", data=where)


def test_what_was_taken_up_is_shown_with_the_departments_it_could_be_in(
    wu, alone, row_of, alice_resident
):
    page = asked(wu, alone, row=row_of(alone, alice_resident, SEPTEMBER)).text
    assert "Alice" in page
    assert "Put it on another month" in page
    assert "data-where" in page
    assert "data-save" not in page


def test_put_on_another_placement_of_the_same_resident_the_two_change_places(
    wu, alone, row_of, alice_resident
):
    row = row_of(alone, alice_resident, SEPTEMBER)
    page = asked(wu, alone, row=row, month="2026-11", part=1).text
    assert "This change breaks no rule." in page
    assert "data-save" in page
    assert "data-where" not in page
    kept(wu, alone, row=row, month="2026-11")
    assert [(r.starts_on, r.ends_on) for r in rows_of_plan(alone)] == [
        (SEPTEMBER, OCTOBER),
        (OCTOBER, DECEMBER),
        (DECEMBER, MARCH),
    ]


def test_every_breach_is_named_before_anything_is_saved(
    wu, grid, row_of, alice_resident, bob_resident
):
    plan = grid()
    before = rows_of_plan(plan)
    row = row_of(plan, alice_resident, NOVEMBER)
    page = asked(wu, plan, row=row, resident=bob_resident.id, month="2026-12").text
    assert "This change would break rules" in page
    assert "Alice has 0 of the 1 months of Surgery" in page
    assert "data-save" not in page
    answer = kept(wu, plan, row=row, resident=bob_resident.id, month="2026-12")
    assert answer.status_code == 302
    assert "the change would break rules" in wu.get(answer.headers["Location"]).text
    assert rows_of_plan(plan) == before


def test_saved_from_the_grid_it_comes_back_to_the_same_view_and_is_taken_back(
    wu, alone, row_of, alice_resident
):
    before = rows_of_plan(alone)
    row = row_of(alone, alice_resident, SEPTEMBER)
    view = "search=Ali&page=1&next=//elsewhere"
    answer = kept(wu, alone, row=row, month="2026-11", view=view)
    assert answer.headers["Location"] == f"/rotations/plans/{alone.id}/grid?search=Ali&page=1"
    page = wu.get(answer.headers["Location"]).text
    version = re.search(r'name="version" type="hidden" value="(\d+)"', page)[1]
    wu.post(f"/rotations/plans/{alone.id}/undo", data={"version": version, "view": "search=Ali"})
    assert rows_of_plan(alone) == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(wu, alone, row_of, alice_resident):
    before = rows_of_plan(alone)
    row = row_of(alone, alice_resident, SEPTEMBER)
    answer = kept(wu, alone, row=row, month="2026-11", version=alone.version - 1)
    assert "somebody changed this plan meanwhile" in wu.get(answer.headers["Location"]).text
    assert rows_of_plan(alone) == before


@pytest.mark.parametrize(
    "where",
    [
        {"month": "soon"},
        {"month": "2031-01"},
        {"month": "2026-13"},
        {"where": "1"},
        {"where": "99999-99999"},
        {"resident": "4711", "month": "2026-12"},
        {"resident": "x", "month": "2026-12"},
    ],
    ids=str,
)
def test_what_no_grid_would_send_changes_nothing(wu, alone, row_of, alice_resident, where):
    before = rows_of_plan(alone)
    row = row_of(alone, alice_resident, SEPTEMBER)
    assert asked(wu, alone, row=row, **where).status_code == 200
    assert kept(wu, alone, row=row, **where).status_code == 302
    assert rows_of_plan(alone) == before


def test_a_row_that_is_not_there_is_no_page(wu, alone):
    assert asked(wu, alone, row=4711).status_code == 404
    assert asked(wu, alone).status_code == 404


def test_what_has_begun_cannot_be_put_elsewhere(wu, alone, row_of, alice_resident, monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-10-05")
    before = rows_of_plan(alone)
    row = row_of(alone, alice_resident, SEPTEMBER)
    assert "This placement has begun" in asked(wu, alone, row=row).text
    kept(wu, alone, row=row, month="2026-11")
    assert rows_of_plan(alone) == before


def test_a_published_plan_is_not_rearranged(wu, alone, row_of, office, alice_resident):
    row = row_of(alone, alice_resident, SEPTEMBER)
    actions.publish_plan(alone, by=office, at=ASKED_AT, reason="Bob comes later")
    answer = kept(wu, alone, row=row, month="2026-11")
    assert "this plan is published" in wu.get(answer.headers["Location"]).text
    assert "data-arrange" not in wu.get(f"/rotations/plans/{alone.id}/grid").text


def test_two_residents_take_each_others_departments():
    one = Row(1, SEPTEMBER, NOVEMBER, 7, 70)
    other = Row(2, OCTOBER, NOVEMBER, 8, 80)
    assert dropped(SEPTEMBER, [one, other], one, resident=2, month=OCTOBER) == (
        [one, other],
        [Row(1, SEPTEMBER, NOVEMBER, 8, 80), Row(2, OCTOBER, NOVEMBER, 7, 70)],
    )
    assert exchanged(one, other._replace(department=7, standard=70)) == ([], [])


def test_put_where_nothing_is_it_begins_there_in_its_half_of_the_month():
    row = Row(1, date(2026, 9, 16), OCTOBER, 7, 70)
    assert dropped(SEPTEMBER, [row], row, resident=2, month=NOVEMBER) == (
        [row],
        [Row(2, date(2026, 11, 16), DECEMBER, 7, 70)],
    )


def test_judging_asks_as_many_questions_of_ten_residents_as_of_two(
    wu, grid, rows, statements, county, stays_of, alice_resident, bob_resident
):
    few = grid("Few")
    people = [resident(f"R{n}", county, f"11010120000101{n:04}") for n in range(5030, 5040)]
    many = grid("Many", months={one.id: stays_of(0) for one in people})
    counts = []
    for plan in (few, many):
        row = next(one.id for one in rows(plan) if one.starts_on == NOVEMBER)
        asked(wu, plan, row=row, month="2026-12")  # once before: what is kept is kept
        with statements() as made:
            assert asked(wu, plan, row=row, month="2026-12").status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]
