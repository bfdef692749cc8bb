"""A resident's record: begun, edited, its history, and what residents edit themselves."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment import actions, queries
from trainingbase.enrolment.forms import ContactsForm, NewResidentForm, ResidentForm
from trainingbase.enrolment.forms.person import number_known
from trainingbase.enrolment.forms.records import standing
from trainingbase.enrolment.routes import enrolment
from trainingbase.enrolment.words import FIELDS, HIDDEN, VALUES
from trainingbase.files.forms import why_unfit
from trainingbase.files.rules import PICTURES, Unfit
from trainingbase.files.sending import show
from trainingbase.paging import page_of
from trainingbase.programmes.queries import open_to_new, programmes
from trainingbase.roles import Role
from trainingbase.stale import Stale


def _offer(form, among) -> None:
    form.offer(cohorts=queries.cohorts(), programmes=among, tutors=queries.tutors())


@enrolment.route("/residents/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_resident():
    today = clock.today()
    usual = {"starts_on": today, "last_day": today.replace(day=1) + timedelta(days=3 * 365 - 1)}
    form = NewResidentForm(data=usual if request.method == "GET" else None)
    _offer(form, open_to_new())
    if form.validate_on_submit():
        try:
            made = actions.enrol(form.values(), by=viewer(), at=clock.now())
        except actions.NumberTaken as taken:
            known = taken.resident
            form.refuse("id_number", number_known(known.name if known else "—"))
            return render_template("enrolment/new.html", form=form, known=known), 409
        flash(_("The resident is enrolled."), "success")
        return redirect(url_for("enrolment.resident", resident_id=made.id))
    return render_template("enrolment/new.html", form=form, known=None)


@enrolment.route("/residents/<int:resident_id>/edit", methods=["GET", "POST"])
@allow(Role.OFFICE)
def edit_resident(resident_id: int):
    resident = queries.resident_for(viewer(), resident_id)
    stands = standing(resident, queries.particulars_of(resident))
    form = ResidentForm(data=stands | {"version": resident.version})
    present = [one for one in programmes() if one.id == resident.programme_id]
    _offer(form, [*present, *(one for one in open_to_new() if one not in present)])
    stale, known = None, None
    if form.validate_on_submit():
        try:
            actions.change_record(
                resident,
                form.values(),
                photo=form.photo.upload,
                version=form.version.data,
                why=form.why.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            now = standing(resident, queries.particulars_of(resident))
            stale = form.stale_against(resident, **now)
        except actions.NumberTaken as taken:
            known = taken.resident
            form.refuse("id_number", number_known(known.name if known else "—"))
        except Unfit as unfit:
            form.refuse("photo", why_unfit(unfit.because, PICTURES))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("enrolment.resident", resident_id=resident_id))
    page = render_template(
        "enrolment/edit.html", form=form, resident=resident, stale=stale, known=known
    )
    return page, 200 if stale is None and known is None else 409


@enrolment.get("/residents/<int:resident_id>/history")
@allow(Role.OFFICE, Role.AUDITOR)
def resident_history(resident_id: int):
    resident = queries.resident_for(viewer(), resident_id)
    return render_template(
        "enrolment/history.html",
        resident=resident,
        changes=page_of(queries.record_changes(resident)),
        fields=FIELDS,
        values=VALUES | _names(),
        hidden=() if viewer().holds(Role.OFFICE) else HIDDEN,
    )


def _names() -> dict:
    """The names of what the history knows by numbers."""
    return {
        "cohort_id": {str(one.id): one.name for one in queries.cohorts()},
        "programme_id": {str(one.id): one.code for one in programmes()},
        "tutor_id": {str(one.id): one.name for one in queries.tutors()},
    }


@enrolment.get("/residents/<int:resident_id>/photo")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def photo(resident_id: int):
    return show(queries.stored_photo(viewer(), resident_id))


@enrolment.get("/my-record")
@allow(Role.RESIDENT)
def my_record():
    return redirect(url_for("enrolment.resident", resident_id=queries.resident_of(viewer()).id))


@enrolment.route("/my-record/contacts", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def my_contacts():
    resident = queries.resident_of(viewer())
    stands = standing(resident, queries.particulars_of(resident))
    form = ContactsForm(data=stands | {"version": resident.version})
    stale = None
    if form.validate_on_submit():
        try:
            actions.change_contacts(
                resident,
                form.values(),
                photo=form.photo.upload,
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            now = standing(resident, queries.particulars_of(resident))
            stale = form.stale_against(resident, **now)
        except Unfit as unfit:
            form.refuse("photo", why_unfit(unfit.because, PICTURES))
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("enrolment.resident", resident_id=resident.id))
    page = render_template("enrolment/contacts.html", form=form, resident=resident, stale=stale)
    return page, 200 if stale is None else 409
