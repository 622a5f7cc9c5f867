"""One hostile session against twenty honest ones: what these wait, beside what they wait alone.

Run with `.venv/test/bin/python benchmarks/starvation.py [attack …]`: some three minutes. Each
honest one acts, then pauses; the same is measured alone, then under the attack, on the same server.
Who attacks the portal is a process of its own, as it would be another machine: its work is not part
of what the honest wait. Wall time is what people see; « server’s core » is the share of one core
that the server uses.
"""

from __future__ import annotations

import asyncio
import base64
import http.client
import itertools
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "serving")]

from lecon import LESSON, Phone  # noqa: E402
from protocol import PASSWORD, V1, Passer, Teacher, many_connections  # noqa: E402
from servers import TICKS, Portal, percentile, portal, ticks  # noqa: E402
from tables import machine, say, table  # noqa: E402

HONEST, SECONDS, PAUSE = 20, 10.0, 0.5
GUESSERS, READERS, BUSY, OPENERS = 8, 6, 6, 4
OPEN_PAGE = "/ma-situation"
HONEST_PLACE, HOSTILE_PLACE, HOSTILE_WORD = "127.0.1.{}", "127.0.2.{}", "--hostile"
ACCOUNTS = ("jdupont", "jdupont2", "ichevalier", "scohen")
CROWD = tuple(f"jdupont{number}" for number in range(3, 11))
"""Accounts with a file of their own, made for an attack."""
_REASONS = re.compile(r'data-asks="pourquoi"[^>]*data-of="([^"]*)"')
Act = Callable[[], Awaitable[object]]
Attack = AbstractAsyncContextManager[Callable[[], int]]
"""Goes on as long as its block; what it gives returns how many hostile acts there were."""


@dataclass
class Found:
    """What the honest waited, in seconds, how many acts failed, and what the server worked."""

    waits: list[float]
    failed: int
    work: float

    def cells(self) -> list[str]:
        """Return median, 95th percentile, acts and failures, as the table shows them."""
        return [
            f"{statistics.median(self.waits) * 1000:.0f} ms",
            f"{self.late * 1000:.0f} ms",
            str(len(self.waits)),
            str(self.failed),
            f"{self.work:.0%}",
        ]

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return percentile(self.waits, 0.95)


async def honest(acts: list[Act], used: Callable[[], float]) -> Found:
    """Return what people wait who act and pause, for a while."""
    waits: list[float] = []
    failed = 0
    begin, before = time.perf_counter(), used()

    async def live(number: int, act: Act) -> None:
        nonlocal failed
        await asyncio.sleep(PAUSE * number / len(acts))
        while time.perf_counter() < begin + SECONDS:
            start = time.perf_counter()
            try:
                await act()
                waits.append(time.perf_counter() - start)
            except Exception:
                failed += 1
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(live(number, act) for number, act in enumerate(acts)))
    return Found(waits or [float("inf")], failed, (used() - before) / (time.perf_counter() - begin))


async def compared(
    name: str, acts: list[Act], attack: Attack, used: Callable[[], float]
) -> list[str]:
    """Return the row of a table: alone, then under attack."""
    alone = await honest(acts, used)
    async with attack as counted:
        await asyncio.sleep(1)
        under = await honest(acts, used)
        count = counted()
    ratio = under.late / alone.late
    say(f"{name}: {count} hostile acts; 95th percentile × {ratio:.1f}")
    return [name, *alone.cells(), *under.cells(), f"{ratio:.1f}"]


@asynccontextmanager
async def here(acts: list[Act]) -> AsyncIterator[Callable[[], int]]:
    """Insist on acts, each as soon as it has ended, in this process."""
    count = 0

    async def insist(act: Act) -> None:
        nonlocal count
        while True:
            with suppress(Exception):
                await act()
            count += 1
            await asyncio.sleep(0)

    attackers = [asyncio.create_task(insist(act)) for act in acts]
    yield lambda: count
    for one in attackers:
        one.cancel()
    await asyncio.gather(*attackers, return_exceptions=True)


