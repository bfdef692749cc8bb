"""Messages in the reader's language, found quickly: a list page says some hundred of them."""

from babel import Locale
from flask import g
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup


def _known_locale() -> Locale | None:
    try:
        return g._flask_babel.babel_locale
    except (AttributeError, RuntimeError):  # not asked yet, or outside of a request
        return None


def locale_of_page() -> Locale | None:
    """As Flask-Babel's `get_locale`, which looks four times whether there is a page."""
    return _known_locale() or get_locale()


class Messages(Domain):
    """Flask-Babel's, but without asking the whole way again for each of a page's messages."""

    def get_translations(self):
        locale = _known_locale()
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
