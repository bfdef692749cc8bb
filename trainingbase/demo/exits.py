"""Leaving departments: teaching groups, past placements left with signatures, two that wait for a
leader, one for its resident, one failed with its re-examination to come; a few are late.

What was signed months ago is put in as it would have been kept; nobody of the county has a password
that could be typed again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from trainingbase import clock
from trainingbase.accounts.models import Account
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.leaving import actions
from trainingbase.leaving.actions.retaking import Arranged
from trainingbase.leaving.models import Appraisal, GroupMember, Leaving, Left, TeachingGroup
from trainingbase.leaving.queries import deciding, sources, standing_of
from trainingbase.leaving.queries.standing import Standing
from trainingbase.leaving.rules import form as exit_form
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.signatures.models import Signature
from trainingbase.signatures.queries import seal_of
from trainingbase.signatures.rules import digest, plain

DAY = timedelta(days=1)
TITLES = ("主任医师", "副主任医师", "主治医师")
SINCE = date(2026, 8, 1)
PRAISE = (
    "问诊和查体规范，病历书写及时；下阶段重点加强心电图判读。",
    "能独立管理常见病，与患者沟通良好；危重病人的识别还需多练。",
    "工作主动，操作熟练；建议多读指南，汇报病例时突出重点。",
    "基层随访做得细致；用药宣教可以再通俗一些。",
)
GAPS = "部分病种和操作未达到最低要求，请在下一轮转中补齐。"


def play(resident: Resident, *, office: Person, today: date, say: Callable[[str], None]) -> None:
    faculty = db.session.scalar(
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Account.login == "faculty")
    )
    leaders = _groups(faculty, today)
    ended = _ended(today)
    sheets = sources.exit_forms([one.id for one in ended])
    ready = [one for one in ended if one.id in sheets and one.department_id in leaders]
    _appraise([one for one in ready if one.supervisor is not None])
    own = [one for one in ready if one.resident_id == resident.id]
    led = [one for one in ready if faculty and leaders[one.department_id].id == faculty.id]
    waiting = [one for one in (led[-2:] or ready[-2:]) if one not in own]
    reviewed = _reviewed([one for one in ready if one not in waiting], leaders)
    failed = [one for one in reviewed if one.state == "failed"][-1:]
    done = [one for one in reviewed if one not in failed and one.placement not in own[-1:]]
    _leave(done, office)
    db.session.commit()
    for one in waiting:
        actions.prepare(one, by=None, at=_at(today, 7))
    _examine_again(failed, office=office, today=today)
    say(f"  Leaving: {len(done)} left, {len(waiting)} wait for their leader, {len(failed)} failed")


def _ended(today: date) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.ends_on <= today)
        .options(*WITH_NAMES)
        .order_by(Placement.ends_on, Placement.id)
    ).all()


def _groups(faculty: Person | None, today: date) -> Mapping[int, Person]:
    """The highest titles lead; who shows the faculty's part leads where they teach.  Leaders by
    department."""
    teaching: dict[int, list[FacultyMember]] = {}
    for department_id, member in db.session.execute(
        select(Post.department_id, FacultyMember).join(Post.faculty_member).order_by(Post.id)
    ):
        if member.is_active(today):
            teaching.setdefault(department_id, []).append(member)
    leaders = {}
    for department_id, members in sorted(teaching.items()):
        members.sort(key=lambda one: _rank(one, faculty))
        group = TeachingGroup(department_id=department_id)
        db.session.add(group)
        db.session.flush()
        for number, member in enumerate(members[:4]):
            duty = ("leader", "deputy")[number] if number < 2 else "member"
            db.session.add(
                GroupMember(
                    group_id=group.id,
                    faculty_member_id=member.id,
                    duty=duty,
                    starts_on=SINCE,
                )
            )
        leaders[department_id] = members[0].person
    db.session.flush()
    return leaders


def _rank(member: FacultyMember, faculty: Person | None) -> tuple:
    shown = faculty is not None and member.person_id == faculty.id
    title = TITLES.index(member.title) if member.title in TITLES else len(TITLES)
    return not shown, title, member.id


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), clock.LOCAL)


def _signed(
    kind: str, row, meaning: str, content: dict, by: Person, role: str, at: datetime
) -> Signature:
    made = Signature(
        kind=kind,
        subject_id=row.id,
        meaning=meaning,
        content=plain(content),
        digest=digest(content),
        signer_id=by.id,
        name=by.name,
        role=role,
        signed_at=at,
    )
    made.seal = seal_of(made)
    db.session.add(made)
    return made


def _appraise(placements: Sequence[Placement]) -> None:
    rows = []
    for placement in placements:
        chance = Random(placement.id)  # noqa: S311 (a play, not a secret)
        rows.append(
            Appraisal(
                placement_id=placement.id,
                grades={one.code: chance.choice((1, 1, 1, 2, 2)) for one in exit_form.graded()},
                counts={},
                comment=chance.choice(PRAISE),
                signed_at=_at(placement.ends_on - DAY, 16),
                signed_by=placement.supervisor.person,
            )
        )
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        content = {
            "form": exit_form.FORM, "placement": row.placement_id, "grades": row.grades,
            "counts": {}, "comment": row.comment,
        }  # fmt: skip
        by, at = row.signed_by, row.signed_at
        _signed("exit-appraisal", row, "appraises", content, by, "supervisor", at)
    db.session.flush()


def _reviewed(placements: Sequence[Placement], leaders: Mapping[int, Person]) -> list[Leaving]:
    standings = standing_of([one.id for one in placements])
    rows = [
        Leaving(placement=one, state="ready", prepared_at=_at(one.ends_on - DAY, 10))
        for one in placements
    ]
    db.session.add_all(rows)
    db.session.flush()
    with db.session.no_autoflush:
        for row in rows:
            _sign(row, standings[row.placement_id], leaders[row.placement.department_id])
    db.session.flush()
    return rows


def _sign(row: Leaving, standing: Standing, leader: Person) -> None:
    at, verdict = _at(row.placement.ends_on, 10), standing.proposed
    praise = Random(row.placement_id).choice(PRAISE)  # noqa: S311
    row.feedback = GAPS if verdict == "failed" else praise
    content = deciding.content_of(row.placement, standing) | {
        "round": 1,
        "prepared_because": None,
        "review": {
            "verdict": verdict,
            "proposed": verdict,
            "reason": None,
            "feedback": row.feedback,
            "reviewers": [leader.name],
            "signed_by": leader.name,
            "duty": "leader",
            "signed_at": at,
        },
    }
    content["fields"] = content["fields"] | {"EX7.1": verdict}
    row.signature = _signed("leaving", row, "verdict", content, leader, "leader", at)
    row.state = row.verdict = row.proposed = verdict
    row.content, row.signed_at = row.signature.content, at


def _leave(rows: Sequence[Leaving], office: Person) -> None:
    """Signed by the resident some days later, some of them late."""
    for row in rows:
        person = row.placement.resident.person
        days = Random(row.placement_id).choice((0, 1, 1, 2, 2, 5))  # noqa: S311
        left_on = row.placement.ends_on + days * DAY
        at = _at(left_on, 20)
        assert row.signature is not None
        content = {
            "form": row.signature.digest, "placement": row.placement_id, "round": 1,
            "remark": None, "objects": False,
        }  # fmt: skip
        row.view_signature = _signed("leaving-view", row, "seen", content, person, "resident", at)
        row.seen_at, row.objects = at, False
        if row.state == "failed":
            row.consequence, row.consequence_because = "go_on", "限期在后续轮转中补齐指标。"
            row.consequence_at, row.consequence_by_id = at, office.id
        db.session.add(
            Left(
                placement_id=row.placement_id,
                leaving_id=row.id,
                left_on=left_on,
                done_at=at,
                done_by_id=person.id,
            )
        )


def _examine_again(failed: Sequence[Leaving], *, office: Person, today: date) -> None:
    """In five days, by those who teach there or, where these are few, elsewhere."""
    for row in failed:
        here = select(Post.faculty_member_id).where(
            Post.department_id == row.placement.department_id
        )
        examiners = db.session.scalars(
            select(FacultyMember.person_id)
            .order_by(FacultyMember.id.not_in(here), FacultyMember.id)
            .limit(2)
        ).all()
        given = Arranged(["skill", "records"], today + 5 * DAY, *examiners)
        actions.arrange(row, given, version=None, by=office, at=_at(today, 8))
