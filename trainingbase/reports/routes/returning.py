"""The monthly return as CSV, and its layout."""

from datetime import date

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import allow, viewer
from trainingbase.community.rules import months_to_enter
from trainingbase.downloads import download
from trainingbase.form import options
from trainingbase.reports import actions, queries
from trainingbase.reports.forms import ColumnForm, MonthQuery, NewColumnForm
from trainingbase.reports.returning import checked, returned, sources
from trainingbase.reports.routes.blueprint import EDIT, reports
from trainingbase.reports.rules import MONTH, TEXT, VALUE, last_over, parted
from trainingbase.stale import Stale


@reports.route("/return", methods=["GET", "POST"])
@allow(*EDIT)
def layout():
    form = _offering(NewColumnForm())
    if form.validate_on_submit():
        if queries.column_by_key(form.form_key.data) is None:
            actions.add_column(
                form.heading.data, form.chosen, key=form.form_key.data, by=viewer(),
                at=clock.now(),
            )  # fmt: skip
        return redirect(url_for("reports.layout"))
    months = months_to_enter(clock.today(), 12)
    page = render_template(
        "reports/return.html",
        form=form,
        columns=queries.columns(),
        sources=sources(),
        parted=parted,
        months=[(f"{month:%Y-%m}", i18n.month(month)) for month in months],
    )
    return page, 422 if form.errors else 200


@reports.get("/return/preview")
@allow(*EDIT)
def preview():
    """What goes out for a month, and what is wrong with it, before it does."""
    form, month = _month()
    cells = checked(queries.columns(), month, base=_base(), today=_today())
    return render_template(
        "reports/preview.html",
        form=form,
        cells=cells,
        wrong=sum(one.wrong is not None for one in cells),
        month=f"{month:%Y-%m}",
    )


def _month() -> tuple[MonthQuery, date]:
    """The newest month that is over where no other is chosen."""
    form, offered = MonthQuery(), {f"{one:%Y-%m}": one for one in months_to_enter(_today(), 12)}
    form.month.choices = options({key: i18n.month(one) for key, one in offered.items()})
    if form.month.data not in offered:
        form.month.data = f"{last_over(MONTH, _today()):%Y-%m}"
    return form, offered.get(form.month.data) or last_over(MONTH, _today())


@reports.post("/return/<int:column_id>/move")
@allow(*EDIT)
def move_column(column_id: int):
    step = -1 if request.form.get("to") == "up" else 1
    actions.move_column(queries.column_by_id(column_id), step, by=viewer(), at=clock.now())
    return redirect(url_for("reports.layout"))


@reports.post("/return/begin")
@allow(*EDIT)
def begin():
    """With the month, the base and the value of every indicator."""
    wanted = {
        source: label
        for source, label in sources().items()
        if source in ("month", "base") or source.endswith(f":{VALUE}")
    }
    actions.begin_return(wanted, by=viewer(), at=clock.now())
    return redirect(url_for("reports.layout"))


@reports.route("/return/<int:column_id>", methods=["GET", "POST"])
@allow(*EDIT)
def edit_column(column_id: int):
    row = queries.column_by_id(column_id)
    what, of = parted(row.source)
    form, stale = _offering(ColumnForm(obj=row)), None
    if request.method == "GET" and what == TEXT:
        form.source.data, form.text.data = TEXT, of
    if form.validate_on_submit():
        answers = {"heading": form.heading.data, "source": form.chosen}
        try:
            actions.change_column(row, form.version.data, answers, by=viewer(), at=clock.now())
        except Stale:
            stale = form.stale_against(row, text=of if what == TEXT else None)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("reports.layout"))
    page = render_template("reports/column.html", form=form, column=row, stale=stale)
    return page, 409 if stale is not None else 422 if form.errors else 200


@reports.post("/return/<int:column_id>/remove")
@allow(*EDIT)
def remove_column(column_id: int):
    actions.remove_column(queries.column_by_id(column_id), by=viewer(), at=clock.now())
    flash(_("Removed."), "success")
    return redirect(url_for("reports.layout"))


@reports.get("/return/file/<string:month>.csv")
@allow(*EDIT)
def return_file(month: str):
    offered = {f"{one:%Y-%m}": one for one in months_to_enter(clock.today(), 12)}
    if month not in offered:
        abort(404)
    table = returned(list(queries.columns()), offered[month], base=_base(), today=_today())
    return download(table, "csv", f"return-{month}")


def _today() -> date:
    return clock.today()


def _base() -> str:
    return current_app.config["BASE_NAME"]


def _offering(form):
    form.source.choices = options(sources())
    return form
