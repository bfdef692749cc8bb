"""Looking again at what a committee had before it, years later."""

import json
import sys
from typing import Any

import click

from trainingbase import clock
from trainingbase.cli.database import portal


@click.command("replay-packet")
@click.argument("packet")
@click.option("--json", "as_json", is_flag=True, help="The content word for word, as JSON.")
def replay_packet(packet: str, as_json: bool) -> None:
    """Show the frozen PACKET (its number, or its digest), whether it is as it was frozen, what was
    decided on it, and what is different today.  Ends with 1 where it was changed."""
    app = portal()
    with app.app_context():
        told = _told(_found(packet))
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(_text(told))
    if not told["unchanged"]:
        sys.exit(1)


def _found(packet: str):
    from trainingbase.judging.queries import cases
    from trainingbase.signatures.rules import read_digest

    digest = read_digest(packet)
    if digest is not None:
        found = cases.packet_by_digest(digest)
    else:
        number = int(packet) if packet.isdecimal() and len(packet) < 10 else 0
        found = cases.packet_by_id(number)
    if found is None:
        raise click.ClickException("There is no such packet.")
    return found


def _told(packet) -> dict[str, Any]:
    from trainingbase.judging.queries import cases
    from trainingbase.judging.queries.content import content_of
    from trainingbase.judging.rules.comparing import differences
    from trainingbase.signatures.queries import is_intact
    from trainingbase.signatures.rules import digest

    decision = cases.decision_of(packet.case)
    now = content_of(packet.case.resident_id, today=clock.today())
    return {
        "packet": packet.id,
        "version": packet.number,
        "digest": packet.digest,
        "unchanged": digest(packet.content) == packet.digest,
        "as_of": packet.as_of.isoformat(),
        "meeting": packet.case.meeting.held_on.isoformat(),
        "decision": None
        if decision is None
        else {
            "outcome": decision.outcome,
            "reason": decision.reason,
            "on_this_packet": decision.packet_id == packet.id,
            "signature_holds": is_intact(decision.signature),
        },
        "different_today": [
            {"what": one.what, "of": one.of, "then": one.then, "now": one.now}
            for one in differences(packet.content, now)
        ],
        "content": packet.content,
    }


def _text(told: dict[str, Any]) -> str:
    content, decision = told["content"], told["decision"]
    lines = [
        f"Packet {told['packet']}, version {told['version']}, as of {told['as_of']}, "
        f"for the meeting of {told['meeting']}",
        f"  {content['resident']['name']['zh']}: {len(content['forms'])} forms, "
        f"{len(content['competencies'])} lines of ratings, {len(content['exits'])} stays",
        f"  digest {told['digest']}",
        "  as it was frozen" if told["unchanged"] else "  CHANGED since it was frozen",
    ]
    if decision is not None:
        on = "" if decision["on_this_packet"] else " (on another version)"
        held = "holds" if decision["signature_holds"] else "DOES NOT HOLD"
        lines.append(f"  decided: {decision['outcome']}{on}; the signature {held}")
    lines.append(f"  different today: {len(told['different_today'])}")
    for one in told["different_today"]:
        about = one["of"]["submission"] if isinstance(one["of"], dict) else one["of"] or ""
        plain = not one["what"].startswith("form_")
        lines.append(
            f"    {one['what']} {about}" + (f": {one['then']} -> {one['now']}" if plain else "")
        )
    return "\n".join(lines)
