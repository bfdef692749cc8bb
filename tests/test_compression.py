"""Pages travel packed, but not to where their length could tell what stands in them."""

import gzip

import pytest

GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_travels_packed(browse, alice):
    browser = browse(alice)
    packed = browser.get("/account", headers=GZIP)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert len(packed.data) < len(browser.get("/account").data) / 2
    assert alice.name in gzip.decompress(packed.data).decode()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_who_makes_a_browser_ask_from_another_site_learns_nothing_from_the_length(client, site):
    page = client.get("/sign-in", headers={**GZIP, "Sec-Fetch-Site": site})
    assert "Content-Encoding" not in page.headers


def test_the_length_of_the_same_page_differs(client):
    lengths = {len(client.get("/no-network", headers=GZIP).data) for _try in range(20)}
    assert len(lengths) > 5


def test_an_error_is_packed_too_and_a_short_answer_is_not(client):
    assert client.get("/nothing", headers=GZIP).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/", headers=GZIP).headers
