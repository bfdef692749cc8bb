"""The menu: each entry is shown to those whose role opens its page."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from trainingbase.access import opens
from trainingbase.i18n import language
from trainingbase.notices import queries as notices
from trainingbase.people.models import Person
from trainingbase.roles import Role


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    active: bool
    count: int | None = None


@dataclass(frozen=True)
class Group:
    heading: str
    entries: tuple[Entry, ...]

    @property
    def is_open(self) -> bool:
        return any(entry.active for entry in self.entries)


@dataclass(frozen=True)
class Menu:
    """All of it in groups for the side; on a phone `at_hand`, and `rest` behind a fifth entry."""

    groups: tuple[Group, ...]
    at_hand: tuple[Entry, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def rest(self) -> tuple[Group, ...]:
        left = (
            Group(group.heading, tuple(e for e in group.entries if e not in self.at_hand))
            for group in self.groups
        )
        return tuple(group for group in left if group.entries)

    @cached_property
    def drawn(self) -> Markup:
        drawing: Any = current_app.jinja_env.get_template("ui/navigation.html").module
        return drawing.menu(self)

    @property
    def unseen(self) -> int:
        """What the counts of the rest add up to."""
        return sum(entry.count or 0 for group in self.rest for entry in group.entries)


def groups() -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Endpoint, label and icon of each entry in order, by heading; the first group has none."""
    return [
        (
            "",
            [
                ("overview.day", _("Today"), "house"),
                ("notices.mine", _("Notices"), "bell"),
                ("rotations.mine", _("My rotations"), "calendar3"),
                ("entering.mine", _("My goals"), "place"),
                ("logbook.mine", _("My log"), "log"),
                ("leave.mine", _("My leave"), "clock"),
                ("attendance.mine", _("My attendance"), "check"),
                ("training.mine", _("My activities"), "easel"),
                ("assessments.feedback", _("My feedback"), "chat-square-text"),
                ("exams.mine", _("My examinations"), "clipboard-check"),
                ("ballots.mine", _("My say"), "shield-check"),
                ("judging.picture", _("My picture"), "bar-chart"),
                ("courses.mine", _("My graduation"), "programme"),
                ("careers.mine", _("My career"), "flag"),
                ("research.mine", _("My research"), "journal-text"),
                ("handbook.mine", _("My handbook"), "programme"),
                ("enrolment.my_record", _("My record"), "person-badge"),
                ("wishes.mine", _("My wishes"), "flag"),
                ("swaps.mine", _("Swaps"), "repeat"),
                ("incentives.mine", _("My incentives"), "cash-coin"),
                ("assessments.owed", _("Assessments"), "clipboard-check"),
                ("exams.marking", _("OSCE marking"), "clipboard-check"),
                ("logbook.to_confirm", _("Log to confirm"), "check"),
            ],
        ),
        (
            _("Rotations"),
            [
                ("rotations.plans", _("Rotation plans"), "grid-3x3"),
                ("leave.leaves", _("Leave"), "clock"),
                ("supervision.arrivals", _("Supervisors"), "people"),
                ("wishes.rounds", _("Wishes"), "flag"),
                ("swaps.all", _("Swaps"), "repeat"),
            ],
        ),
        (
            _("Residents"),
            [
                ("enrolment.residents", _("Residents"), "people"),
                ("intake.intakes", _("Intake"), "add"),
                ("courses.all", _("Changes of course"), "tree"),
                ("courses.graduation", _("Graduation"), "programme"),
                ("careers.obligations", _("Service obligations"), "check"),
                ("careers.retention", _("Retention"), "bar-chart"),
                ("careers.schemes", _("Promotion and honours"), "flag"),
                ("identities.doubles", _("Who is who"), "person"),
                ("judging.pictures", _("Residents' pictures"), "bar-chart"),
                ("judging.meetings", _("Competence committee"), "people"),
                ("judging.signals", _("Early warning"), "flag"),
            ],
        ),
        (
            _("Training record"),
            [
                ("entering.arrivals", _("Who arrives"), "place"),
                ("entering.coming", _("Who comes to me"), "people"),
                ("attendance.day", _("Attendance"), "check"),
                ("training.activities", _("Teaching activities"), "easel"),
                ("training.roster", _("Roster kept"), "calendar3"),
                ("logbook.all_completions", _("Log completion"), "log"),
                ("logbook.all_appeals", _("Appeals about the log"), "flag"),
                ("leaving.all", _("Leaving"), "sign-out"),
                ("assessments.all", _("All assessments"), "clipboard-check"),
                ("exams.sittings", _("Examinations"), "clipboard-check"),
                ("research.works", _("Research and scholarship"), "journal-text"),
                ("handbook.handbooks", _("Training handbooks"), "programme"),
            ],
        ),
        (
            _("Programmes, forms and quality"),
            [
                ("programmes.programmes", _("Programmes"), "journal-text"),
                ("instruments.instruments", _("Forms"), "journal-text"),
                ("ballots.released", _("Released opinions"), "shield-check"),
                ("quality.figures", _("Training quality"), "bar-chart"),
                ("exams.figures", _("Pass rates"), "bar-chart"),
                ("reports.reports", _("Reports"), "journal-text"),
                ("community.overview", _("Medical community"), "hospital"),
                ("selfassessment.overview", _("Self-assessment"), "check"),
            ],
        ),
        (
            _("Sites and faculty"),
            [
                ("sites.institutions", _("Sites"), "hospital"),
                ("network.calendar", _("The network"), "tree"),
                ("faculty.roster", _("Faculty"), "person-badge"),
            ],
        ),
        (
            _("Money, data and settings"),
            [
                ("incentives.runs", _("Incentives"), "cash-coin"),
                ("imports.imports", _("Import"), "file-earmark-arrow-up"),
                ("thresholds.thresholds", _("Thresholds"), "sliders"),
                ("accounts.accounts", _("Accounts"), "key"),
                ("mailing.messages", _("Mail"), "mail"),
                ("permissions.permissions", _("Permissions"), "lock"),
                ("audit.trail", _("Audit trail"), "shield-check"),
            ],
        ),
    ]


