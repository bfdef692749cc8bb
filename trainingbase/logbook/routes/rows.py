"""Rows of the log's pages, of which there are many: each kind is drawn once and then filled in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from trainingbase.drawn import Pattern, pattern
from trainingbase.i18n import day, in_words, language, moment, urlencode
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.rules.completion import Line
from trainingbase.logbook.words import CATEGORIES, LEVELS, STATE_KINDS, STATES

NOTHING = Markup("")


@logbook.context_processor
def for_lists() -> dict:
    return {"entry_rows": entries}


def _drawn(part: str) -> Pattern:
    return pattern("logbook/_rows.html", part)


def by_department(lines: Iterable[Line], here: str) -> list[tuple[int, Markup]]:
    """The lines of each standard department; `here` is the address of the page they are on."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.standard_department_id].append(line)
    one = _drawn("line")
    return [
        (standard_id, one.each(_lines(some, escape(f"{here}?department={standard_id}"))))
        for standard_id, some in sorted(found.items())
    ]


def of_stay(lines: Iterable[Line]) -> Markup:
    return _drawn("here").each(_lines(lines))


def _lines(lines: Iterable[Line], here: Markup = NOTHING) -> Iterator[dict[str, object]]:
    words, kinds, more = kind_words(), in_words(CATEGORIES), _drawn("of_more")
    for line in lines:
        _id, category, item, minimum, target, done, waiting, brought, eased, taken_on = line
        counted = line.counted
        yield {
            "here": here,
            "category": category,
            "query": urlencode(item),
            "item": words.item(category, item),
            "less": _why(line) if brought or eased or taken_on else NOTHING,
            "kind": kinds[category],
            "asked": target if target == minimum else more(target=target, minimum=minimum),
            "done": done,
            "waiting": waiting,
            "missing": target - counted,
            "counted": counted,
        }


def _why(line: Line) -> Markup:
    """Why less or more is asked than the programme says, and what came from elsewhere."""
    said = [
        _drawn(name)(n=number)
        for name in ("eased", "taken_on", "brought")
        if (number := getattr(line, name))
    ]
    return NOTHING.join(said)


def entries(rows: Sequence[tuple], *, own: bool, token: str) -> Markup:
    """As `queries.entries.entries_of` finds them; `own` lets a resident take back and correct."""
    words, english = kind_words(), language() == "en"
    kinds, levels, root = in_words(CATEGORIES), in_words(LEVELS), url_for("logbook.mine")
    states, small = _states(), _drawn("small")
    filled = []
    for row in rows:
        id_, category, item, done_on, department, department_en, level, teacher, *_more = row
        count, details, note, has_number, state = row[8:13]
        values = ""
        if details or category == "workload":
            values = words.details(category, item, count, details)
        shown = " ".join(filter(None, (values, note))) or "—"
        if has_number:
            shown = escape(shown) + small(said=_("number kept"))
        part = levels[level] if level else "—"
        filled.append(
            {
                "address": f"{root}entries/{id_}",
                "item": words.item(category, item),
                "kind": kinds[category],
                "day": day(done_on),
                "department": department_en if english and department_en else department,
                "part": escape(part) + small(said=teacher) if teacher else part,
                "note": shown,
                "state": states[state],
                "more": _decided(row, small) + (_to_do(row, root, token) if own else NOTHING),
            }
        )
    return _drawn("own_entry" if own else "entry").each(filled)


def _states() -> dict[str, Markup]:
    return {key: _drawn(kind)(said=STATES[key]) for key, kind in STATE_KINDS.items()}


def _decided(row: tuple, small: Pattern) -> Markup:
    corrects, decider, decided_at, reason = row[13:]
    said = NOTHING
    if corrects:
        said += small(said=_("correction"))
    if decider:
        said += small(said=f"{decider}, {moment(decided_at)}")
    return said + _drawn("reason")(said=reason) if reason else said


def _to_do(row: tuple, root: str, token: str) -> Markup:
    """What a resident can do about an entry of their own."""
    id_, item, done_on, state = row[0], row[2], row[3], row[12]
    if state == "waiting":
        return _drawn("take_back")(address=f"{root}{id_}/withdrawal", token=token)
    if state in ("confirmed", "returned"):
        return _drawn("correct")(address=f"{root}{id_}/correction", item=item, day=day(done_on))
    return NOTHING
