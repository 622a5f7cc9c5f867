"""What the server is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from iprof_kit.base.clock import PARIS, utc_now
from iprof_kit.base.paths import NOTEBOOKS
from iprof_kit.server.sign_on_settings import SignOn

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY_CARD = ("0.0.0.0", "::")  # noqa: S104  # refused without the name of a site


@dataclass(frozen=True)
class Settings:
    """Address, data and limits of one server.

    `today` freezes the day that screens see, for demonstrations with the sample only; logins and
    sessions always use the real clock. `hosts` are the names under which the site is known.
    `https`: a proxy on the way gives the site in HTTPS. `proxies`: the addresses or networks of
    those whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; nobody else's are.
    A page that says that it goes leaves its place after `left_seconds`; one that is cut off may
    come back for `abandoned_seconds`; one that is sent has `opening_seconds` to come.
    `idle_warning_seconds` before the end of an idle page, its person is told. `slow_seconds` is
    the time that a client has to send a request, `unread_bytes` what a page may leave unread,
    `first_answer_seconds` how long a page is kept open for what its screen shows first.
    `link_openings` is how many shared CVs one place may open at once; one more is then allowed
    each time `link_seconds` have passed. So it is with the websockets of a visitor:
    `websocket_openings`, then one each `websocket_seconds`. `database_seconds` is how long a page
    waits for the database, `statement_seconds` how long any statement of this server may last.
    `refusal_seconds`: who asks too often is told so a little later, since whoever insists would
    otherwise ask again at once, and refusing takes the server's time too.
    `grace_seconds`: told to stop, the server says so to proxies and goes on so long, for them to
    send people elsewhere. `migrates`: tables of an older version are brought up to this one before
    people come. `measures` is where Prometheus reads, if anywhere. `sign_on` is the provider where
    people sign on, if any. `develop`: files are watched, what changes is taken up. `jobs`: what the
    kit does by itself is done by this server; otherwise `iprof travaux --continu` does it.
    """

    ip: str = "127.0.0.1"
    port: int = 8866
    sample: bool = False
    develop: bool = False
    jobs: bool = True
    today: date | None = None
    hosts: tuple[str, ...] = LOOPBACK
    https: bool = False
    proxies: tuple[str, ...] = ()
    theme_css: Path | None = None
    notebooks: Path = NOTEBOOKS
    kernels_per_visitor: int = 3
    kernels_without_account: int = 60
    kernels_in_all: int = 250
    body_bytes: int = 1_000_000
    idle_seconds: int = 3600
    idle_warning_seconds: int = 300
    opening_seconds: int = 60
    left_seconds: float = 15
    abandoned_seconds: int = 900
    slow_seconds: int = 20
    unread_bytes: int = 8_000_000
    first_answer_seconds: float = 5.0
    link_openings: int = 60
    link_seconds: float = 2.0
    websockets_per_kernel: int = 3
    websockets_per_visitor: int = 9
    websockets_in_all: int = 600
    websocket_openings: int = 20
    websocket_seconds: float = 0.5
    connections_in_all: int = 2000
    refusal_seconds: float = 0.2
    database_threads: int = 8
    database_seconds: float = 1.6
    statement_seconds: float = 8.0
    migrates: bool = True
    grace_seconds: float = 0.0
    measures: tuple[str, int] | None = None
    sign_on: SignOn | None = None

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine can reach the server."""
        return self.ip in LOOPBACK and set(self.hosts) <= set(LOOPBACK) and not self.https

    def screen_time(self) -> datetime:
        """Return the moment that operations see."""
        if self.today is None:
            return utc_now()
        return datetime.combine(self.today, time(12), PARIS)
