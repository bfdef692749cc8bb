"""Where former residents work: the list, one record, claims and decisions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.careers import tables
from trainingbase.careers.actions import employment as actions
from trainingbase.careers.forms.employment import (
    ClaimForm,
    DecisionForm,
    EmploymentForm,
    ListForm,
    NewEmploymentForm,
)
from trainingbase.careers.models import AlreadyDecided, Employment
from trainingbase.careers.queries import employment as queries
from trainingbase.careers.routes.blueprint import OWN, READERS, careers
from trainingbase.downloads import download
from trainingbase.files.sending import send
from trainingbase.form import options
from trainingbase.history.queries import changes_of
from trainingbase.i18n import day, named
from trainingbase.paging import page_of, page_of_columns
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _listed():
    form = ListForm()
    which = queries.Filter(
        search=form.search.data or "",
        state=form.state.data or "",
        where=form.where.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, queries.employments(viewer(), which)


@careers.get("/employment", endpoint="employments")
@allow(*READERS)
def all_employments():
    form, rows = _listed()
    return render_template("careers/employments.html", form=form, page=page_of_columns(rows))


@careers.get("/employment/export/<string:kind>")
@allow(*READERS)
def export_employments(kind: str):
    _form, rows = _listed()
    table = tables.of_employments(queries.rows_of(rows))
    return download(table, kind, _("Places of work"))


def offered(form):
    form.offer(queries.institutions(), queries.choices("left"))
    return form


@careers.route("/employment/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_employment():
    chosen = request.args.get("resident", 0, type=int)
    form = offered(NewEmploymentForm(data={"resident": chosen}))
    people = queries.people_to_enter_for(viewer())
    form.resident.choices = options(
        {0: "—"} | {key: f"{name}（{cohort}）" for key, name, cohort in people}
    )
    if form.validate_on_submit() and form.not_ahead(clock.today()):
        if not form.resident.data:
            form.refuse("resident", _("Choose a graduate."))
        else:
            resident = queries.resident_to_enter_for(viewer(), form.resident.data)
            made = said_at_the_field(form, lambda: _enter(resident, form, "office"))
            if made is not None:
                flash(_("Entered: it counts."), "success")
                return redirect(url_for("careers.one_employment", employment_id=made.id))
    return render_template("careers/employment_new.html", form=form, own=False)


@careers.route("/claim", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def claim():
    resident = queries.own_resident(viewer())
    if resident is None:
        abort(404)
    form = offered(ClaimForm())
    if form.validate_on_submit() and form.not_ahead(clock.today()):
        made = said_at_the_field(form, lambda: _enter(resident, form, "graduate"))
        if made is not None:
            flash(_("Handed in: it counts once the office has approved it."), "success")
            return redirect(url_for("careers.mine"))
    return render_template("careers/employment_new.html", form=form, own=True)


def _enter(resident, form, source: str) -> Employment:
    return actions.enter(
        resident,
        form.values(),
        file=form.file.upload,
        source=source,
        by=viewer(),
        at=clock.now(),
        request_key=form.form_key.data,
    )


def said_at_the_field(form, act):
    """The result of `act`; None where it was refused, which is then said at a field."""
    try:
        return act()
    except actions.StillTraining:
        form.refuse("starts_on", _("The training has not ended by then: its days count there."))
    except actions.Overlaps as refused:
        other = refused.employment
        form.refuse(
            "starts_on",
            _(
                "It overlaps another record: %(place)s from %(first)s on.",
                place=named(other), first=day(other.starts_on),
            ),
        )  # fmt: skip
    return None


@careers.get("/employment/<int:employment_id>")
@allow(*OWN)
def one_employment(employment_id: int):
    return _page(queries.employment_for(viewer(), employment_id))


def _page(one: Employment, form: DecisionForm | None = None, status: int = 200):
    may_decide = _looks_after(one) and one.state == "waiting"
    page = render_template(
        "careers/employment.html",
        one=one,
        form=(form or DecisionForm(data={"version": one.version})) if may_decide else None,
        may_change=may_change(one),
        reasons={each.code: named(each) for each in queries.choices("left", all_of_them=True)},
        changes=page_of(changes_of(one)),
    )
    return page, status


def _looks_after(one: Employment) -> bool:
    """The office, of everybody else's: nobody approves what they say of themselves."""
    return viewer().holds(Role.OFFICE) and one.resident.person_id != viewer().id


