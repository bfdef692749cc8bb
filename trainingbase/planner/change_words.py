"""What moves for whom and why, and what would help, in the office's words, zh and en."""

from typing import Any

from trainingbase.planner.change import Change, parts_of
from trainingbase.planner.difference import Move
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.problem_json import placement_to_json
from trainingbase.planner.words import Name, periods_in_words, rule_in_words, same


def move_in_words(problem: Problem, move: Move, language: str, name: Name = same) -> str:
    """One line: who, what, from where to where, and why."""
    zh = language == "zh"
    was = _stay_in_words(problem, move.was, language, name)
    now = _stay_in_words(problem, move.now, language, name)
    nowhere = "无" if zh else "nowhere"
    what = name(move.requirement) if move.requirement else ("其他" if zh else "other")
    joint = "→" if zh else " to "
    line = (
        f"{name(move.resident)} {what}{'：' if zh else ': '}{was or nowhere}{joint}{now or nowhere}"
    )
    why = _why(move, language, name)
    return f"{line}{'（' if zh else ' ('}{why}{'）' if zh else ')'}"


def _stay_in_words(problem: Problem, stay: Placement | None, language: str, name: Name) -> str:
    if stay is None:
        return ""
    when = periods_in_words(problem, range(stay.start, stay.end), language)
    return f"{name(stay.department)} {when}"


def _why(move: Move, language: str, name: Name) -> str:
    zh = language == "zh"
    if move.because == "own":
        own = "本人情况变化" if zh else "what happened to them"
        if not move.of:
            return own
        return f"{own}{'：' if zh else ': '}{rule_in_words(move.of, language)}"
    if move.because == "rule":
        return rule_in_words(move.of, language)
    if move.because == "gives_place":
        return f"让出名额给{name(move.of)}" if zh else f"gives place to {name(move.of)}"
    if move.because == "makes_room":
        return f"为“{name(move.of)}”让出时间" if zh else f"makes room for {name(move.of)}"
    return "整体更好" if zh else "better for the whole"


def change_in_words(problem: Problem, change: Change, language: str, name: Name = same) -> str:
    """All parts of a remedy in one line."""
    mark = "；" if language == "zh" else "; "
    return mark.join(_part_in_words(problem, part, language, name) for part in parts_of(change))


def _part_in_words(problem: Problem, part: Change, language: str, name: Name) -> str:
    zh = language == "zh"
    if "add_places" in part:
        what = part["add_places"]
        when = periods_in_words(problem, what["periods"], language)
        form = "{0}在{2}增加{1}个名额" if zh else "{1} more places in {0} in {2}"
        return form.format(name(what["department"]), what["count"], when)
    if "extend" in part:
        what = part["extend"]
        form = "{}的培训延长{}期" if zh else "the training of {} {} periods longer"
        return form.format(name(what["resident"]), what["periods"])
    if "loosen" in part:
        what = part["loosen"]
        form = "“{}”可提早{}期、推迟{}期" if zh else "{} up to {} periods earlier and {} later"
        return form.format(name(what["requirement"]), what["earlier"], what["later"])
    if "release" in part:
        what = part["release"]
        form = "取消{}已定的“{}”" if zh else "{}: {} no longer fixed"
        return form.format(name(what["resident"]), name(what["requirement"]))
    who = ("、" if zh else ", ").join(name(one) for one in part["without"]["residents"])
    return f"不安排{who}" if zh else f"without {who}"


def move_to_json(problem: Problem, move: Move) -> dict[str, Any]:
    return {
        "resident": move.resident,
        "requirement": move.requirement,
        "was": None if move.was is None else placement_to_json(move.was),
        "now": None if move.now is None else placement_to_json(move.now),
        "because": move.because,
        "of": move.of,
        "text": {language: move_in_words(problem, move, language) for language in ("zh", "en")},
    }
