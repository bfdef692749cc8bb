"""A mail server and a chat robot on this machine, as far as the portal speaks with them."""

import json
import socketserver
import ssl
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of localhost, with its key; for tests only."""


class _Smtp(socketserver.StreamRequestHandler):
    """`server.refuse` is an answer to RCPT, or None; what arrives is put into `server.mails`.  With
    `server.drips` (a byte, again and again) the greeting, or the answer to DATA, never ends."""

    def handle(self):
        if self.server.drips == "greeting":
            self.drip()
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "EHLO":
                self.say("250-here\r\n250 8BITMIME")
            elif word == "RCPT" and self.server.refuse:
                self.say(self.server.refuse)
            elif word == "DATA":
                if self.server.drips == "data":
                    self.drip()
                    return
                self.say("354 go on")
                self.server.mails.append(self.body())
                self.say("250 kept")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def body(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def drip(self):
        with suppress(OSError):
            while True:
                self.wfile.write(b"2")
                sleep(0.05)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.mails, self.refuse, self.drips = [], None, ""
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.said.append(json.loads(self.rfile.read(length)))
        status, body, more = self.server.answer
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


class Robot(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Robot)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.said, self.answer = [], (200, b'{"errcode": 0}', {})
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"https://localhost:{self.server_address[1]}/robot?key=k"


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))
