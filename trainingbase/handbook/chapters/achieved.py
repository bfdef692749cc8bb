"""Assessments, examinations and scholarly work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from trainingbase.assessments.words import EXAMINATIONS
from trainingbase.handbook.saying import day, lines, moment, number, passed, said, word
from trainingbase.paper import Block, Heading, Table, Text
from trainingbase.research.words import KINDS, LEVELS, role_of

Kept = dict[str, Any]


def assessments(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Day"), _("Form"), _("Department"), _("Assessor"), _("Result"), _("Scores and words")]
    rows = [
        [
            day(one["observed_on"]),
            said(one["form"]),
            said(one["department"]),
            said(one["assessor"]),
            lines(number(one["total"]), passed(one["passed"]), _attempt(one["attempt"])),
            lines(_scores(one["answers"]), *_words(one["answers"]), *_added(one["amendments"])),
        ]
        for one in facts["assessments"]
    ]
    if not rows:
        return [Heading(_("Assessments")), Text(_("Nothing was recorded."))]
    return [Heading(_("Assessments")), Table(head, rows, [4, 4, 4, 3, 3, 14])]


def _attempt(number_of: int | None) -> str:
    return _("attempt %(number)s", number=number_of) if number_of and number_of > 1 else ""


def _scores(answers: list[Kept]) -> str:
    """What was answered with a number or a choice, on one line."""
    between = "；" if _is_chinese() else "; "
    return between.join(
        f"{said(one['item'])} {_value(one)}" for one in answers if one["kind"] != "text"
    )


def _value(answer: Kept) -> str:
    if answer["choice"] is not None:
        return said(answer["choice"])
    if answer["number"] is None:
        return answer["text"] or _("not observed")
    if answer["kind"] == "boolean":
        return _("yes") if answer["number"] != "0" else _("no")
    return number(answer["number"])


def _words(answers: list[Kept]) -> list[str]:
    return [
        f"{said(one['item'])}: {one['text']}"
        for one in answers
        if one["kind"] == "text" and one["text"]
    ]


def _added(amendments: list[Kept]) -> list[str]:
    return [
        _("Amended %(at)s by %(name)s: %(text)s", at=moment(one["at"]), name=said(one["by"]),
          text=one["text"])
        for one in amendments
    ]  # fmt: skip


def exams(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Year"), _("Name of the examination"), _("Theory"), _("Skills"), _("Result")]
    rows = [
        [
            str(one["year"]),
            lines(word(EXAMINATIONS, one["kind"]), "" if one["first"] else _("second attempt")),
            lines(number(one["theory"]), passed(one["theory_passed"])),
            lines(number(one["skills"]), passed(one["skills_passed"])),
            passed(one["passed"]) if one["attended"] else _("did not attend"),
        ]
        for one in facts["exams"]
    ]
    shown = Table(head, rows) if rows else Text(_("Nothing was recorded."))
    return [Heading(_("Examinations")), shown]


def research(facts: Kept, at: datetime) -> Sequence[Block]:
    head = [_("Day"), _("Kind"), _("Title"), _("Role"), _("Journal or body"), _("Research points")]
    rows = [
        [
            day(one["done_on"]),
            word(KINDS, one["kind"]),
            lines(one["title"], one["reference"]),
            role_of(one["kind"], one["role"], one["author_order"]),
            lines(one["venue"], word(LEVELS, one["level"])),
            number(one["points"]),
        ]
        for one in facts["research"]
    ]
    shown = Table(head, rows, [4, 3, 10, 4, 6, 2]) if rows else Text(_("Nothing was recorded."))
    return [Heading(_("Research and scholarship")), shown]


def _is_chinese() -> bool:
    from trainingbase import i18n

    return i18n.language() == "zh"
