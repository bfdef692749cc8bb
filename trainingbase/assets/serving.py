"""Answers for /static/<fingerprint>/…, before the portal is asked."""

import re
from collections.abc import Mapping

from werkzeug.wrappers import Request, Response

from trainingbase.assets.tree import File, files, fingerprint

ADDRESS = re.compile(r"/static/(?P<fingerprint>[0-9a-f]{16})/(?P<path>.+)")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"  # kept, but asked for each time


class Fingerprinted:
    """While an upgrade runs, a page of one version may ask a worker of the other: it gets the file
    as this worker has it, under an address that does not promise anything."""

    def __init__(self, application, headers: Mapping[str, str]):
        self.application = application
        self.headers = headers

    def __call__(self, environ, start_response):
        found = ADDRESS.fullmatch(environ.get("PATH_INFO", ""))
        file = files().get(found["path"]) if found else None
        if file is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        answer = self.answer(file, Request(environ))
        present = found["fingerprint"] == fingerprint()
        answer.headers["Cache-Control"] = FOR_EVER if present else ASK_AGAIN
        return answer.make_conditional(environ)(environ, start_response)

    def answer(self, file: File, request: Request) -> Response:
        packed = request.accept_encodings.quality("gzip") > 0
        answer = Response(file.packed if packed else file.plain, content_type=file.kind)
        answer.headers.extend(self.headers)
        answer.headers["Vary"] = "Accept-Encoding"
        answer.set_etag(f"{file.tag}-gzip" if packed else file.tag)
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
        return answer
