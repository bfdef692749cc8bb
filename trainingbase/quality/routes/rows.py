"""The rows behind a figure.  A leader sees what happened and where, without names."""

from collections.abc import Callable

from flask import abort, render_template
from flask_babel import gettext as _

from trainingbase import i18n
from trainingbase.access import allow, viewer
from trainingbase.assessments.words import STATE_KINDS, STATES
from trainingbase.incentives.words import item
from trainingbase.paging import page_of
from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.queries import base
from trainingbase.quality.queries import rows as queries
from trainingbase.quality.routes.blueprint import READERS, SEE_NAMES, asked_for, quality
from trainingbase.quality.routes.figures import kept

Rows = tuple[str, object, list[str], Callable]
"""Title, the page of rows, columns, and a function from a row to its cells."""


@quality.get("/rows/<string:name>")
@allow(*READERS)
def rows(name: str):
    if name not in BEHIND:
        abort(404)
    form, asking = asked_for()
    who = _named if viewer().holds(*SEE_NAMES) else _unnamed
    title, page, columns, cells = BEHIND[name](asking, who)
    return render_template(
        "quality/rows.html",
        form=form,
        kept=kept(),
        title=title,
        page=page,
        columns=columns,
        cells=cells,
        has_names=who is _named,
    )


def _named(resident) -> str:
    return resident.name


def _unnamed(resident) -> str:
    return _("a resident of %(cohort)s", cohort=i18n.named(resident.cohort))


def _where(placement) -> str:
    department = placement.department
    return f"{i18n.named(department)} · {i18n.named(department.institution)}"


def _placements(asking: Asking, who) -> Rows:
    page = page_of(queries.ended_placements(asking.scope))
    states = queries.states_of(page.items, today=asking.today)
    return (
        _("Placements by their last day"),
        page,
        [_("Resident"), _("Department"), _("From"), _("Last day"), _("State")],
        lambda one: [
            who(one.resident), _where(one), i18n.day(one.starts_on), i18n.last_day(one.ends_on),
            (words.KINDS[states[one.id]], words.PARTS[states[one.id]]),
        ],
    )  # fmt: skip


def _stays(asking: Asking, who) -> Rows:
    return (
        _("Placements in the period"),
        page_of(queries.stays(asking.scope)),
        [_("Resident"), _("Department"), _("From"), _("Last day")],
        lambda one: [
            who(one.resident), _where(one), i18n.day(one.starts_on), i18n.last_day(one.ends_on)
        ],
    )  # fmt: skip


def _requests(asking: Asking, who) -> Rows:
    def cells(one):
        state = "done" if one.answered_at else (
            "expired" if asking.today >= one.expires_on
            else "late" if asking.today >= one.due_on else "open"
        )  # fmt: skip
        return [
            i18n.named(one.instrument), who(one.resident), _where(one.placement),
            i18n.day(one.asked_on), i18n.moment(one.answered_at),
            (STATE_KINDS[state], STATES[state]),
        ]  # fmt: skip

    return (
        _("Requests for assessments"),
        page_of(queries.requests(asking.scope)),
        [_("Form"), _("Resident"), _("Department"), _("Asked on"), _("Submitted"), _("State")],
        cells,
    )


def _submissions(asking: Asking, who) -> Rows:
    return (
        _("Mini-CEX observed in the period"),
        page_of(queries.submissions(asking.scope)),
        [_("Form"), _("Resident"), _("Department"), _("Observed on"), _("Submitted")],
        lambda one: [
            i18n.named(one.instrument), who(one.resident), _where(one.placement),
            i18n.day(one.observed_on), i18n.moment(one.submitted_at),
        ],
    )  # fmt: skip


def _graduation(_asking: Asking, who) -> Rows:
    newest = base.first_pass()
    return (
        _("First attempts at the graduation examination"),
        page_of(queries.graduation(newest.year if newest else 0)),
        [_("Resident"), _("Year"), _("Theory"), _("Skills"), _("State")],
        lambda one: [
            who(one.resident), one.year, i18n.number(one.theory), i18n.number(one.skills),
            ("good", _("passed")) if one.passed else ("bad", _("not passed")),
        ],
    )  # fmt: skip


def _activities(asking: Asking, _who) -> Rows:
    return (
        _("Teaching activities that count"),
        page_of(queries.activities(asking.scope)),
        [_("Topic"), _("Kind"), _("Held on"), _("Department")],
        lambda one: [
            one.topic, item(one.kind), i18n.day(one.held_on),
            _where(one) if one.department else _("Whole base"),
        ],
    )  # fmt: skip


BEHIND: dict[str, Callable[..., Rows]] = {
    "placements": _placements,
    "stays": _stays,
    "requests": _requests,
    "submissions": _submissions,
    "graduation": _graduation,
    "activities": _activities,
}