def entries() -> list[tuple[str, str, str]]:
    """Every entry of the menu, without the headings."""
    return [entry for _heading, members in groups() for entry in members]


THUMB = {
    Role.RESIDENT: ("logbook.mine", "training.mine", "rotations.mine"),
    Role.FACULTY: ("logbook.to_confirm", "assessments.owed", "leave.leaves"),
    Role.SECRETARY: ("attendance.day", "entering.arrivals", "leave.leaves"),
    Role.SITE_COORDINATOR: ("attendance.day", "entering.arrivals", "leave.leaves"),
    Role.OFFICE: ("enrolment.residents", "rotations.plans", "leave.leaves"),
    Role.LEADER: ("quality.figures", "rotations.plans", "network.calendar"),
    Role.AUDITOR: ("audit.trail", "rotations.plans", "enrolment.residents"),
    Role.ADMINISTRATOR: ("accounts.accounts", "permissions.permissions", "notices.mine"),
}
"""What each role reaches with the thumb on a phone, after Today."""

AT_HAND = 4
"""Entries of the bottom bar beside the one that opens the rest."""

UNGROUPED = 13
"""Up to so many entries the menu needs no headings."""


def navigation(person: Person | None) -> Menu | None:
    """What this person may open.  A page counts as open on every page of its blueprint."""
    if person is None:
        return None
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    unread = notices.unread_count(person)
    return _menu(app, person.roles, language(), request.script_root, request.endpoint, unread)


@lru_cache(maxsize=1024)
def _menu(
    app: Flask, roles: frozenset[Role], tongue: str, root: str, opened: str | None, unread: int
) -> Menu:
    """The menu of all who hold `roles`, have `opened` this page and left so much `unread`."""
    offered = _offered(app, roles, tongue, root)
    shown = {
        one.endpoint: Entry(
            label=one.label,
            url=one.url,
            icon=one.icon,
            active=opened == one.endpoint or _is_home_of(one.endpoint, opened, offered),
            count=unread if one.endpoint == "notices.mine" else None,
        )
        for members in offered.values()
        for one in members
    }
    parts = [Group(head, tuple(shown[o.endpoint] for o in some)) for head, some in offered.items()]
    if len(shown) <= UNGROUPED:
        parts = [Group("", tuple(entry for part in parts for entry in part.entries))]
    return Menu(
        groups=tuple(part for part in parts if part.entries), at_hand=_at_hand(roles, shown)
    )


@dataclass(frozen=True)
class Offered:
    """An entry before it is known which page is open."""

    endpoint: str
    label: str
    icon: str
    url: str


@lru_cache(maxsize=256)
def _offered(
    app: Flask, roles: frozenset[Role], tongue: str, root: str
) -> dict[str, tuple[Offered, ...]]:
    """By heading, for all who hold `roles` and read `tongue`; `root`: where the portal is."""
    return {
        heading: tuple(
            Offered(endpoint, label, icon, url_for(endpoint))
            for endpoint, label, icon in members
            if endpoint in app.view_functions and opens(roles, endpoint)
        )
        for heading, members in groups()
    }


def _at_hand(roles: frozenset[Role], shown: dict[str, Entry]) -> tuple[Entry, ...]:
    """All where they fit the bar; else Today and what the person's roles ask for, in turn."""
    if len(shown) <= AT_HAND + 1:
        return tuple(shown.values())
    turns = zip(*(THUMB[role] for role in Role if role in roles), strict=True)
    wanted = [name for turn in turns for name in turn if name in shown]
    names = list(dict.fromkeys(["overview.day", *wanted, *shown]))
    return tuple(shown[name] for name in names[:AT_HAND])


def _is_home_of(endpoint: str, opened: str | None, offered: dict[str, tuple[Offered, ...]]) -> bool:
    """Whether `endpoint` stands for the whole blueprint that is open, in this person's menu."""
    blueprint = (opened or "").partition(".")[0] + "."
    if not endpoint.startswith(blueprint):
        return False
    shown = [
        one.endpoint
        for members in offered.values()
        for one in members
        if one.endpoint.startswith(blueprint)
    ]
    return len(shown) == 1 or (opened not in shown and shown[0] == endpoint)
