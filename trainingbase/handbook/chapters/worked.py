"""Placements, leave, the log and teaching activities."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from trainingbase.attendance.words import counted_by
from trainingbase.handbook.saying import (
    day,
    last_day,
    lines,
    moment,
    number,
    passed,
    percent,
    said,
    word,
)
from trainingbase.logbook.words import CATEGORIES, LEVELS
from trainingbase.paper import Block, Heading, Table, Text
from trainingbase.training.words import kind_name
from trainingbase.words import LEAVE_KINDS

Kept = dict[str, Any]

KINDS_OF_DAYS = ("expected", "present", "leave", "absent", "unknown")
DIGITS = 16
"""Of what was signed, enough to find the signature by."""


def placements(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("From"), _("To"), _("Standard department"), _("Department"), _("Supervisor")]
    rows = [
        [
            lines(
                day(one["starts_on"]),
                one["arrived_on"] and _("came %(day)s", day=day(one["arrived_on"])),
                one["inducted_on"] and _("inducted %(day)s", day=day(one["inducted_on"])),
            ),
            lines(
                last_day(one["ends_on"]),
                one["left_on"] and _("left %(day)s", day=day(one["left_on"])),
            ),
            said(one["standard"]),
            f"{said(one['institution'])} {said(one['department'])}",
            said(one["supervisor"]),
        ]
        for one in facts["placements"]
    ]
    return [Heading(_("Rotations")), _table(head, rows, [4, 3, 4, 6, 3])]


def attendance(facts: Kept, at: datetime) -> Sequence[Block]:
    """Days by the base's own rule, of placements that have begun."""
    head = [
        _("Department"), _("From"), _("Days expected"), _("Days present"), _("Days on leave"),
        _("Days absent"), _("Not recorded"),
    ]  # fmt: skip
    begun = [one for one in facts["placements"] if one["starts_on"] <= at.date().isoformat()]
    rows = [
        [
            said(one["department"]),
            day(one["starts_on"]),
            *(number(one["days"][kind]) for kind in KINDS_OF_DAYS),
        ]
        for one in begun
        if one["days"]["expected"] != "0"
    ]
    rules = dict.fromkeys(rule for one in begun for rule in one["days"]["counted_by"])
    shown: list[Block] = [Heading(_("Attendance")), _table(head, rows, [7, 4, 3, 3, 3, 3, 3])]
    if rows:
        said_how = _("Counted by: %(rule)s", rule=counted_by(tuple(rules)))
        shown.append(Text(said_how, small=True))
    return shown


def leaving(facts: Kept, at: datetime) -> Sequence[Block]:
    """What was decided and signed at the end of each placement."""
    head = [_("Department"), _("Result"), _("Words"), _("Signatures given")]
    rows = [
        [
            lines(said(one["department"]), day(one["starts_on"])),
            passed(one["review"]["verdict"] == "passed"),
            lines(one["review"]["feedback"], one["review"]["remark"]),
            lines(*(_signed(each) for each in one["review"]["signatures"])),
        ]
        for one in facts["placements"]
        if one["review"] is not None
    ]
    return [Heading(_("Leaving departments")), _table(head, rows, [5, 3, 9, 9])]


def _signed(signature: Kept) -> str:
    return f"{signature['name']} {moment(signature['at'])} {signature['digest'][:DIGITS]}"


def leaves(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Kind"), _("From"), _("To"), _("Days"), _("Granted by")]
    rows = [
        [
            word(LEAVE_KINDS, one["kind"]),
            day(one["starts_on"]),
            last_day(one["until_on"]),
            one["days"],
            said(one["granted_by"]),
        ]
        for one in facts["leaves"]
    ]
    return [Heading(_("Leave")), _table(head, rows)]


def log(facts: Kept, at: datetime) -> Sequence[Block]:
    """Department by department: minimums first, then every confirmed entry."""
    shown: list[Block] = [Heading(_("Log of work"))]
    for one in facts["log"]["standards"]:
        shown += _logged(one)
    return shown if len(shown) > 1 else [*shown, Text(_("Nothing was recorded."))]


def _logged(one: Kept) -> Sequence[Block]:
    title = said(one["standard"])
    if one["percent"] is not None:
        title = f"{title} · {percent(one['percent'])}"
    shown: list[Block] = [Heading(title, 2)]
    if one["lines"]:
        head = [_("Kind"), _("Item"), _("Number asked"), _("Done"), _("Number that counts")]
        rows = [
            [
                word(CATEGORIES, line["category"]),
                line["item"],
                line["target"],
                line["done"],
                line["counted"],
            ]
            for line in one["lines"]
        ]
        shown.append(Table(head, rows, [4, 8, 2, 2, 2], caption=_("Against the minimums")))
    if one["entries"]:
        head = [_("Day"), _("Kind"), _("Item"), _("Level"), _("Department"), _("Confirmed by")]
        rows = [
            [
                day(entry["done_on"]),
                word(CATEGORIES, entry["category"]),
                f"{entry['item']}\n{entry['note']}" if entry["note"] else entry["item"],
                word(LEVELS, entry["level"]),
                said(entry["department"]),
                said(entry["confirmed_by"]),
            ]
            for entry in one["entries"]
        ]
        shown.append(Table(head, rows, [5, 4, 10, 4, 5, 4], caption=_("Confirmed entries")))
    return shown


def activities(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Day"), _("Kind"), _("Topic"), _("Hours"), _("Department"), _("Speaker")]
    rows = [
        [
            day(one["held_on"]),
            kind_name(one["kind"]),
            one["topic"],
            number(one["hours"]),
            said(one["department"]) or _("Whole base"),
            said(one["speaker"]),
        ]
        for one in facts["activities"]
    ]
    return [Heading(_("Teaching activities")), _table(head, rows, [4, 4, 10, 2, 5, 4])]


def _table(head: list[str], rows: list[list], widths: list[float] | None = None) -> Block:
    return Table(head, rows, widths) if rows else Text(_("Nothing was recorded."))
