"""A field that reads what was typed as a workbook's cell is read: one rule for both."""

from wtforms import StringField, ValidationError

from trainingbase.i18n import language
from trainingbase.sheets import words
from trainingbase.sheets.cells import Cleaner


class CleanedField(StringField):
    """`cleaner` is one of `sheets`; what it corrects is put right, what it refuses is told."""

    data: str | None

    def __init__(self, label=None, validators=None, *, cleaner: Cleaner, **options):
        super().__init__(label, validators, **options)
        self.cleaner = cleaner

    def pre_validate(self, form):
        if not self.data:
            self.data = None
            return
        found = self.cleaner(self.data, True)
        if found.fault:
            raise ValidationError(
                words.reason(found.fault, language(), raw=self.data, **found.params)
            )
        self.data = found.value
