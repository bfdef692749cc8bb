"""The office's pages: what if, re-plan, compare, bottlenecks, and whether the plan fits."""

from datetime import date

import pytest

from tests.cast import add, resident
from tests.rotations.conftest import ASKED_AT, DECEMBER, NOVEMBER
from trainingbase import queue
from trainingbase.db import db
from trainingbase.rotations import actions
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.rules.supposing import KINDS
from trainingbase.sites.models import Closure


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-09-14")


@pytest.fixture
def wu(browse, office):
    return browse(office)


@pytest.fixture
def in_force(grid, office):
    plan = grid("Autumn")
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    return plan


@pytest.fixture
def closed(county):
    """Surgery closes in November, when Alice is to be there."""
    return add(Closure(department_id=county.surgery.id, starts_on=NOVEMBER, ends_on=DECEMBER))


def suppose(browser, plan, kind="close", **what):
    form = {"first": "2026-11", "last": "2026-11", "notice_days": 0, "seconds": 20, "count": 1}
    return browser.post(
        f"/rotations/plans/{plan.id}/what-if?kind={kind}", data=form | {"form_key": "one"} | what
    )


def test_what_if_is_asked_solved_and_answered(wu, in_force, county):
    answer = suppose(wu, in_force, department=county.surgery.id)
    assert answer.status_code == 302
    queue.work_off()
    page = wu.get(answer.headers["Location"]).text
    assert "Surgery closed in Nov 2026" in page or "Surgery closed in November 2026" in page
    assert "it cannot be published" in page
    assert "Residents who move" in page
    assert "Take over as a draft" in page
    assert "/publication" not in page


def test_what_if_sent_twice_is_one_question(wu, in_force, county):
    first, second = (suppose(wu, in_force, department=county.surgery.id) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    queue.broker().flush()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_what_if_is_asked(wu, in_force, county, alice_resident, kind):
    what = {
        "department": county.surgery.id,
        "resident": alice_resident.id,
        "cohort": county.cohort.id,
    }
    assert wu.get(f"/rotations/plans/{in_force.id}/what-if?kind={kind}").status_code == 200
    answer = suppose(wu, in_force, kind, **what)
    made = plans.plan_by_id(int(answer.headers["Location"].rpartition("/")[2]))
    assert [one["kind"] for one in made.supposed] == [kind]
    assert made.title.startswith("What if: ")
    queue.broker().flush()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"first": "2026-12"}, "The last month lies before the first."),
        ({"first": ""}, "Choose the first month."),
        ({"notice_days": ""}, "Enter a number of days."),
        ({"department": 4711}, "Not a valid choice"),
    ],
)
def test_what_is_typed_wrong_is_said(wu, in_force, county, what, words):
    page = suppose(wu, in_force, **{"department": county.surgery.id} | what)
    assert page.status_code == 200
    assert words in page.text


def test_a_what_if_is_filled_in_from_a_bottleneck(wu, in_force, county):
    in_force.bottlenecks = [
        [county.surgery.id, 4, 1.5],
        [county.surgery.id, 5, 1.0],
        [county.medicine.id, 0, 0.5],
    ]
    db.session.commit()
    page = wu.get(f"/rotations/plans/{in_force.id}/bottlenecks").text
    assert page.index("Surgery") < page.index("2.5") < page.index("Medicine")
    link = f"kind=places&amp;department={county.surgery.id}&amp;first=2026-11&amp;last=2026-11"
    assert link in page
    asked = wu.get(f"/rotations/plans/{in_force.id}/what-if?{link.replace('&amp;', '&')}").text
    assert f'<option selected value="{county.surgery.id}">' in asked
    assert 'value="2026-11"' in asked
    file = wu.get(f"/rotations/plans/{in_force.id}/bottlenecks.csv").text
    assert '"Surgery","2026-11","2.5"' in file


def test_without_bottlenecks_the_page_says_so(wu, in_force):
    page = wu.get(f"/rotations/plans/{in_force.id}/bottlenecks").text
    assert "No bottlenecks are known" in page


def test_an_odd_kind_or_month_of_what_if(wu, in_force):
    page = f"/rotations/plans/{in_force.id}/what-if"
    assert wu.get(f"{page}?kind=magic").status_code == 404
    assert wu.get(f"{page}?first=2026-99&count=x&department=y").status_code == 200


def test_the_day_says_when_the_plan_no_longer_fits(wu, in_force, closed):
    assert "/rotations/fit" in wu.get("/").text
    line = wu.get("/rotations/fit?part=1").text
    assert "no longer fits" in line
    page = wu.get("/rotations/fit").text
    assert "Surgery has 0 places in Nov" in page
    assert "Re-plan with least change" in page


def test_the_day_says_that_the_plan_fits(wu, in_force):
    assert "still fits" in wu.get("/rotations/fit?part=1").text


def test_without_a_plan_in_force_nothing_is_to_fit(wu, county):
    assert wu.get("/rotations/fit?part=1").text.strip() == ""
    assert "No plan is in force" in wu.get("/rotations/fit").text


def replan(browser, plan, way, **what):
    form = {"notice_days": 0, "seconds": 20, "form_key": "one", "way": way}
    return browser.post(f"/rotations/plans/{plan.id}/replan", data=form | what)


