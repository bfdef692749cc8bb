"""Rates from a day on, and where the money comes from."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.imports.keeping import english
from trainingbase.imports.keeping.days import begins, exact
from trainingbase.imports.keeping.residents import TRAINEE_TYPES
from trainingbase.imports.keeping.sites import level_of
from trainingbase.imports.keeping.wanted import UNCHANGED, Wanted, Workbook
from trainingbase.incentives.models import Budget, FundingSource, Rate
from trainingbase.people.models import Person

NEEDS: Sequence[str] = ()
SAME_RATE = (
    "kind",
    "item",
    "programme_kind",
    "trainee_type",
    "training_year",
    "site_level",
    "payee",
    "condition",
)
STIPEND = "生活补助"
EVERYWHERE = re.compile("全部|所有|各|基层机构|all", re.IGNORECASE)


class Money:
    """Rates and sources as the base has them, and as the workbook adds to them."""

    def __init__(self) -> None:
        self.sources = {
            one.name: one
            for one in db.session.scalars(
                select(FundingSource).options(selectinload(FundingSource.budgets))
            )
        }
        self.rates: dict[tuple, list[Rate]] = {}
        for one in db.session.scalars(select(Rate).order_by(Rate.starts_on)):
            self.rates.setdefault(self.key(one), []).append(one)

    @staticmethod
    def key(rate: Rate) -> tuple:
        return tuple(getattr(rate, name) for name in SAME_RATE)

    def source(self, name: str | None) -> FundingSource | None:
        if not name:
            return None
        if name not in self.sources:
            self.sources[name] = FundingSource(
                name=name, name_en=english.FUNDING_SOURCES.get(name), purpose=None, note=None
            )
            db.session.add(self.sources[name])
        return self.sources[name]


def keep(workbook: Workbook, *, by: Person | None, at: datetime) -> None:
    money = Money()
    for wanted in workbook.of("fund"):
        _keep_source(money, wanted)
    for wanted in workbook.of("stipend", "primary_subsidy", "teaching_pay", "reward"):
        wishes = _wishes(wanted)
        if not wanted.taken or any(_repeated(workbook, wish, wanted) for wish in wishes):
            continue
        for wish in wishes:
            _keep_rate(money, wish, wanted)
    for rates in money.rates.values():
        _in_turn(rates)


def _keep_source(money: Money, wanted: Wanted) -> None:
    record = wanted.record
    budgets = {
        key: amount
        for key, amount in record.items()
        if re.fullmatch(r"b20\d\d", key) and amount is not None
    }
    below = [key for key, amount in budgets.items() if amount < 0]
    if below:
        wanted.refuse(below[0], "value_unknown")
        return
    if record["source"] not in money.sources:
        wanted.made()
    source = money.source(record["source"])
    values = {"purpose": record["use"], "note": record["note"]}
    said = {"use": "purpose", "note": "note"}
    wanted.put(source, values, among={ours for key, ours in said.items() if wanted.says(key)})
    has = {one.year: one for one in source.budgets}
    for key, amount in budgets.items():
        year, amount = int(key[1:]), exact(amount)
        if year not in has:
            wanted.change(f"budget {year}", None, amount)
            source.budgets.append(Budget(year=year, amount=amount))
        elif has[year].amount != amount:
            wanted.change(f"budget {year}", has[year].amount, amount)
            has[year].amount = amount


def _wishes(wanted: Wanted) -> list[dict[str, Any]]:
    """The rates a row stands for: one for each year of training, or one."""
    record, noun = wanted.record, wanted.row.noun
    wish = dict.fromkeys(SAME_RATE) | {
        "item": record.get("item"),
        "unit": record.get("unit") or "",
        "starts_on": begins(record.get("valid_from")),
        "source": record.get("source"),
        "monthly_cap": exact(record.get("cap")),
        "amount": exact(record.get("amount")),
    }
    if wish["starts_on"] is None:
        wanted.refuse("valid_from", "missing_value")
        return []
    if noun == "stipend":
        assistant = record["programme"].upper().startswith("A")
        wish |= {
            "kind": "stipend",
            "item": STIPEND,
            "programme_kind": "助理全科" if assistant else "全科住培",
            "trainee_type": TRAINEE_TYPES.get(record["trainee_type"]),
        }
        return [
            wish | {"training_year": year, "amount": exact(record[f"y{year}"])}
            for year in (1, 2, 3)
            if record[f"y{year}"] is not None
        ]
    if noun == "primary_subsidy":
        level = level_of(record["applies"], "")
        if level is None and not EVERYWHERE.search(record["applies"]):
            wanted.refuse("applies", "level_unknown", name=record["applies"])
        return [wish | {"kind": "community", "site_level": level}]
    if noun == "teaching_pay":
        return [wish | {"kind": "teaching"}]
    return [
        wish
        | {"kind": "conduct", "payee": record.get("target"), "condition": record.get("condition")}
    ]


def _repeated(workbook: Workbook, wish: dict[str, Any], wanted: Wanted) -> bool:
    key = tuple(wish[name] for name in (*SAME_RATE, "starts_on"))
    return workbook.is_repeated(wanted, key, "item" if wish["item"] != STIPEND else "trainee_type")


def _keep_rate(money: Money, wish: dict[str, Any], wanted: Wanted) -> None:
    key = tuple(wish[name] for name in SAME_RATE)
    source = money.source(wish.pop("source"))
    rates = money.rates.setdefault(key, [])
    for rate in rates:
        if rate.starts_on == wish["starts_on"]:
            label = f"amount {wish['training_year']}" if wish["training_year"] else "amount"
            if rate.amount != wish["amount"]:
                wanted.change(label, rate.amount, wish["amount"])
                rate.amount = wish["amount"]
            wanted.put(rate, {"unit": wish["unit"], "monthly_cap": wish["monthly_cap"]})
            if rate.source is not source:
                wanted.change("source", rate.source, source)
                rate.source = source
            return
    if wanted.outcome == UNCHANGED:
        wanted.made()
    rate = Rate(source=source, ends_on=None, **wish)
    db.session.add(rate)
    rates.append(rate)


def _in_turn(rates: list[Rate]) -> None:
    """A rate that has no end ends on the day the next one of its kind begins."""
    rates.sort(key=lambda one: one.starts_on or date.min)
    for rate, following in pairwise(rates):
        if rate.ends_on is None or rate.ends_on > following.starts_on:
            rate.ends_on = following.starts_on
