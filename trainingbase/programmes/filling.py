"""The forms of a draft's parts, filled from what stands there, and read back as rows."""

from typing import Any

from flask_babel import gettext as _

from trainingbase.form import EditingForm, options
from trainingbase.i18n import named
from trainingbase.programmes import instruments, queries
from trainingbase.programmes.forms import (
    AssessmentForm,
    GroupForm,
    MinimumForm,
    RequirementForm,
    RuleForm,
)
from trainingbase.programmes.models import (
    ElectiveGroup,
    Minimum,
    OrderRule,
    PlannedAssessment,
    Programme,
    Requirement,
    StandardDepartment,
)


def _filled(form_class: type[EditingForm], programme: Programme, row: Any) -> EditingForm:
    data = {"version": programme.version}
    if row is not None:
        names = [name for name, _field in form_class(formdata=None)._fields.items()]
        data |= {name: _plain(getattr(row, name, None)) for name in names if name not in data}
    data.pop("csrf_token", None)
    return form_class(data=data)


def _plain(value: Any) -> Any:
    """A row as the key its select has."""
    if isinstance(value, list):
        return [one.id for one in value]
    return value.id if isinstance(value, StandardDepartment | ElectiveGroup) else value


def requirement_form(programme: Programme, row: Requirement | None) -> EditingForm:
    form = _filled(RequirementForm, programme, row)
    taken = {one.standard_department_id for one in programme.requirements if one is not row}
    form["standard_department"].choices = options(
        {s.id: named(s) for s in queries.standard_departments() if s.id not in taken}
    )
    groups = {one.id: one.name for one in programme.elective_groups}
    form["elective_group"].choices = options({0: _("None: it is required"), **groups})
    if row is not None and row.elective_group is None and form["elective_group"].data is None:
        form["elective_group"].data = 0
    return form


def group_form(programme: Programme, row: ElectiveGroup | None) -> EditingForm:
    return _filled(GroupForm, programme, row)


def _of_programme(programme: Programme) -> dict[int, str]:
    return {
        one.standard_department_id: named(one.standard_department) for one in programme.requirements
    }


def rule_form(programme: Programme, row: OrderRule | None) -> EditingForm:
    form = _filled(RuleForm, programme, row)
    standards = _of_programme(programme)
    kept = {row.standard_department_id: named(row.standard_department)} if row else {}
    form["standard_department"].choices = options(standards | kept)
    kept = {one.id: named(one) for one in row.predecessors} if row else {}
    form["predecessors"].choices = options(standards | kept)
    return form


def minimum_form(programme: Programme, row: Minimum | None) -> EditingForm:
    form = _filled(MinimumForm, programme, row)
    kept = {row.standard_department_id: named(row.standard_department)} if row else {}
    form["standard_department"].choices = options(_of_programme(programme) | kept)
    return form


def assessment_form(programme: Programme, row: PlannedAssessment | None) -> EditingForm:
    form = _filled(AssessmentForm, programme, row)
    known = instruments.labels()
    kept = {row.instrument: known.get(row.instrument, row.instrument)} if row else {}
    form["instrument"].choices = options(known | kept)
    form["standard_department"].choices = options(
        {0: _("Every rotation"), **_of_programme(programme)}
    )
    if row is not None and row.standard_department is None:
        form["standard_department"].data = form["standard_department"].data or 0
    return form


def typed(form: EditingForm) -> dict[str, Any]:
    """What was typed as attributes of the row: keys have become rows, empty texts None."""
    answers = form.answers()
    standards = {one.id: one for one in queries.standard_departments()}
    if "standard_department" in answers:
        answers["standard_department"] = standards.get(answers["standard_department"])
    if "predecessors" in answers:
        after = answers["kind"] == "after"
        chosen = sorted(answers["predecessors"] or ()) if after else []
        answers["predecessors"] = [standards[key] for key in chosen]
        answers["within"] = None if after else answers["within"]
        answers["months"] = answers["months"] if answers["kind"] == "first" else None
    if "elective_group" in answers:
        answers["elective_group"] = queries.group_by_id(answers["elective_group"])
    if "note" in answers:
        answers["note"] = answers["note"] or None
    return answers


def present(form: EditingForm, row: Any) -> dict[str, Any]:
    """What stands in the row now, by field."""
    return {name: _plain(getattr(row, name, None)) for name in form.answers()}
