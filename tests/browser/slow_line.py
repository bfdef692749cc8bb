"""A page on a slow network, and what came over it."""

from playwright.sync_api import BrowserContext, Page

LATENCY, KILOBITS = 400, 400
"""Milliseconds before each answer, and what the line carries in a second: "slow 3G"."""


class SlowLine:
    """Slows `page` down from now on and notes each request that leaves the device."""

    def __init__(
        self, context: BrowserContext, page: Page, base: str, latency=LATENCY, kilobits=KILOBITS
    ):
        self._base = base
        self._names: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._lengths: dict[str, int] = {}
        self._kept: set[str] = set()
        line = context.new_cdp_session(page)
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.requestServedFromCache", lambda event: self._kept.add(event["requestId"]))
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._finished)
        line.send("Network.enable")
        bytes_a_second = kilobits * 125
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency,
                "downloadThroughput": bytes_a_second,
                "uploadThroughput": bytes_a_second,
            },
        )

    def _asked(self, event: dict) -> None:
        self._names[event["requestId"]] = event["request"]["url"]

    def _answered(self, event: dict) -> None:
        key, answer = event["requestId"], event["response"]
        self._lengths[key] = int(answer["headers"].get("Content-Length", 0))
        # The service worker keeps files, but no document: that comes over the line through it.
        by_the_worker = answer.get("fromServiceWorker") and event["type"] != "Document"
        if answer.get("fromDiskCache") or by_the_worker:
            self._kept.add(key)

    def _finished(self, event: dict) -> None:
        self._sizes[event["requestId"]] = int(event["encodedDataLength"])

    @property
    def requests(self) -> dict[str, int]:
        """Address and bytes, headers included, of all that came over the line.

        Of what a service worker has passed on, the length of its body is all that is known.
        """
        return {
            self._names[key].removeprefix(self._base): size or self._lengths[key]
            for key, size in self._sizes.items()
            if key not in self._kept and self._names.get(key, "").startswith("http")
        }
