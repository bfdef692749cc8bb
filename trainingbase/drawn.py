"""What looks alike on many pages, drawn once: the frame around them, rows of long lists, and fields
of forms."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from flask import current_app, request
from markupsafe import Markup, escape
from wtforms import Field, FieldList, FormField

from trainingbase.i18n import language

MOST = 2048
"""Fields that are kept, the latest."""

MARK = re.compile("\ue000(\\w+)\ue001")
FITTING = (int, Markup)
"""What stands in a page as it is."""

_kept: OrderedDict[tuple, tuple[Markup, list]] = OrderedDict()


def frame(part: str, **marks: str) -> Markup:
    """A part of ui/frame.html, with this page's own values where their marks are."""
    drawn = _frame(part, language(), request.script_root)
    for name, value in marks.items():
        drawn = drawn.replace(mark(name), escape(value))
    return drawn


def mark(name: str) -> Markup:
    """Where something is put in later, each time what is around it is shown."""
    return Markup(f"\ue000{name}\ue001")  # noqa: S704 - a name of ours


@lru_cache(maxsize=256)
def _frame(part: str, tongue: str, _root: str) -> Markup:
    drawing: Any = current_app.jinja_env.get_template("ui/frame.html").module
    return getattr(drawing, part)(tongue)


class Pattern:
    """A piece that many rows of a page repeat, drawn once.  Called with the values of a row it
    puts them where the marks of these names are, in one go: escaped, but for whole numbers and
    what was drawn before."""

    def __init__(self, drawn: str):
        self._text = MARK.sub(r"%(\1)s", drawn.replace("%", "%%"))

    def __call__(self, **values: object) -> Markup:
        return self.each([values])

    def each(self, rows: Iterable[Mapping[str, object]]) -> Markup:
        """For every row of values, one after the other."""
        filled = [
            self._text
            % {name: one if type(one) in FITTING else escape(one) for name, one in row.items()}
            for row in rows
        ]
        return Markup("".join(filled))  # noqa: S704 - drawn by a template, filled escaped


class Patterns(dict[str, Pattern]):
    """The macros without arguments of a file of macros, by name."""

    def __init__(self, template: str):
        super().__init__()
        self._template = template

    def __missing__(self, part: str) -> Pattern:
        drawing: Any = current_app.jinja_env.get_template(self._template).module
        self[part] = drawn = Pattern(getattr(drawing, part)())
        return drawn


def patterns(template: str) -> Patterns:
    return _patterns(template, language(), request.script_root)


@lru_cache(maxsize=256)
def _patterns(template: str, _tongue: str, _root: str) -> Patterns:
    return Patterns(template)


def drawn_field(field: Field) -> Markup:
    """As `ui.field` draws it.  A filter bar is the dearest part of a short list, and nearly always
    the same: its fields depend on nothing but what they are kept by here."""
    choices: Any = getattr(field, "choices", None)
    if isinstance(field, FormField | FieldList) or isinstance(choices, dict) or callable(choices):
        return _draw(field)
    constant: list = []
    key = (request.script_root, language(), *_looks(field, constant))
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _draw(field), constant
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return found[0]


def _draw(field: Field) -> Markup:
    drawing: Any = current_app.jinja_env.get_template("ui/field.html").module
    return drawing.field(field)


def _looks(field: Field, constant: list) -> tuple:
    """Everything a field is drawn from.  A text that is translated when it is shown stands for
    itself, and is put into `constant` so that no other can take its place."""

    def text(said):
        if isinstance(said, str):
            return said
        constant.append(said)
        return id(said)

    def choice(one):
        if isinstance(one, str):
            return one
        value, label, *more = one
        return value, text(label), repr(more)

    choices: Any = getattr(field, "choices", None) or ()
    return (
        type(field),
        field.id,
        field.name,
        text(field.label.text),
        text(field.description),
        repr(field.data),
        repr(field.raw_data),
        tuple([str(error) for error in field.errors]),
        repr(field.render_kw),
        repr(vars(field.flags)),
        type(field.widget),
        tuple([choice(one) for one in choices]),
    )
