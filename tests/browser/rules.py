"""What holds on every page that any browser test opens."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

LOOK_AT_THE_PAGE = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`page rule: the policy forbids ${event.blockedURI} (${event.violatedDirective})`));
addEventListener("load", () => {
  if (window !== window.top) return;
  const rule = (holds, text) => holds || console.error(`page rule: ${text}`);
  const root = document.documentElement;
  rule(document.title.trim(), "no title");
  rule(document.querySelectorAll("h1").length === 1, "not one h1");
  rule(root.lang, "no language");
  rule(root.scrollWidth <= root.clientWidth + 1,
       `${root.scrollWidth - root.clientWidth} px wider than the screen`);
});
"""


class Watch:
    """Collects what a page does that no page may do; `faults` is empty on a good one."""

    def __init__(self, page: Page, base: str):
        self.faults: list[str] = []
        self._base = urlsplit(base).netloc
        self._refused: set[str] = set()
        page.add_init_script(LOOK_AT_THE_PAGE)
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", lambda message: self._console(message, page.url))
        page.on("pageerror", lambda error: self._fault(page.url, f"uncaught: {error}"))

    def _fault(self, url: str, text: str) -> None:
        self.faults.append(f"{urlsplit(url).path}: {text}")

    def _request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self._base:
            self._fault(request.url, f"leaves the portal for {address.netloc}")

    def _response(self, response) -> None:
        if response.status >= 500:
            self._fault(response.url, f"answers {response.status}")
        elif response.status >= 400 and response.request.resource_type in FOR_PEOPLE:
            self._refused.add(response.url)

    def _console(self, message, shown: str) -> None:
        if message.type != "error":
            return
        where = message.location.get("url", "")
        # Chromium logs every 4xx; a page that refuses, or asks again, is meant to.
        if message.text.startswith("Failed to load resource") and where in self._refused:
            return
        self._fault(where or shown, message.text)


FOR_PEOPLE = {"document", "fetch", "xhr"}
