"""Payslips, bank accounts, and the files by which a locked month is paid."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import as_file, download
from trainingbase.incentives import words as said
from trainingbase.incentives.actions import payouts as actions
from trainingbase.incentives.forms.payouts import (
    BankAccountForm,
    PayoutsForm,
    columns_form,
    headers_of,
)
from trainingbase.incentives.queries import payouts as queries
from trainingbase.incentives.queries import runs
from trainingbase.incentives.routes.blueprint import PAYEES, READERS, incentives
from trainingbase.incentives.tables import bank_table, payouts_table, payroll_tables
from trainingbase.paging import page_of_list
from trainingbase.roles import Role
from trainingbase.stale import Stale


@incentives.get("/mine/<int:year>-<int:month>")
@allow(*PAYEES)
def payslip(year: int, month: int):
    if not (1900 <= year <= 2200 and 1 <= month <= 12):
        abort(404)
    month_on = date(year, month, 1)
    lines = queries.payslip(viewer(), month_on)
    if not lines:
        abort(404)
    return render_template(
        "incentives/payslip.html",
        month_on=month_on,
        lines=lines,
        total=sum(one.amount for one in lines),
        carried=queries.carried_for(viewer(), lines[0].run),
        account=queries.account_of(viewer().id),
        said=said,
    )


@incentives.route("/bank-account", methods=["GET", "POST"])
@allow(*PAYEES)
def bank_account():
    account = queries.account_of(viewer().id)
    form = BankAccountForm(obj=account)
    stale = None
    if form.validate_on_submit():
        try:
            actions.set_account(
                viewer(), bank=form.bank.data, number=form.number.data,
                version=form.version.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
        except Stale:
            stale = form.stale_against(queries.account_of(viewer().id))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("incentives.mine"))
    status = 409 if stale is not None else 422 if form.is_submitted() else 200
    return render_template("incentives/bank_account.html", form=form, stale=stale), status


@incentives.route("/bank-columns", methods=["GET", "POST"])
@allow(Role.OFFICE)
def bank_columns():
    form = columns_form(queries.columns())
    if form.validate_on_submit():
        actions.set_columns(headers_of(form), by=viewer(), at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("incentives.bank_columns"))
    page = render_template("incentives/bank_columns.html", form=form)
    return page, 422 if form.is_submitted() else 200


@incentives.get("/<int:run_id>/payouts")
@allow(*READERS)
def payouts(run_id: int):
    from trainingbase.incentives.routes.run import shown

    run = runs.run_by_id(run_id)
    rows, form = queries.payouts(run), PayoutsForm()
    return shown("payouts", run, form=form, sums=queries.sums_of(rows),
                 page=page_of_list(_chosen(rows, form)),
                 has_places=any(one.kind != "person" for one in rows))  # fmt: skip


def _chosen(rows, form: PayoutsForm):
    return queries.chosen(
        rows,
        search=form.search.data or "",
        kind=form.kind.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )


@incentives.get("/<int:run_id>/payouts/export/<string:kind>")
@allow(*READERS)
def payouts_export(run_id: int, kind: str):
    run = runs.run_by_id(run_id)
    rows = _chosen(queries.payouts(run), PayoutsForm())
    return download(payouts_table(rows), kind, f"payment-{run.month_on:%Y-%m}")


@incentives.post("/<int:run_id>/bank")
@allow(Role.OFFICE)
def bank_file(run_id: int):
    from trainingbase.sheets import write

    run = runs.run_by_id(run_id)
    rows = [one for one in queries.payouts(run) if one.is_payable]
    try:
        actions.take_file(run, people=len(rows), by=viewer(), at=clock.now())
    except actions.NotLocked:
        flash(_("Only a locked month is paid."), "error")
        return redirect(url_for("incentives.payouts", run_id=run_id))
    table = bank_table(rows, queries.columns(), run)
    return as_file(write.csv_text(table), "csv", f"bank-{run.month_on:%Y-%m}")


@incentives.get("/<int:run_id>/payroll/<string:kind>")
@allow(*READERS)
def payroll(run_id: int, kind: str):
    run = runs.run_by_id(run_id)
    return download(payroll_tables(run), kind, f"payroll-{run.month_on:%Y-%m}")
