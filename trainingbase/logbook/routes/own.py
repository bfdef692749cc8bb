"""A resident's own log: what is asked here, one tap for the frequent, and what was entered."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.form import new_key
from trainingbase.logbook.actions import entering
from trainingbase.logbook.forms import EntrySearchForm, TapForm
from trainingbase.logbook.queries import entries
from trainingbase.logbook.queries.entries import Filter
from trainingbase.logbook.queries.kept import known_here
from trainingbase.logbook.queries.kinds import needs_values
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.routes.places import newest_day, own_places, places_of
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role

FREQUENT = timedelta(days=60)


@logbook.get("/")
@allow(Role.RESIDENT)
def mine():
    """Where I am, what I do most with one tap each, what is asked, and what I have entered."""
    form, words = EntrySearchForm(), kind_words()
    resident_id, places = own_places(viewer())
    kinds = words.kinds.values()
    place = places[0] if places else None
    whole, here = known_here(resident_id, place.id if place else 0)
    which = Filter(
        search=form.search.data or "",
        state=form.state.data or "",
        category=form.category.data or "",
    )
    return render_template(
        "logbook/mine.html",
        placement=place,
        places=places,
        here=here,
        whole=whole,
        form=form,
        tap_key=new_key(),
        kinds=_kinds_here(kinds, place),
        with_values={(one.category, one.name) for one in kinds if needs_values(one)},
        frequent=entries.frequent(resident_id, since=clock.today() - FREQUENT) if place else [],
        today=newest_day(place) if place else None,
        counts=entries.counts_of_day(place.id, newest_day(place)) if place else {},
        words=words,
        page=page_of_columns(*entries.entries_of(resident_id, which)),
        logged=request.args.get("logged", 0, type=int),
    )


def _kinds_here(kinds, place) -> list:
    """Kinds that can be done here: some only at primary sites."""
    primary = place is not None and place.is_primary_care
    return [one for one in kinds if one.in_use and (primary or not one.primary_only)]


@logbook.post("/tap")
@allow(Role.RESIDENT)
def tap():
    """One more, or a count of the day; taken back with one tap as well."""
    form = TapForm()
    asked = form.placement.data or 0
    place = next((one for one in places_of(resident_of(viewer())) if one.id == asked), None)
    if not form.validate_on_submit() or place is None:
        flash(_("This could not be logged. Use the form."), "error")
        return redirect(url_for("logbook.mine"))
    work = entering.Work(
        category=form.category.data,
        item=form.item.data,
        done_on=newest_day(place),
        count=form.count.data or 0,
    )
    try:
        entry = entering.log(place, work, key=form.form_key.data, by=viewer(), at=clock.now())
    except entering.TooMany as refused:
        flash(_("Give a number from 1 to %(most)s.", most=refused.most), "error")
    except entering.AlreadyCounted:
        flash(_("This day's count was confirmed: correct that entry."), "error")
    except entering.NotLogged:
        flash(_("This could not be logged. Use the form."), "error")
    else:
        return redirect(url_for("logbook.mine", logged=entry.id))
    return redirect(url_for("logbook.mine"))
