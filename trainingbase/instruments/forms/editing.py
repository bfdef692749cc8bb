"""The forms of the editor."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DecimalField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from trainingbase.form import CreatingForm, EditingForm, QueryForm
from trainingbase.form import options as labelled
from trainingbase.instruments.exchange import LARGEST
from trainingbase.instruments.rules.items import CODE
from trainingbase.instruments.words import (
    ASSESSORS,
    COMPETENCIES,
    KINDS,
    ORIGINS,
    RULE_KINDS,
    SCALES,
    STATES,
    SUBJECTS,
    VETOES,
)

SHORT, LONG = Length(max=200), Length(max=1000)
NEEDED = _l("This is needed.")
BAD_CODE = _l("A letter first, then letters, digits, dots, - and _ only.")
NAME = Regexp(r"[a-z][a-z0-9_]{1,39}$", message=_l("Small letters, digits and _ only."))


class ListForm(QueryForm):
    search = StringField(_l("Form"), [Length(max=100)])
    state = SelectField(_l("State"), choices=labelled({"": _l("All"), **STATES}), default="")
    assessor = SelectField(
        _l("Filled in by"), choices=labelled({"": _l("All"), **ASSESSORS}), default=""
    )
    origin = SelectField(_l("Made by"), choices=labelled({"": _l("All"), **ORIGINS}), default="")


class CompareForm(QueryForm):
    other = SelectField(_l("Compare with"), coerce=int)


class CopyForm(CreatingForm):
    name = StringField(
        _l("Short name"),
        [DataRequired(NEEDED), NAME],
        description=_l("For addresses and files, for example ward_round."),
    )


class BeginForm(CopyForm):
    title = StringField(_l("Name in Chinese"), [DataRequired(NEEDED), SHORT])
    title_en = StringField(_l("English name"), [DataRequired(NEEDED), SHORT])
    assessor = SelectField(_l("Filled in by"), choices=labelled(ASSESSORS))
    subject = SelectField(_l("About"), choices=labelled(SUBJECTS))


class TakeInForm(CreatingForm):
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("A JSON file as the portal writes it."),
        render_kw={"accept": ".json"},
    )

    def content(self) -> bytes:
        """At most one byte more than is taken."""
        with self.file.data.stream as sent:
            return sent.read(LARGEST + 1)


class HeadForm(EditingForm):
    name = StringField(_l("Name in Chinese"), [DataRequired(NEEDED), SHORT])
    name_en = StringField(_l("English name"), [DataRequired(NEEDED), SHORT])
    assessor = SelectField(_l("Filled in by"), choices=labelled(ASSESSORS))
    subject = SelectField(_l("About"), choices=labelled(SUBJECTS))
    note = TextAreaField(_l("Note in Chinese"), [LONG])
    note_en = TextAreaField(_l("Note in English"), [LONG])
    source = StringField(_l("Source"), [DataRequired(NEEDED), SHORT])
    is_once = BooleanField(_l("Answered once for a placement, again only after a failure"))
    is_confidential = BooleanField(
        _l("Confidential: the resident reads the answers of several together, without names"),
        description=_l("For forms of nurses, patients and fellow residents. The form says so."),
    )
    veto = SelectField(_l("What a veto item does"), choices=labelled(VETOES))


class ItemForm(EditingForm):
    code = StringField(
        _l("Code"),
        [DataRequired(NEEDED), Length(max=40), Regexp(f"{CODE.pattern}$", message=BAD_CODE)],
        description=_l("Once in a form, for example A1.2."),
    )  # fmt: skip
    section = StringField(_l("Section in Chinese"), [SHORT])
    section_en = StringField(_l("Section in English"), [SHORT])
    name = StringField(_l("Item in Chinese"), [DataRequired(NEEDED), SHORT])
    name_en = StringField(_l("Item in English"), [DataRequired(NEEDED), SHORT])
    kind = SelectField(_l("Kind"), choices=labelled(KINDS))
    points = DecimalField(
        _l("Most points"), [Optional(), NumberRange(min=Decimal("0.01"), max=1000)],
        description=_l("Of an item that adds up."),
    )  # fmt: skip
    weight = DecimalField(
        _l("Weight"), [Optional(), NumberRange(min=Decimal("0.01"), max=100)],
        description=_l("What the points are multiplied by; empty is 1."),
    )  # fmt: skip
    scale = SelectField(_l("Scale"), choices=labelled(SCALES))
    lowest = DecimalField(_l("Lowest"), [Optional(), NumberRange(min=0, max=9999)])
    highest = DecimalField(_l("Highest"), [Optional(), NumberRange(min=0, max=9999)])
    options = TextAreaField(
        _l("Choices"), [Length(max=4000)],
        description=_l("One a line: value, Chinese | English. For example: 1 病房 | Ward"),
    )  # fmt: skip
    anchors = TextAreaField(
        _l("Anchors"), [Length(max=2000)],
        description=_l("One a line: from-to, Chinese | English. For example: 1-3 有待加强 | Weak"),
    )  # fmt: skip
    is_required = BooleanField(_l("Must be answered"))
    may_be_unobserved = BooleanField(_l("May be “not observed”"))
    is_veto = BooleanField(_l("“Yes” is a veto"))
    shown_item = SelectField(_l("Asked only where this item"))
    shown_in = StringField(
        _l("was answered with"), [SHORT], description=_l("Values with commas between them.")
    )
    competency = SelectField(
        _l("Core competency"), choices=labelled({"": _l("None of these"), **COMPETENCIES})
    )
    competencies = TextAreaField(
        _l("Competencies of frameworks"), [Length(max=4000)],
        description=_l("One a line: framework and code. For example: ACGME/fm-milestones/2.0 PC1"),
    )  # fmt: skip
    note = TextAreaField(_l("Note in Chinese"), [LONG])
    note_en = TextAreaField(_l("Note in English"), [LONG])


class RuleForm(EditingForm):
    kind = SelectField(_l("Rule"), choices=labelled(RULE_KINDS))
    least = DecimalField(_l("At least"), [Optional(), NumberRange(min=0, max=9999)])
    item = SelectField(_l("Item"))
    due = SelectField(_l("Due (only where done is compared with it)"))


class PressedForm(EditingForm):
    """A button, and what the page was made from."""
