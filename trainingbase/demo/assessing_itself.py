"""What the county's office has said and kept for the self-assessment, and what is left to do."""

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from trainingbase.files.rules import Upload, examined
from trainingbase.paper import Document, Text, pdf
from trainingbase.people.models import Person
from trainingbase.selfassessment import actions, queries

FILE = Path(__file__).with_name("self_assessment.csv")
INDEPENDENT = "关于独立设置全科医学科的院发文件"
TASKS = (
    ("2.1.6", "补齐内科、儿科教学小组的活动记录", 30),
    ("2.1.2", "安排心内、呼吸指导医师到基层带教一次", 45),
    ("3.2.1", "补做儿科入科教育并存档", 20),
    ("4.3.1", "抽查基层基地健康档案并评分", 60),
)


def play(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    """Points of about half of what nothing computes, with evidence; some of it stays open."""
    edition = queries.edition_by_code("E21")
    items = {one.code: one for one in edition.items}
    kept = 0
    for row in _rows():
        item = items[row["code"]]
        actions.answer(
            item.parts[int(row["number"])], today.year, points=Decimal(row["points"]),
            why=row["why"], version=None, by=office, at=at,
        )  # fmt: skip
        if row["evidence"]:
            dated_on = today - timedelta(days=int(row["days_ago"]))
            actions.keep_evidence(
                item, today.year, what=row["evidence"], dated_on=dated_on, owner=row["owner"],
                file=_scan(row["evidence"], dated_on, at), by=office, at=at,
                request_key=f"demo-evidence-{row['code']}-{row['number']}",
            )  # fmt: skip
            kept += 1
    for condition in edition.conditions:
        actions.mark(
            condition, today.year, state="met", why=INDEPENDENT, owner="科教科",
            dated_on=today - timedelta(days=300), file=_scan(INDEPENDENT, today, at), version=None,
            by=office, at=at,
        )  # fmt: skip
    for code, what, days in TASKS:
        actions.set_task(
            items[code], today.year, what=what, owner=office, due_on=today + timedelta(days=days),
            by=office, at=at, request_key=f"demo-task-{code}",
        )  # fmt: skip
    say(f"  {kept} documents are kept for the self-assessment, {len(TASKS)} tasks are left.")


def _rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _scan(title: str, dated_on: date, at: datetime) -> Upload:
    """A document as a file: it says of itself that it is invented."""
    made = Document(
        title=title,
        subtitle="",
        language="zh",
        blocks=[Text(f"{dated_on}。演示文件，内容为虚构。")],
        footer="",
        made_at=at,
    )
    return examined(f"{title}.pdf", pdf(made))
