"""What was promised to be confidential is in nothing a resident could take apart, day by day."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import add
from tests.judging.conftest import AT, TODAY
from trainingbase.assessments.models import Answer, Submission
from trainingbase.db import db
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.queries import instrument_in_use
from trainingbase.judging.actions import watching as actions
from trainingbase.judging.models import Signal
from trainingbase.judging.queries import watching as queries
from trainingbase.judging.queries.content import content_of

TOLD = "Never on time."
"""What the nurse wrote."""


@pytest.fixture
def stay(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 9, 1), date(2027, 1, 1), mei_member)


def items_like(form):
    return [
        Item(
            position=n, code=one.code, name=one.name, name_en=one.name_en, kind=one.kind,
            scale=one.scale, lowest=one.lowest, highest=one.highest, competency=one.competency,
        )
        for n, one in enumerate(form.items)
    ]  # fmt: skip


@pytest.fixture
def secret(stay):
    """The base's own version of DOPS, which nurses answer and which may end in a verdict."""
    return add(
        Instrument(
            code="dops", version="base-1", origin="base", name="DOPS", name_en="DOPS",
            assessor="nurse", source="—", confidence="S", is_in_use=True, is_once=False,
            published_at=AT, is_confidential=True, items=items_like(instrument_in_use("dops")),
        )
    )  # fmt: skip


@pytest.fixture
def given(stay, mei):
    def give(form, mark, day, *, passed=None):
        return add(
            Submission(
                form_key=f"{form.version}-{day}", instrument_id=form.id, placement_id=stay.id,
                resident_id=stay.resident_id, assessor_id=mei.id, observed_on=day,
                submitted_at=AT, passed=passed,
                answers=[
                    Answer(item_id=one.id, number=Decimal(mark)) if one.kind == "rating"
                    else Answer(item_id=one.id, text=TOLD if form.is_confidential else "Well done.")
                    for one in form.items if one.kind in ("rating", "text")
                ],
            )
        )  # fmt: skip

    return give


@pytest.fixture
def followed(given, office):
    """Ten open forms of Alice, and every rule of cumulative sums speaks."""
    first, form = date(2026, 9, 2), instrument_in_use("dops")
    for n, mark in enumerate((6, 7, 6, 5, 6, 7, 6, 6, 5, 7)):
        given(form, mark, first + timedelta(days=n), passed=True)
    for rule in queries.rules():
        if rule.kind == "cusum":
            actions.switch_on(
                rule, valid_from=first, because="Looked at.", version=rule.version, by=office,
                at=AT,
            )  # fmt: skip


def seen(browser, *paths):
    return [re.search("<main.*</main>", browser.get(path).text, re.DOTALL)[0] for path in paths]


SUMS = "/judging/picture/series"


def test_what_came_confidentially_changes_no_point_and_no_sum(
    browse, followed, given, secret, alice
):
    before = seen(browse(alice), SUMS)
    assert all(name in before[0] for name in ("DOPS lower than before", "Limit 5"))
    for n in range(6):
        given(secret, 1, TODAY - timedelta(days=n), passed=False)
    assert seen(browse(alice), SUMS) == before


def test_it_warns_of_nothing_and_ends_no_warning(followed, given, secret, stay):
    actions.watch(today=TODAY, at=AT)
    rows = select(Signal.rule_code, Signal.over_on, Signal.facts).order_by(Signal.id)
    before = db.session.execute(rows).all()
    keys = {given(secret, 1, TODAY - timedelta(days=n), passed=False).id for n in range(6)}
    actions.watch(today=TODAY + timedelta(days=1), at=AT + timedelta(days=1))
    after = db.session.execute(rows).all()
    assert after == before
    assert not keys & {key for one in after for key in one.facts.get("forms", ())}


def test_two_means_of_the_own_picture_do_not_say_what_came_between_them(
    browse, followed, given, secret, alice, office, alice_resident
):
    table = re.compile(r"<table.*?</table>", re.DOTALL)

    def means(page):
        return next(one for one in table.findall(page) if "from 1 people" in one)

    own = ("/judging/picture", "/judging/picture/committee")
    before = [means(page) for page in seen(browse(alice), *own)]
    day = TODAY - timedelta(days=1)
    kept = given(secret, 1, day)
    pages = seen(browse(alice), *own)
    assert [means(page) for page in pages] == before
    for page in pages:
        assert TOLD not in page and f"/{kept.id}" not in page and day.isoformat() not in page
        assert "Forms given confidentially: 1" in page
    theirs = browse(office).get(f"/judging/residents/{alice_resident.id}").text
    assert TOLD in theirs and f"/{kept.id}" in theirs
    whole = content_of(alice_resident.id, today=TODAY)["competencies"]
    assert {one["forms"] for one in whole} == {11}, "the committee's means hold all"
