"""The menu: what each role has at hand on a phone, and that nothing of it is lost."""

import pytest
from flask import render_template_string

from trainingbase import navigation
from trainingbase.roles import Role


@pytest.fixture
def menu_of(app):
    """The menu of a person who looks at a page."""

    def menu(person, at="/"):
        with app.test_request_context(at):
            return navigation.navigation(person)

    return menu


def test_each_entry_stands_once(app):
    with app.test_request_context():
        names = [endpoint for endpoint, _label, _icon in navigation.entries()]
    assert len(names) == len(set(names))


def test_what_is_at_hand_is_in_the_menu(app):
    with app.test_request_context():
        names = {endpoint for endpoint, _label, _icon in navigation.entries()}
    assert set(navigation.THUMB) == set(Role)
    assert {name for chosen in navigation.THUMB.values() for name in chosen} <= names


WHO = ["alice", "mei", "secretary", "coordinator", "office", "leader", "auditor", "administrator"]


@pytest.mark.parametrize("who", WHO)
def test_the_phone_reaches_what_the_side_shows(request, menu_of, who):
    menu = menu_of(request.getfixturevalue(who))
    behind = [entry for group in menu.rest for entry in group.entries]
    assert len(menu.at_hand) <= navigation.AT_HAND + (not behind)
    assert {e.url for e in [*menu.at_hand, *behind]} == {e.url for e in menu.entries}
    assert menu.at_hand[0].url == "/"


def test_a_long_menu_has_headings_and_a_short_one_none(menu_of, office, administrator):
    assert any(group.heading for group in menu_of(office).groups)
    assert not any(group.heading for group in menu_of(administrator).groups)


def test_the_group_of_the_page_is_open(menu_of, office):
    menu = menu_of(office, "/audit/")
    assert [group.is_open for group in menu.groups] == [False] * (len(menu.groups) - 1) + [True]


def test_what_fills_a_message_is_escaped(app):
    """In templates messages are our own sentences, what fills them is not."""
    with app.test_request_context():
        said = render_template_string("{{ _('Could not be sent: %(title)s.', title='<b>') }}")
    assert "&lt;b&gt;" in said and "<b>" not in said
