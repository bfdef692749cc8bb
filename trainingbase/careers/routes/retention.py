"""Who stayed: places by months, curves, reasons, and incentives beside them."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers import charts, tables, words
from trainingbase.careers.forms.following import RetentionForm
from trainingbase.careers.queries import staying as queries
from trainingbase.careers.queries.employment import choices
from trainingbase.careers.routes.blueprint import careers
from trainingbase.careers.rules.retaining import PLACES
from trainingbase.downloads import download
from trainingbase.i18n import named, number
from trainingbase.roles import Role

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)


def _asked():
    form = RetentionForm()
    by = form.by.data if form.by.data in queries.BY else "all"
    of = form.of.data if form.of.data in queries.OF else "network"
    return form, queries.retention(today=clock.today(), by=by, of=of)


@careers.get("/retention")
@allow(*READERS)
def retention():
    today = clock.today()
    form, found = _asked()
    groups = found.groups or ((found.total,) if found.total is not None else ())
    drawn = [
        (words.group_name(one, found.by), one.curve) for one in groups if one.curve is not None
    ]
    total, reasons = queries.reasons(today=today)
    return render_template(
        "careers/retention.html",
        form=form,
        found=found,
        groups=[(words.group_name(one, found.by), one) for one in groups],
        total=found.total,
        figure=_figure(drawn, found.of) if drawn else None,
        numbers=_numbers(drawn) if drawn else None,
        risk=charts.at_risk(drawn) if drawn else None,
        shown_places=PLACES,
        reasons=_reasons(reasons),
        left=total,
        beside=_beside(found, today) if found.by == "type" else [],
        people=_people(found, today) if viewer().holds(Role.OFFICE, Role.AUDITOR) else None,
    )


def _figure(drawn, of: str) -> dict:
    return charts.staying(
        drawn,
        months=_("Months after training"),
        per_cent=_("Still there, per cent"),
        interval=_("95 %% interval"),
    )


def _numbers(drawn) -> dict:
    """Every step of the curves, as the table beneath the chart."""
    columns = [_("Group"), _("Months"), _("At risk"), _("Left then"), _("Still there"),
               _("95 %% interval")]  # fmt: skip
    rows = [
        [
            name, f"{step.time:.1f}", step.at_risk, step.events, f"{step.share:.0%}",
            f"{step.low:.0%} – {step.high:.0%}"
            if step.low is not None and step.high is not None else None,
        ]
        for name, one in drawn
        for step in one.steps
    ]  # fmt: skip
    return {"columns": columns, "rows": rows or [[_("Nobody left."), *[None] * 5]]}


def _reasons(counts: dict[str, int]) -> list[tuple[str, int]]:
    known = {one.code: named(one) for one in choices("left", all_of_them=True)}
    listed = [(known.get(code, code), count) for code, count in counts.items()]
    return sorted(listed, key=lambda one: (-one[1], one[0]))


def _beside(found: queries.Retention, today) -> list[tuple[str, str, str]]:
    """By trainee type what residents are paid now, and how many graduates were there after a year:
    other people, side by side."""
    paid = queries.paid_by_type(today=today)
    rows = []
    for one in found.groups:
        after = one.curve.at(12) if one.curve is not None else None
        amount = paid.get(one.key)
        rows.append(
            (
                words.group_name(one, found.by),
                number(amount[0].quantize(amount[0].__class__("1"))) if amount else "—",
                f"{after.share:.0%}" if after is not None else "—",
            )
        )
    return rows


def _people(found: queries.Retention, today) -> list[queries.Graduate]:
    """Of whom nothing is known: the office's work."""
    return [one for one in queries.graduates(today=today) if not one.worked]


@careers.get("/retention/export/<string:kind>")
@allow(*READERS)
def export_retention(kind: str):
    _form, found = _asked()
    made = tables.of_retention(found, lambda one: words.group_name(one, found.by))
    return download(made, kind, _("Staying"))
