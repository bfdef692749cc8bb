"""The shipped rules pay to the cent what the portal paid before rules were data."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.incentives import chance
from trainingbase.incentives.rules import Book, computed, problems
from trainingbase.incentives.rules.shipped import shipped

RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))


def test_every_shipped_rule_can_be_computed():
    assert {terms.code: dict(problems(terms)) for terms in shipped() if problems(terms)} == {}


@pytest.mark.parametrize("month", RECORDED)
def test_a_month_comes_out_as_it_was_recorded(month):
    day, seed = month.split("/")
    year, number = day.split("-")
    facts = chance.month(date(int(year), int(number), 1), seed=int(seed))
    book = Book(shipped(), tuple(chance.prices()))
    drafts, findings = computed(replace(facts, activity_kinds=("夜间带教",)), book)
    lines = [
        [one.payee_id, one.rule, one.key, str(one.quantity.normalize() + 0), str(one.amount),
         len(one.evidence)]
        for one in drafts
    ]  # fmt: skip
    recorded = RECORDED[month]
    assert sorted(lines) == sorted(recorded["lines"])
    assert sum((one.amount for one in drafts), Decimal(0)) == Decimal(recorded["total"])
    assert len(findings) == recorded["findings"]
