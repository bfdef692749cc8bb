"""How far an OSCE has come: few statements, asked every few seconds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from trainingbase.exams.models import Osce, OsceCandidate, OsceExaminer, OsceSlot, OsceStation
from trainingbase.exams.queries import marks, osce


@dataclass
class Room:
    """A station in a circuit: marked ones of all, who is being marked, who comes next, and how
    many were to be done by now and are not."""

    station: OsceStation
    circuit: int
    examiners: list[OsceExaminer] = field(default_factory=list)
    all: int = 0
    marked: int = 0
    late: int = 0
    now: str | None = None
    next: str | None = None

    @property
    def has_somebody(self) -> bool:
        return any(one.absent_because is None for one in self.examiners)


@dataclass(frozen=True)
class Board:
    rooms: Sequence[Room]
    candidates: Sequence[OsceCandidate]
    done: dict[int, int]
    """Marked stations by candidate."""
    due: dict[int, int]

    @property
    def marked(self) -> int:
        return sum(room.marked for room in self.rooms)

    @property
    def all(self) -> int:
        return sum(room.all for room in self.rooms)


def board(session: Osce, *, at: datetime) -> Board:
    slots, marked = osce.slots_of(session), marks.marked_slots(session)
    typed, candidates = marks.drafted_slots(session), osce.candidates_of(session)
    rooms = {
        (station.id, circuit): Room(station, circuit)
        for circuit in range(session.circuits)
        for station in session.stations
    }
    for one in osce.examiners_of(session):
        rooms[one.station_id, one.circuit].examiners.append(one)
    done: dict[int, int] = {}
    due: dict[int, int] = {}
    absent = {one.id for one in candidates if one.absent_because is not None}
    for slot in slots:
        if slot.candidate_id in absent:
            continue
        room = rooms[slot.station_id, slot.circuit]
        room.all += 1
        due[slot.candidate_id] = due.get(slot.candidate_id, 0) + 1
        if slot.id in marked:
            room.marked += 1
            done[slot.candidate_id] = done.get(slot.candidate_id, 0) + 1
        else:
            _waiting(room, slot, is_typed=slot.id in typed, at=at)
    return Board([one for one in rooms.values() if one.all], candidates, done, due)


def _waiting(room: Room, slot: OsceSlot, *, is_typed: bool, at: datetime) -> None:
    if is_typed:
        room.now = slot.candidate.number
    elif room.next is None:
        room.next = slot.candidate.number
    if slot.ends_at < at:
        room.late += 1
