"""What residents of the county said anonymously: some released, most waiting, one round open.

The base asked before this plan began, too: the rounds of spring and summer are made here, with
people who trained then.  The forms' items are samples of this play.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase import clock
from trainingbase.ballots import actions, keys
from trainingbase.ballots.models import ANSWERED, Ballot, BallotRound, BallotSubject, Envelope
from trainingbase.ballots.rules.sealing import seal
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.instruments import actions as forms
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.rules.scales import filled
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

SUMMER = tuple(date(2026, month, 1) for month in range(3, 9))
AUTUMN = date(2026, 9, 1)
TEACHERS, DEPARTMENTS = 9, 7
ACTIVITIES = ("教学查房", "小讲课")
"""Asked about in two departments."""
"""Of whom enough was said in the summer; of the next ones too little."""
LINES = {
    "teacher": (
        ("查房时讲清楚为什么", "Says why on the round"),
        ("让我在监督下动手", "Lets me do things under supervision"),
        ("反馈具体、及时", "Feedback is concrete and in time"),
        ("尊重学员", "Respects residents"),
    ),
    "department": (
        ("病种和病例够我学", "Enough cases to learn from"),
        ("入科教育讲清要求", "The induction says what is asked"),
        ("教学时间得到保证", "Time for teaching is kept"),
        ("工作量合理", "The workload is fair"),
    ),
    "activity": (
        ("内容对我有用", "Useful to me"),
        ("有机会提问和讨论", "Room for questions"),
    ),
    "base": (
        ("轮转安排合理", "Rotations are planned well"),
        ("有问题能找到人", "Somebody is there when something goes wrong"),
        ("食宿条件", "Board and lodging"),
    ),
}
SAID = (
    "讲病例时会追问依据，收获大。建议出院小结也点评一下。",
    "夜班之后还安排早查房，有点吃力。",
    "操作机会多，老师在旁边看着，心里踏实。",
    "希望每周固定一次小讲课的时间。",
    "反馈很具体，知道下一步该练什么。",
    "门诊跟诊时能先让我问病史就更好了。",
    "病历修改意见写得清楚。",
    "带教换班时没有交接学员情况。",
)


def play(
    *,
    office: Person,
    resident: Resident,
    teacher: Person,
    today: date,
    say: Callable[[str], None],
) -> None:
    made = _forms(office)
    shown = db.session.scalars(
        select(FacultyMember).where(FacultyMember.person_id == teacher.id)
    ).one()
    residents = db.session.scalars(
        select(Resident).join(Resident.cohort).order_by(Resident.starts_on, Resident.id).limit(40)
    ).all()
    for number, month in enumerate(SUMMER):
        _summer(month, number, made, residents, shown)
    answered, month = 0, AUTUMN
    while months_later(month, 1) <= first_of_month(today):
        opens_on = months_later(month, 1)
        round_ = actions.open_due(today=opens_on, at=_at(opens_on))
        if round_ is not None:
            answered += _answers(round_, made, but=resident.person_id)
        if round_ is not None and round_.closes_on <= today:
            actions.settle(today=round_.closes_on, at=_at(round_.closes_on))
        month = opens_on
    say(f"  Anonymous opinions: {answered} since {AUTUMN}")


def _at(day: date) -> datetime:
    return datetime.combine(day, time(4, 10), clock.LOCAL)


def _forms(office: Person) -> dict[str, Instrument]:
    at = _at(date(2026, 2, 20))
    made = {}
    for kind, code in (
        ("teacher", "resident_on_teacher"), ("department", "resident_on_department")
    ):  # fmt: skip
        source = db.session.scalars(select(Instrument).where(Instrument.code == code)).one()
        made[kind] = forms.make_version(source, by=office, at=at)
        made[kind].items.clear()
        db.session.flush()
    for kind, title, title_en in (
        ("activity", "住院医师评教学活动", "Resident on teaching activities"),
        ("base", "住院医师评基地", "Resident on the base"),
    ):
        made[kind] = forms.begin(
            name=f"resident_on_{kind}", title=title, title_en=title_en, assessor="resident",
            subject=kind, by=office, at=at,
        )  # fmt: skip
    for kind, draft in made.items():
        draft.note, draft.note_en = "演示用条目，非官方内容。", "Items of this demonstration."
        draft.source, draft.is_once = "演示", False
        draft.items.extend(_items(LINES[kind]))
        forms.publish(draft, by=office, at=at)
    return made


def _items(lines: Sequence[tuple[str, str]]) -> list[Item]:
    ratings = [
        Item(
            position=position, code=f"D{position + 1}", name=name, name_en=name_en, kind="rating",
            scale="five", is_required=False, may_be_unobserved=True, **filled("five"),
        )
        for position, (name, name_en) in enumerate(lines)
    ]  # fmt: skip
    word = Item(
        position=len(lines), code="D9", name="想说的一句话", name_en="In a word", kind="text",
        is_required=False, may_be_unobserved=False,
    )  # fmt: skip
    return [*ratings, word]


def _summer(
    month: date,
    number: int,
    made: dict[str, Instrument],
    residents: Sequence[Resident],
    teacher: FacultyMember,
) -> None:
    """Each teacher and department had two or three; of some only one in all the summer."""
    opens_on = months_later(month, 1)
    round_ = BallotRound(
        starts_on=month, ends_on=opens_on, opens_on=opens_on,
        closes_on=opens_on + timedelta(days=28), key=keys.make(),
    )  # fmt: skip
    db.session.add(round_)
    db.session.flush()
    for place, subject in enumerate(_subjects(teacher)):
        enough = subject.kind == "base" or place % (TEACHERS + DEPARTMENTS) < 12
        count = 8 if subject.kind == "base" else 3 if enough else int(number == 0)
        first = (place * 3 + number * 11) % len(residents)
        some = [residents[(first + step) % len(residents)] for step in range(count)]
        for one in some:
            db.session.add(
                Ballot(
                    round_id=round_.id, subject_id=subject.id, person_id=one.person_id,
                    instrument_id=made[subject.kind].id,
                )
            )  # fmt: skip
    db.session.commit()
    _answers(round_, made, but=0, share=0.9)
    actions.settle(today=round_.closes_on, at=_at(round_.closes_on))


def _subjects(teacher: FacultyMember) -> list[BallotSubject]:
    """This teacher and department, those of the plan's first months, the base, and activities."""
    kept = {one.key: one for one in db.session.scalars(select(BallotSubject))}
    rows = db.session.execute(
        select(Placement.supervisor_id, Placement.department_id)
        .where(Placement.supervisor_id.is_not(None), Placement.cancelled_at.is_(None))
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    own = [post.department_id for post in teacher.posts]
    teachers = list(dict.fromkeys([teacher.id, *(row[0] for row in rows)]))[:TEACHERS]
    departments = list(dict.fromkeys([*own, *(row[1] for row in rows)]))[:DEPARTMENTS]
    wanted: list[tuple] = [
        *(("teacher", one, None, None) for one in teachers),
        *(("department", None, one, None) for one in departments),
        ("base", None, None, None),
        *(("activity", None, one, what) for one in departments[:2] for what in ACTIVITIES),
    ]
    for kind, member, department, what in wanted:
        key = "/".join(str(part) for part in (kind, member, department, what) if part is not None)
        if key not in kept:
            kept[key] = BallotSubject(
                key=key, kind=kind, faculty_member_id=member, department_id=department,
                activity_kind=what,
            )  # fmt: skip
            db.session.add(kept[key])
    db.session.flush()
    return list(kept.values())


def _answers(
    round_: BallotRound, made: dict[str, Instrument], *, but: int, share: float = 0.7
) -> int:
    """What the residents said, all in one go: the play hides nothing from itself."""
    items = {
        form.id: form.items
        for form in db.session.scalars(
            select(Instrument)
            .where(Instrument.id.in_([one.id for one in made.values()]))
            .options(selectinload(Instrument.items))
        )
    }
    chance = Random(round_.starts_on.toordinal())  # noqa: S311 (a play, not a secret)
    key, answered = keys.read(round_.key), 0
    rows = db.session.scalars(
        select(Ballot)
        .where(Ballot.round_id == round_.id, Ballot.person_id != but)
        .order_by(Ballot.subject_id, Ballot.person_id)
    ).all()
    for ballot in rows:
        if chance.random() > share:
            continue
        liked = 3.2 + (ballot.subject_id * 7 % 5) * 0.35
        said: dict[str, str | None] = {
            item.code: str(min(5, max(1, round(chance.gauss(liked, 0.7)))))
            for item in items[ballot.instrument_id]
            if item.kind == "rating"
        }
        if chance.random() < 0.4:
            said["D9"] = chance.choice(SAID)
        content = {"subject": ballot.subject_id, "form": ballot.instrument_id, "said": said}
        ballot.state = ANSWERED
        sealed = seal(key, content)
        db.session.add(Envelope(id=uuid4().hex, round_id=round_.id, key=round_.key, sealed=sealed))
        answered += 1
    db.session.commit()
    return answered
