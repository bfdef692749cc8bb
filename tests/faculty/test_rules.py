"""The one rule of who may supervise."""

from datetime import date

import pytest

from trainingbase.faculty.rules import (
    Limits,
    Stay,
    Teacher,
    Teaching,
    Validity,
    covered_until,
    lapse,
    rank_of,
    why_not,
)

MEDICINE, SURGERY = 1, 2
LIMITS = Limits(rank=2, days_away=14)
STAY = Stay("a", MEDICINE, date(2026, 12, 1), date(2027, 2, 1))


def teacher(**more) -> Teacher:
    known = {
        "id": 1,
        "name": "Mei",
        "title": "主治医师",
        "most": 2,
        "posts": (Teaching(MEDICINE),),
        "certificates": (Validity(date(2024, 1, 1), date(2029, 1, 1)),),
    }
    return Teacher(**known | more)


def codes(one: Teacher, spans=(), stay=STAY) -> list[str]:
    return [against.code for against in why_not(one, stay, spans, LIMITS)]


def test_an_attending_with_post_and_certificate_and_room_may():
    assert codes(teacher()) == []


@pytest.mark.parametrize(
    ("more", "code", "on"),
    [
        ({"posts": (Teaching(SURGERY),)}, "no_post", None),
        ({"posts": (Teaching(MEDICINE, starts_on=date(2027, 1, 1)),)}, "post_begins", 2027),
        ({"posts": (Teaching(MEDICINE, ends_on=date(2027, 1, 1)),)}, "post_ends", 2027),
        ({"title": "住院医师"}, "title", None),
        ({"certificates": ()}, "no_certificate", None),
        (
            {"certificates": (Validity(date(2020, 1, 1), date(2025, 1, 1)),)},
            "lapsed",
            2025,
        ),
        (
            {"certificates": (Validity(date(2022, 1, 10), date(2027, 1, 10)),)},
            "lapses",
            2027,
        ),
        ({"inactive_on": date(2027, 1, 1)}, "inactive", 2027),
        ({"away": ((date(2026, 12, 20), date(2027, 1, 20)),)}, "away", 2026),
        ({"most": 0}, "full", 2026),
    ],
)
def test_each_reason_stands_alone_and_says_when(more, code, on):
    [against] = why_not(teacher(**more), STAY, (), LIMITS)
    assert against.code == code
    assert (against.on.year if against.on else None) == on


def test_a_certificate_must_last_through_the_last_day():
    assert codes(teacher(certificates=(Validity(date(2022, 2, 1), date(2027, 2, 1)),))) == []
    assert codes(teacher(certificates=(Validity(date(2022, 1, 31), date(2027, 1, 31)),))) == [
        "lapses"
    ]


def test_a_new_certificate_may_follow_on_an_old_one():
    old = Validity(date(2022, 1, 10), date(2027, 1, 10))
    assert codes(teacher(certificates=(old, Validity(date(2027, 1, 10), date(2032, 1, 1))))) == []
    gap = Validity(date(2027, 1, 11), date(2032, 1, 1))
    assert codes(teacher(certificates=(old, gap))) == ["lapses"]


def test_days_away_count_up_to_what_the_base_allows():
    fortnight = (date(2026, 12, 1), date(2026, 12, 15))
    assert codes(teacher(away=(fortnight,))) == []
    assert codes(teacher(away=(fortnight, (date(2027, 1, 31), date(2027, 3, 1))))) == ["away"]


def test_the_limit_counts_those_who_are_there_at_one_time():
    december = (date(2026, 12, 1), date(2027, 1, 1))
    january = (date(2027, 1, 1), date(2027, 2, 1))
    assert codes(teacher(), [december, january]) == []
    assert codes(teacher(), [december, december]) == ["full"]


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("主任医师", 4), ("副主任医师", 3), ("主治医师", 2), ("主管护师", 2), ("住院医师", 1),
        ("医师", 1), ("助理医师", 1), ("副教授", 3), ("Associate chief physician", 3),
        ("Attending physician", 2), ("", None), ("院长", None),
    ],
)  # fmt: skip
def test_titles_have_ranks(title, rank):
    assert rank_of(title) == rank


def test_a_certificate_is_valid_for_five_years_unless_a_day_is_given():
    assert lapse(date(2021, 12, 1), 5) == date(2026, 12, 1)
    assert lapse(date(2020, 2, 29), 5) == date(2025, 3, 1)
    assert lapse(date(2021, 12, 1), 5, date(2024, 1, 1)) == date(2024, 1, 1)
    assert lapse(None, 5) is None


def test_nothing_covers_a_day_before_all_spans():
    assert covered_until(date(2026, 1, 1), [(date(2026, 1, 2), date(2027, 1, 1))]) is None
