"""Planning an activity and changing its plan; what stands in the way is shown first."""

from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import options
from trainingbase.roles import Role
from trainingbase.stale import Stale
from trainingbase.training.actions import planning
from trainingbase.training.forms.arranging import ChangeForm, PlanForm
from trainingbase.training.models import Activity, AlreadyApproved, AlreadyHeld
from trainingbase.training.queries import activities as queries
from trainingbase.training.queries import audience, choices
from trainingbase.training.queries.calendars import working_days
from trainingbase.training.queries.clashes import Wanted, clashes
from trainingbase.training.routes import training
from trainingbase.training.routes.seeing import ARRANGING, arranges, namer, place_name, words
from trainingbase.training.rules.times import clock_of
from trainingbase.training.words import CLASHES

ONE_DAY = timedelta(days=1)


def _with_choices(form, one: Activity | None = None):
    """What this viewer may choose; of a row also what stands there."""
    name_of, today = namer(), clock.today()
    kinds = {kind.name: name_of(kind.name) for kind in choices.kinds_in_use()}
    places = {d.id: place_name(d) for d in choices.departments_for(viewer(), today)}
    speakers = {
        person.id: f"{person.name} · {where}" if where else person.name
        for person, where in choices.speakers_for(viewer(), today)
    }
    if one is not None:
        kinds.setdefault(one.kind, name_of(one.kind))
        if one.department is not None:
            places.setdefault(one.department.id, place_name(one.department))
        for person in (one.speaker, *one.others):
            if person is not None:
                speakers.setdefault(person.id, person.name)
    whole = {0: _("Whole base")} if viewer().holds(Role.OFFICE) or _is_whole(one) else {}
    form.kind.choices = options(kinds)
    form.department.choices = options(whole | places)
    form.speaker.choices = options({0: _("Nobody yet")} | speakers)
    form.others.choices = options(speakers)
    form.joint.choices = options({d.id: place_name(d) for d in choices.departments_open(today)})
    form.audience_year.choices = options({0: "—"} | {year: str(year) for year in audience.years()})
    return form


def _is_whole(one: Activity | None) -> bool:
    return one is not None and one.department_id is None


@training.route("/activities/new", methods=["GET", "POST"])
@allow(*ARRANGING)
def plan():
    form = _with_choices(PlanForm())
    if not form.is_submitted():
        _begin(form)
    found, skipped = [], []
    if form.validate_on_submit() and _is_mine(form):
        days = form.days()
        worked = days if len(days) == 1 else _worked(form, days)
        skipped = [day for day in days if day not in worked]
        found = _in_the_way(form, worked)
        if not worked:
            form.refuse("until", _("None of these days is a working day."))
        elif not found or form.all_the_same.data:
            one = planning.make(
                _answers(form), worked, form.files.uploads,
                key=form.form_key.data, by=viewer(), at=clock.now(),
            )  # fmt: skip
            flash(_("Planned: %(number)s.", number=len(worked)), "success")
            return redirect(url_for("training.activity", activity_id=one.id))
    return _page(form, title=_("Plan an activity"), found=found, skipped=skipped)


def _worked(form: PlanForm, days: list[date]) -> list[date]:
    """Those on which the department works, by its own calendar."""
    chosen_id = form.department.data or None
    places = [one for one in choices.departments_open(clock.today()) if one.id == chosen_id]
    works = working_days(places, min(days), max(days) + ONE_DAY)
    return [day for day in days if works(chosen_id, day)]


def _begin(form: PlanForm) -> None:
    """What the address says, and who teaches speaks themselves."""
    named = request.args.get("kind")
    if named in {one.value for one in form.kind.choices}:
        form.kind.data = named
    kinds = {kind.name: kind for kind in choices.kinds_in_use()}
    kind = kinds.get(form.kind.data or "") or next(iter(kinds.values()), None)
    form.minutes.data = kind.minutes if kind else None
    form.held_on.data = request.args.get("day", clock.today(), type=_day) or clock.today()
    form.department.data = request.args.get("department", type=int) or (
        form.department.choices[0].value if form.department.choices else None
    )
    if not viewer().holds(Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR):
        form.speaker.data = viewer().id