@asynccontextmanager
async def elsewhere(attack: str, *words: str) -> AsyncIterator[Callable[[], int]]:
    """Insist in another process, which gives way to this one; `words` tell it where."""
    command = [sys.executable, __file__, HOSTILE_WORD, attack, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def counted() -> int:
            return int(process.communicate()[0])

        assert process.stdout is not None
        await asyncio.to_thread(process.stdout.readline)  # it has come in
        yield counted


async def be_hostile(attack: str, *words: str) -> None:
    """Insist until the benchmark has measured; tell how many acts there were."""
    os.nice(10)
    acts = await HOSTILE[attack](*words)
    say("come in")
    async with here(acts) as counted:
        await asyncio.to_thread(sys.stdin.read)
        say(str(counted()))


# The guichet: the real services on SQLite, each session on a socket pair of its own.


class Desk:
    """One session at the guichet, as its kernel speaks to it; requests may be sent ahead."""

    def __init__(self, loop: asyncio.AbstractEventLoop, guichet: object, who: object, person: str):
        ours, theirs = socket.socketpair()
        serving = guichet.serve(ours, lambda: who, person)
        self._serving = asyncio.run_coroutine_threadsafe(serving, loop)
        self._end, self._streams = theirs, None

    async def ask(self, op: str, **args: object) -> dict[str, object]:
        """Return the answer to one request."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(sock=self._end, limit=1 << 24)
        reader, writer = self._streams
        writer.write(json.dumps({"id": 1, "op": op, "args": args}).encode() + b"\n")
        answer: dict[str, object] = json.loads(await reader.readline())
        if answer["error"]:
            raise RuntimeError(str(answer["error"]))
        return answer


@contextmanager
def desks(*more: str) -> Iterator[Callable[[str, str], Desk]]:
    """Give a function that opens a session at the guichet: its account, whose turns it takes.

    `more` names accounts to make besides.
    """
    from internals import (
        Guichet,
        begin,
        database,
        load_sample,
        open_session,
        put_walls,
        session_of,
        utc_now,
    )

    put_walls("iprof_kit.kernel.walled_worker")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["IPROF_VAR"] = folder
        database.prepare_database()
        load_sample(utc_now())
        make_accounts(more)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        guichet = Guichet(begin, utc_now)
        people = {
            one: session_of(open_session(one, utc_now()), utc_now()) for one in (*ACCOUNTS, *more)
        }
        yield lambda account, person: Desk(loop, guichet, people[account], person)
        asyncio.run_coroutine_threadsafe(end_all(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        database.engine().dispose()


def make_accounts(names: tuple[str, ...]) -> None:
    """Make accounts, each with a copy of one file."""
    from internals import NewAccount, create_account, sample_dossiers, save_dossier, utc_now

    for number, name in enumerate(names):
        file = sample_dossiers()[0].model_copy(update={"numero": f"D9{number:03d}"})
        save_dossier(file, "benchmark", utc_now())
        secret = "quatre mots sans lien"
        new = NewAccount(name, ("enseignant",), file.numero, password=secret)
        create_account(new, "benchmark", utc_now())


async def end_all() -> None:
    """End what serves the sessions."""
    serving = asyncio.all_tasks() - {asyncio.current_task()}
    for one in serving:
        one.cancel()
    await asyncio.gather(*serving, return_exceptions=True)


def a_slow_pdf() -> str:
    """Return, as it travels, a small PDF whose check is given up after seconds of work."""
    sys.path.append(str(HERE.parent / "tests" / "records"))
    from record_pieces import swollen

    return base64.b64encode(swollen()).decode()


async def guichet_flood() -> list[str]:
    """Three kernels of one session ask without a pause."""
    with desks() as desk:
        people = [desk(ACCOUNTS[one % 3], f"personne {one}") for one in range(HONEST)]
        hostile = [desk("scohen", "hostile") for _ in range(3)]
        return await compared(
            "guichet: one session asks without a pause",
            [lambda one=one: one.ask("dossier.lire") for one in people],
            here([lambda one=one: one.ask("dossier.lire") for one in hostile]),
            own_work,
        )


async def uploads() -> list[str]:
    """Three kernels of one session join papers whose check takes seconds."""
    content = a_slow_pdf()
    with desks() as desk:
        people = [desk(ACCOUNTS[one % 3], f"personne {one}") for one in range(HONEST)]
        hostile = [desk("scohen", "hostile") for _ in range(3)]
        return await compared(
            "uploads: one session joins papers that are long to check",
            [lambda one=one: one.ask("dossier.lire") for one in people],
            here([lambda one=one: join(one, content) for one in hostile]),
            own_work,
        )


async def attachments() -> list[str]:
    """Eight accounts join small JPEGs that are long to decode."""
    content = a_tiring_picture((7000, 7000), 200)
    with desks(*CROWD) as desk:
        people = [desk(ACCOUNTS[one % 3], f"personne {one}") for one in range(HONEST)]
        hostile = [desk(one, one) for one in CROWD]
        return await compared(
            "attachments: eight accounts join pictures that are long to decode",
            [lambda one=one: one.ask("dossier.lire") for one in people],
            here([lambda one=one: join(one, content, "a.jpg") for one in hostile]),
            own_work,
        )


async def slices() -> list[str]:
    """Three accounts join papers of 4.5 MB, slice by slice, and withdraw them."""
    with desks(*CROWD[:3]) as desk:
        people = [desk(ACCOUNTS[one % 3], f"personne {one}") for one in range(HONEST)]
        hostile = [desk(one, one) for one in CROWD[:3]]
        parts = a_heavy_picture()
        return await compared(
            "slices: three accounts join papers of 4.5 MB",
            [lambda one=one: one.ask("dossier.lire") for one in people],
            here([lambda one=one: join_slices(one, parts) for one in hostile]),
            own_work,
        )


def a_heavy_picture() -> list[str]:
    """Return, as it travels, a PNG of 4.5 MB that is quickly read: most of it follows its end."""
    sys.path.append(str(HERE.parent / "tests" / "records"))
    from record_pieces import image
    from record_pieces import slices as cut

    return cut(image("PNG") + bytes(4_500_000))


async def join_slices(desk: Desk, parts: list[str]) -> None:
    """Join one paper as a page does, then withdraw it."""
    words = {"nom": "a.png", "parts": len(parts), "cle": f"piece-{uuid4().hex[:12]}"}
    for number, part in enumerate(parts):
        done = await desk.ask("piece_deposer", part=number, contenu=part, **words)
    await desk.ask("piece_retirer", id=done["result"]["piece"]["id"])


async def pictures() -> list[str]:
    """One person makes links to a CV whose photo is long to decode, and looks at them."""
    with desks() as desk:
        people = [desk(ACCOUNTS[one % 3], f"personne {one}") for one in range(HONEST)]
        hostile = [desk("scohen", "hostile") for _ in range(3)]
        wanted = await a_tiring_cv(hostile[0])
        return await compared(
            "pictures: one person shares a CV whose photo is long to decode",
            [lambda one=one: one.ask("dossier.lire") for one in people],
            here([lambda one=one: share(one, wanted) for one in hostile]),
            own_work,
        )


def a_tiring_picture(size: tuple[int, int], scans: int) -> str:
    """Return, as it travels, a small JPEG that is gone through so many times."""
    sys.path.append(str(HERE.parent / "tests" / "shared"))
    from tiring_pictures import many_scans

    return base64.b64encode(many_scans(size, scans)).decode()


async def a_tiring_cv(desk: Desk) -> dict[str, object]:
    """Keep a version of a CV with such a photo; return what names it in an order."""
    held = a_tiring_picture((7000, 7000), 300)
    photo = {"type_media": "image/jpeg", "base64": held, "largeur": 600, "hauteur": 800}
    content = {
        "faits": {"identite": {"prenom": "Sarah", "nom": "Cohen", "photo": photo}},
        "cibles": [{"id": "c1", "titre": "Direction", "photo": True}],
    }
    saved = await desk.ask("cv_enregistrer", cv=content, revision=0, cle="mesure-cv")
    revision = saved["result"]["revision"]
    version = await desk.ask("cv_version_creer", nom="M", revision=revision, cle="mesure-version")
    return {"version_id": version["result"]["id"], "cible_id": "c1", "coordonnees": False}


async def share(desk: Desk, wanted: dict[str, object]) -> None:
    """Make one link, or where there are too many look at what it would show."""
    with suppress(RuntimeError):
        await desk.ask("cv_lien_creer", **wanted, jours=1, cle=f"lien-{uuid4().hex[:12]}")
    await desk.ask("cv_lien_apercu", **wanted)


async def join(desk: Desk, content: str, name: str = "a.pdf") -> None:
    """Join one paper."""
    key = f"piece-{uuid4().hex[:12]}"
    await desk.ask("piece_deposer", nom=name, part=0, parts=1, contenu=content, cle=key)


def own_work() -> float:
    """Return the processor time of this process and of those it waited for, in seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


# The portal, in a process of its own.


async def websockets() -> list[str]:
    """One visitor opens websockets to her kernel without closing any."""
    with portal() as server:
        people = [await come_in(server.address) for _ in range(HONEST)]

        async def again(one: Passer) -> None:
            one.leave()
            await one.connect(channels(one), V1)

        return await compared(
            "websockets: one visitor opens them without end",
            [lambda one=one: again(one) for one in people],
            elsewhere("websockets", server.address),
            work_of(server),
        )


async def websockets_without_end(address: str) -> list[Act]:
    """Return what opens one more websocket, four times."""
    hostile, links = await come_in(address), []

    async def one_more() -> None:
        await hostile.connect(channels(hostile), V1)
        links.append(hostile.link)

    return [one_more] * 4


async def come_in(address: str) -> Passer:
    """Return somebody without account whose page is open."""
    one = Passer(address)
    await one.log_in("")
    await one.enter()
    return one


def channels(one: Passer) -> str:
    """Return the address of the websocket of a page, as if the page were new."""
    return f"/api/kernels/{one.kernel}/channels?session_id={uuid4().hex}"


async def sessions() -> list[str]:
    """Six visitors have their sessions calculate without a pause; others read the login form."""
    with portal() as server:
        return await beside_readers(
            server, "sessions: six calculate without a pause", server.address
        )


async def calculations(address: str) -> list[Act]:
    """Return what has each of six sessions calculate once more."""
    busy = [await come_in(address) for _ in range(BUSY)]
    for one in busy:
        await one.begin()
    moves = itertools.count()
    return [lambda one=one: one.control(next(moves)) for one in busy]


async def logins() -> list[str]:
    """Eight guessers try passwords of one account from one address; others log in from theirs."""
    with portal() as server:
        return await compared(
            "logins: eight guess from one address",
            [
                lambda one=one, number=number: one.log_in(ACCOUNTS[number % 4], PASSWORD)
                for number, one in enumerate(senders(server.port, HONEST))
            ],
            elsewhere("logins", str(server.port)),
            work_of(server),
        )


async def guesses(port: str) -> list[Act]:
    """Return what tries one more password, for each guesser."""
    guessers = [Sender(int(port), HOSTILE_PLACE.format(1)) for _ in range(GUESSERS)]
    return [
        lambda one=one, number=number: one.log_in(f"inconnu{number}", uuid4().hex)
        for number, one in enumerate(guessers)
    ]


async def typesetting() -> list[str]:
    """Six readers of one shared CV ask its PDF without a pause; others read the login form."""
    with portal() as server:
        path = shared_cv(server)
        return await beside_readers(
            server, "typesetting: six readers of a shared CV ask its PDF", str(server.port), path
        )


async def readings(port: str, path: str) -> list[Act]:
    """Return what asks the PDF of a shared CV, for each reader."""
    readers = senders(int(port), READERS, HOSTILE_PLACE)
    return [lambda one=one: one.get(f"{path}/pdf") for one in readers]


async def anonymous() -> list[str]:
    """One address opens « Ma situation » without a cookie; strangers elsewhere open it too."""
    with portal() as server:
        return await compared(
            "anonymous: one address opens pages without a cookie",
            [lambda one=one: one.get(OPEN_PAGE) for one in senders(server.port, OPENERS)],
            elsewhere("anonymous", str(server.port)),
            work_of(server),
        )


async def strangers(port: str) -> list[Act]:
    """Return what opens one more page as somebody new, for each of some."""
    return [lambda: Sender(int(port), HOSTILE_PLACE.format(1)).get(OPEN_PAGE)] * READERS


async def reasons() -> list[str]:
    """Six people open reasons without a pause; others read the login form."""
    with portal() as server:
        return await beside_readers(
            server, "reasons: six people open them without a pause", server.address
        )


async def openings(address: str) -> list[Act]:
    """Return what opens one more reason, for each of six people."""
    acts: list[Act] = []
    for number in range(BUSY):
        one = Teacher(address)
        await one.log_in(ACCOUNTS[number % 3])  # the last one's screen has no reason to open
        await one.enter()
        of = itertools.cycle(_REASONS.findall(await one.first(one.path)))
        acts.append(lambda one=one, of=of: open_reason(one, next(of)))
    return acts


async def open_reason(one: Teacher, of: str) -> None:
    """Open one reason of the screen of a page."""
    asked = {"kind": "intent", "name": "pourquoi", "path": one.path, "values": {"of": of}}
    await one.send(asked)


async def lessons() -> list[str]:
    """Six phones join a lesson again and again, and answer; others look at it from that place."""
    with portal() as server:
        code = a_lesson(server)
        phones = [Phone(server.address, code) for _ in range(HONEST)]
        await asyncio.gather(*(one.join() for one in phones))
        return await compared(
            "lessons: six phones join and answer without a pause",
            [lambda one=one: look(one) for one in phones],
            elsewhere("lessons", server.address, code),
            work_of(server),
        )


async def joining(address: str, code: str) -> list[Act]:
    """Return what joins as one phone more and answers, six at a time."""

    async def one_more() -> None:
        one = Phone(address, code)
        await one.ask("/lecon")
        form = {"_xsrf": one.cookies["_xsrf"]}
        await one.ask(f"/lecon/{code}", **form, acte="rejoindre")
        await one.ask(f"/lecon/{code}/etat", **form, acte="repondre", ecran="0", choix="1")

    return [one_more] * BUSY


async def look(phone: Phone) -> None:
    """Look at a lesson as a phone does."""
    answer = await phone.ask(f"/lecon/{phone.code}/etat")
    if answer.code not in {200, 304}:
        raise RuntimeError(str(answer.code))


async def links() -> list[str]:
    """Six readers open a shared CV and try other links; others read the login form."""
    with portal() as server:
        path = shared_cv(server)
        return await beside_readers(
            server, "links: six readers open a shared CV and guess others", str(server.port), path
        )


async def guessed_links(port: str, path: str) -> list[Act]:
    """Return what opens a shared CV, or a link that does not exist, for each reader."""
    one = Sender(int(port), HOSTILE_PLACE.format(1))
    from internals import public_name

    page, _, secret = path.partition("#")
    one.hold("iprof_lien_cv", secret)
    right = f"{page}/{public_name(secret)}"
    return [lambda: one.get(right), lambda: one.get(f"{page}/{uuid4().hex[:24]}")] * (READERS // 2)


async def archives() -> list[str]:
    """Four people take all their data without a pause; others read the login form."""
    with portal() as server:
        return await beside_readers(
            server, "archives: four people take all their data", str(server.port)
        )


async def takings(port: str) -> list[Act]:
    """Return what takes everything, for each of four people."""
    people = senders(int(port), len(ACCOUNTS), HOSTILE_PLACE)
    for one, account in zip(people, ACCOUNTS, strict=True):
        await one.log_in(account, PASSWORD)
    return [lambda one=one: one.get("/mes-donnees/tout.zip") for one in people]


def senders(port: int, many: int, place: str = HONEST_PLACE) -> list[Sender]:
    """Return people at addresses of their own."""
    return [Sender(port, place.format(one + 1)) for one in range(many)]


async def beside_readers(server: Portal, about: str, *given: str) -> list[str]:
    """Return the row of an attack, named first, while others read the login form."""
    return await compared(
        about,
        [lambda one=one: one.get("/connexion") for one in senders(server.port, HONEST)],
        elsewhere(about.partition(":")[0], *given),
        work_of(server),
    )


def work_of(server: Portal) -> Callable[[], float]:
    """Return what tells the processor time of the server's own process, in seconds."""
    return lambda: ticks(server.process.pid) / TICKS


_HANDS = ThreadPoolExecutor(2 * HONEST)


class Sender:
    """Somebody who sends requests from an address of her own."""

    def __init__(self, port: int, address: str) -> None:
        self._port, self._address = port, address
        self._cookies: dict[str, str] = {}

    async def get(self, path: str) -> None:
        """Get a page."""
        held = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        await self._do("GET", path, headers={"Cookie": held} if held else None)

    def hold(self, name: str, value: str) -> None:
        """Keep a cookie."""
        self._cookies[name] = value

    async def log_in(self, account: str, password: str) -> None:
        """Send the form of the login."""
        form = {"compte": account, "mdp": password, "_xsrf": "2|0|0|0|0"}
        token = uuid4().hex
        form["_xsrf"] = token
        await self._do("POST", "/connexion", urlencode(form), {"Cookie": f"_xsrf={token}"})

    async def _do(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> None:
        loop = asyncio.get_running_loop()
        status = await loop.run_in_executor(_HANDS, self._send, method, path, body, headers or {})
        if status >= 400:
            raise RuntimeError(str(status))

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> int:
        link = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=60, source_address=(self._address, 0)
        )
        if body is not None:
            headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return answer.status
        finally:
            link.close()


def a_lesson(server: Portal) -> str:
    """Return the code of a lesson that is led."""
    from internals import database, run, utc_now

    trainer, now = inside(server, "fformateur"), utc_now()
    code = run(trainer, "lecon.ouvrir", {"lecon": LESSON}, now).code
    run(trainer, "lecon.aller", {"code": code, "ecran": 0}, now)
    database.engine().dispose()
    return str(code)


def inside(server: Portal, account: str) -> object:
    """Return a session on the database of a server."""
    from internals import open_session, session_of, utc_now

    started_with = Path(f"/proc/{server.process.pid}/environ").read_text().split("\0")
    os.environ.update(one.split("=", 1) for one in started_with if one.startswith("IPROF_VAR="))
    return session_of(open_session(account, utc_now()), utc_now())


def shared_cv(server: Portal) -> str:
    """Return the address of a CV that Jean Dupont shares."""
    from internals import database, run, utc_now

    who = inside(server, "jdupont")
    content = {
        "faits": {"identite": {"prenom": "Jean", "nom": "Dupont"}},
        "cibles": [{"id": "c1", "titre": "Poste de maître formateur"}],
    }
    now = utc_now()
    saved = run(who, "cv_enregistrer", {"cv": content, "revision": 0, "cle": "mesure-cv"}, now)
    version = run(
        who,
        "cv_version_creer",
        {"nom": "Mesure", "revision": saved.revision, "cle": "mesure-version"},
        now,
    )
    wanted = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    link = run(who, "cv_lien_creer", wanted | {"jours": 3, "cle": "mesure-lien"}, now)
    database.engine().dispose()
    return re.sub(r"^https?://[^/]+", "", link.adresse)


HOSTILE: dict[str, Callable[..., Awaitable[list[Act]]]] = {
    "websockets": websockets_without_end,
    "sessions": calculations,
    "logins": guesses,
    "typesetting": readings,
    "anonymous": strangers,
    "reasons": openings,
    "lessons": joining,
    "links": guessed_links,
    "archives": takings,
}
ATTACKS = (
    websockets, guichet_flood, uploads, attachments, slices, pictures, sessions, logins,
    typesetting, anonymous, reasons, lessons, links, archives,
)  # fmt: skip
HEADER = [
    "attack",
    "median, alone",
    "95th",
    "acts",
    "failed",
    "server’s core",
    "median, attacked",
    "95th",
    "acts",
    "failed",
    "server’s core",
    "95th, times",
]


def main() -> None:
    """Measure the attacks that are named, or all of them."""
    many_connections()
    if HOSTILE_WORD in sys.argv:
        asyncio.run(be_hostile(*sys.argv[2:]))
        return
    wanted = set(sys.argv[1:]) or {one.__name__ for one in ATTACKS}
    rows = [asyncio.run(attack()) for attack in ATTACKS if attack.__name__ in wanted]
    say(table(HEADER, rows))
    say(machine())


if __name__ == "__main__":
    main()
