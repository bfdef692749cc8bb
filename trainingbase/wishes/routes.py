"""A resident's wishes; the office's rounds."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import named
from trainingbase.months import months_from, months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.wishes import actions, queries, tables
from trainingbase.wishes.forms import (
    AnswerSearchForm,
    DeadlineForm,
    RoundForm,
    WishForm,
    wish_form,
)
from trainingbase.wishes.models import Round, RoundClosed

wishes = Blueprint("wishes", __name__, url_prefix="/wishes")


@wishes.route("/mine", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def mine():
    resident = resident_of(viewer())
    rounds = queries.rounds_for(resident)
    wanted = request.args.get("round", 0, type=int)
    asked = next((one for one in rounds if one.id == wanted), rounds[0] if rounds else None)
    if asked is None:
        return render_template("wishes/mine.html", asked=None)
    kept = queries.list_of(asked, resident)
    form, status = _form(asked, resident, kept), 200
    if request.method == "POST" and form.validate_on_submit():
        try:
            actions.keep_wishes(
                asked,
                resident,
                form.given(),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except RoundClosed:
            flash(_("The deadline has passed: what was kept before stands."), "error")
            return redirect(url_for("wishes.mine", round=asked.id))
        except Stale:
            status = 409
            kept = _kept_meanwhile(asked, resident, form)
        else:
            flash(_("Kept. You can change it until the deadline."), "success")
            return redirect(url_for("wishes.mine", round=asked.id))
    page = render_template(
        "wishes/mine.html",
        asked=asked,
        kept=kept,
        form=form,
        stale=status == 409,
        is_open=asked.is_open(clock.today()),
        others=[one for one in rounds if one.id != asked.id],
        in_words=tables.wish_in_words,
    )
    return page, status


def _form(asked: Round, resident: Resident, kept) -> WishForm:
    mine = queries.standards_left(resident)
    return wish_form(
        asked,
        kept,
        [one for one in asked.standards if one.id in mine],
        months_from(asked.starts_on, asked.ends_on),
    )


def _kept_meanwhile(asked: Round, resident: Resident, form: WishForm):
    """What somebody kept since the page was opened; the form goes on from it, as it was typed."""
    kept = queries.list_of(asked, resident)
    form.version.raw_data, form.version.data = None, kept.version if kept else None
    return kept


@wishes.get("/rounds")
@allow(Role.OFFICE, Role.AUDITOR)
def rounds():
    page = page_of(queries.rounds())
    return render_template(
        "wishes/rounds.html",
        page=page,
        counts=queries.counts([one.id for one in page.items]),
    )


@wishes.route("/rounds/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_round():
    cohorts, standards = queries.cohorts(), queries.standards()
    institutions = queries.institutions()
    usual = {
        "cohorts": [one.id for one in cohorts],
        "standards": [one.id for one in standards],
        "institutions": [one.id for one in institutions],
        "starts_on": months_later(clock.today(), 2),
        "last_day": clock.today() + timedelta(days=14),
    }
    form = RoundForm(data=usual if request.method == "GET" else None)
    form.cohorts.choices = [(one.id, named(one)) for one in cohorts]
    form.standards.choices = [(one.id, named(one)) for one in standards]
    form.institutions.choices = [(one.id, named(one)) for one in institutions]
    if form.validate_on_submit() and not form.errors:
        if form.last_day.data < clock.today():
            form.refuse("last_day", _("This day is over."))
        else:
            made = actions.open_round(
                title=form.title.data,
                terms=_terms(form),
                by=viewer(),
                at=clock.now(),
                request_key=form.form_key.data,
            )
            flash(_("The round is open, and everybody asked is told."), "success")
            return redirect(url_for("wishes.round", round_id=made.id))
    return render_template("wishes/new_round.html", form=form)


def _terms(form: RoundForm) -> actions.Terms:
    begin = form.starts_on.data.replace(day=1)
    return actions.Terms(
        starts_on=begin,
        ends_on=months_later(begin, form.months.data),
        closes_on=form.last_day.data + timedelta(days=1),
        cohort_ids=form.cohorts.data,
        standard_ids=form.standards.data,
        institution_ids=form.institutions.data,
        most_wishes=form.most_wishes.data,
        weight=form.weight.data,
        most_sites=form.most_sites.data,
        site_weight=form.site_weight.data,
    )


def _answer_rows(asked: Round):
    form = AnswerSearchForm()
    rows = queries.residents(asked, search=form.search.data or "", state=form.state.data or "")
    return form, rows


@wishes.get("/rounds/<int:round_id>", endpoint="round")
@allow(Role.OFFICE, Role.AUDITOR)
def one_round(round_id: int):
    asked = queries.round_by_id(round_id)
    form, rows = _answer_rows(asked)
    page = page_of(rows)
    return render_template(
        "wishes/round.html",
        asked=asked,
        form=form,
        page=page,
        kept=queries.lists_of(asked, [one.id for one in page.items]),
        counts=queries.counts([asked.id])[asked.id],
        is_open=asked.is_open(clock.today()),
        deadline=_deadline_form(asked),
        in_words=tables.wish_in_words,
    )


def _deadline_form(asked: Round) -> DeadlineForm:
    last = asked.closes_on - timedelta(days=1)
    return DeadlineForm(data={"last_day": last, "version": asked.version}, formdata=None)


@wishes.get("/rounds/<int:round_id>/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_answers(round_id: int, kind: str):
    asked = queries.round_by_id(round_id)
    _search, rows = _answer_rows(asked)
    residents = queries.all_of(rows)
    kept = queries.lists_of(asked, [one.id for one in residents])
    table = tables.of_answers([(one, kept.get(one.id)) for one in residents], asked.title)
    return download(table, kind, _("Wishes"))


@wishes.post("/rounds/<int:round_id>/deadline")
@allow(Role.OFFICE)
def move_deadline(round_id: int):
    asked = queries.round_by_id(round_id)
    form = DeadlineForm()
    if form.validate_on_submit():
        closes_on: date = form.last_day.data + timedelta(days=1)
        actions.move_deadline(
            asked, closes_on, version=form.version.data, by=viewer(), at=clock.now()
        )
        flash(_("The deadline is moved."), "success")
    else:
        flash(_("Choose the last day to answer."), "error")
    return redirect(url_for("wishes.round", round_id=round_id))


@wishes.post("/rounds/<int:round_id>/reminder")
@allow(Role.OFFICE)
def remind(round_id: int):
    try:
        told = actions.remind(queries.round_by_id(round_id), by=viewer(), at=clock.now())
    except RoundClosed:
        flash(_("The deadline has passed."), "error")
    else:
        flash(_("Reminded: %(number)s.", number=told), "success")
    return redirect(url_for("wishes.round", round_id=round_id))


@wishes.route("/rounds/<int:round_id>/residents/<int:resident_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def answer_for(round_id: int, resident_id: int):
    asked = queries.round_by_id(round_id)
    resident = queries.resident_asked(asked, resident_id)
    kept = queries.list_of(asked, resident)
    form, status = _form(asked, resident, kept), 200
    if request.method == "POST" and form.validate_on_submit():
        try:
            actions.keep_wishes(
                asked,
                resident,
                form.given(),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
            )
        except Stale:
            status = 409
            kept = _kept_meanwhile(asked, resident, form)
        else:
            flash(_("Kept, and the resident is told."), "success")
            return redirect(url_for("wishes.round", round_id=round_id))
    page = render_template(
        "wishes/answer_for.html",
        asked=asked,
        resident=resident,
        kept=kept,
        form=form,
        stale=status == 409,
        in_words=tables.wish_in_words,
    )
    return page, status
