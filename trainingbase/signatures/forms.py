"""Typing the password again, and looking up a digest."""

from collections.abc import Callable

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from trainingbase import clock
from trainingbase.form import Form, QueryForm
from trainingbase.i18n import moment
from trainingbase.signatures.actions import TooManyTries, WrongPassword
from trainingbase.signatures.rules import Proof


class SigningForm(Form):
    """The base of forms that sign.  Such a form may add fields; the password comes last."""

    password = PasswordField(
        _l("Your password, to sign"),
        [InputRequired(_l("Type your password to sign."))],
        description=_l("Signing counts like a signature on paper: what you see here is kept."),
        render_kw={"autocomplete": "current-password"},
    )

    def proof(self) -> Proof:
        return Proof(self.password.data, request.remote_addr or "", clock.real_now())

    def signs(self, act: Callable[[Proof], object]) -> bool:
        """Do `act` with what was typed; a wrong password is said at the field."""
        try:
            act(self.proof())
        except WrongPassword:
            self.refuse("password", _("This is not your password. Nothing was signed."))
        except TooManyTries as refused:
            self.refuse(
                "password",
                _(
                    "Too many wrong passwords. Try again after %(time)s, or ask the "
                    "training office.",
                    time=moment(refused.until),
                ),
            )
        else:
            return True
        return False


class DigestForm(QueryForm):
    digest = StringField(
        _l("Digest"),
        [Length(max=200)],
        description=_l("The 64 digits below the signatures; blanks do not matter."),
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
