"""Codes on a screen that change."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainingbase.codes import EARLY, GOOD, OLD, OVER, Code, picture

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SCREEN = Code("secret", "sign in", 7, 30)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(moment=MOMENTS, seconds=st.integers(5, 600), waited=st.floats(0, 3600))
def test_a_photograph_is_worth_nothing_when_the_screen_has_gone_on(moment, seconds, waited):
    screen = Code("secret", "sign in", 7, seconds)
    code, later = screen.at(moment), moment + timedelta(seconds=waited)
    if waited <= seconds:
        assert screen.is_shown(code, later)
    if waited > 2 * seconds:
        assert not screen.is_shown(code, later)


@given(moment=MOMENTS)
def test_a_code_means_one_thing_only(moment):
    code = SCREEN.at(moment)
    for other in (
        Code("secret", "sign out", 7, 30),
        Code("secret", "sign in", 8, 30),
        Code("another secret", "sign in", 7, 30),
        Code("secret", "sign", "in\x007", 60),
    ):
        assert not other.is_shown(code, moment)


def test_it_counts_only_while_the_window_is_open():
    opens, closes = NOON, NOON + timedelta(minutes=30)
    for moment, said in (
        (opens - timedelta(seconds=1), EARLY),
        (opens, GOOD),
        (closes - timedelta(seconds=1), GOOD),
        (closes, OVER),
    ):
        code = SCREEN.at(moment)
        assert SCREEN.check(code, moment, opens_at=opens, closes_at=closes) == said
    photographed = SCREEN.at(opens)
    assert SCREEN.check(photographed, closes, opens_at=opens, closes_at=closes) == OLD
    assert SCREEN.check("ünknown", opens, opens_at=opens, closes_at=closes) == OLD


def test_the_screen_knows_when_it_changes():
    moment = NOON + timedelta(seconds=12)
    changes = SCREEN.changes_at(moment)
    assert changes == NOON + timedelta(seconds=30)
    assert SCREEN.at(changes) != SCREEN.at(moment)
    assert SCREEN.at(changes - timedelta(seconds=1)) == SCREEN.at(moment)


def test_a_screen_that_is_to_change_at_once_can_still_be_scanned():
    screen = Code("secret", "sign in", 7, 0)
    assert screen.is_shown(screen.at(NOON), NOON + timedelta(seconds=5))
    assert NOON < screen.changes_at(NOON) <= NOON + timedelta(seconds=5)


def test_the_picture_needs_no_styles():
    drawn = picture("https://base.example/sign-in").read().decode()
    assert drawn.startswith("<?xml") and "style" not in drawn
