"""Packets and letters on paper, and a packet looked at again years later."""

from flask import render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow, viewer
from trainingbase.downloads import as_file
from trainingbase.i18n import LANGUAGES, language
from trainingbase.judging import printing
from trainingbase.judging.queries import appeals, cases
from trainingbase.judging.queries.content import content_of, without_names
from trainingbase.judging.routes.blueprint import EVERYBODY, base_name, judging
from trainingbase.judging.routes.letters import letter_of
from trainingbase.judging.routes.pictures import shown
from trainingbase.judging.rules.comparing import differences
from trainingbase.signatures.rules import digest


def _tongue() -> str:
    wanted = request.args.get("language", "")
    return wanted if wanted in LANGUAGES else language()


@judging.get("/packets/<int:packet_id>")
@allow(*EVERYBODY)
def packet(packet_id: int):
    """From what was kept alone; beside it whether it is unchanged, and what is different now."""
    one = cases.packet_for(viewer(), packet_id)
    is_own = one.case.resident.person_id == viewer().id
    then, now = one.content, content_of(one.case.resident_id, today=clock.today())
    if is_own:
        then, now = without_names(then), without_names(now)
    return render_template(
        "judging/packet.html",
        one=one,
        is_own=is_own,
        holds=digest(one.content) == one.digest,
        changed=differences(then, now),
        decision=cases.decision_of(one.case),
        **shown(one.content, is_own=is_own),
    )


@judging.get("/packets/<int:packet_id>/paper.pdf")
@allow(*EVERYBODY)
def packet_paper(packet_id: int):
    from trainingbase.paper import pdf_aside

    one = cases.packet_for(viewer(), packet_id)
    with force_locale(_tongue()):
        made = printing.packet(
            without_names(one.content)
            if one.case.resident.person_id == viewer().id
            else one.content,
            digest=one.digest,
            number_of=one.number,
            base=base_name(),
            at=one.frozen_at,
        )
        return as_file(pdf_aside(made), "pdf", f"{_('Packet')} {one.id}-{one.number}")


@judging.get("/letters/<int:decision_id>/paper.pdf")
@allow(*EVERYBODY)
def letter_paper(decision_id: int):
    from trainingbase.paper import pdf

    one = letter_of(appeals.letter_for(viewer(), decision_id))
    verify = url_for("signatures.verify_one", digest=one.decision.signature.digest, _external=True)
    with force_locale(_tongue()):
        made = printing.letter(one, base=base_name(), address=verify)
        return as_file(pdf(made), "pdf", f"{_('Letter')} {one.resident.name}")
