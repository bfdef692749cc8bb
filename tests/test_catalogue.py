"""What is found wrong with translations before anybody reads them."""

import pytest
from babel.messages.catalog import Catalog

from trainingbase import catalogue


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("%(number)s rows", "%(nummer)s 行"),
        ("%(number)s rows", "行"),
        ("%(number)s rows", "%(number) 行"),
        ("%(share)s %% of all", "%(share)s % 的"),
        ("%(share)s done", "完成%(share)s%"),
        ("Rows", "%(number)s 行"),
    ],
)
def test_a_translation_that_cannot_be_filled_in_is_found(message, translated):
    assert catalogue.broken(message, translated)


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("%(a)s of %(b)s", "%(b)s 中的 %(a)s"),
        ("%(name)s, %(name)s", "%(name)s"),
        ("%(share)s %% of all", "占 %(share)s%%"),
        ("not above 100 per cent", "不超过 100 %"),
        ("%(share).1f", "%(share)s"),
        ("Rows", "行"),
    ],
)
def test_one_that_can_is_not(message, translated):
    assert not catalogue.broken(message, translated)


def test_a_template_fills_in_even_what_has_no_names():
    assert catalogue.broken("per cent", "100%", in_template=True)
    assert not catalogue.broken("per cent", "100%%", in_template=True)


def test_the_check_says_which_message_it_is():
    whole = Catalog(locale="zh")
    whole.add("Hello %(name)s", "你好 %(nom)s")
    whole.add("per cent", "%")
    assert catalogue.wrongly_filled(whole, {}) == ["placeholders differ: 'Hello %(name)s'"]
    assert len(catalogue.wrongly_filled(whole, {"per cent": True})) == 2
