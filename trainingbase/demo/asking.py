"""Requests as people treat them when they cannot answer: handed on, given more time, not with me;
replies of residents, and the mail some people want."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from trainingbase.assessments import actions
from trainingbase.assessments.actions import coaching
from trainingbase.assessments.models import Request, Submission
from trainingbase.assessments.queries import course
from trainingbase.assessments.queries.requests import WITH_PLACEMENT, open_on
from trainingbase.db import db
from trainingbase.mailing import actions as mailing
from trainingbase.mailing.models import Message
from trainingbase.people.models import Person

REASONS = ("这几周我在外院进修，没有带教该学员。", "该学员这段时间由另一位老师带教。")
REPLIES = (
    "谢谢老师，下次问诊我先问用药史和过敏史。",
    "已按建议在模型上练习三次，周五请老师再看一次。",
    "报告延误的原因我已写入反思，以后异常结果先打电话。",
)
FEW = 3


def play(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    """A few of each, of what waits today."""
    rows = db.session.scalars(
        select(Request)
        .join(Request.placement)
        .where(open_on(today))
        .options(*WITH_PLACEMENT)
        .order_by(Request.due_on, Request.id)
    ).all()
    rows = [one for one in rows if one.instrument.assessor == "faculty"]
    handed = _hand_on(rows, today, at)
    left = [one for one in rows if one.id not in handed]
    for number, request in enumerate(left[:2]):
        actions.decline(request, by=request.assessor, at=at, reason=REASONS[number])
    for request in left[2:4]:
        actions.extend(request, by=request.assessor, at=at)
    _reply(at)
    coaching.set_mode("mini_cex", "strict", version=0, by=office, at=at)
    _mail(office, at)
    say(f"  Requests: {len(handed)} handed on, 2 not with this person, 2 given more time")


def _hand_on(rows, today: date, at: datetime) -> set[int]:
    done: set[int] = set()
    for request in rows:
        people = course.colleagues_of(request, today=today) if len(done) < FEW else []
        if people:
            actions.delegate(request, people[0], by=request.assessor, at=at)
            done.add(request.id)
        if len(done) == FEW:
            break
    return done


def _reply(at: datetime) -> None:
    newest = select(Submission).order_by(Submission.id.desc()).limit(len(REPLIES))
    for number, one in enumerate(db.session.scalars(newest).all()):
        actions.reply(
            one, by=one.resident.person, at=at, text=REPLIES[number], form_key=f"reply-{one.id}"
        )


def _mail(office: Person, at: datetime) -> None:
    """Two that were sent and one that was given up, as the list of mail shows them."""
    mailing.choose("office@example.org", True, version=0, by=office, at=at)
    for days, fault in ((2, None), (1, None), (0, "refused: 550")):
        sent_at = at - timedelta(days=days)
        mailing.put(
            Message(
                channel="mail", kind="digest", key=f"played {days}", person_id=office.id,
                address="office@example.org", subject="青禾县全科住培基地：您有2项待办",
                body="门户中等待您处理：\n- 评价：2项", made_at=sent_at, tries=1, fault=fault,
                sent_at=None if fault else sent_at, gave_up_at=sent_at if fault else None,
            )
        )  # fmt: skip
