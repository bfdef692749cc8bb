"""The whole form with its score, one item of it, and both as files."""

from flask import render_template
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.downloads import as_file, download
from trainingbase.form import options
from trainingbase.i18n import language
from trainingbase.paging import page_of
from trainingbase.selfassessment import paperwork, queries, tables
from trainingbase.selfassessment.findings import Facts
from trainingbase.selfassessment.forms import TaskListForm, YearForm
from trainingbase.selfassessment.queries import ItemStanding, Standing
from trainingbase.selfassessment.routes.blueprint import (
    READERS,
    base_name,
    edition_asked,
    selfassessment,
    year_asked,
    years,
)
from trainingbase.selfassessment.words import (
    CONDITION_STATES,
    STATES,
    left_open,
    rule_of,
    verdict_of,
)


def stands() -> Standing:
    return queries.standing(edition_asked(), year_asked(), today=clock.today())


def _form(one: Standing) -> YearForm:
    form = YearForm()
    form.year.choices = options({year: str(year) for year in years()})
    form.year.data = one.year
    names = {
        item.item.chapter: item.item.section_en if language() == "en" else item.item.section
        for item in one.items
    }
    form.section.choices = options({"": _("All")} | names)
    return form


def _shown(form: YearForm, one: Standing) -> list[ItemStanding]:
    search = (form.search.data or "").casefold()
    return [
        item
        for item in one.items
        if (not form.section.data or item.item.chapter == form.section.data)
        and (not form.state.data or item.state == form.state.data)
        and search in f"{item.item.code} {item.item.name} {item.item.name_en}".casefold()
    ]


@selfassessment.get("/")
@allow(*READERS)
def overview():
    one = stands()
    form = _form(one)
    return render_template(
        "selfassessment/overview.html",
        form=form,
        one=one,
        items=_shown(form, one),
        states=STATES,
        said=verdict_of(one),
        left_open=left_open(one),
        condition_states=CONDITION_STATES,
        to_gain_of=tables.to_gain_of,
    )


@selfassessment.get("/export/<string:kind>")
@allow(*READERS)
def export(kind: str):
    one = stands()
    rows = _shown(_form(one), one)
    sheets = [
        tables.of_items(rows),
        tables.of_sum(one),
        tables.of_conditions(one.conditions),
        tables.of_evidence(queries.evidence_list(one.edition, one.year)),
    ]
    return download(sheets, kind, _("Self-assessment"))


@selfassessment.get("/document.pdf")
@allow(*READERS)
def document():
    from trainingbase.paper import pdf

    one = stands()
    evidence = list(queries.evidence_list(one.edition, one.year))
    made = paperwork.document(one, evidence, at=clock.now(), base=base_name())
    return as_file(pdf(made), "pdf", _("Self-assessment"))


@selfassessment.get("/items/<int:item_id>")
@allow(*READERS)
def item(item_id: int):
    one, year = queries.item_by_id(item_id), year_asked()
    facts, answers = Facts(year, clock.today()), queries.answers_of(one, year)
    parts = [
        queries.PartStanding(part, queries.found(part, facts), answers.get(part.id))
        for part in one.parts
    ]
    evidence, tasks = queries.evidence_of(one, year), queries.tasks_of(one, year)
    return render_template(
        "selfassessment/item.html",
        item=one,
        year=year,
        standing=ItemStanding(one, parts, len(evidence), len(tasks)),
        evidence=evidence,
        tasks=tasks,
        states=STATES,
        rule_of=rule_of,
        to_gain=tables.to_gain,
    )


def _task_rows():
    form = TaskListForm()
    form.year.choices = options({year: str(year) for year in years()})
    form.year.data = year_asked()
    state = form.state.data if form.state.data in ("open", "done", "all") else "open"
    return form, queries.tasks(edition_asked(), form.year.data, state=state)


@selfassessment.get("/tasks")
@allow(*READERS)
def tasks():
    form, rows = _task_rows()
    return render_template("selfassessment/tasks.html", form=form, page=page_of(rows))


@selfassessment.get("/tasks/export/<string:kind>")
@allow(*READERS)
def export_tasks(kind: str):
    _form, rows = _task_rows()
    return download(tables.of_tasks(queries.all_of(rows)), kind, _("Tasks"))
