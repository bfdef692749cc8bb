"""A version leaves as a workbook and comes back as it was; another base's comes in by its own."""

import io
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.programmes.conftest import NOW, content, fresh
from trainingbase import paths
from trainingbase.db import db
from trainingbase.imports import actions as imports
from trainingbase.programmes import actions, queries, tables
from trainingbase.programmes.models import Programme, StandardDepartment
from trainingbase.programmes.reading import programmes_in, samples
from trainingbase.programmes.rules.content import Content, Least, Order, Rotation
from trainingbase.sheets.write import workbook
from trainingbase.start import start_with

TODAY = date(2026, 11, 16)
NAMES = ("内科", "呼吸与危重症医学科", "儿科", "眼科", "全科医学科", "基层实践", "急诊医学科")
HALVES = st.integers(1, 12).map(lambda n: Decimal(n) / 2)


@st.composite
def contents(draw):
    """Programmes of every shape that a workbook can say."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    groups = draw(st.lists(st.sampled_from(("选一", "选二")), unique=True))
    rotations = []
    for name in names:
        months = draw(HALVES)
        rotations.append(
            Rotation(
                name,
                months,
                draw(st.booleans()),
                draw(HALVES.filter(lambda n, most=months: n <= most)),
                draw(st.booleans()),
                draw(st.sampled_from([None, *groups])),
            )
        )
    used = [g for g in groups if any(r.group == g for r in rotations)]
    length = draw(HALVES)
    group_months = tuple(
        (g, length) for g in dict.fromkeys(r.group for r in rotations) if g in used
    )
    orders = set()
    for one in rotations:
        kind = draw(st.sampled_from([None, "first", "after", "within_last"]))
        others = sorted(set(names) - {one.standard})
        if kind == "after" and others:
            after = draw(st.lists(st.sampled_from(others), min_size=1, unique=True))
            orders.add(Order("after", one.standard, after=tuple(sorted(after))))
        elif kind == "first":
            orders.add(Order("first", one.standard, one.months, draw(st.integers(1, 40))))
        elif kind == "within_last":
            orders.add(Order("within_last", one.standard, None, draw(st.integers(1, 40))))
    leasts = draw(
        st.dictionaries(
            st.tuples(
                st.sampled_from(names),
                st.sampled_from(("disease", "case", "procedure", "activity")),
                st.sampled_from(("高血压", "缝合", "小讲课")),
            ),
            st.tuples(st.integers(0, 99), st.sampled_from((None, "示例"))),
            max_size=5,
        )
    )
    made = Content(
        months=Decimal(0),
        rotations=tuple(rotations),
        groups=group_months,
        orders=frozenset(orders),
        leasts=frozenset(Least(*key, *value) for key, value in leasts.items()),
    )
    return Content(made.total, made.rotations, made.groups, made.orders, made.leasts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents())
def test_what_is_taken_away_is_read_as_it_was(said):
    file = workbook(tables.of_version("GP-7", "全科住培方案", said))
    [sheet] = programmes_in(file, "programme.xlsx", on=TODAY)
    assert (sheet.code, sheet.name, sheet.refused) == ("GP-7", "全科住培方案", 0)
    assert sheet.content == said


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(said=contents())
def test_a_copy_says_what_its_source_says_and_bringing_it_in_again_changes_nothing(said, office):
    code = f"P{db.session.scalar(select(func.count()).select_from(Programme))}"
    made = actions.take_in(said, code=code, name="方案", by=office, at=NOW)
    assert content(made) == said
    made.in_force_at = NOW
    db.session.commit()
    copy = actions.make_version(made, by=office, at=NOW)
    assert content(copy) == said
    file = workbook(tables.of_version(copy.code, copy.name, content(copy)))
    brought = imports.bring_in("programme", file, "p.xlsx", on=TODAY, by=office, at=NOW)
    outcome = imports.confirm(brought, by=office, at=NOW)
    assert (outcome["created"], outcome["changed"]) == (0, 0)
    assert content(copy) == said


COUNTY = (paths.DEMO_COUNTY / "programme.xlsx").read_bytes()


def test_the_county_workbook_brings_both_samples(app):
    start_with()
    brought = imports.bring_in("programme", COUNTY, "p.xlsx", on=TODAY, by=None, at=NOW)
    imports.confirm(brought, by=None, at=NOW)
    found = {one.code: content(one) for one in queries.programmes()}
    assert found["AGP24"].total == 24
    assert {one.code: one.content for one in samples(on=TODAY)} == {
        code: found[code] for code in ("GP33", "AGP24")
    }


def test_an_import_finds_the_draft_and_leaves_the_version_in_force(office, draft, app):
    actions.put_in_force(draft, None, version=1, by=office, at=NOW)
    second = actions.make_version(draft, by=office, at=NOW)
    said = content(draft)
    lines = tables.of_version("GP6-2", draft.name, said)
    rows = [list(row) for row in lines[0].rows]
    rows[0][2] = 2.5
    changed = tables.Table(lines[0].title, lines[0].header, rows)
    brought = imports.bring_in("programme", workbook([changed, *lines[1:]]), "p.xlsx",
                               on=TODAY, by=office, at=NOW)  # fmt: skip
    imports.confirm(brought, by=office, at=NOW)
    assert content(draft) == said
    assert content(second).rotations[0].months == Decimal("2.5")


def test_a_renamed_department_is_still_meant_by_its_former_name(office, draft, county):
    medicine = county.standards["Medicine"]
    old = workbook(tables.of_version("GP6", draft.name, content(draft)))
    actions.change_standard(medicine, {"name": "大内科"}, version=1, by=office, at=NOW)
    said = content(draft)
    before = db.session.scalar(select(func.count()).select_from(StandardDepartment))
    brought = imports.bring_in("programme", old, "p.xlsx", on=TODAY, by=office, at=NOW)
    outcome = imports.confirm(brought, by=office, at=NOW)
    assert (outcome["created"], outcome["changed"]) == (0, 0)
    assert db.session.scalar(select(func.count()).select_from(StandardDepartment)) == before
    assert content(draft) == said and said.rotations[0].standard == "大内科"


def test_another_base_s_programme_is_mapped_before_it_comes_in(browse, office, county):
    said = Content(
        months=Decimal(3),
        rotations=(
            Rotation("Medicine", Decimal(1), False, Decimal(1), False),
            Rotation("Surgery Ward", Decimal(1), False, Decimal(1), False),
            Rotation("老年科", Decimal(1), False, Decimal(1), False),
        ),
        orders=frozenset({Order("after", "老年科", after=("Surgery Ward",))}),
        leasts=frozenset({Least("老年科", "disease", "跌倒", 2)}),
    )
    file = workbook(tables.of_version("GP33", "邻县全科住培", said))
    browser = browse(office)
    sent = browser.post("/programmes/workbook", data={"workbook": (io.BytesIO(file), "a.xlsx")})
    assert sent.status_code == 302
    address = sent.headers["Location"]
    page = browser.get(address).text
    assert "GP33B" in page and "New: 老年科" in page and "2 departments of the workbook" in page
    surgery = str(county.standards["Surgery"].id)
    answers = {"code": "GP33", "name": "邻县全科住培", "standard_0": surgery, "standard_1": "0"}
    assert "Another programme has this code." in browser.post(address, data=answers).text
    sent = browser.post(address, data=answers | {"code": "GP33B"})
    made = queries.programme_by_code("GP33B")
    assert sent.headers["Location"] == f"/programmes/{made.id}"
    found = content(made)
    assert [one.standard for one in found.rotations] == ["Medicine", "Surgery", "老年科"]
    assert {one.after for one in found.orders} == {("Surgery",)}
    assert fresh(made).state == "draft"


def test_only_who_uploaded_a_workbook_goes_on_with_it(browse, office, leader, county):
    from tests.cast import person
    from trainingbase.roles import Role

    file = workbook(tables.of_version("GP1", "全科", samples(on=TODAY)[0].content))
    sent = browse(office).post(
        "/programmes/workbook", data={"workbook": (io.BytesIO(file), "a.xlsx")}
    )
    another = browse(person("Huang", Role.OFFICE))
    assert another.get(sent.headers["Location"]).status_code == 404
    broken = browse(office).post(
        "/programmes/workbook", data={"workbook": (io.BytesIO(b"PK nothing"), "a.xlsx")}
    )
    assert broken.status_code == 422
