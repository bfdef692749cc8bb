"""The menu: each entry is shown to those whose role opens its page."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _

from trainingbase.access import may_open
from trainingbase.notices import queries as notices
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    active: bool
    count: int | None = None


def entries() -> list[tuple[str, str, str]]:
    """Endpoint, label and icon, in order."""
    return [
        ("overview.day", _("Today"), "house"),
        ("rotations.mine", _("My rotations"), "calendar3"),
        ("logbook.mine", _("My log"), "log"),
        ("leave.mine", _("My leave"), "clock"),
        ("enrolment.my_record", _("My record"), "person-badge"),
        ("assessments.feedback", _("My feedback"), "chat-square-text"),
        ("swaps.mine", _("Swaps"), "repeat"),
        ("wishes.mine", _("My wishes"), "flag"),
        ("assessments.owed", _("Assessments"), "clipboard-check"),
        ("logbook.to_confirm", _("Log to confirm"), "check"),
        ("rotations.plans", _("Rotation plans"), "grid-3x3"),
        ("wishes.rounds", _("Wishes"), "flag"),
        ("swaps.all", _("Swaps"), "repeat"),
        ("assessments.all", _("All assessments"), "clipboard-check"),
        ("enrolment.residents", _("Residents"), "people"),
        ("courses.mine", _("My training record"), "record"),
        ("courses.all", _("Changes of course"), "tree"),
        ("courses.graduation", _("Graduation"), "programme"),
        ("leave.leaves", _("Leave"), "clock"),
        ("intake.intakes", _("Intake"), "people"),
        ("identities.doubles", _("Who is who"), "people"),
        ("faculty.roster", _("Faculty"), "person-badge"),
        ("supervision.arrivals", _("Supervisors"), "people"),
        ("sites.institutions", _("Sites"), "hospital"),
        ("network.calendar", _("The network"), "tree"),
        ("programmes.programmes", _("Programmes"), "journal-text"),
        ("training.activities", _("Teaching activities"), "easel"),
        ("logbook.all_completions", _("Log completion"), "log"),
        ("imports.imports", _("Import"), "file-earmark-arrow-up"),
        ("incentives.runs", _("Incentives"), "cash-coin"),
        ("incentives.mine", _("My incentives"), "cash-coin"),
        ("quality.figures", _("Training quality"), "bar-chart"),
        ("thresholds.thresholds", _("Thresholds"), "sliders"),
        ("accounts.accounts", _("Accounts"), "key"),
        ("permissions.permissions", _("Permissions"), "lock"),
        ("audit.trail", _("Audit trail"), "shield-check"),
        ("notices.mine", _("Notices"), "bell"),
    ]


def navigation(person: Person | None) -> list[Entry]:
    """What this person may open.  A page counts as open on every page of its blueprint."""
    if person is None:
        return []
    here = (request.endpoint or "").partition(".")[0]
    return [
        Entry(
            label=label,
            url=url_for(endpoint),
            icon=icon,
            active=request.endpoint == endpoint or _is_home_of(endpoint, here, person),
            count=notices.unread_count(person) if endpoint == "notices.mine" else None,
        )
        for endpoint, label, icon in entries()
        if endpoint in current_app.view_functions and may_open(person, endpoint)
    ]


def _is_home_of(endpoint: str, blueprint: str, person: Person) -> bool:
    """Whether `endpoint` stands for the whole blueprint in this person's menu."""
    if not endpoint.startswith(blueprint + "."):
        return False
    shown = [
        name
        for name, *_rest in entries()
        if name.startswith(blueprint + ".")
        and name in current_app.view_functions
        and may_open(person, name)
    ]
    return len(shown) == 1 or (request.endpoint not in shown and shown[0] == endpoint)
