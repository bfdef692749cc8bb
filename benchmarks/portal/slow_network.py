"""What four pages weigh on a phone with a slow network, opened for the first time and again.

    make demo PORT=8000 ACCOUNTS=accounts.json          (in another terminal)
    python benchmarks/portal/slow_network.py --accounts accounts.json [--list]

A Chromium of 390 × 844 is slowed down by its own protocol to 400 kbit/s both ways, each request
waiting 400 ms: what Chrome's preset "slow 3G" stands for.  (The preset itself makes 2,000 ms of
it, which is five round trips for each request, as if each made a connection of its own;
`--latency 2000` asks for that.)  "Cold" is an empty browser; "warm" is the same page once more,
after everything has come, by the browser's own cache; "worker" is that with the service worker,
through which the document comes too (its length is then given without headers).  Times are
milliseconds on the wall, the middle of `--rounds`; bytes are what went over the line, headers
included.
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.slow_line import KILOBITS, LATENCY, SlowLine

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PAGES = [
    ("sign-in", None, "/sign-in", None),
    ("form of an assessment", "faculty", "/assessments/", "main a[href$=mini_cex]"),
    ("new entry of the log", "resident", "/log/new", None),
    ("log", "resident", "/log/", None),
    ("day of attendance", "secretary", "/attendance/", None),
]
"""Name, who opens it, where, and what is tapped there to come to it."""

NOTE_THE_FIRST_FIELD = """
const look = () => {
  const field = document.querySelector(
    "main :is(input, select, textarea, button):not([type=hidden]), main a[href]");
  const box = field && field.getBoundingClientRect();
  if (box && box.width) window.usableAt = performance.now(); else requestAnimationFrame(look);
};
requestAnimationFrame(look);
const ready = () => {
  const root = document.documentElement;
  if (root && "ready" in root.dataset) window.readyAt = performance.now();
  else setTimeout(ready, 10);
};
ready();
"""
TIMES = """() => ({
  paint: (performance.getEntriesByName("first-contentful-paint")[0] || {}).startTime,
  usable: window.usableAt, ready: window.readyAt,
})"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--portal", default="http://127.0.0.1:8000")
    parser.add_argument("--accounts", type=Path, required=True)
    parser.add_argument("--latency", type=int, default=LATENCY, help="ms for each request")
    parser.add_argument("--kilobits", type=int, default=KILOBITS, help="per second, each way")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--list", action="store_true", help="say each request")
    asked = parser.parse_args()
    accounts = json.loads(asked.accounts.read_text())
    found = chromium.find_or_install()
    print(f"{asked.latency} ms, {asked.kilobits} kbit/s" + " " * 13 + HEADINGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
            env={**os.environ, **found.environment, **chromium.chinese_fonts()},
        )
        for page in PAGES:
            report(browser, page, accounts, asked)


HEADINGS = f"{'requests':>10}{'document':>10}{'bytes':>9}{'painted':>9}{'usable':>9}{'ready':>9}"


def report(browser, page, accounts, asked) -> None:
    name, who, address, tapped = page
    cookies, address = signed_in(browser, accounts.get(who), address, tapped, asked)
    for kind in ("cold", "warm", "worker"):
        opened = [once(browser, cookies, address, kind, asked) for _round in range(asked.rounds)]
        sent = opened[0]["requests"]
        times = [
            statistics.median(one[what] or float("nan") for one in opened)
            for what in ("paint", "usable", "ready")
        ]
        document = next(size for path, size in sent.items() if "/static/" not in path)
        weight = (len(sent), document, sum(sent.values()))
        print(
            f"{name:24} {kind:6}{weight[0]:>10}{weight[1]:>10,}{weight[2]:>9,}"
            + "".join(f"{one:>9,.0f}" for one in times),
            flush=True,
        )
        if asked.list:
            for path, size in sorted(sent.items(), key=lambda one: -one[1]):
                print(f"    {size:>8,}  {path}")


def signed_in(browser, account, address, tapped, asked):
    """The cookies of this person, and the address of the page that is measured."""
    context = browser.new_context(base_url=asked.portal, locale="zh-CN", **PHONE)
    page = context.new_page()
    page.goto("/sign-in")
    if account:
        page.locator("[name=login]").fill(account["login"])
        page.locator("[name=password]").fill(account["password"])
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
    page.goto(address)
    if tapped:
        page.locator(tapped).first.click()
        page.wait_for_load_state("networkidle")
    found = context.cookies(), page.url
    context.close()
    return found


def once(browser, cookies, address, kind, asked) -> dict:
    context = browser.new_context(
        base_url=asked.portal,
        locale="zh-CN",
        service_workers="allow" if kind == "worker" else "block",
        **PHONE,
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.add_init_script(NOTE_THE_FIRST_FIELD)
    if kind != "cold":
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if kind == "worker":
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.goto("about:blank")
    line = SlowLine(context, page, asked.portal, asked.latency, asked.kilobits)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    times = page.evaluate(TIMES)
    context.close()
    return {**times, "requests": line.requests}


if __name__ == "__main__":
    main()
