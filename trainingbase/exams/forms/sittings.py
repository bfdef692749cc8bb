"""Kinds, sittings, entering figures, deciding, the province's figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from trainingbase.exams.models import ExamCandidate, ExamEntry
from trainingbase.exams.words import APPEAL_STATES, CANDIDATE_STATES, RESULT_KINDS, SITTING_STATES
from trainingbase.form import LONGEST_TEXT, CreatingForm, EditingForm, Form, QueryForm, options

SCORE = NumberRange(0, 100, _l("Between 0 and 100."))
WHY = [DataRequired(_l("Say why.")), Length(max=LONGEST_TEXT)]
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
PASSED = {"": "—", "1": _l("Passed"), "0": _l("Not passed")}
EVERY = {"": _l("All")}


class SittingListForm(QueryForm):
    kind = SelectField(_l("Which examination"), coerce=int, default=0)
    year = SelectField(_l("Year"), coerce=int, default=0)
    state = SelectField(_l("State"), choices=options({**EVERY, **SITTING_STATES}), default="")


class CandidateListForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({**EVERY, **CANDIDATE_STATES}), default="")


class AppealListForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({**EVERY, **APPEAL_STATES}), default="")


class SittingFields:
    title = StringField(_l("Title"), [Length(max=100)], description=_l("Where one day has two."))
    held_on = DateField(_l("Day"), [InputRequired(_l("Give the day."))])
    place = StringField(_l("Place"), [Length(max=100)])
    pass_theory = DecimalField(_l("Pass mark, theory"), [Optional(), SCORE], render_kw=DECIMAL)
    pass_skills = DecimalField(_l("Pass mark, skills"), [Optional(), SCORE], render_kw=DECIMAL)

    def given(self) -> dict[str, Any]:
        names = ("title", "held_on", "place", "pass_theory", "pass_skills")
        return {name: self[name].data or None for name in names}  # type: ignore[index]


class NewSittingForm(SittingFields, CreatingForm):
    kind = SelectField(_l("Which examination"), coerce=int)


class SittingForm(SittingFields, EditingForm):
    pass


class KindFields:
    name = StringField(_l("Name in Chinese"), [DataRequired(_l("Give a name.")), Length(max=100)])
    name_en = StringField(
        _l("Name in English"), [DataRequired(_l("Give a name.")), Length(max=100)]
    )
    has_theory = BooleanField(_l("A score for theory"))
    has_skills = BooleanField(_l("A score for skills"))
    has_verdict = BooleanField(_l("Passed or not, without a score"))
    year_from = IntegerField(
        _l("From training year"), [Optional(), NumberRange(1, 10, _l("Between 1 and 10."))]
    )
    year_to = IntegerField(
        _l("To training year"), [Optional(), NumberRange(1, 10, _l("Between 1 and 10."))]
    )
    months_before_end = IntegerField(
        _l("Only in the last months of training"),
        [Optional(), NumberRange(1, 60, _l("Between 1 and 60."))],
    )
    only_unpassed = BooleanField(_l("Only who has not passed it yet, and who failed it before"))
    needs_licence = BooleanField(_l("Mark candidates who have no licence"))
    each_year = BooleanField(_l("Every year begins anew (first attempt of the year)"))
    is_in_use = BooleanField(_l("In use"), default=True)
    source = StringField(
        _l("Source"), [DataRequired(_l("Say where it is written.")), Length(max=200)]
    )

    def is_sound(self) -> bool:
        form: Any = self
        if not (form.has_theory.data or form.has_skills.data or form.has_verdict.data):
            form.refuse("has_theory", _("Choose what it asks for."))
        first, last = form.year_from.data, form.year_to.data
        if first is not None and last is not None and first > last:
            form.refuse("year_to", _("Not before the first year."))
        return not form.errors


class KindForm(KindFields, EditingForm):
    def given(self) -> dict[str, Any]:
        return self.answers()


class NewKindForm(KindFields, CreatingForm):
    code = StringField(
        _l("Code"),
        [
            DataRequired(_l("Give a code.")),
            Regexp(r"^[a-z][a-z0-9_]{1,39}$", message=_l("Small letters, digits and _.")),
        ],
    )
    result_kind = SelectField(_l("Results are written as"), choices=options(RESULT_KINDS))


class AddCandidateForm(CreatingForm):
    resident = SelectField(_l("Resident"), coerce=int)


class WhyForm(EditingForm):
    why = TextAreaField(_l("Why"), WHY)


class WorkbookForm(Form):
    workbook = FileField(
        _l("Workbook"),
        [FileRequired(_l("Choose a file."))],
        description=_l("The workbook of examination results, as for Import."),
    )


class EntryForm(Form):
    """Fields `absent_7`, `theory_7`, `skills_7`, `passed_7` of candidate 7; see `entry_form`."""

    people: Sequence[ExamCandidate] = ()

    def figures(self) -> dict[int, dict[str, Any]]:
        return {one.id: _figures(self, f"_{one.id}") for one in self.people}

    def field_of(self, candidate_id: int, name: str):
        return self[f"{'absent' if name == 'attended' else name}_{candidate_id}"]


def _figures(form: Form, tail: str) -> dict[str, Any]:
    """Who has any figure has come; who has none and is not absent is not entered yet."""

    def value(name: str) -> Any:
        return form[name + tail].data if name + tail in form else None

    typed = {"theory": value("theory"), "skills": value("skills"), "passed": None}
    if value("passed") in ("0", "1"):
        typed["passed"] = value("passed") == "1"
    if form["absent" + tail].data:
        attended: bool | None = False
    else:
        attended = True if any(one is not None for one in typed.values()) else None
    return {"attended": attended, **typed}


def fields_of(parts: Sequence[str], tail: str, label: str = "") -> dict[str, Any]:
    """The fields of one candidate's figures."""

    def named(text: Any) -> str:
        return f"{label}{_(': ')}{text}" if label else text

    found: dict[str, Any] = {}
    for part, text in (("theory", _("Theory")), ("skills", _("Skills"))):
        if part in parts:
            found[part + tail] = DecimalField(named(text), [Optional(), SCORE], render_kw=DECIMAL)
    if "verdict" in parts:
        found["passed" + tail] = SelectField(named(_("Result")), choices=options(PASSED))
    found["absent" + tail] = BooleanField(named(_("Absent")))
    return found


