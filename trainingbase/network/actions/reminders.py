"""Agreements that end are said so in time, each time once."""

from datetime import date, datetime, time, timedelta

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.network.queries.reminders import reminded_since
from trainingbase.notices.actions import leave
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.sites.models import Institution
from trainingbase.sites.queries import agreements_ending
from trainingbase.thresholds.queries import whole


def remind_of_agreements(*, today: date, at: datetime) -> int:
    """The office is told when an agreement comes within each of the two terms of its end, and
    when it has ended; how many sites that were."""
    terms = (whole("agreement_reminder_days"), whole("agreement_last_reminder_days"), 0)
    before = today + timedelta(days=max(terms))
    told = 0
    for site in agreements_ending(before=before, today=today):
        if not reminded_since(site, _begun(site, terms, today)):
            leave(
                "agreement-ends",
                to_ids=[one.id for one in holders_of(Role.OFFICE)],
                at=at,
                path=f"/sites/{site.id}/agreements",
                name=site.name,
                name_en=site.name_en,
                closes_on=site.agreement_ends_on.isoformat(),
                is_over=site.agreement_ends_on <= today,
            )
            told += 1
    db.session.commit()
    return told


def _begun(site: Institution, terms: tuple[int, ...], today: date) -> datetime:
    """When the latest term that has begun did."""
    assert site.agreement_ends_on is not None
    days = [site.agreement_ends_on - timedelta(days=days) for days in terms]
    return datetime.combine(max(day for day in days if day <= today), time(), LOCAL)
