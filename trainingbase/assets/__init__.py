"""Addresses of what lies in static/, and pictures beside words: found once, not on each page."""

from functools import lru_cache
from typing import Any

from flask import current_app, request, url_for
from markupsafe import Markup

from trainingbase.assets.tree import files, fingerprint

SPRITE = "vendor/bootstrap-icons-1.13.2/sprite.svg"


def asset(path: str) -> str:
    """Where static/`path` is, for whoever reads this page.

    What changes with the portal has its fingerprint in the address, so that a browser may keep it
    for ever; what is vendored has its version there.
    """
    return _address(path, request.script_root)


def picture(name: str, class_: str = "") -> Markup:
    """A picture of the sprite, kept from those who listen: the words beside it say the same."""
    return _picture(name, class_, request.script_root)


@lru_cache(maxsize=512)
def _address(path: str, _root: str) -> str:
    inside = f"{fingerprint()}/{path}" if path in files() else path
    return url_for("static", filename=inside)


@lru_cache(maxsize=1024)
def _picture(name: str, class_: str, root: str) -> Markup:
    drawing: Any = current_app.jinja_env.get_template("ui/picture.html").module
    return drawing.picture(_address(SPRITE, root), name, class_)
