"""A department's induction page, its papers, and the base's checklist."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class InductionForm(EditingForm):
    place = StringField(
        _l("Where to meet"), [Length(max=120)], description=_l("Building, floor, room.")
    )
    meets_at = StringField(
        _l("At what time"),
        [Length(max=5)],
        description=_l("On the first working day, for example 07:50."),
    )
    contact = StringField(_l("Whom to meet"), [Length(max=60)])
    telephone = StringField(_l("Telephone"), [Length(max=40)])
    about = TextAreaField(_l("What to know (Chinese)"), [Length(max=4000)])
    about_en = TextAreaField(_l("What to know (English)"), [Length(max=4000)])
    is_general_practice = BooleanField(
        _l("Ward of general practice"),
        description=_l("Beds are then judged by the numbers for general practice."),
    )
    why = StringField(_l("Why it changes"), [Length(max=200)])

    def validate_meets_at(self, field):
        if field.data and not CLOCK.fullmatch(field.data):
            self.refuse("meets_at", _("A time such as 07:50."))

    def columns(self) -> dict:
        return {
            name: (field.data or None) if name != "is_general_practice" else bool(field.data)
            for name, field in self._fields.items()
            if name in COLUMNS
        }


COLUMNS = (
    "place", "meets_at", "contact", "telephone", "about", "about_en", "is_general_practice",
)  # fmt: skip


class PaperForm(CreatingForm):
    title = StringField(
        _l("Name of the paper"), [Length(max=120)], description=_l("Empty: the name of the file.")
    )
    file = UploadField(_l("File"))

    def validate_file(self, field):
        if field.upload is None and not field.errors:
            self.refuse("file", _("Choose a file."))


class ItemForm(EditingForm):
    name = StringField(_l("Chinese"), [InputRequired(_l("Say what.")), Length(max=120)])
    name_en = StringField(_l("English"), [Length(max=120)])

    def columns(self) -> dict:
        return {"name": self["name"].data, "name_en": self.name_en.data or None}


class NewItemForm(CreatingForm):
    name = StringField(_l("Chinese"), [InputRequired(_l("Say what.")), Length(max=120)])
    name_en = StringField(_l("English"), [Length(max=120)])

    columns = ItemForm.columns
