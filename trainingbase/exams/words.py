"""What the coded values of examinations are called."""

from flask_babel import lazy_gettext as _l

RESULT_KINDS = {
    "annual": _l("Annual test"),
    "graduation": _l("Graduation examination"),
    "licence": _l("Licensing examination"),
}
PARTS = {
    "theory": _l("Theory"),
    "skills": _l("Skills"),
    "verdict": _l("Passed or not"),
    "passed": _l("Passed or not"),
    "attended": _l("Attended"),
    "both": _l("Theory and skills"),
    "licence": _l("Licence"),
    "score": _l("Score"),
}
ADDED = {
    "in_training": _l("in training"),
    "before_end": _l("ends training soon"),
    "failed_before": _l("has not passed yet"),
    "by_hand": _l("added by hand"),
    "imported": _l("came with a workbook"),
}
SOURCES = {
    "double": _l("two entered it alike"),
    "decided": _l("decided"),
    "imported": _l("from a workbook"),
    "osce": _l("from an OSCE"),
}
CANDIDATE_STATES = {
    "open": _l("Without figures"),
    "settled": _l("With figures"),
    "absent": _l("Absent"),
    "excused": _l("Does not sit"),
}
SITTING_STATES = {"open": _l("Not released"), "released": _l("Released")}
SESSION_STATES = {
    "draft": _l("Draft"),
    "planned": _l("Announced"),
    "open": _l("Marks are taken"),
    "closed": _l("Marking closed"),
    "released": _l("Released"),
}
STATE_KINDS = {
    "draft": "neutral",
    "planned": "info",
    "open": "waiting",
    "closed": "info",
    "released": "good",
    "waiting": "waiting",
    "upheld": "good",
    "refused": "bad",
    "withdrawn": "neutral",
}
APPEAL_STATES = {
    "waiting": _l("Waiting"),
    "upheld": _l("Upheld"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
CONFLICTS = {"tutor": _l("their tutor"), "supervisor": _l("supervised them")}
RATINGS = {
    1: _l("Clear fail"),
    2: _l("Borderline"),
    3: _l("Clear pass"),
    4: _l("Good"),
    5: _l("Excellent"),
}
METHODS = {
    "angoff": _l("Angoff"),
    "group": _l("Borderline group"),
    "regression": _l("Borderline regression"),
    "fixed": _l("Set by hand"),
}
WHY_NOT = {
    "total": _l("total below the pass mark"),
    "stations": _l("too few stations passed"),
    "must_pass": _l("a station that must be passed"),
    "absent": _l("absent"),
}
AGAINST = {
    "below": _l("below the province"),
    "above": _l("above the province"),
    "within": _l("cannot be told apart"),
}
NOT_TAKEN = {
    "other_year": _l("another year"),
    "person": _l("nobody, or several, of this name"),
    "blank": _l("a figure this examination asks for is missing"),
    "excused": _l("does not sit this time"),
}
NOT_YET = {
    "entered": _l("You have finished entering; what differs is decided."),
    "entering": _l("One of the two still enters figures."),
    "unsettled": _l("Some candidates have no figures yet."),
    "nobody": _l("Nobody sits."),
    "unreleased": _l("The results are not released yet."),
    "released": _l("The results are released already."),
    "opened": _l("Marking has begun."),
    "closed": _l("Marking is closed."),
    "marked": _l("This examiner has marked already: mark them absent instead."),
    "announced": _l("The timetable is announced: take it back first."),
    "unplanned": _l("Make the timetable first."),
    "unannounced": _l("Announce the timetable first."),
    "unopened": _l("Marking has not been opened."),
    "unclosed": _l("Close the marking first."),
    "examiners": _l("Some rooms have no examiner."),
    "unmarked": _l("Somebody who is present is not marked everywhere: mark them absent, or wait."),
    "frozen": _l("The pass marks are frozen already."),
    "last_station": _l("One station must be left."),
    "cuts": _l("Some stations have no pass mark, or somebody has no score."),
    "stations": _l("Add stations first."),
    "round_over": _l("This round is over."),
    "round_open": _l("This round is still open."),
    "judges": _l("Some judges have not handed in."),
    "estimates": _l("Some estimates are missing."),
    "handed_in": _l("This judge has handed in already."),
}
FIELDS = {
    "title": _l("Title"),
    "held_on": _l("Day"),
    "place": _l("Place"),
    "year": _l("Year"),
    "pass_theory": _l("Pass mark, theory"),
    "pass_skills": _l("Pass mark, skills"),
    **{key: PARTS[key] for key in ("attended", "theory", "skills", "passed")},
    "excused_because": _l("Does not sit, because"),
}
