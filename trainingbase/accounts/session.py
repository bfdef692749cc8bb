"""The signed-in person of a request, and what happens to those who are not."""

from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager
from werkzeug.datastructures import MultiDict

from trainingbase.access import viewer_or_none
from trainingbase.accounts import actions, queries
from trainingbase.clock import real_now
from trainingbase.form import Form

SECRET = "secret"  # noqa: S105 (the name of a cookie entry)
SEEN_EVERY = timedelta(minutes=1)
NEVER_KEPT = ("password", "csrf_token", "old", "new", "again")


def set_up(app: Flask) -> None:
    login_manager = LoginManager(app)
    login_manager.session_protection = None  # the session is on the server and checked there
    login_manager.request_loader(lambda _request: person_of_session())
    Form.kept = staticmethod(kept_answers)

    @app.after_request
    def keep_alive(response):
        signed_in = g.get("sign_in")
        if signed_in is not None and "poll" not in request.args and response.status_code < 500:
            sign_in_id, seen_at = signed_in
            if real_now() - seen_at > SEEN_EVERY:
                actions.note_seen(sign_in_id, at=real_now())
        return response


def person_of_session():
    secret = session.get(SECRET)
    if not secret:
        return None
    found = queries.sign_in_by_secret(
        secret,
        at=real_now(),
        idle=timedelta(minutes=current_app.config["SESSION_IDLE_MINUTES"]),
        longest=timedelta(hours=current_app.config["SESSION_HOURS"]),
    )
    if found is None:
        return None
    sign_in, account = found
    g.sign_in = (sign_in.id, sign_in.seen_at)
    g.must_change_password = account.must_change
    return sign_in.person


def begin(secret: str) -> None:
    """Put the session's secret into a fresh cookie."""
    session.clear()
    session[SECRET] = secret


def end() -> None:
    session.clear()


def strangers():
    """Send somebody who must sign in to do so, keeping where they were and what they typed."""
    asked = {"next": request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else ""}
    if request.method == "POST":
        asked = _after_an_ended_session()
    target = url_for("accounts.sign_in") + "?" + urlencode(asked)
    if request.headers.get("HX-Request"):
        return "", 401, {"HX-Redirect": target}
    return redirect(target)


def _after_an_ended_session() -> dict[str, str]:
    """The page of the form that was sent, with a key to what was typed in it."""
    page = request.path if "GET" in request.url_rule.methods else ""
    ended = queries.ended_sign_in(session.get(SECRET) or "")
    unkept = getattr(current_app.view_functions[request.endpoint], "is_unkept", False)
    if ended is None or not request.form or not page or unkept:
        return {"next": page, "ended": "1"}
    answers = [
        [name, value]
        for name, value in request.form.items(multi=True)
        if not any(word == name or "password" in name for word in NEVER_KEPT)
    ]
    key = actions.keep_answers(ended.person_id, path=page, answers=answers, at=real_now())
    return {"next": f"{page}?kept={key}", "ended": "1"}


def kept_answers() -> MultiDict | None:
    """What this person had typed into this page before their session ended."""
    key, person = request.args.get("kept"), viewer_or_none()
    if not key or person is None:
        return None
    kept = queries.kept_answers(key, person, request.path)
    return MultiDict([tuple(pair) for pair in kept.answers]) if kept else None
