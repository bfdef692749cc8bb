"""Reports that were made, as files, and asking for one."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.community.rules import months_to_enter
from trainingbase.downloads import download
from trainingbase.files import sending
from trainingbase.form import options
from trainingbase.paging import page_of
from trainingbase.reports import actions, queries
from trainingbase.reports.forms import KINDS, AskForm, KindQuery
from trainingbase.reports.routes.blueprint import EDIT, READERS, reports
from trainingbase.reports.rules import MONTH, YEAR
from trainingbase.sheets.write import Table

MONTHS = 24


@reports.get("/", endpoint="reports")
@allow(*READERS)
def listed():
    form, kind = _kind()
    return render_template(
        "reports/reports.html",
        form=form,
        page=page_of(queries.reports(kind=kind)),
        kinds=KINDS,
        asking=_ask_form(),
    )


@reports.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    _form, wanted = _kind()
    header = [_("Kind"), _("Period"), _("Language"), _("Edition"), _("When it was made"), "sha256"]
    rows = [
        [str(KINDS[one.kind]), period_said(one.kind, one.starts_on), one.language, one.edition,
         one.made_at, one.digest]
        for one in queries.all_of(queries.reports(kind=wanted))
    ]  # fmt: skip
    return download(Table(_("Reports"), header, rows), kind, "reports")


@reports.post("/make")
@allow(*EDIT)
def make():
    """By the worker, which may take a while."""
    form = _ask_form()
    if not form.validate_on_submit():
        abort(422)
    kind, _colon, start = form.period.data.partition(":")
    actions.ask(kind, date.fromisoformat(start), form.language.data, by=viewer(), at=clock.now())
    flash(_("The worker makes the report; it appears here when it is done."), "success")
    return redirect(url_for("reports.reports"))


@reports.get("/<int:report_id>/<string:form>")
@allow(*READERS)
def file(report_id: int, form: str):
    report = queries.report_by_id(report_id)
    if form not in ("xlsx", "pdf"):
        abort(404)
    return sending.send(report.workbook if form == "xlsx" else report.paper)


def _ask_form() -> AskForm:
    form, today = AskForm(), clock.today()
    months = months_to_enter(today, MONTHS)
    years = sorted({month.year for month in months}, reverse=True)
    offered = {f"{MONTH}:{month}": i18n.month(month) for month in months}
    offered |= {f"{YEAR}:{year}-01-01": str(year) for year in years}
    form.period.choices = options(offered)
    return form


def _kind() -> tuple[KindQuery, str]:
    form = KindQuery()
    form.kind.choices = [("", _("All")), *options(KINDS)]
    kind = request.args.get("kind", "")
    form.kind.data = kind = kind if kind in KINDS else ""
    return form, kind


def period_said(kind: str, starts_on: date) -> str:
    return f"{starts_on:%Y}" if kind == YEAR else f"{starts_on:%Y-%m}"


@reports.context_processor
def said() -> dict:
    return {"period_said": period_said}
