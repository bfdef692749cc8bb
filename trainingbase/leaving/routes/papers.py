"""The official exit form as PDF and workbook."""

from flask import abort, current_app, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase import clock
from trainingbase.access import allow
from trainingbase.downloads import as_file, download
from trainingbase.i18n import LANGUAGES, language
from trainingbase.leaving import printing
from trainingbase.leaving.queries import deciding as queries
from trainingbase.leaving.queries import standing_of
from trainingbase.leaving.routes.blueprint import SEEING, leaving, seen


@leaving.get("/<int:placement_id>/exit-form/<string:kind>")
@allow(*SEEING)
def paper(placement_id: int, kind: str):
    """As it was signed; before that a draft.  `language` is zh or en, by itself the viewer's."""
    if kind not in ("pdf", "xlsx"):
        abort(404)
    placement = seen(placement_id)
    wanted = request.args.get("language", "")
    with force_locale(wanted if wanted in LANGUAGES else language()):
        printed = _printed(placement)
        name = f"{_('Exit form')} {placement.resident.name}"
        if kind == "xlsx":
            return download(printing.workbook(printed), kind, name)
        from trainingbase.paper import pdf

        return as_file(pdf(printing.document(printed)), kind, name)


def _printed(placement) -> printing.Printed:
    current = queries.current(placement.id)
    base = current_app.config["BASE_NAME_EN" if language() == "en" else "BASE_NAME"]
    if current is not None and current.content is not None:
        given = [one for one in (current.signature, current.view_signature) if one is not None]
        return printing.Printed(
            content=current.content,
            signatures=given,
            address=url_for("signatures.verify_one", digest=given[0].digest, _external=True),
            base=base,
            made_at=max(one.signed_at for one in given),
        )
    standing = standing_of([placement.id])[placement.id]
    return printing.Printed(
        content=queries.content_of(placement, standing),
        signatures=[],
        address="",
        base=base,
        made_at=clock.now(),
    )
