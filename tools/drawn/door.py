"""The pages that need no screen, as the tree's own server gives them: login, refusals, shells."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from types import TracebackType
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

from drawn import doors
from drawn.lines import lines_of

Drawn = Iterator[tuple[str, list[str]]]
_WORD, _WRONG = "demonstration-libre", "n’est pas le bon"
_PATHS = (
    "/", "/connexion", "/connexion?suite=/ma-paie", "/premiere-connexion", "/premier-acces",
    "/mot-de-passe-oublie", "/reinitialiser/aaaaaaaaaaaaaaaaaaaaaaaa", "/quitter",
    "/reinitialiser", "/reinitialiser/choisir", "/cv/lien", "/cv/lien/aaaaaaaaaaaaaaaaaaaaaaaa",
    "/cv/aaaaaaaaaaaaaaaaaaaaaaaa", "/lecon", "/lecon/ABCDE", "/accessibilite", "/adresse-inconnue",
    "/mes-donnees/tout.zip", "/bureau/piece/aaaaaaaaaaaaaaaaaaaaaaaa",
    "/courrier/fil/aaaaaaaaaaaaaaaaaaaaaaaa.pdf",
)  # fmt: skip
_FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/connexion", {}),
    ("/connexion", {"compte": "personne", "mdp": _WRONG}),
    ("/reinitialiser/choisir", {"mdp": _WORD, "mdp2": _WRONG}),
    ("/lecon", {"code": "ABCDE"}),
    ("/lecon", {"code": "?"}),
)
_ACCOUNTS = ("jdupont", "scohen", "lfontaine", "ggestionnaire", "iinspectrice", "cchef",
             "fformateur", "aanalyste", "aadministrateur")  # fmt: skip
_MADE = re.compile(
    r'(?<=nonce=")[^"]+|(?<=name="_xsrf" value=")[^"]+|(?<=/statique/)[0-9a-f]{8,}'
    r'|(?<=localhost:)\d+|(?<=data-xsrf=")[^"]+'
)
"""What is drawn anew for each page, or names a style or a script by what it holds."""
_SECONDS = 180.0


class _Stays(HTTPRedirectHandler):
    """A redirection is what is drawn, not where it leads."""

    def redirect_request(self, *_words: object, **_more: object) -> None:
        return None


class Browser:
    """One browser: its cookies, and what it is answered."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(_Stays, HTTPCookieProcessor(self._cookies))

    def opened(self, path: str, sent: dict[str, str] | None = None) -> list[str]:
        """Return what an address answers, or a form that is sent there, as lines."""
        form = None
        if sent is not None:
            word = next((one.value for one in self._cookies if one.name == "_xsrf"), "") or ""
            form = urlencode(sent | {"_xsrf": word}).encode()
        try:
            answer = self._opener.open(self._address + path, form, timeout=60)
        except HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read().decode("utf-8", "replace")
            goes = [f"→ {answer.headers['Location']}"] if answer.headers["Location"] else []
            return [f"{answer.status}", *goes, *lines_of(_MADE.sub("…", text))]


class Portal:
    """The server of the tree with the people of the sample, in a process and a folder of its own.

    It starts while the screens are drawn; nobody opens a screen there.
    """

    def __init__(self, var: Path) -> None:
        var.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://localhost:{port}"
        day = f"{doors.MOMENT:%Y-%m-%d}"
        words = ["serve", "--sample", "--sans-travaux", "--today", day, "--port", str(port)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "iprof_kit", *words], cwd=doors.tree(),
            env=os.environ | {"IPROF_VAR": str(var)}, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> Portal:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def pages(self) -> Drawn:
        """Yield each page by its name, once the door is open."""
        self._open()
        nobody = Browser(self.address)
        for path in _PATHS:
            yield f"porte {path}", nobody.opened(path)
        for path, sent in _FORMS:
            yield f"porte {path} › {' '.join(sent) or 'rien'}", nobody.opened(path, sent)
        for account in _ACCOUNTS:
            person = Browser(self.address)
            person.opened("/connexion")
            entered = person.opened("/connexion", {"compte": account, "mdp": _WORD})
            yield f"porte {account}", entered
            yield f"porte {account} /adresse-inconnue", person.opened("/adresse-inconnue")

    def _open(self) -> None:
        ends = time.monotonic() + _SECONDS
        while True:
            try:
                Browser(self.address).opened("/connexion")
                return
            except (URLError, OSError):
                if self._process.poll() is not None or time.monotonic() > ends:
                    raise RuntimeError("le serveur de cet arbre ne s’ouvre pas") from None
                time.sleep(0.2)
