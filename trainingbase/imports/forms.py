"""What the office gives to bring a workbook in, and to look through its rows."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from trainingbase.form import CreatingForm, QueryForm, options
from trainingbase.imports.words import KINDS, OUTCOMES, STATUSES


class WorkbookForm(CreatingForm):
    workbook = FileField(
        _l("Workbook"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "An .xlsx or .csv file of any layout and wording, up to 20 MB. Nothing is saved before"
            " you have seen every row and confirmed."
        ),
        render_kw={"accept": ".xlsx,.csv"},
    )
    kind = SelectField(
        _l("What it holds"),
        choices=options({"": _l("See from its columns")} | KINDS),
        default="",
    )
    on = DateField(
        _l("Judged on"),
        [InputRequired(_l("Choose a day."))],
        description=_l("The day by which it is judged whether certificates are valid."),
    )

    @classmethod
    def blank(cls, **values) -> "WorkbookForm":
        """A form nobody has filled in, also in an answer to what could not be read."""
        return cls(formdata=None, data=values)


class ImportFilterForm(QueryForm):
    holds = SelectField(_l("What it holds"), choices=options({"": _l("All")} | KINDS), default="")
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "open": _l("To be confirmed"),
                "confirmed": _l("Confirmed"),
                "discarded": _l("Discarded"),
            }
        ),
        default="",
    )


class RowFilterForm(QueryForm):
    status = SelectField(
        _l("Judgement"),
        choices=options({"": _l("All")} | STATUSES | {"warned": _l("With a warning")}),
        default="",
    )
    outcome = SelectField(
        _l("What it does"), choices=options({"": _l("All")} | OUTCOMES), default=""
    )
    sheet = SelectField(_l("Sheet"), validate_choice=False, default="")

    def offer(self, sheets: list[str]) -> None:
        self.sheet.choices = options({"": _("All")} | {name: name for name in sheets})
