"""The service worker and its page: the same for everybody, and nobody in them."""

import json
import re

import pytest

from trainingbase.offline import routes


def known(client, language="zh") -> dict:
    script = client.get(f"/service-worker.js?language={language}").text
    return json.loads(re.match(r"const portal = (.*);\n", script)[1])


def test_the_worker_is_a_script_and_asked_for_every_hour(client):
    answer = client.get("/service-worker.js")
    assert answer.headers["Cache-Control"] == "max-age=3600"
    assert answer.mimetype == "text/javascript"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_all_that_the_worker_keeps_is_there(client):
    portal = known(client)
    page = client.get(portal["page"])
    needed = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))
    assert needed <= set(portal["files"])
    assert {client.get(file).status_code for file in portal["files"]} == {200}


@pytest.mark.parametrize(("language", "words"), [("zh", "没有网络"), ("en", "No network")])
def test_the_page_speaks_the_language_that_is_asked_for(client, language, words):
    page = client.get(known(client, language)["page"]).text
    assert "<h1>" in page and words in page


def test_an_unknown_language_is_the_usual_one(client):
    assert client.get("/no-network?language=xx").data == client.get("/no-network").data


def test_nobody_is_named_whoever_asks(client, browse, alice):
    browser = browse(alice)
    for address in ("/no-network?language=en", "/service-worker.js?language=en"):
        hers = browser.get(address)
        assert hers.data == client.get(address).data
        assert "Set-Cookie" not in hers.headers


def test_the_worker_is_another_one_when_its_page_is(client, monkeypatch):
    before = known(client)["version"]
    assert known(client, "en")["version"] != before
    monkeypatch.setattr(routes, "page", lambda: "<p>new</p>")
    assert known(client)["version"] != before
