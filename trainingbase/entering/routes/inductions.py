"""Departments' induction pages and papers."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import download
from trainingbase.entering import actions, tables
from trainingbase.entering.forms import InductionForm, InductionsForm, PaperForm
from trainingbase.entering.queries import inductions as queries
from trainingbase.entering.routes.blueprint import CONFIRM, READ, SEE_GOALS, entering
from trainingbase.entering.words import FIELDS
from trainingbase.files.sending import send
from trainingbase.history.queries import changes_of
from trainingbase.paging import page_of
from trainingbase.stale import Stale
from trainingbase.supervision.queries.desk import departments

GENERAL_PRACTICE = "全科"
"""What the name of a ward of general practice has in it, before anybody has said."""


def _listed():
    form = InductionsForm()
    form.choose_sites(departments(viewer()))
    which = queries.Filter(
        search=form.search.data or "",
        state=form.state.data or "",
        institution_id=form.institution.data or 0,
        sort=request.args.get("sort", ""),
    )
    return form, queries.listed(viewer(), which, today=clock.today())


@entering.get("/departments")
@allow(*READ)
def inductions():
    form, rows = _listed()
    page = page_of(rows)
    return render_template(
        "entering/inductions.html", form=form, page=page, lines=queries.lines_of(page.items)
    )


@entering.get("/departments/export/<string:kind>")
@allow(*READ)
def export_inductions(kind: str):
    _form, rows = _listed()
    lines = queries.lines_of(queries.all_of(rows))
    return download(tables.of_inductions(lines), kind, _("Induction pages"))


@entering.get("/departments/<int:department_id>")
@allow(*SEE_GOALS)
def induction(department_id: int):
    return _shown(queries.department_read(viewer(), department_id, today=clock.today()))


def _shown(department, paper: PaperForm | None = None, status: int = 200):
    may = viewer().holds(*CONFIRM) and queries.is_kept_by(viewer(), department)
    page = queries.induction_of(department.id)
    keeps = may or viewer().holds(*READ)
    return render_template(
        "entering/induction.html",
        department=department,
        page=page,
        papers=queries.papers_of(department.id, removed=may),
        may=may,
        paper=(paper or PaperForm()) if may else None,
        changes=page_of(changes_of(page)) if page is not None and keeps else None,
        fields=FIELDS,
    ), status


@entering.route("/departments/<int:department_id>/edit", methods=["GET", "POST"])
@allow(*CONFIRM)
def edit_induction(department_id: int):
    department = queries.department_kept(viewer(), department_id)
    page = queries.induction_of(department_id)
    usual = {"is_general_practice": GENERAL_PRACTICE in department.name, "version": 0}
    form = InductionForm(obj=page) if page is not None else InductionForm(data=usual)
    home, stale = url_for("entering.induction", department_id=department_id), None
    if form.validate_on_submit():
        try:
            actions.edit_induction(
                department,
                form.columns(),
                version=form.version.data,
                by=viewer(),
                at=clock.now(),
                why=form.why.data,
            )
        except Stale:
            fresh = queries.induction_of(department_id)
            stale = form.stale_against(fresh, why=form.why.data) if fresh is not None else []
        else:
            flash(_("Saved."), "success")
            return redirect(home)
    shown = render_template(
        "entering/edit_induction.html", department=department, form=form, stale=stale, home=home
    )
    return shown, 409 if stale is not None else 422 if form.errors else 200


@entering.post("/departments/<int:department_id>/papers")
@allow(*CONFIRM)
def add_paper(department_id: int):
    department, form = queries.department_kept(viewer(), department_id), PaperForm()
    if not form.validate_on_submit() or form.file.upload is None:
        return _shown(department, form, 422)
    actions.add_paper(
        department,
        form.file.upload,
        title=form.title.data or "",
        by=viewer(),
        at=clock.now(),
        request_key=form.form_key.data,
    )
    flash(_("The paper is kept."), "success")
    return redirect(url_for("entering.induction", department_id=department_id))


@entering.get("/papers/<int:paper_id>")
@allow(*SEE_GOALS)
def paper(paper_id: int):
    return send(queries.paper_for(viewer(), paper_id, today=clock.today()).file)


@entering.post("/papers/<int:paper_id>/removal")
@allow(*CONFIRM)
def remove_paper(paper_id: int):
    one = queries.paper_kept(viewer(), paper_id)
    actions.remove_paper(one, by=viewer(), at=clock.now())
    flash(_("Taken away. It can be put back below."), "success")
    return redirect(url_for("entering.induction", department_id=one.department_id))


@entering.post("/papers/<int:paper_id>/return")
@allow(*CONFIRM)
def put_back_paper(paper_id: int):
    one = queries.paper_kept(viewer(), paper_id)
    actions.put_back_paper(one, by=viewer(), at=clock.now())
    flash(_("It is there again."), "success")
    return redirect(url_for("entering.induction", department_id=one.department_id))
