"""A packet is looked at again from the command line, years later."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from trainingbase.cli import committee
from trainingbase.db import db
from trainingbase.judging.models import Packet
from trainingbase.judging.queries import cases


@pytest.fixture
def replay(app, monkeypatch):
    """`replay("12")`: the command, on the database of the test."""
    monkeypatch.setattr(committee, "portal", lambda: app)

    def run(*words):
        db.session.rollback()  # the test's own transaction ends first
        return CliRunner().invoke(committee.replay_packet, list(words))

    return run


def test_a_packet_is_found_by_number_and_digest(replay, alices_case):
    packet = cases.packet_now(alices_case)
    number, digest = str(packet.id), packet.digest
    for word in (number, digest, digest.upper()):
        said = replay(word)
        assert said.exit_code == 0 and "as it was frozen" in said.output, said.output
    told = json.loads(replay(number, "--json").output)
    assert told["different_today"] == [] and told["content"]["resident"]["name"]["zh"] == "Alice"


def test_a_changed_packet_ends_with_one(replay, alices_case):
    packet = cases.packet_now(alices_case)
    number = str(packet.id)
    changed = packet.content | {"as_of": "2020-01-01"}
    db.session.execute(
        update(Packet.__table__).where(Packet.id == packet.id).values(content=changed)
    )
    db.session.commit()
    said = replay(number)
    assert said.exit_code == 1 and "CHANGED" in said.output


def test_there_is_no_such_packet(replay, alices_case):
    for word in ("0", "abc", "9" * 30, "f" * 64):
        assert replay(word).exit_code == 1, word
