"""A visitor with a cookie jar who sends exactly what she is told to, and follows nothing."""

import http.client
import json
import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import websocket

PASSWORD = "demonstration-libre"
V1 = "v1.kernel.websocket.jupyter.org"
_SCRIPT = r"<script[^>]*{}[^>]*>(.*?)</script>"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def place(self):
        return self.headers["Location"]

    @property
    def config(self):
        found = re.search(_SCRIPT.format("jupyter-config-data"), self.text, re.DOTALL)
        return json.loads(found[1])

    @property
    def kernel(self):
        return self.config["kernelId"]

    @property
    def cells(self):
        """What the notebook has put on the page."""
        return self.text.partition('<div id="rendered_cells">')[2]

    @property
    def seen(self):
        """What the probe notebook tells of its kernel."""
        found = re.search(_SCRIPT.format("cell-output"), self.text, re.DOTALL)
        return json.loads(found[1])["data"]["application/json"]


class Client:
    def __init__(self, port, source=None, path=""):
        self.port = port
        self.path = path  # below which the portal serves
        self.source = (source, 0) if source else None  # another address of this machine
        self.cookies = {}

    def ask(self, method, path, *, form=None, body=None, headers=None, cookies=None):
        headers = dict(headers or {})
        jar = self.cookies if cookies is None else cookies
        if jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        path = self.path + path
        link = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=self.source
        )
        try:
            link.request(method, path, body, headers)
            got = link.getresponse()
            answer = Answer(got.status, got.headers, got.read().decode(errors="replace"))
        finally:
            link.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path, **words):
        return self.ask("GET", path, **words)

    def post(self, path, **form):
        """Send a form with the token that a page of ours would hold."""
        if "_xsrf" not in self.cookies:
            self.get("/connexion")
        return self.ask("POST", path, form={"_xsrf": self.cookies["_xsrf"]} | form)

    def place_of(self, link):
        """Give its secret as the page of a link does; return where it then serves."""
        path, _, secret = link.partition("#")
        return self.post(path, jeton=secret).place

    def follow(self, link, end=""):
        """Open a link that holds a secret."""
        return self.get(self.place_of(link) + end)

    def log_in(self, compte, password=PASSWORD):
        return self.post("/connexion", compte=compte, mdp=password)

    def socket(self, kernel, *, protocols=(V1,), origin=None, session="essai", header=()):
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return websocket.create_connection(
            f"ws://127.0.0.1:{self.port}{self.path}/api/kernels/{kernel}/channels?session_id={session}",
            subprotocols=list(protocols),
            cookie=jar,
            timeout=30,
            origin=origin or f"http://127.0.0.1:{self.port}",
            header=list(header),
        )

    def socket_status(self, kernel, **words):
        """Return the status that a websocket is answered with: 101 where it opens."""
        try:
            self.socket(kernel, **words).close()
        except websocket.WebSocketBadStatusException as refusal:
            return refusal.status_code
        return 101
