"""What waits for whoever supervised: confirmed or returned, one by one or many at once."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.form import whole_number
from trainingbase.i18n import day, in_words, language
from trainingbase.logbook.actions import deciding
from trainingbase.logbook.forms import ReturnForm, WaitingSearchForm
from trainingbase.logbook.queries import waiting
from trainingbase.logbook.queries.waiting import Sought
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.words import CATEGORIES, LEVELS
from trainingbase.paging import page_of_columns
from trainingbase.roles import Role

DECIDERS = (Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)


@logbook.get("/to-confirm")
@allow(*DECIDERS)
def to_confirm():
    """By resident; `?ticked=1` comes with everything on the page chosen."""
    form = WaitingSearchForm()
    which = Sought(
        search=form.search.data or "",
        category=form.category.data or "",
        first=form.first.data,
        last=form.last.data,
    )
    page = page_of_columns(*waiting.to_confirm(viewer(), which, at=clock.now()))
    return render_template(
        "logbook/to_confirm.html",
        page=page,
        groups=_by_resident(page.items),
        search=form,
        ticked=bool(request.args.get("ticked")),
        last=waiting.last_decision(viewer(), at=clock.now()),
        form=ReturnForm(),
    )


class Line(NamedTuple):
    """One entry as it is read before it is confirmed."""

    id: int
    day: str
    work: str
    item: str
    about: str
    note: str


def _by_resident(rows) -> list[tuple[str, str, list[Line]]]:
    """Name, cohort and department, and lines."""
    categories, levels, number_kept = in_words(CATEGORIES), in_words(LEVELS), _("number kept")
    correction, words, english = _("correction"), kind_words(), language() == "en"
    found: list[tuple[str, str, list[Line]]] = []
    last = None
    for (
        id_, resident, name, cohort, cohort_en, place, place_en, done_on, category, item, level,
        count, details, note, has_number, corrects,
    ) in rows:  # fmt: skip
        if resident != last:
            where = (cohort_en or cohort, place_en or place) if english else (cohort, place)
            found.append((name, " · ".join(where), []))
            last = resident
        about = [categories[category]]
        if level:
            about.append(levels[level])
        if has_number:
            about.append(number_kept)
        if corrects:
            about.append(correction)
        values = words.details(category, item, count, details)
        said = f"{values} {note or ''}".strip()
        work = words.item(category, item)
        found[-1][2].append(Line(id_, day(done_on), work, item, " · ".join(about), said))
    return found


@logbook.post("/decision")
@allow(*DECIDERS)
def decide():
    """`do` is confirm or return, `only` the one entry to confirm; what is not the viewer's to
    decide is left out."""
    form = ReturnForm()
    only = request.form.get("only", type=whole_number)
    wanted = [only] if only is not None else form.entries.data or []
    chosen = waiting.some_to_confirm(viewer(), wanted, at=clock.now())
    if not form.validate_on_submit() or not chosen:
        flash(_("Choose at least one entry that still waits."), "error")
    elif request.form.get("do") == "return" and only is None:
        _send_back(chosen, form)
    else:
        number = deciding.confirm(chosen, by=viewer(), at=clock.now())
        flash(_("Confirmed: %(n)s.", n=number), "success")
    return redirect(url_for("logbook.to_confirm"))


def _send_back(chosen, form) -> None:
    if not form.said:
        flash(_("Say why you return it."), "error")
        return
    number = deciding.send_back(
        chosen,
        reason=form.said,
        by=viewer(),
        at=clock.now(),
        path=url_for("logbook.mine", state="returned"),
    )
    flash(_("Returned: %(n)s.", n=number), "success")


@logbook.post("/decision/undoing")
@allow(*DECIDERS)
def undo_decision():
    """What was decided in one go a moment ago waits again."""
    last = waiting.last_decision(viewer(), at=clock.now())
    if last is None or request.form.get("at") != last.at.isoformat():
        flash(_("It is too late to take this back. The resident can correct the entry."), "error")
    else:
        entries = waiting.decided_at(viewer(), last.at)
        number = deciding.take_back(entries, by=viewer(), at=clock.now())
        flash(_("Waiting again: %(n)s.", n=number), "success")
    return redirect(url_for("logbook.to_confirm"))
