"""Static files are addressed by what they contain, and kept by browsers for ever."""

import gzip
import re

import pytest

from trainingbase.assets.tree import files, fingerprint

GZIP = {"Accept-Encoding": "gzip, br"}


def named_in(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src)="([^"#]*/static/[^"#]+)', page))


def present(path: str) -> str:
    return f"/static/{fingerprint()}/{path}"


def test_every_file_a_page_names_is_kept_for_ever(client):
    addresses = named_in(client.get("/sign-in").text)
    assert present("css/portal.css") in addresses and present("js/portal.js") in addresses
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"], address


def test_a_file_travels_packed_to_those_who_take_it(client):
    plain, packed = (
        client.get(present("css/portal.css")),
        client.get(present("css/portal.css"), headers=GZIP),
    )
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Content-Type"] == "text/css; charset=utf-8"


def test_who_has_the_file_is_told_so(client):
    address = present("js/portal.js")
    tag = client.get(address, headers=GZIP).headers["ETag"]
    again = client.get(address, headers={**GZIP, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(address, headers=GZIP)
    assert (head.status_code, head.data) == (200, b"")


def test_a_page_of_another_version_gets_the_file_without_a_promise(client):
    other = client.get("/static/0123456789abcdef/js/portal.js")
    assert other.data == client.get(present("js/portal.js")).data
    assert other.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["nothing.css", "../app.py", "js/", "vendor/versions.json"])
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(present(path))
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_nothing_can_be_sent_to_a_file(client):
    assert client.post(present("js/portal.js")).status_code in (400, 404, 405)


def test_behind_a_prefix(client):
    def get(address):
        return client.get(address, base_url="http://localhost/base")

    addresses = named_in(get("/sign-in").text)
    assert addresses and all(address.startswith("/base/static/") for address in addresses)
    assert {get(address.removeprefix("/base")).status_code for address in addresses} == {200}
    assert '"root": "/base/"' in get("/service-worker.js").text


def test_the_fingerprint_is_that_of_the_files():
    assert re.fullmatch("[0-9a-f]{16}", fingerprint())
    assert "css/portal.css" in files() and "js/portal.js" in files()
