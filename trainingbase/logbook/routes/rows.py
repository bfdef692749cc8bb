"""Rows of the log's pages, of which there are many: each kind is drawn once and then filled in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from trainingbase.drawn import Pattern, Patterns, patterns
from trainingbase.i18n import day, in_words, language, moment, urlencode
from trainingbase.logbook.routes.blueprint import kind_words, logbook
from trainingbase.logbook.rules.completion import Line
from trainingbase.logbook.words import CATEGORIES, LEVELS, STATE_KINDS, STATES

NOTHING = escape("")
ROWS, PIECES = "logbook/_rows.html", "ui/patterns.html"


@logbook.context_processor
def for_lists() -> dict:
    return {"entry_rows": entries}


def by_department(lines: Iterable[Line], here: str) -> list[tuple[int, Markup]]:
    """The lines of each standard department; `here` is the address of the page they are on."""
    found: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.standard_department_id].append(line)
    one = patterns(ROWS)["line"]
    return [
        (standard_id, one.each(_lines(some, escape(f"{here}?department={standard_id}"))))
        for standard_id, some in sorted(found.items())
    ]


def of_stay(lines: Iterable[Line]) -> Markup:
    return patterns(ROWS)["here"].each(_lines(lines))


def _lines(lines: Iterable[Line], here: Markup = NOTHING) -> Iterator[dict[str, object]]:
    words, kinds, drawn = kind_words(), in_words(CATEGORIES), patterns(ROWS)
    for line in lines:
        _id, category, item, minimum, target, done, waiting, brought, eased, taken_on = line
        counted = line.counted
        yield {
            "here": here,
            "category": category,
            "query": urlencode(item),
            "item": words.item(category, item),
            "less": _why(line, drawn) if brought or eased or taken_on else NOTHING,
            "kind": kinds[category],
            "asked": target
            if target == minimum
            else drawn["of_more"](target=target, minimum=minimum),
            "done": done,
            "waiting": waiting,
            "missing": target - counted,
            "counted": counted,
        }


def _why(line: Line, drawn: Patterns) -> Markup:
    """Why less or more is asked than the programme says, and what came from elsewhere."""
    said = [
        drawn[name](n=number)
        for name in ("eased", "taken_on", "brought")
        if (number := getattr(line, name))
    ]
    return NOTHING.join(said)


def entries(rows: Sequence[tuple], *, own: bool, token: str) -> Markup:
    """As `queries.entries.entries_of` finds them; `own` lets a resident take back and correct."""
    words, english = kind_words(), language() == "en"
    kinds, levels, root = in_words(CATEGORIES), in_words(LEVELS), url_for("logbook.mine")
    drawn, pieces = patterns(ROWS), patterns(PIECES)
    small = pieces["small"]
    states = {key: pieces[kind](said=STATES[key]) for key, kind in STATE_KINDS.items()}
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
        to_do = _to_do(row, root, token, drawn) if own else NOTHING
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
                "more": _decided(row, small, drawn) + to_do,
            }
        )
    return drawn["own_entry" if own else "entry"].each(filled)


def _decided(row: tuple, small: Pattern, drawn: Patterns) -> Markup:
    corrects, decider, decided_at, reason = row[13:]
    said = NOTHING
    if corrects:
        said += small(said=_("correction"))
    if decider:
        said += small(said=f"{decider}, {moment(decided_at)}")
    return said + drawn["reason"](said=reason) if reason else said


def _to_do(row: tuple, root: str, token: str, drawn: Patterns) -> Markup:
    """What a resident can do about an entry of their own."""
    id_, item, done_on, state = row[0], row[2], row[3], row[12]
    if state == "waiting":
        return drawn["take_back"](address=f"{root}{id_}/withdrawal", token=token)
    if state in ("confirmed", "returned"):
        return drawn["correct"](address=f"{root}{id_}/correction", item=item, day=day(done_on))
    return NOTHING
