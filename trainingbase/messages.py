"""Messages in the reader's language, found quickly: a list page says some hundred of them."""

from flask import g
from flask_babel import Babel, Domain
from markupsafe import Markup


class Messages(Domain):
    """Flask-Babel's, but without asking the whole way again for each of a page's messages."""

    def get_translations(self):
        try:
            locale = g._flask_babel.babel_locale
        except (AttributeError, RuntimeError):  # not asked yet, or outside of a request
            locale = None
        found = self.cache.get(locale.language) if locale is not None else None
        if found is None:
            found = super().get_translations()
            if locale is not None:
                self.cache[locale.language] = found
        return found


MESSAGES = Messages()


class Translating(Babel):
    @property
    def domain_instance(self) -> Domain:
        return MESSAGES

    def init_app(self, app, *args, **kwargs):
        super().init_app(app, *args, **kwargs)
        app.jinja_env.globals.update(gettext=in_template, _=in_template)


def in_template(message: str, **values) -> Markup:
    """As Jinja's own does, without resolving and formatting what has no place to fill."""
    said = Markup(MESSAGES.get_translations().ugettext(message))  # noqa: S704 - our own sentences
    return said % values if "%" in said else said
