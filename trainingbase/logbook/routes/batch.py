"""Many lines of work from a sheet."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.enrolment.queries import resident_of
from trainingbase.i18n import named
from trainingbase.logbook.actions import entering
from trainingbase.logbook.forms import BatchForm
from trainingbase.logbook.models import Kind
from trainingbase.logbook.queries.kinds import kinds_in_use
from trainingbase.logbook.routes.blueprint import logbook
from trainingbase.logbook.routes.places import places_of
from trainingbase.logbook.rules.batch import Fault, Line, details_of, read_lines
from trainingbase.logbook.words import CATEGORIES, LEVELS, value_words
from trainingbase.roles import Role


@logbook.route("/batch", methods=["GET", "POST"])
@allow(Role.RESIDENT)
def batch():
    """All lines are taken, or none."""
    places, form, faults = places_of(resident_of(viewer())), BatchForm(), []
    if not places:
        return render_template("logbook/nowhere.html")
    kinds = kinds_in_use()
    if form.validate_on_submit():
        lines, faults = read_lines(
            form.lines.data, categories=_keys(CATEGORIES), levels=_keys(LEVELS)
        )
        if not faults:
            fault = _log_lines(lines, places, kinds, form.form_key.data)
            if fault is None:
                flash(_("Logged: %(n)s lines.", n=len(lines)), "success")
                return redirect(url_for("logbook.mine"))
            faults = [fault]
    page = render_template(
        "logbook/batch.html",
        form=form,
        faults=faults,
        places=places,
        by_day=[named(kind) for kind in kinds if kind.by_day],
        valued=[kind for kind in kinds if any(one.in_use for one in kind.fields)],
        value_words=value_words,
    )
    return page, 422 if form.errors or faults else 200


def _keys(words) -> dict[str, str]:
    """Each word of both ways to say it: its key, and what the viewer calls it."""
    return {key: key for key in words} | {str(word): key for key, word in words.items()}


def _log_lines(lines: list[Line], places, kinds: Sequence[Kind], key: str) -> Fault | None:
    """Each line goes to the stay its day lies in; the fault of the first that is not taken."""
    names = {(kind.category, kind.name_en): kind.name for kind in kinds}
    by_name = {(kind.category, kind.name): kind for kind in kinds}
    works = []
    for line in lines:
        place = next((p for p in places if p.starts_on <= line.done_on < p.ends_on), None)
        if place is None:
            return Fault(line.number, "stay", line.done_on.isoformat())
        item = names.get((line.category, line.item), line.item)
        kind = by_name.get((line.category, item))
        fields = [one for one in kind.fields if one.in_use] if kind else []
        details, unknown = details_of(line, fields)
        if unknown:
            return Fault(line.number, "value", unknown)
        work = entering.Work(
            line.category, item, line.done_on, line.level, line.reference,
            count=line.count, details=details,
        )  # fmt: skip
        works.append((place, work))
    try:
        keys = [f"{key}-{line.number}" for line in lines]
        entering.log_all(works, keys=keys, by=viewer(), at=clock.now())
    except entering.NotLogged as refused:
        item = works[refused.index][1].item
        kind = by_name.get((lines[refused.index].category, item))
        return _fault(lines[refused.index], refused, kind)
    return None


def _fault(line: Line, refused: entering.NotLogged, kind: Kind | None) -> Fault:
    match refused:
        case entering.TellsWho(said=said):
            return Fault(line.number, "identity", said)
        case entering.AlreadyClaimed():
            return Fault(line.number, "claimed", line.reference or "")
        case entering.AlreadyCounted():
            return Fault(line.number, "counted", line.done_on.isoformat())
        case entering.BadValues(faults=faults):
            wanted = {one.code for one in faults}
            fields = [one for one in kind.fields if one.code in wanted] if kind else []
            said = _(", ").join(named(one) for one in fields)
            return Fault(line.number, "values", said or line.item)
        case entering.Retired():
            return Fault(line.number, "retired", line.item)
        case entering.TooMany():
            return Fault(line.number, "count", str(line.count))
    return Fault(line.number, "stay", line.done_on.isoformat())
