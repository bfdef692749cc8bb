"""Appeals against what cannot be met: asked, judged, decided, listed."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import named
from trainingbase.logbook import tables
from trainingbase.logbook.actions import appealing
from trainingbase.logbook.actions.entering import TellsWho
from trainingbase.logbook.forms import AppealForm, AppealSearchForm, DecisionForm, OpinionForm
from trainingbase.logbook.models import AlreadyDecided
from trainingbase.logbook.queries import appeals
from trainingbase.logbook.queries.appeals import Sought
from trainingbase.logbook.queries.completion import placement_completions
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.words import APPEAL_KINDS, APPEAL_STATES, CATEGORIES
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.rotations.queries.placements import placement_for
from trainingbase.stale import Stale

EVERYBODY = (
    Role.RESIDENT, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE, Role.AUDITOR,
)  # fmt: skip
JUDGES = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)


def _rows():
    form = AppealSearchForm()
    which = Sought(
        search=form.search.data or "",
        state=form.state.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, appeals.appeals(viewer(), which, at=clock.now())


@logbook.get("/appeals")
@allow(*EVERYBODY)
def all_appeals():
    form, rows = _rows()
    return render_template(
        "logbook/appeals.html",
        form=form,
        page=page_of(rows),
        states=APPEAL_STATES,
        kinds=APPEAL_KINDS,
        categories=CATEGORIES,
    )


@logbook.get("/appeals/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_appeals(kind: str):
    _form, rows = _rows()
    return download(tables.of_appeals(appeals.all_of(rows)), kind, _("Appeals"))


@logbook.route("/placements/<int:placement_id>/appeal", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def appeal(placement_id: int):
    """Of one item of one's own stay, named in the address."""
    place = placement_for(viewer(), placement_id, today=clock.today())
    if place.resident_id != resident_of(viewer()).id:
        abort(404)
    category, item = request.args.get("category", ""), request.args.get("item", "")
    lines = placement_completions([place.id])[place.id].lines
    line = next((one for one in lines if (one.category, one.item) == (category, item)), None)
    if line is None:
        abort(404)
    form = AppealForm(data={"asked": line.missing})
    if form.validate_on_submit() and (made := _appealed(form, place, category, item)):
        flash(_("Your appeal is on its way."), "success")
        return redirect(url_for("logbook.one_appeal", appeal_id=made.id))
    page = render_template(
        "logbook/appeal.html", form=form, placement=place, line=line, words=kind_words()
    )
    return page, 422 if form.errors else 200


def _appealed(form: AppealForm, place, category: str, item: str):
    try:
        return appealing.appeal(
            place,
            category=category,
            item=item,
            asked=form.asked.data,
            reason=form.reason.data,
            key=form.form_key.data,
            path=url_for("logbook.all_appeals"),
            by=viewer(),
            at=clock.now(),
        )
    except appealing.NothingMissing as refused:
        form.refuse("asked", _("Only %(n)s are missing here.", n=refused.missing))
    except appealing.AlreadyAppealed:
        form.refuse("reason", _("An appeal about this is open already."))
    except TellsWho as refused:
        form.refuse(
            refused.field,
            _("“%(said)s” could tell who the patient is: leave it out.", said=refused.said),
        )
    return None


@logbook.get("/appeals/<int:appeal_id>")
@allow(*EVERYBODY)
def one_appeal(appeal_id: int):
    return _page(appeals.appeal_for(viewer(), appeal_id, at=clock.now()))


def _page(row, opinion=None, decision=None, differences=None, status=200):
    judges = appeals.may_judge(viewer(), row)
    decides = viewer().holds(Role.OFFICE) and row.withdrawn_at is None
    page = render_template(
        "logbook/one_appeal.html",
        row=row,
        words=kind_words(),
        states=APPEAL_STATES,
        kinds=APPEAL_KINDS,
        categories=CATEGORIES,
        opinion=(opinion or _opinion_form(row)) if judges else None,
        decision=(decision or _decision_form(row)) if decides else None,
        differences=differences,
        changes=page_of(changes_of(row)),
    )
    return page, status


