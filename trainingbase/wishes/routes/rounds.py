"""The office's rounds: who was asked, until when, and what was answered."""

from datetime import date, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.i18n import named
from trainingbase.months import months_later
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.wishes import actions, queries, tables
from trainingbase.wishes.forms import AnswerSearchForm, DeadlineForm, RoundForm
from trainingbase.wishes.models import Round, RoundClosed
from trainingbase.wishes.routes import wishes


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
