"""Schemes with their conditions, and awards."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.careers.words import AWARD_LEVELS, FIGURES, OPERATORS, PEOPLE
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options

CONDITIONS = 8


class SchemeFields(Form):
    name = StringField(_l("Name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    name_en = StringField(_l("Name in English"), [Length(max=120)])
    people = SelectField(_l("For whom"), choices=options(PEOPLE))
    source = StringField(
        _l("Source"),
        [InputRequired(_l("Say which document says so.")), Length(max=300)],
        description=_l("The agreement or regulation, with its paragraph."),
    )
    starts_on = DateField(_l("In force from"), [InputRequired(_l("Choose the first day."))])
    ends_on = DateField(
        _l("In force before"), [Optional()], description=_l("Empty: until further notice.")
    )

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.starts_on.data and self.ends_on.data and self.ends_on.data <= self.starts_on.data:
            self.refuse("ends_on", _("This lies before the first day."))
        seen = set()
        for n in range(1, CONDITIONS + 1):
            figure, threshold = self[f"figure_{n}"], self[f"threshold_{n}"]
            if figure.data and threshold.data is None and not threshold.errors:
                self.refuse(f"threshold_{n}", _("Enter a number."))
            asked = (figure.data, self[f"operator_{n}"].data, self[f"window_{n}"].data)
            if figure.data and asked in seen:
                self.refuse(f"figure_{n}", _("This condition stands here twice."))
            seen.add(asked)
        if not any(self[f"figure_{n}"].data for n in range(1, CONDITIONS + 1)):
            self.refuse("figure_1", _("Choose at least one condition."))
        return well and not self.errors

    def values(self) -> dict:
        return {
            "name": self.name.data,
            "name_en": self.name_en.data or None,
            "people": self.people.data,
            "source": self.source.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
        }

    def conditions(self) -> list[dict]:
        return [
            {
                "figure": self[f"figure_{n}"].data,
                "operator": self[f"operator_{n}"].data,
                "threshold": self[f"threshold_{n}"].data,
                "window_months": self[f"window_{n}"].data,
            }
            for n in range(1, CONDITIONS + 1)
            if self[f"figure_{n}"].data
        ]


for _n in range(1, CONDITIONS + 1):
    for _name, _field in {
        "figure": SelectField(_l("Figure"), choices=options({"": "—", **FIGURES}), default=""),
        "operator": SelectField(_l("Is"), choices=options(OPERATORS), default=">="),
        "threshold": DecimalField(
            _l("Number"),
            [Optional(), NumberRange(0, 10**6, _l("Enter a number from 0 to a million."))],
        ),
        "window": IntegerField(
            _l("In the last … months"),
            [Optional(), NumberRange(1, 600, _l("Enter a number from 1 to 600."))],
        ),
    }.items():
        setattr(SchemeFields, f"{_name}_{_n}", _field)


def filled(scheme) -> dict:
    names = ("name", "name_en", "people", "source", "starts_on", "ends_on", "version")
    data = {name: getattr(scheme, name) for name in names}
    for n, one in enumerate(scheme.conditions[:CONDITIONS], 1):
        data |= {
            f"figure_{n}": one.figure,
            f"operator_{n}": one.operator,
            f"threshold_{n}": one.threshold,
            f"window_{n}": one.window_months,
        }
    return data


class NewSchemeForm(SchemeFields, CreatingForm):
    pass


class SchemeForm(SchemeFields, EditingForm):
    why = StringField(
        _l("Why it is changed"),
        [InputRequired(_l("Say why: it is kept in the history.")), Length(max=300)],
    )


class CandidateListForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "ready": _l("Meets everything"),
                "one": _l("Lacks one thing"),
                "missing": _l("Lacks something"),
            }
        ),
        default="",
    )


class AwardForm(CreatingForm):
    person = SelectField(
        _l("Person"), [InputRequired(_l("Choose a person."))], coerce=int, default=0
    )
    name = StringField(_l("Award"), [InputRequired(_l("Give a name.")), Length(max=120)])
    level = SelectField(_l("Level"), choices=options(AWARD_LEVELS))
    given_on = DateField(_l("Given on"), [InputRequired(_l("Choose a day."))])
    given_by = StringField(_l("Given by"), [Length(max=120)])
    number = StringField(_l("Number of the document"), [Length(max=60)])
    file = UploadField(_l("Document"))


class AwardListForm(QueryForm):
    search = StringField(_l("Name or award"), [Length(max=100)])
    level = SelectField(_l("Level"), choices=options({"": _l("All"), **AWARD_LEVELS}), default="")
    year = IntegerField(_l("Year"), [Optional(), NumberRange(1900, 2200)])