def _opinion_form(row) -> OpinionForm:
    data = {"opinion": row.opinion, "version": row.version}
    if row.agrees is not None:
        data["agrees"] = "yes" if row.agrees else "no"
    return OpinionForm(data=data, prefix="")


def _decision_form(row) -> DecisionForm:
    data = {"eased": row.eased or row.asked, "elsewhere": row.elsewhere_id or 0}
    data |= {"answer": row.answer, "version": row.version}
    if row.granted is not None:
        data["granted"] = (
            ("elsewhere" if row.elsewhere_id else "waived") if row.granted else "refused"
        )
    form = DecisionForm(data=data)
    others = appeals.departments_of(row.resident_id, besides=row.placement.standard_department_id)
    form.elsewhere.choices = options({0: "—"} | {one.id: named(one) for one in others})
    return form


@logbook.post("/appeals/<int:appeal_id>/opinion")
@allow(*JUDGES)
def give_opinion(appeal_id: int):
    row = appeals.appeal_for(viewer(), appeal_id, at=clock.now())
    if not appeals.may_judge(viewer(), row):
        abort(404)
    form = _opinion_form(row)
    if form.validate_on_submit():
        try:
            appealing.give_opinion(
                row,
                agrees=form.agrees.data == "yes",
                opinion=form.opinion.data,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except AlreadyDecided:
            flash(_("This appeal was decided meanwhile."), "info")
        except Stale:
            agrees = None if row.agrees is None else ("yes" if row.agrees else "no")
            differences = form.stale_against(row, agrees=agrees)
            return _page(row, opinion=form, differences=differences, status=409)
        except TellsWho as refused:
            said = refused.said
            form.refuse(
                refused.field,
                _("“%(said)s” could tell who the patient is: leave it out.", said=said),
            )
            return _page(row, opinion=form, status=422)
        else:
            flash(_("Your opinion was passed on to the office."), "success")
        return redirect(url_for("logbook.one_appeal", appeal_id=row.id))
    return _page(row, opinion=form, status=422)


@logbook.post("/appeals/<int:appeal_id>/decision")
@allow(Role.OFFICE)
def decide_appeal(appeal_id: int):
    row = appeals.appeal_for(viewer(), appeal_id, at=clock.now())
    form = _decision_form(row)
    if not form.validate_on_submit():
        return _page(row, decision=form, status=422)
    try:
        appealing.decide(
            row,
            granted=form.granted.data != "refused",
            eased=form.eased.data,
            elsewhere_id=form.elsewhere.data if form.granted.data == "elsewhere" else None,
            answer=form.answer.data,
            version=form.version.data,
            path=url_for("logbook.one_appeal", appeal_id=row.id),
            by=viewer(),
            at=clock.now(),
        )
    except AlreadyDecided:
        flash(_("This appeal was withdrawn meanwhile."), "info")
    except Stale:
        now = _decision_form(row).granted.object_data
        differences = form.stale_against(row, granted=now, elsewhere=row.elsewhere_id or 0)
        return _page(row, decision=form, differences=differences, status=409)
    except appealing.TooMuch:
        form.refuse("eased", _("Give a number from 1 to %(most)s.", most=row.asked))
        return _page(row, decision=form, status=422)
    else:
        flash(_("Decided. Every figure follows."), "success")
    return redirect(url_for("logbook.one_appeal", appeal_id=row.id))


@logbook.post("/appeals/<int:appeal_id>/withdrawal")
@allow(Role.RESIDENT)
def withdraw_appeal(appeal_id: int):
    row = appeals.appeal_for(viewer(), appeal_id, at=clock.now())
    if row.resident_id != resident_of(viewer()).id:
        abort(404)
    try:
        appealing.withdraw(row, by=viewer(), at=clock.now())
    except AlreadyDecided:
        flash(_("This appeal was decided meanwhile."), "info")
    else:
        flash(_("Taken back."), "success")
    return redirect(url_for("logbook.one_appeal", appeal_id=row.id))