def _day(text: str) -> date:
    return date.fromisoformat(text)


@training.route("/activities/<int:activity_id>/plan", methods=["GET", "POST"])
@allow(*ARRANGING)
def change(activity_id: int):
    one = queries.activity_for(viewer(), activity_id)
    if not arranges(one):
        abort(404)
    if not one.is_open:
        flash(_("It has been handed in: nothing of it can be changed."), "info")
        return redirect(url_for("training.activity", activity_id=one.id))
    form = _with_choices(ChangeForm(data=_shown(one)), one)
    found, stale = [], None
    if form.validate_on_submit() and _is_mine(form, one):
        found = _in_the_way(form, [form.held_on.data], besides=one.id)
        if not found or form.all_the_same.data:
            try:
                planning.edit(
                    one, _answers(form) | {"held_on": form.held_on.data}, form.files.uploads,
                    version=form.version.data, by=viewer(), at=clock.now(),
                )  # fmt: skip
            except Stale:
                shown = _shown(one)
                stale = form.stale_against(
                    one, **{k: v for k, v in shown.items() if k != "version"}
                )
            except AlreadyHeld:
                form.refuse("held_on", _("It has begun: only the office moves it."))
            except AlreadyApproved:
                flash(_("It has been handed in: nothing of it can be changed."), "info")
                return redirect(url_for("training.activity", activity_id=one.id))
            else:
                flash(_("Saved."), "success")
                return redirect(url_for("training.activity", activity_id=one.id))
    return _page(form, title=_("Change the plan"), found=found, one=one, stale=stale)


def _shown(one: Activity) -> dict:
    """The row as the form shows it."""
    return {
        "kind": one.kind,
        "topic": one.topic,
        "department": one.department_id or 0,
        "held_on": one.held_on,
        "starts": clock_of(one.starts_at) if one.starts_at else None,
        "minutes": one.minutes,
        "room": one.room or "",
        "link": one.link or "",
        "speaker": one.speaker_id or 0,
        "others": [person.id for person in one.others],
        "audience": one.audience or "department",
        "audience_year": one.audience_year or 0,
        "joint": [department.id for department in one.joint],
        "note": one.note or "",
        "version": one.version,
    }


def _answers(form) -> dict:
    others = [number for number in form.others.data if number != form.speaker.data]
    joint = [number for number in form.joint.data if number != form.department.data]
    return form.typed() | {
        "others": planning.people(others),
        "joint": planning.departments(joint),
    }


def _is_mine(form, one: Activity | None = None) -> bool:
    """Somebody who only teaches plans what they speak at themselves."""
    if viewer().holds(Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR):
        return True
    if viewer().id in {form.speaker.data, *form.others.data}:
        return True
    form.refuse("speaker", _("You plan only what you speak at yourself."))
    return False


def _in_the_way(form, days, besides: int | None = None):
    place = next(
        (d for d in choices.departments_open(clock.today()) if d.id == form.department.data), None
    )
    speakers = {form.speaker.data, *form.others.data} - {0, None}
    wanted = Wanted(
        days=days,
        starts_at=form.starts_at(),
        minutes=form.minutes.data,
        speaker_ids=frozenset(speakers),
        room=form.room.data or "",
        institution_id=place.institution_id if place else None,
    )
    return clashes(wanted, besides=besides)


def _page(form, *, title, found=(), skipped=(), one=None, stale=None):
    page = render_template(
        "training/plan.html",
        form=form,
        title=title,
        activity=one,
        clashes=found,
        clash_words=CLASHES,
        skipped=skipped,
        stale=stale,
        place_name=place_name,
        **words(),
    )
    return page, 409 if stale is not None else 200