def may_change(one: Employment) -> bool:
    """The office what waits or stands, a graduate what they said while it waits."""
    if _looks_after(one):
        return one.state in ("waiting", "approved")
    return one.state == "waiting" and one.resident.person_id == viewer().id


def _to_change(employment_id: int) -> Employment:
    one = queries.employment_for(viewer(), employment_id)
    return one if may_change(one) else abort(404)


@careers.post("/employment/<int:employment_id>/decision")
@allow(Role.OFFICE)
def decide_employment(employment_id: int):
    one = queries.employment_for(viewer(), employment_id)
    if not _looks_after(one):
        abort(404)
    form = DecisionForm()
    if not form.validate_on_submit():
        return _page(one, form, 422)
    try:
        actions.decide(
            one,
            granted=form.granted.data == "yes",
            reason=form.reason.data or None,
            version=form.version.data,
            by=viewer(),
            at=clock.now(),
        )
    except actions.Overlaps as refused:
        said = _("It overlaps another record: %(place)s.", place=named(refused.employment))
        form.refuse("granted", said)
        return _page(queries.employment_for(viewer(), employment_id), form, 422)
    except (AlreadyDecided, Stale):
        flash(_("Somebody else was faster: look at what stands there now."), "error")
    else:
        flash(_("Decided: the graduate is told."), "success")
    return redirect(url_for("careers.one_employment", employment_id=employment_id))


@careers.route("/employment/<int:employment_id>/change", methods=["GET", "POST"])
@allow(Role.OFFICE, Role.RESIDENT)
def change_employment(employment_id: int):
    one = _to_change(employment_id)
    filled = _filled(one)
    form = offered(EmploymentForm(data=filled))
    stale, status = None, 200
    if form.validate_on_submit() and form.not_ahead(clock.today()):
        try:
            done = said_at_the_field(form, lambda: _alter(one, form))
        except AlreadyDecided:
            abort(404)
        except Stale:
            kept = {**_filled(one), "file": form.file.data, "why": form.why.data}
            stale, status = form.stale_against(one, **kept), 409
        else:
            if done:
                flash(_("Saved."), "success")
                return redirect(url_for("careers.one_employment", employment_id=employment_id))
    page = render_template("careers/employment_change.html", form=form, one=one, stale=stale)
    return page, status


def _filled(one: Employment) -> dict:
    """What an edit form of this record begins with."""
    names = ("employer", "post", "starts_on", "last_day", "note", "version")
    return {
        **{name: getattr(one, name) for name in names},
        "institution_id": one.institution_id or 0,
        "left_why": one.left_why or "",
        "percent": one.share * 100,
    }


def _alter(one: Employment, form: EmploymentForm) -> bool:
    actions.alter(
        one,
        form.values(),
        file=form.file.upload,
        version=form.version.data,
        why=form.why.data,
        by=viewer(),
        at=clock.now(),
    )
    return True


@careers.post("/employment/<int:employment_id>/withdrawal")
@allow(Role.OFFICE, Role.RESIDENT)
def withdraw_employment(employment_id: int):
    one = _to_change(employment_id)
    try:
        actions.withdraw(
            one, version=request.form.get("version", type=int), by=viewer(), at=clock.now()
        )
    except (AlreadyDecided, Stale):
        flash(_("Somebody else was faster: look at what stands there now."), "error")
    else:
        flash(_("Withdrawn: it counts no more."), "success")
    return redirect(url_for("careers.one_employment", employment_id=employment_id))


@careers.get("/employment/<int:employment_id>/file")
@allow(*OWN)
def employment_file(employment_id: int):
    one = queries.employment_for(viewer(), employment_id)
    return send(one.file) if one.file is not None else abort(404)
