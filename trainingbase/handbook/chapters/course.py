"""Person, programme, earlier training, changes of course, and what is still missing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from trainingbase.courses.words import lack_in_words
from trainingbase.enrolment.words import FIELDS
from trainingbase.handbook.saying import (
    day,
    last_day,
    lines,
    moment,
    number,
    percent,
    said,
    word,
)
from trainingbase.paper import Block, Facts, Heading, Table, Text
from trainingbase.words import COURSE_KINDS, TRAINEE_TYPES

Kept = dict[str, Any]


def person(facts: Kept, at: datetime) -> Sequence[Block]:
    who = facts["person"]
    kept = (
        "sex", "id_number", "education", "degree", "school", "major", "graduated",
        "licence_number", "home_institution",
    )  # fmt: skip
    rows = [
        (_("Name"), said(who["name"])),
        (_("Born"), day(who["born_on"])),
        *((str(FIELDS[name]), who[name]) for name in kept),
        (str(FIELDS["trainee_type"]), word(TRAINEE_TYPES, who["trainee_type"])),
        (_("Cohort"), said(who["cohort"])),
        (_("Programme"), f"{said(who['programme'])}（{who['programme_code']}）"),
        (_("Tutor"), said(who["tutor"])),
        (_("First day of training"), day(who["starts_on"])),
        (_("Last day of training"), last_day(who["ends_on"])),
    ]
    if who["finished_on"] or who["withdrawn_on"]:
        rows += [
            (_("Finished on"), day(who["finished_on"])),
            (_("No longer in training from"), day(who["withdrawn_on"])),
        ]
    return [Heading(_("Person and enrolment")), Facts(rows, columns=2)]


def programme(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Standard department"), _("Months asked"), _("Months credited"), _("Months placed")]
    rows = [
        [
            lines(said(one["standard"]), _("elective") if one["elective"] else ""),
            number(one["months"]),
            number(one["credited"]),
            number(one["placed"]),
        ]
        for one in facts["programme"]
    ]
    return [Heading(_("Programme")), *_or_nothing(Table(head, rows))]


def credits(facts: Kept, at: datetime) -> Sequence[Block]:
    if not facts["credits"]:
        return []
    head = [
        _("Standard department"),
        _("Months"),
        _("Place of training"),
        _("From"),
        _("To"),
        _("Approved by"),
    ]
    rows = [
        [
            said(one["standard"]),
            number(one["months"]),
            one["place"],
            day(one["starts_on"]),
            last_day(one["ends_on"]),
            lines(said(one["approved_by"]), moment(one["approved_at"])),
        ]
        for one in facts["credits"]
    ]
    return [Heading(_("Earlier training that counts")), Table(head, rows)]


def changes(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Day"), _("Change"), _("Reason"), _("Decided by")]
    rows = [
        [
            day(one["shown_on"]),
            lines(
                word(COURSE_KINDS, one["kind"]),
                one["place"],
                one["certificate_number"],
                one["ends_on"] and _("until %(day)s", day=last_day(one["ends_on"])),
                one["taken_back_at"] and _("taken back %(at)s", at=moment(one["taken_back_at"])),
            ),
            lines(said(one["manner"]), said(one["reason"])),
            lines(said(one["decided_by"]), moment(one["decided_at"])),
        ]
        for one in facts["courses"]
    ]
    return [Heading(_("Changes of course")), *_or_nothing(Table(head, rows))]


def completion(facts: Kept, at: datetime) -> Sequence[Block]:
    """How far it came: the log's one figure, and everything missing for graduation."""
    whole, who = facts["log"], facts["person"]
    shown: list[Block] = [
        Heading(_("Completion")),
        Facts(
            [
                (
                    _("Log of work"),
                    _(
                        "%(counted)s of %(target)s (%(percent)s)",
                        counted=whole["counted"],
                        target=whole["target"],
                        percent=percent(whole["percent"]),
                    ),
                ),
                (_("Teaching activities"), len(facts["activities"])),
                (_("Certificate number"), who["certificate_number"]),
            ]
        ),
    ]
    if facts["lacks"]:
        missing = [[lack_in_words(one)] for one in facts["lacks"]]
        shown.append(Table([_("Still missing for graduation")], missing))
    elif who["finished_on"] is None and who["withdrawn_on"] is None:
        shown.append(Text(_("Nothing is missing for graduation.")))
    return shown


def _or_nothing(table: Table) -> Sequence[Block]:
    return [table] if table.rows else [Text(_("Nothing was recorded."))]
