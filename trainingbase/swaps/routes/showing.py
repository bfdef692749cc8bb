"""What the pages of swaps show: offers, matches and exchanges, with names."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from trainingbase.enrolment.models import Resident
from trainingbase.i18n import named
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.names import names_of
from trainingbase.rotations.rules.rows import Row, from_json
from trainingbase.rotations.speaking import Speaker
from trainingbase.swaps.models import Offer
from trainingbase.swaps.queries.market import Judged, Market
from trainingbase.swaps.rules import Exchange
from trainingbase.swaps.words import breach_in_words, stays


@dataclass(frozen=True)
class Result:
    """What the one who offers would get, and with how many co-residents that is possible."""

    key: str
    rows: list[list]
    words: str
    residents: tuple[int, ...]


def speaker_of(plan: Plan, residents: Iterable[int | None]) -> Speaker:
    return Speaker(names_of(one for one in residents if one), plan.starts_on)


def results(speaker: Speaker, found: list[Exchange]) -> list[Result]:
    by_rows: dict[str, list[Exchange]] = {}
    for one in found:
        by_rows.setdefault(str(one.result), []).append(one)
    made = []
    for text, those in by_rows.items():
        gets = those[0].gets(those[0].offering)
        residents = tuple(sorted({one.taking for one in those}))
        key = sha256(text.encode()).hexdigest()[:16]
        made.append(Result(key, those[0].result, stays(speaker, gets), residents))
    return made


def refusals(speaker: Speaker, found: list[Judged], most: int = 8) -> list[tuple[str, list[str]]]:
    """What was looked at and is not lawful: what one would get, and every breach."""
    return [
        (
            stays(speaker, one.exchange.gets(one.exchange.offering)),
            [breach_in_words(speaker, one.problem, breach) for breach in one.breaches],
        )
        for one in found
        if one.breaches
    ][:most]


def exchange_of(offer: Offer) -> Exchange | None:
    """What was agreed."""
    if offer.taken_by_id is None or offer.removed is None or offer.added is None:
        return None
    removed, added = (tuple(from_json(rows)) for rows in (offer.removed, offer.added))
    return Exchange(offer.resident_id, offer.taken_by_id, removed, added)


def sides(speaker: Speaker, one: Exchange) -> list[tuple[str, str, str]]:
    """For each of the two: name, what they give, what they get."""
    return [
        (speaker.person(who), stays(speaker, one.gives(who)), stays(speaker, one.gets(who)))
        for who in (one.offering, one.taking)
    ]


def wanted_in_words(speaker: Speaker, offer: Offer) -> list[str]:
    return [stays(speaker, from_json(rows)) for rows in offer.wanted]


def offered(offer: Offer) -> str:
    """The placement on offer."""
    return f"{named(offer.placement.department.institution)} {named(offer.placement.department)}"


def matching(
    there: Market | None, offer: Offer, resident: Resident, *, likely_only: bool = False
) -> list[Judged]:
    """The exchanges that somebody could answer an open offer with, judged."""
    row: Row | None = there.row_of(offer.placement) if there else None
    if there is None or row is None:
        return []
    judged = there.judged(row, [resident.id], likely_only=likely_only)
    return [one for one in judged if one.exchange.result in offer.wanted]
