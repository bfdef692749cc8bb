"""Another base's programme from its workbook, and the samples to start from."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import language, named
from trainingbase.programmes import actions, queries
from trainingbase.programmes.forms import NEW, OtherBaseForm, take_in_form
from trainingbase.programmes.reading import likely, programmes_in, renamed, samples
from trainingbase.programmes.routes import programmes
from trainingbase.programmes.rules.faults import faults
from trainingbase.programmes.words import Names, fault_in_words
from trainingbase.roles import Role
from trainingbase.sheets import FileFault


@programmes.route("/workbook", methods=["GET", "POST"])
@allow(Role.OFFICE)
def upload():
    form = OtherBaseForm()
    if form.validate_on_submit():
        taken = form.workbook.upload
        try:
            programmes_in(taken.content, taken.name, on=clock.today())
        except FileFault as fault:
            form.refuse("workbook", fault.message(language()))
        else:
            kept = actions.keep_workbook(taken, by=viewer(), at=clock.now())
            return redirect(url_for("programmes.take_in", file_id=kept.id))
    return render_template("programmes/upload.html", form=form), 422 if form.errors else 200


@programmes.route("/workbook/<int:file_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def take_in(file_id: int):
    """What it says, and which department is meant by each name that is not known here."""
    kept = queries.workbook_of(viewer(), file_id)
    found = programmes_in(kept.content, kept.name, on=clock.today())
    at = request.args.get("sheet", 0, type=int)
    if not 0 <= at < len(found):
        abort(404)
    sheet = found[at]
    standards = queries.standard_departments()
    by_name = {one.name: one for one in standards}
    every = dict.fromkeys(
        [one.standard for one in sheet.content.rotations]
        + [name for rule in sheet.content.orders for name in sorted(rule.after)]
    )
    unknown = [name for name in every if name not in by_name]
    free = {o.name: o for o in standards if o.name not in every}
    meant = {name: likely(name, tuple(free)) for name in unknown}
    form = take_in_form(
        unknown,
        {one.id: named(one) for one in free.values()},
        {name: free[one].id for name, one in meant.items() if one},
        code=_free(sheet.code),
        name=sheet.name,
        is_sample=False,
    )
    if form.validate_on_submit():
        made = _made(form, sheet, unknown, {one.id: one.name for one in standards})
        if made is not None:
            flash(_("Taken in as a draft. Check it before it is put in force."), "success")
            return redirect(url_for("programmes.programme", programme_id=made.id))
    page = render_template(
        "programmes/take_in.html",
        form=form,
        kept=kept,
        sheets=found,
        at=at,
        sheet=sheet,
        unknown=unknown,
        faults=faults(sheet.content),
        in_words=fault_in_words,
        names=Names(standards),
    )
    return page, 422 if form.errors else 200


def _free(code: str) -> str:
    """The workbook's own code, or one beside it where it is taken here."""
    if queries.programme_by_code(code) is None:
        return code
    letters = "BCDEFGHJKLMNPQRSTUVWXYZ"
    return next(
        (f"{code}{one}" for one in letters if queries.programme_by_code(code + one) is None), ""
    )


def _made(form, sheet, unknown: list[str], names: dict[int, str]):
    meant: dict[str, str] = {}
    for number, name in enumerate(unknown):
        chosen = form[f"standard_{number}"].data
        if chosen == NEW:
            continue
        if names[chosen] in meant.values():
            form.refuse(f"standard_{number}", _("Another name stands for this department already."))
            return None
        meant[name] = names[chosen]
    try:
        return actions.take_in(
            renamed(sheet.content, meant),
            code=form.code.data,
            name=form.name.data,
            name_en=form.name_en.data or None,
            is_sample=form.is_sample.data,
            by=viewer(),
            at=clock.now(),
        )
    except actions.AlreadyThere:
        form.refuse("code", _("Another programme has this code."))
        return None


@programmes.post("/samples/<string:code>")
@allow(Role.OFFICE)
def start_from_sample(code: str):
    found = {one.code: one for one in samples(on=clock.today())}
    if code not in found:
        abort(404)
    sheet = found[code]
    try:
        made = actions.take_in(
            sheet.content,
            code=code,
            name=sheet.name,
            is_sample=True,
            by=viewer(),
            at=clock.now(),
        )
    except actions.AlreadyThere:
        flash(_("Another programme has this code."), "info")
        return redirect(url_for("programmes.programmes"))
    flash(_("Taken in as a draft. Check it before it is put in force."), "success")
    return redirect(url_for("programmes.programme", programme_id=made.id))
