"""The names of origins, results, rules and costs of plans, in the viewer's language."""

from flask_babel import lazy_gettext as _l

ORIGINS = {"solver": _l("Solved"), "import": _l("Imported"), "copy": _l("Copy")}
STATUSES = {
    "optimal": _l("Lawful, and no better plan exists"),
    "feasible": _l("Lawful"),
    "partial": _l("Not everything could be placed"),
    "infeasible": _l("No lawful plan exists"),
    "failed": _l("Solving broke off"),
}
RULES = {
    "known": _l("Unknown people, places or times"),
    "places": _l("More residents than places"),
    "one_place_at_a_time": _l("In two departments at once"),
    "away": _l("Placed while on leave"),
    "window": _l("Outside the time allowed"),
    "before": _l("Out of order"),
    "choose": _l("Wrong number of electives"),
    "fixed": _l("Moves what the office has fixed"),
    "in_progress": _l("Moves what has already begun"),
    "whole": _l("Requirement not met in full"),
    "same_department": _l("One requirement in several departments"),
    "standard": _l("The department does not offer it"),
    "eligible": _l("The site is not open to this resident"),
}
COSTS = {
    "unplaced": _l("Not placed"),
    "minimum": _l("Departments with fewer residents than they wish for"),
    "wish": _l("Wishes missed"),
    "rank": _l("Preferences not met"),
    "worst_resident": _l("The resident who fares worst"),
    "moved": _l("Placements moved against the plan before"),
}
SUPPOSED = {
    "places": _l("More places"),
    "close": _l("A department closed"),
    "open": _l("A department open"),
    "leave": _l("A resident on leave"),
    "repeat": _l("A rotation not passed"),
    "longer": _l("Longer training of a resident"),
    "gone": _l("A resident leaves"),
    "admit": _l("More residents"),
}
WAYS = {"least": _l("least change"), "best": _l("best cost")}
