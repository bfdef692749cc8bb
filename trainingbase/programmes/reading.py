"""Another base's workbook, or a sample, as the content of a version."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from trainingbase import paths
from trainingbase.programmes.rules.content import Content, Least, Order, Rotation
from trainingbase.sheets import FileFault, read
from trainingbase.sheets import standards as builtin

SAMPLES = paths.DEMO_COUNTY / "programme.xlsx"
CATEGORIES = {"病种": "disease", "疾病": "disease", "病例": "case", "操作": "procedure",
              "技能": "procedure", "社区工作": "community", "每日工作量": "workload"}  # fmt: skip
KINDS = {"first": "first", "after": "after", "within_last_months": "within_last"}


@dataclass(frozen=True)
class Sheet:
    """A programme in a workbook, its departments by the names that the workbook uses."""

    code: str
    name: str
    content: Content
    refused: int


def programmes_in(content: bytes, name: str, *, on: date) -> list[Sheet]:
    """Every programme of the workbook; its minimums go to those that have the department.
    Raises `FileFault`."""
    preview = read("programme", content, name, on=on)
    leasts = frozenset(_least(row) for row in preview.records("minimum"))
    found = []
    for table in preview.tables("requirement"):
        rows = [row.record for row in table.rows if row.taken]
        if rows:
            refused = sum(not row.taken for row in table.rows)
            found.append(_sheet(table.facts, rows, leasts, refused))
    if not found:
        raise FileFault("no_table")
    return found


def samples(*, on: date) -> list[Sheet]:
    """The general-practice programme of 33 months and the assistants' of 24: samples."""
    return programmes_in(SAMPLES.read_bytes(), SAMPLES.name, on=on)


def _sheet(facts: dict[str, Any], rows: list[dict], leasts: frozenset[Least], refused: int):
    names = {row["standard"] for row in rows}
    content = Content(
        months=Decimal(str(facts["total_months"])),
        rotations=tuple(_rotation(row) for row in rows),
        groups=tuple((g["group"], Decimal(str(g["months"]))) for g in facts["elective_groups"]),
        orders=frozenset(_order(rule) for rule in facts["rules"]),
        leasts=frozenset(one for one in leasts if one.standard in names),
    )
    return Sheet(facts["code"], facts["name"], content, refused)


def _least(row: dict[str, Any]) -> Least:
    category = CATEGORIES.get(row["category"] or "", "activity")
    return Least(row["standard"], category, row["item"], row["minimum"], row["note"])


def _rotation(row: dict[str, Any]) -> Rotation:
    months, split = Decimal(str(row["months"])), bool(row["split"])
    least = row["min_stretch"]
    usual = min(Decimal(1), months) if split else months
    shortest = usual if least is None else Decimal(str(least))
    group = row["group"] or None
    return Rotation(row["standard"], months, split, shortest, bool(row["primary"]), group)


def _order(rule: dict[str, Any]) -> Order:
    kind = KINDS[rule["rule"]]
    within = rule.get("within_first_months") if kind == "first" else None
    return Order(
        kind,
        rule["standard"],
        Decimal(str(rule["months"])) if kind == "first" else None,
        rule["months"] if kind == "within_last" else within,
        tuple(sorted(rule.get("after", ()))),
    )


def renamed(content: Content, names: dict[str, str]) -> Content:
    """The content with departments called as they are here."""

    def here(name: str) -> str:
        return names.get(name, name)

    return replace(
        content,
        rotations=tuple(replace(o, standard=here(o.standard)) for o in content.rotations),
        orders=frozenset(
            replace(o, standard=here(o.standard), after=tuple(sorted(here(a) for a in o.after)))
            for o in content.orders
        ),
        leasts=frozenset(replace(o, standard=here(o.standard)) for o in content.leasts),
    )


def likely(name: str, known: tuple[str, ...]) -> str | None:
    """The department that another base's name for it probably means."""
    return builtin.standard_in(name, known) or next(
        (one for one in known if name in one or one in name), None
    )
