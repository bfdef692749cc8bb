"""A plan as a workbook in the shape offices know, and as CSV."""

from datetime import timedelta

from flask import Response
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.access import allow, viewer
from trainingbase.i18n import named
from trainingbase.roles import Role
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import export, plans
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.routes import rotations
from trainingbase.rotations.speaking import Speaker
from trainingbase.words import LEAVE_KINDS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _attached(content: bytes, name: str, mimetype: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": disposition})


@rotations.get("/plans/<int:plan_id>/grid.xlsx")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def export_workbook(plan_id: int):
    plan = plans.plan_for(viewer(), plan_id)
    with force_locale("zh"):  # the office's own words, so that the portal reads it back
        content = _workbook(plan)
    return _attached(content, f"plan-{plan.id}.xlsx", XLSX)


def _workbook(plan: Plan) -> bytes:
    from trainingbase.sheets.known import Place
    from trainingbase.sheets.write_plan import PlanRow, PlanSheet, plan_grid_workbook

    rows = export.grid_of(plan)
    speaker = Speaker(names_of(row.resident_id for row in rows), plan.starts_on)

    def what(part) -> str:
        if part is None:
            return ""
        if part.row is not None:
            return speaker.short(part.row)
        return part.note if part.note is not None else str(LEAVE_KINDS[part.leave])

    cohorts: dict[str, list[PlanRow]] = {}
    for row in rows:
        months = export.months_in_words(plan, row, what)
        cohorts.setdefault(row.cohort.name, []).append(PlanRow(row.name, row.tutor, months))
    legend = [
        Place(
            short=one.name,
            standard=one.standard_department.name,
            institution=one.department.institution.name,
            department=one.department.name,
            colour=one.colour,
        )
        for one in export.legend()
    ]
    sheets = [PlanSheet(name, those, plan.title) for name, those in cohorts.items()]
    return plan_grid_workbook(
        sheets,
        legend,
        first_month=plan.starts_on.strftime("%Y-%m"),
        last_month=(plan.ends_on - timedelta(days=1)).strftime("%Y-%m"),
    )


@rotations.get("/plans/<int:plan_id>/placements.csv")
@allow(Role.OFFICE, Role.LEADER, Role.AUDITOR)
def export_csv(plan_id: int):
    from trainingbase.sheets.write import Table, csv_text

    plan = plans.plan_for(viewer(), plan_id)
    header = [
        _("Resident"),
        _("Cohort"),
        _("Standard department"),
        _("Site"),
        _("Department"),
        _("First day"),
        _("Last day"),
    ]
    rows = [
        [
            one.resident.name,
            named(one.resident.cohort),
            named(one.standard_department),
            named(one.department.institution),
            named(one.department),
            one.starts_on,
            one.ends_on - timedelta(days=1),
        ]
        for one in export.placements_of(plan)
    ]
    content = csv_text(Table(plan.title, header, rows))
    return _attached(content, f"plan-{plan.id}.csv", "text/csv; charset=utf-8")
