"""Pass rates and means beside the province's."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.assessments.queries.exams import fewest_for
from trainingbase.downloads import download
from trainingbase.exams import tables, words
from trainingbase.exams.actions import province as actions
from trainingbase.exams.forms.sittings import ProvincialForm
from trainingbase.exams.queries import figures as queries
from trainingbase.exams.queries import province
from trainingbase.exams.routes.blueprint import exams
from trainingbase.roles import Role
from trainingbase.thresholds.queries import value_of

SEEING = (Role.OFFICE, Role.LEADER, Role.AUDITOR)


@exams.get("/figures")
@allow(*SEEING)
def figures():
    fewest = fewest_for(viewer())
    return render_template(
        "exams/figures.html",
        fewest=fewest,
        rates=queries.rates(fewest=fewest),
        means=queries.means(fewest=fewest),
        province=province.figures(),
        target=value_of("first_pass_target"),
        words=words,
    )


@exams.get("/figures/export/<string:kind>")
@allow(*SEEING)
def export_figures(kind: str):
    fewest = fewest_for(viewer())
    made = tables.figures(queries.rates(fewest=fewest), queries.means(fewest=fewest))
    return download(made, kind, "examinations")


@exams.route("/figures/province", methods=["GET", "POST"])
@allow(Role.OFFICE)
def enter_provincial():
    form = ProvincialForm(data={"year": clock.today().year})
    if form.validate_on_submit():
        if form.measure.data not in actions.MEASURES[form.kind.data]:
            form.refuse("measure", _("This examination has no such figure."))
        else:
            actions.enter(
                form.kind.data,
                form.year.data,
                form.measure.data,
                form.kept_value(),
                source=form.source.data,
                by=viewer(),
                at=clock.now(),
            )
            flash(_("Kept, with its source."), "success")
            return redirect(url_for("exams.figures"))
    page = render_template(
        "exams/form.html",
        form=form,
        title=_("Figure of the province"),
        button=_("Keep"),
        cancel=url_for("exams.figures"),
        lead=_("Entered again it takes the place of the one before, which stays in the history."),
    )
    return page, 422 if form.errors else 200
