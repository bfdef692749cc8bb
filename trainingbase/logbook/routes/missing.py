"""One rotation: its part of what is asked, what is missing, and what can still be done."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import in_words
from trainingbase.logbook.actions import deciding
from trainingbase.logbook.forms import EntrySearchForm
from trainingbase.logbook.queries import entries
from trainingbase.logbook.queries.appeals import appeals_of_stays
from trainingbase.logbook.queries.entries import Filter
from trainingbase.logbook.queries.kept import known_stay
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.routes.places import places_of
from trainingbase.logbook.routes.rows import of_stay
from trainingbase.logbook.words import APPEAL_KINDS, APPEAL_STATES, CATEGORIES
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role
from trainingbase.rotations.queries.placements import placement_for

READERS = (
    Role.RESIDENT, Role.OFFICE, Role.AUDITOR, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR,
)  # fmt: skip


@logbook.get("/placements/<int:placement_id>")
@allow(*READERS)
def stay(placement_id: int):
    place = placement_for(viewer(), placement_id, today=clock.today())
    form = EntrySearchForm()
    which = Filter(
        search=form.search.data or "",
        state=form.state.data or "",
        category=form.category.data or "",
        placement_id=place.id,
    )
    here, proportion = known_stay(place.resident_id, place.id, place.standard_department_id)
    own = place.resident.person_id == viewer().id
    return render_template(
        "logbook/stay.html",
        placement=place,
        own=own,
        takes_entries=own and place.id in {one.id for one in places_of(place.resident)},
        here=here,
        lines=of_stay(here.lines),
        part=proportion,
        days_left=max(0, (place.ends_on - max(clock.today(), place.starts_on)).days),
        appeals=appeals_of_stays([place.id]),
        appeal_states=APPEAL_STATES,
        appeal_kinds=APPEAL_KINDS,
        categories=in_words(CATEGORIES),
        words=kind_words(),
        form=form,
        page=page_of_columns(*entries.entries_of(place.resident_id, which)),
    )


@logbook.post("/placements/<int:placement_id>/asking")
@allow(Role.RESIDENT)
def ask_supervisor(placement_id: int):
    """To confirm what waits; at most once a day."""
    place = placement_for(viewer(), placement_id, today=clock.today())
    if place.resident_id != resident_of(viewer()).id:
        abort(404)
    path = url_for("logbook.to_confirm", search=place.resident.name)
    try:
        deciding.ask(place, by=viewer(), at=clock.now(), path=path)
    except deciding.NobodyToAsk:
        flash(_("No supervisor is named: the department's secretary confirms."), "info")
    except deciding.AskedToday:
        flash(_("You have asked today already."), "info")
    except deciding.NothingWaits:
        flash(_("Nothing waits to be confirmed."), "info")
    else:
        flash(_("Your supervisor has a notice."), "success")
    return redirect(url_for("logbook.stay", placement_id=place.id))
