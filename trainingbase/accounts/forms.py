"""What people type to sign in and to look after their account."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Regexp

from trainingbase.form import Form, QueryForm, options
from trainingbase.i18n import LANGUAGES


class SignInForm(Form):
    login = StringField(
        _l("Account name"),
        [InputRequired(_l("Enter your account name.")), Length(max=200)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    old = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password."))],
        description=_l("At least 15 characters. Several words are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password again"),
        [EqualTo("new", _l("The two new passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )


class LanguageForm(Form):
    language = SelectField(_l("Language"), choices=options({code: code for code in LANGUAGES}))


class AccountSearchForm(QueryForm):
    search = StringField(_l("Name or account name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "active": _l("Active"),
                "disabled": _l("Disabled"),
                "none": _l("Without account"),
            }
        ),
        default="",
    )


class NewAccountForm(Form):
    login = StringField(
        _l("Account name"),
        [
            InputRequired(_l("Enter an account name.")),
            Length(2, 60, _l("Between 2 and 60 characters.")),
            Regexp(r"^\S+$", message=_l("No blanks in an account name.")),
        ],
        description=_l("For instance the staff number or the telephone number."),
    )
