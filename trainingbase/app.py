"""Puts the portal together.  Nothing imports this module but wsgi.py, the command line, the
worker and the tests."""

import os

from flask import Flask, current_app, request, session
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError
from whitenoise import WhiteNoise

from trainingbase import access, clock, everything, i18n, paths, queue
from trainingbase.accounts import session as sessions
from trainingbase.assets import asset, picture
from trainingbase.assets.serving import Fingerprinted
from trainingbase.audit import key as audit_key
from trainingbase.blueprints import BLUEPRINTS
from trainingbase.compression import compressed
from trainingbase.config import Defaults, database_url, kept_secret, refuse_unsafe
from trainingbase.db import db
from trainingbase.drawn import drawn_field, frame, mark, patterns
from trainingbase.errors import answer_errors
from trainingbase.filters.routes import filter_in_use, saved_filters
from trainingbase.form import LARGEST_NUMBER
from trainingbase.messages import Translating
from trainingbase.migrating import Migrations
from trainingbase.navigation import navigation
from trainingbase.sources import named_in
from trainingbase.words import ROLES

assert everything  # every model is known before the first query

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
STATIC_HEADERS = {**HEADERS, "Cross-Origin-Resource-Policy": "same-origin"}


class KnownInteger(IntegerConverter):
    """No key is larger than this: beyond it PostgreSQL raises, and SQLite above 2^63."""

    def __init__(self, url_map, **options):
        super().__init__(url_map, **{"max": LARGEST_NUMBER, **options})


class KnownText(UnicodeConverter):
    """Nothing is named with control characters, and PostgreSQL raises at a zero byte."""

    def to_python(self, value):
        if not value.isprintable():
            raise ValidationError
        return value


def create_app(**settings) -> Flask:
    app = Flask("trainingbase", template_folder=paths.TEMPLATES, static_folder=paths.STATIC)
    configure(app, settings)
    app.url_map.converters |= {"int": KnownInteger, "string": KnownText, "default": KnownText}
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(i18n.FILTERS)
    app.jinja_env.globals.update(
        saved_filters=saved_filters,
        filter_in_use=filter_in_use,
        asset=asset,
        picture=picture,
        drawn_field=drawn_field,
        frame=frame,
        mark=mark,
        patterns=patterns,
        sources_named_in=named_in,
    )

    db.init_app(app)
    Migrations(app)
    csrf = CSRFProtect(app)
    Translating(
        app,
        locale_selector=chosen_language,
        default_translation_directories=str(paths.TRANSLATIONS),
        default_locale="zh",
    )
    sessions.set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for by_link in ("guests.answer", "whereabouts.ask"):
        csrf.exempt(app.view_functions[by_link])  # only who holds the link can address it
    read_only_where_nothing_is_changed(app)
    access.guard(app, strangers=sessions.strangers)
    answer_errors(app)
    app.after_request(with_headers)
    app.after_request(compressed)
    app.context_processor(for_every_page)
    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=str(paths.STATIC),
        prefix="static/",
        allow_all_origins=False,
        max_age=0,  # asked for anew each time: what pages name is fingerprinted, or vendored
        immutable_file_test=r"^/static/vendor/",
        add_headers_function=with_static_headers,
    )
    app.wsgi_app = Fingerprinted(app.wsgi_app, STATIC_HEADERS)
    if app.config["SECURE_COOKIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)
    return app


def configure(app: Flask, settings: dict) -> None:
    """Defaults, then the environment, then `settings`."""
    app.config.from_object(Defaults)
    app.config.from_prefixed_env("TRAININGBASE")
    for plain in ("DATABASE_URL", "SECRET_KEY"):
        if os.environ.get(plain):
            app.config.setdefault(plain, os.environ[plain])
    app.config.update(settings)
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(app.config.get("DATABASE_URL"))
    app.config["SECRET_KEY"] = app.config.get("SECRET_KEY") or kept_secret(paths.instance())
    if not settings.get("TESTING"):
        refuse_unsafe(app.config)
    secure = app.config["SECURE_COOKIES"]
    app.config.update(
        SESSION_COOKIE_NAME="__Host-trainingbase" if secure else "trainingbase",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Flask-Login asks nobody else once it sees this cookie.  Nobody is remembered here, and
        # under its usual name another portal on the same host would sign everybody out.
        REMEMBER_COOKIE_NAME="trainingbase_remembers_nobody",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session lives
    )
    audit_key.configure(app.config["SECRET_KEY"])
    queue.configure(url=app.config["QUEUE_URL"], in_memory=bool(app.config.get("TESTING")))


def chosen_language() -> str:
    """The viewer's; else what was chosen at sign-in; else the base's own."""
    person = access.viewer_or_none() if request else None
    if person is not None:
        return person.language
    chosen = session.get("language") if request else None
    return chosen or Defaults.DEFAULT_LANGUAGE


def read_only_where_nothing_is_changed(app: Flask) -> None:
    @app.before_request
    def read_only():
        """A page that only reads must not queue behind a writer (SQLite)."""
        if request.method in ("GET", "HEAD") and request.endpoint not in (None, "static"):
            db.session.connection(execution_options={"reading": True})


def with_headers(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SECURE_COOKIES"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static" or response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def with_static_headers(headers, _path: str, _url: str) -> None:
    for name, value in STATIC_HEADERS.items():
        headers[name] = value


def for_every_page() -> dict:
    config = current_app.config
    person = access.viewer_or_none()
    tongue = i18n.language()
    return {
        "viewer": person,
        "language": tongue,
        "navigation": navigation(person),
        "base_name": config["BASE_NAME_EN" if tongue == "en" else "BASE_NAME"],
        "is_demo": config["DEMO"],
        "today": clock.today(),
        "role_names": ROLES,
        "can_open": lambda endpoint: access.may_open(person, endpoint),
    }
