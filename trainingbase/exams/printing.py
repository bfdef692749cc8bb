"""What hangs at doors and lies in hands: timetable, slips, station sheets."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask_babel import gettext as _

from trainingbase import codes
from trainingbase.clock import LOCAL
from trainingbase.exams.models import Osce, OsceCandidate, OsceExaminer, OsceSlot
from trainingbase.i18n import day, language, named
from trainingbase.paper import Block, Document, Facts, Heading, PageBreak, Picture, Table, Text

QR_MM = 35


def clock_of(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M}"


def _document(session: Osce, title: str, blocks: list[Block], at: datetime, *, wide: bool = False):
    return Document(
        title=title,
        language="en" if language() == "en" else "zh",
        blocks=blocks,
        subtitle=f"{session.title} · {day(session.held_on)}",
        made_at=at,
        landscape=wide,
    )


def timetable(session: Osce, slots: Sequence[OsceSlot], *, at: datetime) -> Document:
    """One table for each circuit: rounds down, stations across."""
    blocks: list[Block] = []
    names = [named(one) for one in session.stations]
    for circuit in sorted({one.circuit for one in slots}):
        rounds: dict[int, dict[int, str]] = {}
        begins: dict[int, datetime] = {}
        for one in slots:
            if one.circuit == circuit:
                rounds.setdefault(one.round, {})[one.station_id] = one.candidate.number or ""
                begins[one.round] = one.starts_at
        if blocks:
            blocks.append(PageBreak())
        blocks.append(Heading(_("Circuit %(name)s", name=chr(ord("A") + circuit))))
        blocks.append(
            Table(
                [_("Bell"), *names],
                [
                    [clock_of(begins[number]), *(row.get(s.id, "—") for s in session.stations)]
                    for number, row in sorted(rounds.items())
                ],
            )
        )
    return _document(session, _("Timetable"), blocks, at, wide=True)


def slips(
    session: Osce,
    candidates: Sequence[OsceCandidate],
    slots: Sequence[OsceSlot],
    *,
    at: datetime,
) -> Document:
    """A page for each candidate: where to be when."""
    names = {one.id: named(one) for one in session.stations}
    blocks: list[Block] = []
    for one in candidates:
        if one.number is None:
            continue
        if blocks:
            blocks.append(PageBreak())
        blocks.append(Heading(f"{one.number} · {one.resident.name}"))
        blocks.append(
            Table(
                [_("From"), _("To"), _("Station")],
                [
                    [clock_of(slot.starts_at), clock_of(slot.ends_at), names[slot.station_id]]
                    for slot in slots
                    if slot.candidate_id == one.id
                ],
            )
        )
        if session.place:
            blocks.append(Text(_("Place: %(place)s", place=session.place)))
    return _document(session, _("Candidate's slip"), blocks, at)


def station_sheets(
    session: Osce,
    examiners: Sequence[OsceExaminer],
    address: Callable[[OsceExaminer], str],
    *,
    at: datetime,
) -> Document:
    """A page for each room: the task for the door, and the code that opens the marking for the
    examiner who is signed in."""
    blocks: list[Block] = []
    for station in session.stations:
        rooms = [one for one in examiners if one.station_id == station.id]
        for one in rooms or [None]:
            if blocks:
                blocks.append(PageBreak())
            blocks.append(Heading(named(station)))
            facts: list[tuple[str, object]] = [(_("Minutes"), station.minutes)]
            if one is not None:
                circuit = chr(ord("A") + one.circuit)
                facts = [(_("Circuit"), circuit), (_("Examiner"), one.person.name), *facts]
            blocks.append(Facts(facts))
            if station.task:
                blocks += [Heading(_("Task"), 2), Text(station.task)]
            if one is not None:
                link = address(one)
                blocks.append(Picture(codes.picture(link).getvalue(), _("Code to scan"), QR_MM))
                blocks.append(Text(_("For the examiner: scan, sign in, mark."), small=True))
    return _document(session, _("Station sheets"), blocks, at)
