"""The pages of plans, as everybody."""

import re
from datetime import date

import pytest

from tests.cast import add, resident
from tests.rotations.conftest import ASKED_AT, DECEMBER, SEPTEMBER
from trainingbase import queue
from trainingbase.roles import Role
from trainingbase.rotations import actions
from trainingbase.rotations.models import Plan, PlannedPlacement
from trainingbase.rotations.queries.plans import plan_by_id, plan_in_force

READERS = {Role.OFFICE, Role.LEADER, Role.AUDITOR}
PAGES = (
    "",
    "/grid",
    "/places",
    "/comparison",
    "/bottlenecks",
    "/bottlenecks.csv",
    "/changes",
    "/grid.xlsx",
    "/placements.csv",
)


@pytest.fixture
def before_training(monkeypatch):
    """Nothing has begun."""
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")


@pytest.fixture
def wu(browse, office, before_training):
    return browse(office)


@pytest.mark.parametrize("page", PAGES)
def test_plans_are_read_by_office_leader_and_auditor(grid, everybody, browse, page):
    plan = grid()
    for role, someone in everybody.items():
        status = browse(someone).get(f"/rotations/plans/{plan.id}{page}").status_code
        assert status == (200 if role in READERS else 403), role


CHANGING = (
    "stop",
    "copy",
    "discard",
    "restoration",
    "publication",
    "withdrawal",
    "arrangement",
    "undo",
    "what-if",
    "replan",
    "remedy/0/0",
)


@pytest.mark.parametrize("what", CHANGING)
def test_only_the_office_changes_plans(grid, everybody, browse, what):
    plan = grid()
    for role, someone in everybody.items():
        if role != Role.OFFICE:
            answer = browse(someone).post(f"/rotations/plans/{plan.id}/{what}")
            assert answer.status_code == 403, role


def test_a_plan_that_is_not_there_is_no_page(wu):
    assert wu.get("/rotations/plans/4711").status_code == 404


def test_the_list_finds_plans_by_title_and_state(grid, wu, office):
    actions.publish_plan(grid("Autumn"), by=office, at=ASKED_AT)
    grid("Winter")
    assert "Winter" not in wu.get("/rotations/plans?search=Autumn").text
    in_force = wu.get("/rotations/plans?state=in_force").text
    assert "Autumn" in in_force
    assert "Winter" not in in_force


def test_a_secretary_is_led_to_the_grid_of_her_department(
    grid, office, secretary, browse, before_training
):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    hers = browse(secretary)
    assert hers.get("/rotations/plans").headers["Location"].endswith("/rotations/grid")
    page = hers.get("/rotations/grid").text
    assert "Alice" in page
    assert "Medicine" in cells(page)
    assert "Surgery" not in cells(page)


def cells(page):
    return " ".join(re.findall(r'<td[^>]*class="cell[^>]*>.*?</td>', page, re.DOTALL))


def ask(browser, county, **changes):
    form = {
        "title": "New",
        "cohorts": [county.cohort.id],
        "starts_on": "2026-09",
        "months": 12,
        "based_on": 0,
        "seconds": 20,
        "form_key": "one",
    }
    return browser.post("/rotations/plans/new", data=form | changes)


def test_the_office_asks_for_a_plan_and_watches_it(wu, county, alice_resident):
    answer = ask(wu, county)
    assert answer.status_code == 302
    waiting = wu.get(answer.headers["Location"]).text
    assert "Waiting for the worker" in waiting
    assert "hx-get" in waiting
    queue.work_off()
    assert wu.get(answer.headers["Location"] + "?poll=1").headers["HX-Refresh"] == "true"
    assert "Every rule is kept." in wu.get(answer.headers["Location"]).text