def test_both_ways_are_asked_for_at_once_and_compared(wu, in_force, closed):
    answer = replan(wu, in_force, "both")
    again = replan(wu, in_force, "both")
    assert answer.headers["Location"] == again.headers["Location"]
    waiting = wu.get(answer.headers["Location"]).text
    assert "The comparison is shown once both plans are there." in waiting
    assert queue.work_off() == 2
    polled = wu.get(answer.headers["Location"] + "&poll=1")
    assert polled.headers["HX-Refresh"] == "true"
    page = wu.get(answer.headers["Location"]).text
    assert "least change" in page and "best cost" in page
    assert "How good it is" in page
    assert "Residents by department and month" in page


def test_the_least_change_is_compared_with_the_plan_it_comes_from(
    wu, in_force, closed, alice_resident
):
    made = replan(wu, in_force, "least").headers["Location"]
    queue.work_off()
    page = wu.get(f"{made}/comparison").text
    assert "Alice</th>" in page
    assert "Bob</th>" not in page
    assert "Surgery has 0 places in Nov" in page
    file = wu.get(f"{made}/comparison/{in_force.id}.csv").text
    assert '"Alice"' in file
    assert "Surgery has 0 places" in file
    assert wu.get(f"{made}/comparison/{in_force.id}.pdf").status_code == 404


def test_an_unknown_way_is_the_careful_one(wu, in_force):
    made = replan(wu, in_force, "magic").headers["Location"]
    assert plans.plan_by_id(int(made.rpartition("/")[2])).way == "least"
    queue.broker().flush()


def test_a_notice_that_is_no_number_is_refused(wu, in_force):
    page = replan(wu, in_force, "least", notice_days="many")
    assert page.status_code == 200
    assert "Days of notice" in page.text


@pytest.fixture
def shut(county, office, alice_resident):
    """A plan that failed because Surgery is closed, with what would help."""
    add(
        Closure(
            department_id=county.surgery.id, starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1)
        )
    )
    asked = actions.request_plan(
        title="Shut",
        cohort_ids=[county.cohort.id],
        starts_on=date(2026, 10, 1),
        months=6,
        seconds=5,
        by=office,
        at=ASKED_AT,
    )
    queue.broker().flush()
    places = {"department": str(county.surgery.id), "periods": [0, 1], "count": 1}
    surgery = str(county.standards["Surgery"].id)
    wider = {"programme": "1", "requirement": surgery, "earlier": 0, "later": 4}
    reason = {
        "kind": "explanation",
        "rules": ["places"],
        "residents": [alice_resident.id],
        "departments": [county.surgery.id],
        "periods": list(range(12)),
        "needed": 2,
        "available": 0,
        "proven": True,
        "remedies": [
            {"change": {"add_places": places}, "then": "optimal", "cost": 0},
            {"change": {"loosen": wider}, "then": "optimal", "cost": 0},
        ],
    }
    actions.keep_failure(asked.id, [reason], status="infeasible", at=ASKED_AT)
    return plans.plan_by_id(asked.id)


def test_why_nothing_lawful_exists_is_said_with_remedies_that_are_tried(wu, shut):
    page = wu.get(f"/rotations/plans/{shut.id}").text
    assert "This is proven." in page
    assert "What would help" in page
    assert "1 more places in Surgery in Oct 2026" in page
    address = f"/rotations/plans/{shut.id}/remedy/0"
    assert f'action="{address}/0"' in page
    assert "a wider time for Surgery: 0 months earlier, 2 later" in page
    assert f'action="{address}/1"' in page
    assert wu.post(f"{address}/2").status_code == 404
    wider = plans.plan_by_id(int(wu.post(f"{address}/1").headers["Location"].rpartition("/")[2]))
    assert [one["kind"] for one in wider.supposed] == ["wider"]
    said = wu.get(f"/rotations/plans/{wider.id}").text
    assert "What if: a wider time for Surgery: 0 months earlier, 2 later" in said
    answer, again = wu.post(f"{address}/0"), wu.post(f"{address}/0")
    assert answer.headers["Location"] == again.headers["Location"]
    queue.work_off()
    made = plans.plan_by_id(int(answer.headers["Location"].rpartition("/")[2]))
    assert made.is_what_if
    assert made.status in ("optimal", "feasible")


def test_a_remedy_that_is_not_there_is_no_page(wu, in_force):
    assert wu.post(f"/rotations/plans/{in_force.id}/remedy/0/0").status_code == 404


def test_what_ifs_are_apart_from_drafts(wu, in_force, county):
    suppose(wu, in_force, department=county.surgery.id)
    queue.work_off()
    assert "What if: " in wu.get("/rotations/plans?state=what_if").text
    assert "What if: " not in wu.get("/rotations/plans?state=draft").text
    made = db.session.query(Plan).filter_by(is_what_if=True).one()
    choices = wu.get("/rotations/plans/new").text
    assert f'value="{made.id}"' not in choices


def test_comparing_asks_as_many_questions_of_ten_residents_as_of_two(
    wu, grid, statements, county, stays_of, alice_resident, bob_resident
):
    people = [resident(f"R{n}", county, f"11010120000101{n:04}") for n in range(5030, 5040)]
    few = [grid("One"), grid("Two", months={alice_resident.id: stays_of(1)})]
    many = [grid(f"Many {n}", months={one.id: stays_of(n) for one in people}) for n in (0, 1)]
    counts = []
    for one, other in (few, many):
        page = f"/rotations/plans/{one.id}/comparison?other={other.id}"
        wu.get(page)
        with statements() as made:
            assert wu.get(page).status_code == 200
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_what_if_has_no_page_to_publish_it(wu, in_force, county):
    made = suppose(wu, in_force, department=county.surgery.id).headers["Location"]
    queue.work_off()
    assert wu.get(f"{made}/publication").status_code == 302
    assert "This plan cannot be published." in wu.get(made).text
