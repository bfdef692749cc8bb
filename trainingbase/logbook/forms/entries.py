"""Forms of one piece of work: the common one, and one for each kind, built from its fields."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from trainingbase.form import CreatingForm, options
from trainingbase.i18n import named
from trainingbase.logbook.actions import entering
from trainingbase.logbook.actions.entering import NotLogged, Work
from trainingbase.logbook.models import LEVELS, Field, Kind
from trainingbase.logbook.rules.kinds import LONGEST_TEXT, BadValue
from trainingbase.logbook.words import (
    CATEGORIES,
    choice_name,
    count_range,
    range_text,
)
from trainingbase.logbook.words import LEVELS as LEVEL_NAMES

LONGEST_ITEM = 60
VALUE = "v_"


class WorkForm(CreatingForm):
    """What every piece of work says."""

    done_on = DateField(_l("Day"), [InputRequired(_l("Give the day."))])
    level = SelectField(
        _l("Your part"),
        choices=options({"": "—"} | {key: LEVEL_NAMES[key] for key in LEVELS}),
        validators=[Optional()],
    )
    teacher_id = SelectField(_l("Supervised by"), coerce=int, default=0)
    number = StringField(
        _l("Admission or visit number"),
        [Length(max=40)],
        description=_l("Kept sealed: nobody can read it here, and an auditor can check it."),
        render_kw={"autocomplete": "off"},
    )
    note = TextAreaField(
        _l("Note"),
        [Length(max=500)],
        description=_l("No name, phone or ID number of a patient."),
    )

    def offer_teachers(self, supervisor: str | None, others) -> None:
        """The supervisor of the placement first, then whoever else teaches in the department."""
        first = supervisor or _("nobody named")
        self.teacher_id.choices = options({0: first} | {one.id: one.person.name for one in others})

    def common(self) -> dict:
        return {
            name: (self[name].data or None) if name in self else None
            for name in ("done_on", "level", "number", "note", "teacher_id")
        }

    def refuse_work(self, refused: NotLogged) -> None:
        """Say at its field why the work was not taken."""
        match refused:
            case entering.TellsWho(field=field, said=said):
                self.refuse(
                    field,
                    _("“%(said)s” could tell who the patient is: leave it out.", said=said),
                )
            case entering.OutsideStay():
                self.refuse("done_on", _("Choose a day of this rotation that has come."))
            case entering.TooLate():
                self.refuse("done_on", _("This rotation ended too long ago for new entries."))
            case entering.AlreadyClaimed():
                self.refuse("number", _("You have logged this with the same number before."))
            case entering.AlreadyCounted():
                self.refuse("done_on", _("This day's count was confirmed: correct that entry."))
            case entering.Retired():
                self.refuse("item", _("The base logs this kind of work no more."))
            case entering.TooMany(most=most):
                where = "count" if "count" in self else "item"
                self.refuse(where, _("Give a number from 1 to %(most)s.", most=most))
            case entering.BadValues(faults=faults):
                self.refuse_values(faults)

    def refuse_values(self, faults: list[BadValue]) -> None:
        self.refuse("item", _("This kind asks for values: use its own form."))


class EntryForm(WorkForm):
    """One piece of work; the choices of `category` are all, `item` is typed or chosen."""

    category = SelectField(_l("Kind"), choices=options(CATEGORIES))
    item = StringField(
        _l("Disease, procedure or work"),
        [DataRequired(_l("Say what it was.")), Length(max=LONGEST_ITEM)],
        render_kw={"list": "items"},
    )
    count = IntegerField(default=1, widget=HiddenInput())

    def work(self) -> Work:
        return Work(category=self.category.data, item=self.item.data, **self.common())


class KindForm(WorkForm):
    """Work of one kind; see `kind_form`."""

    kind: Kind
    count = IntegerField(_l("How many"), [Optional()], render_kw={"inputmode": "numeric"})

    @property
    def values(self) -> list:
        """The fields of the kind, in its order."""
        return [field for field in self if field.name.startswith(VALUE)]

    def work(self) -> Work:
        count = self.count.data if self.kind.by_day else 1
        return Work(
            category=self.kind.category,
            item=self.kind.name,
            count=0 if count is None else count,
            details={field.name.removeprefix(VALUE): field.data for field in self.values},
            **self.common(),
        )

    def refuse_values(self, faults: list[BadValue]) -> None:
        known = {one.code: one for one in self.kind.fields}
        for fault in faults:
            self.refuse(VALUE + fault.code, _said(fault, known[fault.code]))


def _said(fault: BadValue, field: Field) -> str:
    match fault.because:
        case "missing":
            return _("This is needed.")
        case "range":
            return _("Give a number %(range)s.", range=range_text(field))
        case "places":
            return _("At most %(n)s places after the point.", n=field.decimals)
        case "long":
            return _("At most %(n)s characters.", n=LONGEST_TEXT)
        case "number":
            return _("Enter a number.")
    return _("Choose one of those offered.")


def kind_form(kind: Kind, *, details: dict | None = None, **data) -> KindForm:
    """The form of a kind, with its values where an entry is corrected."""
    fields = {VALUE + one.code: _control(one) for one in kind.fields if one.in_use}
    made = type("KindFormOf", (KindForm,), fields)
    start = {VALUE + code: value for code, value in (details or {}).items()}
    form = made(data=data | start)
    form.kind = kind
    del form.level
    if kind.by_day:
        form.count.description = count_range(kind)
        del form.number
    else:
        del form.count
    return form


def _control(field: Field):
    label = named(field)
    needed = [] if field.required else [Optional()]
    flags = {"required": True} if field.required and field.type != "bool" else {}
    if field.type == "choice":
        choices = {"": "—"} | {code: choice_name(names) for code, *names in field.choices}
        return SelectField(label, needed, choices=options(choices), default="", render_kw=flags)
    if field.type == "bool":
        return BooleanField(label)
    if field.type == "number":
        return StringField(
            label,
            [*needed, Length(max=20)],
            description=range_text(field),
            render_kw={"inputmode": "decimal" if field.decimals else "numeric", **flags},
        )
    return StringField(label, [*needed, Length(max=LONGEST_TEXT)], render_kw=flags)


class TapForm(CreatingForm):
    """One more of an item, today; or so many of a kind that counts by the day."""

    placement = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    category = SelectField(choices=options(CATEGORIES))
    item = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ITEM)])
    count = IntegerField(_l("How many"), default=1)


class BatchForm(CreatingForm):
    """Many lines at once: day, kind, item, part, number and how many, parted by tabs or commas, as
    they are copied from a sheet."""

    lines = TextAreaField(
        _l("Lines"),
        [DataRequired(_l("Type or paste at least one line.")), Length(max=20000)],
        description=_l(
            "One a line: day, kind, item, part, number, how many. Copy them from a sheet."
        ),
        render_kw={"rows": 12, "spellcheck": "false"},
    )