def test_sent_twice_it_is_one_plan(wu, county, alice_resident):
    first, second = ask(wu, county), ask(wu, county)
    assert first.headers["Location"] == second.headers["Location"]
    queue.broker().flush()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Give the plan a title."),
        ({"cohorts": []}, "Choose at least one cohort."),
        ({"starts_on": "soon"}, "First month"),
        ({"starts_on": "9999-12"}, "Choose a day between 1900 and 2200."),
        ({"starts_on": "2150-01"}, "Choose a month between 2000 and 2100."),
        ({"months": "0"}, "Months ahead"),
        ({"months": "9" * 30}, "Months ahead"),
        ({"cohorts": [4711]}, "Cohorts"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(wu, county, alice_resident, changes, words):
    answer = ask(wu, county, **changes)
    assert answer.status_code == 200
    assert words in answer.text
    assert "error-summary" in answer.text
    if "title" not in changes:
        assert 'value="New"' in answer.text


def test_nobody_in_training_is_said_beside_the_cohorts(wu, county):
    assert "Nobody of these cohorts is in training." in ask(wu, county).text


def test_the_grid_shows_short_names_and_halves(wu, grid, county, alice_resident, stays_of):
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    halves = [
        (SEPTEMBER, date(2026, 9, 16), *surgery),
        (date(2026, 9, 16), date(2026, 10, 1), *medicine),
    ]
    plan = grid(months={alice_resident.id: halves})
    shown = re.sub(r"<[^>]+>", "", cells(wu.get(f"/rotations/plans/{plan.id}/grid").text))
    assert "Surgery/Medicine" in shown.replace("Breach", "")


def test_the_confirmation_names_what_changes_and_publishing_does_it(wu, grid):
    plan = grid()
    page = wu.get(f"/rotations/plans/{plan.id}/publication").text
    assert "No plan is in force now." in page
    seen = {"version": plan.version}
    assert wu.post(f"/rotations/plans/{plan.id}/publication", data=seen).status_code == 302
    assert plan_in_force().id == plan.id
    again = wu.post(f"/rotations/plans/{plan.id}/publication", data=seen, follow_redirects=True)
    assert "was published in the meantime" in again.text


def test_publishing_with_breaches_asks_for_a_reason(
    wu, grid, alice_resident, bob_resident, stays_of
):
    plan = grid(months={alice_resident.id: stays_of(0), bob_resident.id: stays_of(0)})
    refused = wu.post(
        f"/rotations/plans/{plan.id}/publication", data={"reason": "", "version": plan.version}
    )
    assert "Say why the plan is published with these breaches." in refused.text
    assert "Surgery has 1 places in Nov 2026" in refused.text
    assert plan_in_force() is None
    wu.post(
        f"/rotations/plans/{plan.id}/publication",
        data={"reason": "agreed", "version": plan.version},
    )
    assert plan_in_force().id == plan.id


def test_a_plan_that_changed_meanwhile_is_looked_at_again(wu, grid):
    plan = grid()
    seen = {"version": plan.version - 1}
    answer = wu.post(f"/rotations/plans/{plan.id}/publication", data=seen)
    assert answer.status_code == 409
    assert "Somebody changed this plan meanwhile" in answer.text
    assert plan_in_force() is None


def test_withdrawing_and_putting_away(wu, grid, office):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    wu.post(f"/rotations/plans/{plan.id}/withdrawal")
    assert plan_in_force() is None
    draft = grid("Draft")
    wu.post(f"/rotations/plans/{draft.id}/discard")
    assert plan_by_id(draft.id).discarded_at is not None
    assert "Draft" not in wu.get("/rotations/plans").text.split("<main")[1].split("</form>")[-1]
    wu.post(f"/rotations/plans/{draft.id}/restoration")
    assert plan_by_id(draft.id).discarded_at is None


def surgery_row(plan, rows, who):
    return next(
        one
        for one in rows(plan)
        if one.resident_id == who.id and one.starts_on == date(2026, 11, 1)
    )


def test_a_check_names_breaches_before_anything_is_saved(wu, grid, rows, county, alice_resident):
    plan = grid()
    row = surgery_row(plan, rows, alice_resident)
    form = {
        "where": f"{county.surgery.id}-{county.standards['Surgery'].id}",
        "month": "2026-09",
        "half": 0,
        "version": plan.version,
        "what": "move-check",
    }
    address = f"/rotations/plans/{plan.id}/rows/{row.id}"
    page = wu.post(address, data=form).text
    assert "Alice would be in two departments at once in Sep 2026" in page
    assert "Surgery has 1 places in Sep 2026, but 2 residents would be there" in page
    refused = wu.post(address, data=form | {"what": "move-save"}).text
    assert "Not saved: the change would break rules." in refused
    assert surgery_row(plan, rows, alice_resident).id == row.id


def test_a_swap_is_saved_and_taken_back(wu, grid, rows, alice_resident, stays_of):
    plan = grid(months={alice_resident.id: stays_of(0)})
    row = surgery_row(plan, rows, alice_resident)
    form = {"other": 0, "version": plan.version, "what": "swap-save"}
    answer = wu.post(f"/rotations/plans/{plan.id}/rows/{row.id}", data=form)
    assert answer.status_code == 302
    assert [one.starts_on.month for one in rows(plan)] == [9, 10, 12]
    page = wu.get(f"/rotations/plans/{plan.id}/changes").text
    assert "Take the last change back" in page
    version = plan_by_id(plan.id).version
    wu.post(f"/rotations/plans/{plan.id}/changes", data={"version": version})
    assert [one.starts_on.month for one in rows(plan)] == [9, 11, 12]


def test_a_stale_page_keeps_what_was_typed(wu, grid, rows, county, alice_resident, stays_of):
    plan = grid(months={alice_resident.id: stays_of(0)})
    row = surgery_row(plan, rows, alice_resident)
    form = {
        "where": f"{county.surgery.id}-{county.standards['Surgery'].id}",
        "month": "2027-03",
        "half": 0,
        "version": plan.version - 1,
        "what": "move-save",
    }
    answer = wu.post(f"/rotations/plans/{plan.id}/rows/{row.id}", data=form)
    assert answer.status_code == 409
    assert "somebody changed this plan" in answer.text
    assert 'value="2027-03"' in answer.text
    assert f'name="version" type="hidden" value="{plan.version}"' in answer.text


def test_two_drafts_are_compared(wu, grid, alice_resident, bob_resident, stays_of):
    one = grid("One")
    other = grid("Other", months={alice_resident.id: stays_of(1), bob_resident.id: stays_of(0)})
    page = wu.get(f"/rotations/plans/{one.id}/comparison?other={other.id}").text
    assert "Alice" in page
    assert "Bob" in page
    assert "Residents whose timetable differs" in page
    filtered = wu.get(f"/rotations/plans/{one.id}/comparison?other={other.id}&search=Ali").text
    assert "Alice</th>" in filtered
    assert "Bob</th>" not in filtered


def test_the_exported_workbook_is_read_back_alike(wu, grid, county):
    from io import BytesIO

    import openpyxl

    plan = grid()
    content = wu.get(f"/rotations/plans/{plan.id}/grid.xlsx").data
    sheet = openpyxl.load_workbook(BytesIO(content))[county.cohort.name]
    names = [row[1] for row in sheet.iter_rows(min_row=3, max_col=2, values_only=True)]
    assert names[:2] == ["Alice", "Bob"]


def test_the_csv_has_a_line_for_every_placement(wu, grid):
    plan = grid()
    lines = wu.get(f"/rotations/plans/{plan.id}/placements.csv").data.decode("utf-8-sig")
    assert len(lines.strip().splitlines()) == 7
    assert '"2026-10-31"' in lines


@pytest.fixture
def crowd(county):
    """`crowd(first, last)`: that many more residents of the cohort."""

    def made(first, last):
        return [
            resident(f"Person {number}", county, f"11010119990101{number:04}")
            for number in range(first, last)
        ]

    return made


@pytest.mark.parametrize("page", ["", "/grid", "/places", "/changes"])
def test_a_page_sends_no_more_statements_for_more_residents(
    wu, grid, crowd, stays_of, statements, page
):
    small = grid("Small", months={one.id: stays_of(0) for one in crowd(0, 3)})
    with statements() as few:
        assert wu.get(f"/rotations/plans/{small.id}{page}").status_code == 200
    large = grid("Large", months={one.id: stays_of(0) for one in crowd(3, 43)})
    with statements() as many:
        assert wu.get(f"/rotations/plans/{large.id}{page}").status_code == 200
    assert len(many) == len(few)


def test_the_list_sends_no_more_statements_for_more_plans(wu, county, statements):
    def plans(count):
        for number in range(count):
            add(
                Plan(
                    title=f"Plan {number}",
                    origin="copy",
                    starts_on=SEPTEMBER,
                    ends_on=DECEMBER,
                    seconds=1,
                    requested_at=ASKED_AT,
                    solved_at=ASKED_AT,
                    cohorts=[county.cohort],
                )
            )

    plans(2)
    with statements() as few:
        wu.get("/rotations/plans")
    plans(20)
    with statements() as many:
        wu.get("/rotations/plans")
    assert len(many) == len(few)


def test_a_row_of_another_plan_is_no_page(wu, grid, rows):
    one, other = grid("One"), grid("Other")
    row: PlannedPlacement = rows(one)[0]
    assert wu.get(f"/rotations/plans/{other.id}/rows/{row.id}").status_code == 404


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2026-08", "The plan begins later."),
        ("2199-12", "The plan ends before that."),
        ("soon", "First month"),
    ],
)
def test_a_placement_is_moved_within_the_plan(
    wu, grid, rows, county, alice_resident, stays_of, month, words
):
    plan = grid(months={alice_resident.id: stays_of(0)})
    row = surgery_row(plan, rows, alice_resident)
    form = {
        "where": f"{county.surgery.id}-{county.standards['Surgery'].id}",
        "month": month,
        "half": 0,
        "version": plan.version,
        "what": "move-save",
    }
    answer = wu.post(f"/rotations/plans/{plan.id}/rows/{row.id}", data=form)
    assert answer.status_code == 200
    assert words in answer.text
    assert "error-summary" in answer.text
    assert surgery_row(plan, rows, alice_resident).id == row.id


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=" + "9" * 40, "cohort=x", "other=x"])
@pytest.mark.parametrize("page", ["plans", "grid", "plans/{}/grid", "plans/{}/comparison"])
def test_an_address_that_makes_no_sense_shows_a_page_all_the_same(wu, grid, page, query):
    assert wu.get(f"/rotations/{page.format(grid().id)}?{query}").status_code == 200
