"""Fixed words of the log, in the viewer's language."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language, named, number
from trainingbase.logbook.models import MOST_A_DAY, Entry, Field, Kind
from trainingbase.training.words import kind_name as activity_name

CATEGORIES = {
    "disease": _l("Disease"),
    "case": _l("Case record"),
    "procedure": _l("Procedure"),
    "community": _l("Community work"),
    "workload": _l("Daily counts"),
    "activity": _l("Teaching activity"),
}
LEVELS = {
    "observed": _l("Observed"),
    "assisted": _l("Assisted"),
    "supervised": _l("Done under supervision"),
    "alone": _l("Done alone"),
}
STATES = {
    "waiting": _l("Waiting"),
    "confirmed": _l("Confirmed"),
    "returned": _l("Sent back"),
    "replaced": _l("Corrected"),
    "withdrawn": _l("Taken back"),
}
STATE_KINDS = {
    "waiting": "waiting",
    "confirmed": "good",
    "returned": "bad",
    "replaced": "neutral",
    "withdrawn": "neutral",
}

FIELD_TYPE_NAMES = {
    "number": _l("Figure"),
    "choice": _l("Choice"),
    "bool": _l("Yes or no"),
    "text": _l("Text"),
}
APPEAL_STATES = {
    "opinion": _l("Waits for the supervisor"),
    "office": _l("Waits for the office"),
    "granted": _l("Granted"),
    "refused": _l("Refused"),
    "withdrawn": _l("Taken back"),
}
APPEAL_KINDS = {
    "opinion": "waiting",
    "office": "waiting",
    "granted": "good",
    "refused": "bad",
    "withdrawn": "neutral",
}
RETURN_REASONS = {
    "incomplete": _l("Incomplete: say more."),
    "wrong_kind": _l("Wrong kind or item."),
    "wrong_part": _l("Your part was another."),
    "not_here": _l("Not done here, or not with me."),
    "no_number": _l("Give the admission or visit number."),
    "repeated": _l("Entered before."),
}
"""What supervisors mostly say; the resident reads it in the supervisor's language."""

OWN = ("community", "workload")
"""Categories whose items are the base's own kinds."""
BETWEEN = {"zh": "；", "en": "; "}


class KindWords:
    """What entries of kinds are called and say, in the viewer's language, for one page; `kinds`
    is asked only where an entry of such a kind is met."""

    def __init__(self, kinds: Callable[[], Iterable]):
        self._kinds = kinds
        self.language = language()
        self.items: dict[tuple[str, str], str] = {}

    @cached_property
    def kinds(self) -> Mapping:
        return {(kind.category, kind.name): kind for kind in self._kinds()}

    def item(self, category: str, item: str) -> str:
        called = self.items.get((category, item))
        if called is None:
            kind = self.kinds.get((category, item)) if category in OWN else None
            called = named(kind) if kind is not None else activity_name(item)
            self.items[category, item] = called
        return called

    def details(self, category: str, item: str, count: int, details: Mapping | None) -> str:
        """Its values in words: Systolic pressure 150 mmHg; Grade 2."""
        kind = self.kinds.get((category, item)) if category in OWN else None
        if kind is None:
            return ""
        said = [f"{count} {unit_of(kind)}".strip()] if kind.by_day else []
        if details:
            known = {field.code: field for field in kind.fields}
            said += [value_text(known[code], one) for code, one in details.items() if code in known]
        return BETWEEN[self.language].join(said)

    def of(self, entry: Entry) -> str:
        return self.details(entry.category, entry.item, entry.count, entry.details)


def value_text(field: Field, value) -> str:
    name = named(field)
    if field.type == "bool":
        return name
    if field.type == "choice":
        names = {code: choice_name(more) for code, *more in field.choices}
        return f"{name} {names.get(value, value)}"
    if field.type == "number":
        return f"{name} {value} {field.unit or ''}".strip()
    return f"{name} {value}"


def choice_name(names: list[str]) -> str:
    """Of [Chinese, English]."""
    return names[1] if language() == "en" and len(names) > 1 and names[1] else names[0]


def unit_of(kind: Kind) -> str:
    return (kind.unit_en if language() == "en" else None) or kind.unit or ""


def count_range(kind: Kind) -> str:
    return _("1 to %(most)s %(unit)s", most=kind.most or MOST_A_DAY, unit=unit_of(kind))


def range_text(field: Field) -> str:
    """60 to 300 mmHg; at least 1; nothing where the field has no bounds."""
    unit = field.unit or ""
    least, most = _bound(field.least), _bound(field.most)
    if least and most:
        return _("from %(least)s to %(most)s %(unit)s", least=least, most=most, unit=unit).strip()
    if least:
        return _("from %(least)s %(unit)s", least=least, unit=unit).strip()
    return _("up to %(most)s %(unit)s", most=most, unit=unit).strip() if most else unit


def value_words(field: Field) -> str:
    """How a value is written in a line: its name, * where it is needed, and what it takes."""
    name = named(field) + ("*" if field.required and field.type != "bool" else "")
    if field.type == "choice":
        return f"{name}={' / '.join(choice_name(names) for _code, *names in field.choices)}"
    if field.type == "bool":
        return f"{name}={_('yes')}"
    return f"{name}={range_text(field)}" if field.type == "number" else f"{name}="


def _bound(value: Decimal | None) -> str:
    return number(value) if value is not None else ""
