"""What holds for every month: parts sum to the whole, and computing again changes nothing."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incentives import chance
from trainingbase.incentives.rules import Away, Book, Facts, Terms, Trainee, computed
from trainingbase.incentives.rules.lines import FEN, shared
from trainingbase.incentives.rules.packing import digest, packed, unpacked
from trainingbase.incentives.rules.shipped import shipped
from trainingbase.months import months_later

MONTHS = st.dates(date(2024, 1, 1), date(2028, 12, 31)).map(lambda day: day.replace(day=1))
PRORATED = Terms(
    id=1, code="own-1", name="岗位津贴", name_en="Post allowance", beneficiary="resident",
    basis="training", rates="", applies="", quantity="months", multiplier="",
    share="1 - leave_days / month_days", splits=(), pay="yuan", amount=Decimal("1000.01"),
    point_value=Decimal(1), cap=None, source_id=None,
)  # fmt: skip
LEFT_OUT = replace(PRORATED, id=2, code="own-2", share="leave_days / month_days")


def paid(facts, *rules):
    return {one.rule: one for one in computed(facts, Book(tuple(rules), ()))[0]}


@st.composite
def leaves(draw):
    month_on = draw(MONTHS)
    spans = draw(st.lists(st.tuples(st.integers(-20, 40), st.integers(1, 40)), max_size=5))
    away = tuple(
        Away(
            n, 1, "sick", month_on + timedelta(days=first), month_on + timedelta(days=first + days)
        )
        for n, (first, days) in enumerate(spans)
    )
    trainee = Trainee(1, 1, "GP33", "全科", "social", date(2023, 9, 1), None)
    return Facts(month_on, months_later(month_on, 1), trainees=(trainee,), away=away)


@given(leaves())
def test_what_is_due_and_what_leave_takes_are_the_whole(facts):
    """In every month, leap February among them, and however leaves overlap."""
    found = paid(facts, PRORATED, LEFT_OUT)
    due, left = (found[c].amount if c in found else Decimal(0) for c in ("own-1", "own-2"))
    days = (months_later(facts.month_on, 1) - facts.month_on).days
    month = [facts.month_on + timedelta(days=n) for n in range(days)]
    off = sum(any(one.starts_on <= day < one.ends_on for one in facts.away) for day in month)
    parts = shared(Decimal("1000.01"), [Decimal(days - off), Decimal(off)])
    assert sum(parts, Decimal(0)) == Decimal("1000.01")
    assert abs(due - parts[0]) <= FEN and abs(left - parts[1]) <= FEN
    assert abs(due + left - Decimal("1000.01")) <= FEN


@given(
    st.decimals(-99999, 99999, places=2),
    st.lists(st.integers(0, 31).map(Decimal), min_size=1, max_size=12),
)
def test_shares_sum_to_the_whole_to_the_fen(amount, weights):
    parts = shared(amount, weights)
    assert sum(parts, Decimal(0)) == (amount if sum(weights) else 0)
    assert all(part == part.quantize(FEN) for part in parts)


@settings(max_examples=12)
@given(MONTHS, st.integers(1, 10**6))
def test_a_month_kept_and_read_again_computes_to_itself(month_on, seed):
    facts = chance.month(month_on, seed=seed, people=20)
    book = Book((*shipped(), PRORATED), tuple(chance.prices()))
    content = packed(facts, book)
    assert unpacked(content) == (facts, book)
    assert digest(packed(*unpacked(content))) == digest(content)
    assert computed(*unpacked(content)) == computed(facts, book)


@settings(max_examples=12)
@given(MONTHS, st.integers(1, 10**6))
def test_sums_by_every_dimension_agree(month_on, seed):
    facts = chance.month(month_on, seed=seed, people=20)
    drafts, _findings = computed(facts, Book(shipped(), tuple(chance.prices())))
    assert len({one.identity for one in drafts}) == len(drafts)
    total = sum((one.amount for one in drafts), Decimal(0))
    for dimension in ("payee_id", "department_id", "institution_id", "source_id", "rule"):
        sums: dict = defaultdict(Decimal)
        for one in drafts:
            sums[getattr(one, dimension)] += one.amount
        assert sum(sums.values(), Decimal(0)) == total
    assert total == total.quantize(FEN)
