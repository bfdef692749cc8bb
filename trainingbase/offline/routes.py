"""The service worker and its page.  Both are the same for everybody and say nothing of anybody."""

import hashlib
import json

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import force_locale

from trainingbase.access import public
from trainingbase.assets import SPRITE, asset
from trainingbase.assets.tree import files
from trainingbase.i18n import LANGUAGES

offline = Blueprint("offline", __name__)

OF_THE_PAGE = ("css/portal.css", "js/theme-first.js", "js/no-network.js", "mark.svg", SPRITE)
OF_MOST_PAGES = ("js/portal.js",)

ASKED_EVERY = 3600
"""Seconds.  Browsers would ask with every page; an older worker does no harm, because what it
keeps has the fingerprint of its version."""


def asked_language() -> str:
    asked = request.args.get("language")
    return asked if asked in LANGUAGES else "zh"


@offline.get("/service-worker.js")
@public
def worker():
    """Its text is another one as soon as a file is: by that, browsers know a new version."""
    known = {
        "root": request.script_root + "/",
        "version": hashlib.sha256(page().encode()).hexdigest()[:16],  # it names its files
        "files": [asset(path) for path in (*OF_THE_PAGE, *OF_MOST_PAGES)],
        "page": url_for("offline.page", language=asked_language()),
    }
    script = files()["js/service-worker.js"].plain.decode()
    answer = Response(f"const portal = {json.dumps(known)};\n{script}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = f"max-age={ASKED_EVERY}"
    return answer


@offline.get("/no-network")
@public
def page():
    with force_locale(asked_language()):
        return render_template("offline/page.html")
