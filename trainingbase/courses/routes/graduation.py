"""Who is ready to graduate, what each lacks, and graduating several at once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.courses import actions, words
from trainingbase.courses.forms import ONE_DAY, CandidateSearchForm, GraduationForm
from trainingbase.courses.queries import effects, graduating
from trainingbase.courses.routes.blueprint import courses
from trainingbase.courses.routes.showing import lacks_of, lacks_with_rows
from trainingbase.courses.rules.states import Impossible
from trainingbase.downloads import download
from trainingbase.form import options, whole_number
from trainingbase.i18n import last_day, named
from trainingbase.paging import page_of_list
from trainingbase.roles import Role

MOST = 200
"""So many graduate in one go at most."""


def _listed():
    form = CandidateSearchForm()
    there = graduating.cohorts_in_training()
    form.cohort.choices = options({0: _("All")} | {one.id: named(one) for one in there})
    found = graduating.candidates(
        viewer(),
        today=clock.today(),
        cohort_id=form.cohort.data or 0,
        search=form.search.data or "",
        lack=form.lack.data or "",
        sort=request.args.get("sort", ""),
    )
    return form, found


@courses.get("/graduation", endpoint="graduation")
@allow(Role.OFFICE, Role.AUDITOR)
def candidates():
    form, found = _listed()
    page = page_of_list(found)
    return render_template(
        "courses/graduation.html",
        form=form,
        page=page,
        lacks=lacks_of(page.items),
        ready=sum(one.is_ready for one in found),
    )


@courses.get("/graduation/export/<string:kind>")
@allow(Role.OFFICE, Role.AUDITOR)
def export_candidates(kind: str):
    from trainingbase.sheets.write import Table

    _form, found = _listed()
    lacks = lacks_of(found)
    table = [
        [
            one.resident.name, named(one.resident.cohort), last_day(one.resident.ends_on),
            _("ready") if one.is_ready else _("not ready"), len(one.lacks),
            "; ".join(lacks[one.resident.id]),
        ]
        for one in found
    ]  # fmt: skip
    header = [_("Resident"), _("Cohort"), _("Until"), _("State"), _("Number"), _("Missing")]
    return download(Table(_("Graduation"), header, table), kind, _("Graduation"))


@courses.get("/graduation/<int:resident_id>")
@allow(Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.RESIDENT)
def candidate(resident_id: int):
    found = graduating.candidate_for(viewer(), resident_id, today=clock.today())
    return render_template("courses/candidate.html", candidate=found, lacks=lacks_with_rows(found))


@courses.route("/graduation/confirmation", methods=["GET", "POST"])
@allow(Role.OFFICE)
def graduate():
    """What the chosen ones lose by it, before it is done; those not ready are left out."""
    chosen = request.values.getlist("resident", type=whole_number)[:MOST]
    form = GraduationForm(data={"last_day": clock.today()})
    day = form.last_day.data or clock.today()
    found = graduating.checked(graduating.residents_for(viewer(), chosen), day + ONE_DAY)
    ready = [one.resident for one in found if one.is_ready]
    terms = actions.Terms("graduation", day + ONE_DAY)
    shown = effects.effects_together(ready, terms.kind, terms.starts_on, today=clock.today())
    status = 200
    if form.validate_on_submit() and form.seen.data and ready:
        try:
            made = actions.graduate(ready, terms, seen=form.seen.data, by=viewer(), at=clock.now())
        except Impossible as refused:
            flash(words.impossible(refused), "error")
        except actions.EffectChanged:
            flash(_("Something has changed since: look at the effect again."), "error")
            status = 409
        else:
            flash(_("%(number)s residents have graduated.", number=len(made)), "success")
            return redirect(url_for("courses.certificates"))
    form.seen.data = effects.digest_of_all(shown)
    page = render_template(
        "courses/graduate.html",
        form=form,
        effects=[(one, words.shown(effect)) for one, effect in zip(ready, shown, strict=True)],
        unready=[one for one in found if not one.is_ready],
        lacks=lacks_of(found),
    )
    return page, status