def shown(figures: Mapping[str, Any], tail: str) -> dict[str, Any]:
    """Figures as the fields want them."""
    passed = figures.get("passed")
    return {
        "theory" + tail: figures.get("theory"),
        "skills" + tail: figures.get("skills"),
        "passed" + tail: "" if passed is None else str(int(passed)),
        "absent" + tail: figures.get("attended") is False,
    }


def entry_form(
    people: Sequence[ExamCandidate], parts: Sequence[str], typed: Mapping[int, ExamEntry]
) -> EntryForm:
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for one in people:
        tail = f"_{one.id}"
        fields |= fields_of(parts, tail, one.resident.name)
        if one.id in typed:
            data |= shown(typed[one.id].figures(), tail)
    made = type("EntryFormOfSitting", (EntryForm,), {**fields, "people": people})
    return made(data=data)


class FiguresForm(EditingForm):
    """Figures of one candidate, with a reason; see `figures_form`."""

    why = TextAreaField(_l("Why"), WHY)

    def figures(self) -> dict[str, Any]:
        return _figures(self, "")


def figures_form(
    parts: Sequence[str], now: Mapping[str, Any], version: int | None = None
) -> FiguresForm:
    made = type("FiguresFormOf", (FiguresForm,), fields_of(parts, ""))
    return made(data={**shown(now, ""), "version": version})


class ProvincialForm(Form):
    kind = SelectField(_l("Which examination"), choices=options(RESULT_KINDS))
    year = IntegerField(
        _l("Year"),
        [InputRequired(_l("Give the year.")), NumberRange(2000, 2100, _l("Give the year."))],
    )
    measure = SelectField(
        _l("What"),
        choices=options({"theory": _l("Theory"), "skills": _l("Skills"), "licence": _l("Licence")}),
    )
    value = DecimalField(
        _l("Figure"),
        [InputRequired(_l("Give the figure.")), SCORE],
        description=_l("Annual test: mean score. Others: pass rate at the first attempt, in %."),
        render_kw=DECIMAL,
    )
    source = StringField(
        _l("Source"), [DataRequired(_l("Say where it is written.")), Length(max=200)]
    )

    def kept_value(self) -> Decimal:
        """Rates are kept as shares of 1."""
        return self.value.data if self.kind.data == "annual" else self.value.data / 100


class AppealForm(CreatingForm):
    text = TextAreaField(
        _l("What do you doubt, and why?"),
        [DataRequired(_l("Say what you doubt.")), Length(max=LONGEST_TEXT)],
    )


class DecisionFields:
    decision = RadioField(
        _l("Decision"),
        [InputRequired(_l("Choose one."))],
        choices=options({"upheld": _l("Upheld"), "refused": _l("Refused")}),
    )
    why = TextAreaField(_l("Reasons, for the resident to read"), WHY)


class DecisionForm(DecisionFields, EditingForm):
    """Of an appeal; the figures or scores that count from now on are added to it."""

    def figures(self) -> dict[str, Any]:
        return _figures(self, "")


def decision_form(fields: Mapping[str, Any], data: Mapping[str, Any]) -> DecisionForm:
    made = type("DecisionFormOf", (DecisionForm,), dict(fields))
    return made(data=dict(data))
