"""A month's run: its lines, its payees, its rates; approving it; whether it still holds."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock, i18n, words
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.incentives import actions
from trainingbase.incentives import words as said
from trainingbase.incentives.forms import LineSearchForm, PayeeSearchForm
from trainingbase.incentives.models import AlreadyApproved, Replaced
from trainingbase.incentives.queries import comparing, funding, ledger, lines, uses
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.routes.months import computed
from trainingbase.incentives.tables import shifts_table
from trainingbase.paging import page_of, page_of_list
from trainingbase.roles import Role


def shown(template: str, run, **more):
    return render_template(
        f"incentives/{template}.html",
        run=run,
        totals=queries.totals_of(run),
        said=said,
        may_approve=queries.awaits(run, viewer()),
        **more,
    )


@incentives.get("/<int:run_id>")
@allow(*READERS)
def run(run_id: int):
    this, form = queries.run_by_id(run_id), LineSearchForm()
    form.rule.choices = [("", _("All")), *((key, str(text)) for key, text in said.RULES.items())]
    form.source.choices = [
        ("", _("All")),
        *((str(source.id), said.source_name(source)) for source in funding.sources()),
        ("0", said.source_name(None)),
    ]
    rows = queries.lines_in(
        this,
        search=form.search.data or "",
        rule=form.rule.data or "",
        source=form.source.data or "",
        sort=request.args.get("sort", "payee"),
    )
    return shown(
        "run",
        this,
        form=form,
        page=page_of(rows),
        sources=queries.sums_by_source(this),
        earlier=queries.earlier_runs(this),
        findings=this.findings,
        exceeded=comparing.exceeded(this),
        unbudgeted=comparing.unbudgeted(this),
        changed=0
        if this.is_approved or not this.is_current
        else len(ledger.differences(this, today=clock.today())),
    )


@incentives.get("/<int:run_id>/payees")
@allow(*READERS)
def payees(run_id: int):
    this, form = queries.run_by_id(run_id), PayeeSearchForm()
    number = request.args.get("page", 1, type=int)
    page = queries.page_of_payees(this, number, search=form.search.data or "")
    return shown("payees", this, form=form, page=page)


@incentives.get("/<int:run_id>/rates")
@allow(*READERS)
def rates(run_id: int):
    this = queries.run_by_id(run_id)
    return shown("rates", this, uses=uses.rate_uses(this))


@incentives.get("/<int:run_id>/changes")
@allow(*READERS)
def shifts(run_id: int):
    this = queries.run_by_id(run_id)
    before, found = comparing.shifts(this)
    return shown("shifts", this, before=before, page=page_of_list(found))


@incentives.get("/<int:run_id>/changes/export/<string:kind>")
@allow(*READERS)
def shifts_export(run_id: int, kind: str):
    this = queries.run_by_id(run_id)
    _before, found = comparing.shifts(this)
    return download(shifts_table(found), kind, f"changes-{this.month_on:%Y-%m}")


@incentives.get("/<int:run_id>/findings/<int:number>")
@allow(*READERS)
def finding(run_id: int, number: int):
    this = queries.run_by_id(run_id)
    found = queries.finding_in(this, number)
    return shown(
        "finding", this, finding=found, evidence=lines.evidence_of(found["evidence"]), words=words,
        opens=viewer().holds(*lines.OPEN_ALL),
    )  # fmt: skip


@incentives.get("/<int:run_id>/verification")
@allow(*READERS)
def verification(run_id: int):
    this = queries.run_by_id(run_id)
    return shown("verification", this, differences=ledger.differences(this, today=clock.today()))


@incentives.post("/<int:run_id>/computation")
@allow(Role.OFFICE)
def compute_again(run_id: int):
    return computed(queries.run_by_id(run_id).month_on)


@incentives.post("/<int:run_id>/approval")
@allow(*actions.APPROVERS)
def approve(run_id: int):
    this = queries.run_by_id(run_id)
    month = i18n.month(this.month_on)
    try:
        is_locked = actions.approve_run(this, by=viewer(), at=clock.now())
    except AlreadyApproved:
        flash(_("This run is approved already."), "info")
    except Replaced:
        flash(_("The month was computed again: approve the newer run."), "error")
        return redirect(url_for("incentives.runs"))
    except actions.NotOver:
        flash(_("It was computed before the month was over: compute it again, then approve."),
              "error")  # fmt: skip
    except actions.SamePerson:
        flash(_("You have approved it: the second approval is somebody else's."), "error")
    except actions.OfficeFirst:
        flash(_("The office approves first, then the leader."), "error")
    else:
        said = _("The incentives of %(month)s are approved and locked.", month=month)
        if not is_locked:
            said = _("The incentives of %(month)s wait for the leader's approval.", month=month)
        flash(said, "success")
    return redirect(url_for("incentives.run", run_id=run_id))
