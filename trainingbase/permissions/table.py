"""The permission table.  Rows are parts of the portal (blueprints), columns are roles.

`tests/permissions` holds every route to it: who is not named here opens nothing of that part, and
who only sees changes nothing.  Which rows somebody sees within a part is the scope; the queries
keep it, and the tests of each feature prove it.
"""

from dataclasses import dataclass

from trainingbase.roles import EVERYONE, Role

RESIDENT, FACULTY, SECRETARY = Role.RESIDENT, Role.FACULTY, Role.SECRETARY
COORDINATOR, OFFICE, LEADER = Role.SITE_COORDINATOR, Role.OFFICE, Role.LEADER
AUDITOR, ADMINISTRATOR = Role.AUDITOR, Role.ADMINISTRATOR

OWN = "own"
TAUGHT = "taught"
TUTEES = "tutees"
ELSEWHERE = "elsewhere"
SITTING = "sitting"
DEPARTMENT = "department"
SITE = "site"
PUT_TO = "put-to"
ALL = "all"


@dataclass(frozen=True)
class Right:
    """`scope` is a key of `words.SCOPES`; whoever `changes` also sees."""

    scope: str
    changes: bool = False


def sees(scope: str) -> Right:
    return Right(scope)


def changes(scope: str) -> Right:
    return Right(scope, changes=True)


USUAL = {RESIDENT: OWN, FACULTY: TAUGHT, SECRETARY: DEPARTMENT, COORDINATOR: SITE}
"""The scope of a role where nothing else is said; the others see everything of a part."""


def _rights(reading: tuple[Role, ...] = (), changing: tuple[Role, ...] = (), **scopes: str):
    return {
        role: Right(scopes.get(role, USUAL.get(role, ALL)), changes=role in changing)
        for role in EVERYONE
        if role in reading or role in changing
    }


ASKED_BY_POST = {"logbook.trace", "instruments.preview"}
"""Changes nothing; what is asked must stand in no address and in no log, or is too long for one."""

TABLE: dict[str, dict[Role, Right]] = {
    "overview": {role: Right(OWN, changes=role in (RESIDENT, FACULTY)) for role in EVERYONE},
    "search": {role: sees(ELSEWHERE) for role in EVERYONE},
    "filters": {role: changes(OWN) for role in EVERYONE},
    "accounts": {
        role: changes(ALL if role in (OFFICE, ADMINISTRATOR) else OWN) for role in EVERYONE
    },
    "rotations": _rights(
        (RESIDENT, FACULTY, SECRETARY, COORDINATOR, LEADER, AUDITOR), changing=(OFFICE,)
    ),
    "wishes": _rights((AUDITOR,), changing=(RESIDENT, OFFICE)),
    "swaps": _rights((AUDITOR,), changing=(RESIDENT, OFFICE)),
    "enrolment": _rights((FACULTY, AUDITOR), changing=(RESIDENT, OFFICE)),
    "intake": _rights((AUDITOR,), changing=(RESIDENT, OFFICE)),
    "identities": _rights((AUDITOR,), changing=(OFFICE,)),
    "courses": _rights((RESIDENT, FACULTY, AUDITOR), changing=(OFFICE,), faculty=TUTEES),
    "careers": _rights(
        (FACULTY, AUDITOR), changing=(RESIDENT, OFFICE, LEADER), faculty=OWN, leader=PUT_TO
    ),
    "whereabouts": {},
    "leave": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)),
    "attendance": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)),
    "faculty": _rights((FACULTY, SECRETARY, COORDINATOR, LEADER, AUDITOR), changing=(OFFICE,)),
    "supervision": _rights((FACULTY, LEADER, AUDITOR), changing=(SECRETARY, COORDINATOR, OFFICE)),
    "entering": _rights((FACULTY, AUDITOR), changing=(RESIDENT, SECRETARY, COORDINATOR, OFFICE)),
    "programmes": {role: sees(ALL) for role in EVERYONE} | {OFFICE: changes(ALL)},
    "editions": {role: sees(ALL) for role in EVERYONE} | {OFFICE: changes(ALL)},
    "sites": _rights((SECRETARY, LEADER, AUDITOR), changing=(COORDINATOR, OFFICE), secretary=SITE),
    "network": _rights((LEADER, AUDITOR), changing=(SECRETARY, COORDINATOR, OFFICE)),
    "assessments": _rights(
        (LEADER, AUDITOR), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)
    ),
    "training": _rights(
        (AUDITOR, LEADER), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)
    ),
    "ballots": _rights(
        (FACULTY, SECRETARY, COORDINATOR, OFFICE, LEADER, AUDITOR),
        changing=(RESIDENT,),
        faculty=OWN,
    ),
    "guests": {},
    "instruments": _rights((FACULTY, LEADER, AUDITOR), changing=(OFFICE,), faculty=ALL),
    "exams": _rights((LEADER, AUDITOR), changing=(RESIDENT, FACULTY, OFFICE), faculty=OWN),
    "logbook": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)),
    "leaving": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE)),
    "research": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, OFFICE), faculty=TUTEES),
    "handbook": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, OFFICE), faculty=TUTEES),
    "imports": _rights((AUDITOR,), changing=(OFFICE,)),
    "quality": _rights((LEADER, AUDITOR), changing=(OFFICE,)),
    "community": _rights((LEADER, AUDITOR), changing=(COORDINATOR, OFFICE)),
    "reports": _rights((LEADER, AUDITOR), changing=(OFFICE,)),
    "judging": _rights((AUDITOR,), changing=(RESIDENT, FACULTY, OFFICE, LEADER), leader=SITTING),
    "incentives": _rights(
        (AUDITOR,),
        changing=(RESIDENT, FACULTY, SECRETARY, COORDINATOR, OFFICE, LEADER),
        faculty=OWN,
        secretary=OWN,
        site_coordinator=OWN,
    ),
    "selfassessment": _rights((LEADER, AUDITOR), changing=(OFFICE,)),
    "signatures": {role: sees(OWN) for role in EVERYONE},
    "thresholds": _rights((AUDITOR,), changing=(OFFICE,)),
    "audit": _rights((OFFICE, AUDITOR)),
    "permissions": _rights((OFFICE, AUDITOR, ADMINISTRATOR)),
    "notices": {role: changes(OWN) for role in EVERYONE},
    "mailing": {role: changes(ALL if role is ADMINISTRATOR else OWN) for role in EVERYONE},
    "offline": {},
    "design": _rights(changing=(OFFICE, ADMINISTRATOR)),
}

GROUPS: dict[str, frozenset[str]] = {
    "people": frozenset(
        {"enrolment", "intake", "identities", "courses", "careers", "whereabouts", "faculty"}
    ),
    "places": frozenset(
        {"rotations", "wishes", "swaps", "leave", "attendance", "supervision", "entering",
         "programmes", "editions", "sites", "network", "leaving"}
    ),
    "learning": frozenset(
        {"assessments", "training", "ballots", "guests", "instruments", "exams", "logbook",
         "research", "handbook", "judging"}
    ),
    "figures": frozenset({"quality", "community", "reports", "incentives", "selfassessment"}),
    "portal": frozenset(),
}  # fmt: skip
"""In the order of the page; the portal itself is what stands in no other group."""


def group_of(part: str) -> str:
    return next((group for group, parts in GROUPS.items() if part in parts), "portal")
