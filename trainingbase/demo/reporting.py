"""The months of the medical community that the sites entered, and the figures counted."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from random import Random

from trainingbase.community import actions as community
from trainingbase.community import queries
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.quality import actions as quality
from trainingbase.reports import actions as reports

SHARES = {5: (8, 10), 6: (62, 88), 7: (60, 100), 8: (71, 100), 9: (24, 100), 10: (62, 100),
          11: (78, 100), 12: (22, 100), 13: (9, 100), 14: (8, 100)}  # fmt: skip
"""Plausible and invented: about so many of so many, by number of the indicator."""
WORDS = {
    1: "人员、财务、业务、药品、信息五统一。",
    2: "理事会每季度召开一次。",
    3: "远程会诊与双向转诊已开通。",
}


NOTES = {5: "影像诊断、心电诊断由牵头医院远程出具。"}
RETURN = {
    "month": "填报月份",
    "base": "基地名称",
    "text:全科": "专业",
    "enrolment:value": "招收计划完成率(%)",
    "placements-done:bottom": "本月应完成轮转数",
    "placements-done:top": "按计划完成轮转数",
    "attendance:value": "出勤率(%)",
    "log-completion:value": "登记完成率(%)",
    "activities-held:top": "教学活动次数",
    "assessments-in-time:value": "评价按时完成率(%)",
    "faculty-certificates:value": "师资持证率(%)",
    "cost:top": "激励补助发放金额(元)",
}
"""As a province might ask for it: invented, as its form is not known here."""


def play(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    """Two months; the last site lacks the newer one."""
    chance, entered = Random(8), 0  # noqa: S311 (the same county in every run)
    sites = list(queries.sites(today))
    for back in (2, 1):
        month = months_later(today, -back)
        for site in sites if back == 2 else sites[:-1]:
            given = {one: _given(one, chance) for one in queries.asked(site)}
            entered += community.enter(site, month, given, {}, {}, why=None, by=office, at=at)
    reports.begin_return(RETURN, by=office, at=at)
    kept = quality.count_anew(today=today, at=at)
    say(f"{entered} numbers of the medical community, {kept} monthly figures of quality")


def _given(one, chance: Random) -> community.Given:
    if one.kind == "words":
        return community.Given(None, None, WORDS[one.number])
    part, whole = SHARES[one.number]
    size = chance.randint(20, 60)
    top = round(part * size * chance.uniform(0.9, 1.0))
    note = NOTES.get(one.number) if one.beside else None
    return community.Given(Decimal(top), Decimal(whole * size), None, note)
