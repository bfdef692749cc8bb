"""The pages on which workbooks are brought in."""

import re

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.i18n import language
from trainingbase.imports import actions, exports, keeping, queries, words
from trainingbase.imports.forms import ImportFilterForm, RowFilterForm, WorkbookForm
from trainingbase.imports.models import AlreadyTaken, NotReady, OutOfDate
from trainingbase.paging import page_of
from trainingbase.roles import Role
from trainingbase.sheets import FileFault

imports = Blueprint("imports", __name__, url_prefix="/imports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@imports.get("/", endpoint="imports")
@allow(Role.OFFICE, Role.AUDITOR)
def imports_page():
    return _page(WorkbookForm.blank(on=clock.today()))


def _page(form: WorkbookForm):
    filters = ImportFilterForm()
    rows = queries.imports(kind=filters.holds.data or "", state=filters.state.data or "")
    return render_template(
        "imports/imports.html",
        form=form,
        filters=filters,
        page=page_of(rows),
        latest=queries.latest_of_each_kind(),
        needs={kind: keeping.needs(kind) for kind in words.KINDS},
        words=words,
    )


@imports.post("/")
@allow(Role.OFFICE)
def bring_in():
    form = WorkbookForm()
    if not form.validate():
        return _page(form), 422
    file = form.workbook.data
    content, name = file.stream.read(), _plain_name(file.filename)
    try:
        kind = form.kind.data or actions.kind_of(content, name, by=viewer())
        if kind is None:
            form.refuse("kind", _("No known table was found in it. Choose what it holds."))
            return _page(form), 422
        import_ = actions.bring_in(
            kind,
            content,
            name,
            on=form.on.data,
            by=viewer(),
            at=clock.now(),
            form_key=form.form_key.data,
        )
    except FileFault as fault:
        form.refuse("workbook", fault.message(language()))
        _hint_at_kind(form, content, name)
        return _page(form), 422
    except actions.Contradicts:
        form.refuse("workbook", _("Two rows of it contradict each other; nothing was saved."))
        return _page(form), 422
    return redirect(url_for("imports.preview", import_id=import_.id))


def _plain_name(filename: str | None) -> str:
    """The name without folders and control characters; browsers and people send all sorts."""
    bare = re.split(r"[\\/]", filename or "")[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", bare)[:200] or "workbook.xlsx"


def _hint_at_kind(form: WorkbookForm, content: bytes, name: str) -> None:
    """Say what the file seems to be where another kind was chosen."""
    if not form.kind.data:
        return
    try:
        likely = actions.kind_of(content, name, by=viewer())
    except FileFault:
        return
    if likely is not None and likely != form.kind.data:
        message = _("It looks like this: %(kind)s.", kind=words.KINDS[likely])
        form.refuse("kind", message)


@imports.errorhandler(413)
def too_large(error):
    """A file beyond the limit is not read; whoever may bring one in is told at the field."""
    if not current_user.is_authenticated or not current_user.holds(Role.OFFICE):
        return render_template("errors/413.html"), 413
    form = WorkbookForm.blank(on=clock.today())
    most = current_app.config["MAX_CONTENT_LENGTH"] // 1024**2
    message = _(
        "The file is larger than %(most)s MB and was not read. Take out pictures and empty"
        " formatted rows, or save the sheet you need by itself.",
        most=most,
    )
    form.refuse("workbook", message)
    return _page(form), 413


@imports.get("/<int:import_id>")
@allow(Role.OFFICE, Role.AUDITOR)
def preview(import_id: int):
    import_ = queries.import_by_id(import_id)
    filters = RowFilterForm()
    filters.offer(list(import_.counts))
    rows = queries.rows_shown(
        import_,
        status=filters.status.data or "",
        sheet=filters.sheet.data or "",
        outcome=filters.outcome.data or "",
    )
    return render_template(
        "imports/preview.html",
        import_=import_,
        filters=filters,
        page=page_of(rows),
        before=queries.confirmed_before(import_) if import_.is_open else None,
        words=words,
    )


@imports.post("/<int:import_id>/confirmation")
@allow(Role.OFFICE)
def confirm(import_id: int):
    import_ = queries.import_by_id(import_id)
    try:
        outcome = actions.confirm(import_, by=viewer(), at=clock.now())
    except AlreadyTaken:
        flash(_("This had already been confirmed or discarded; nothing was done twice."), "info")
    except NotReady as refused:
        names = words.kinds(refused.missing)
        flash(_("First bring in: %(kinds)s. This preview waits.", kinds=names), "warning")
    except OutOfDate:
        flash(
            _("The base has changed since this preview was made. It is judged anew: look again."),
            "warning",
        )
    else:
        flash(
            _("Saved: %(created)s new, %(changed)s changed, %(unchanged)s unchanged.", **outcome),
            "success",
        )
    return redirect(url_for("imports.preview", import_id=import_id))


@imports.post("/<int:import_id>/discarding")
@allow(Role.OFFICE)
def discard(import_id: int):
    try:
        actions.discard(queries.import_by_id(import_id), by=viewer(), at=clock.now())
        flash(_("Discarded; nothing was saved."), "info")
    except AlreadyTaken:
        flash(_("This had already been confirmed or discarded; nothing was done twice."), "info")
    return redirect(url_for("imports.imports"))


@imports.get("/<int:import_id>/refused.xlsx")
@allow(Role.OFFICE)
def refused(import_id: int):
    """The refused rows with their reasons, to be mended and brought in by themselves."""
    import_ = queries.import_by_id(import_id)
    name = _("refused rows of %(name)s", name=re.sub(r"\.\w+$", "", import_.filename))
    return send_file(
        exports.refused_workbook(import_),
        mimetype=XLSX,
        as_attachment=True,
        download_name=f"{name}.xlsx",
    )


@imports.get("/templates/<string:kind>.xlsx")
@allow(Role.OFFICE)
def template(kind: str):
    if kind not in words.KINDS:
        abort(404)
    return send_file(
        exports.blank_workbook(kind, clock.today()),
        mimetype=XLSX,
        as_attachment=True,
        download_name=f"{kind}.xlsx",
    )
