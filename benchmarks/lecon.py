"""A lesson played live on a served portal: phones that answer within ten seconds, and a crowd.

`lecon.py [SEED]`: for 30 and 120 phones, each with its own mark, looks as its page does (the period
that the server says, the tag of what it shows) and answers once at a moment drawn within ten
seconds; the time of that request, another page of the portal asked meanwhile by a program of its
own, and the processor of the server's process. Then 500 phones join at once. The phones are one
program on the same cores: its own work is in the times.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPResponse

WINDOW, CROWD, SIZES = 10.0, 500, (30, 120)
TICKS = os.sysconf("SC_CLK_TCK")
QUESTION = {"forme": "choix", "texte": "Que gagne Claire ?", "choix": ["1", "2", "3", "4"]}
LESSON = {
    "id": "mesure", "titre": "Une mesure", "jour": "2026-11-27",
    "ecrans": [{
        "titre": "Promotion", "question": QUESTION,
        "revelation": {"juste": {"choix": [1]}, "valeur": "2", "droit_du": "2026-11-27"},
    }],
}  # fmt: skip


@dataclass
class Phone:
    """A browser: its cookies, the word of its forms, the tag and the period of its state."""

    site: str
    code: str
    cookies: dict[str, str] = field(default_factory=dict)
    tag: str = ""
    period: float = 2.0
    plays: bool = False

    async def ask(self, path: str, **form: str) -> HTTPResponse:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if self.tag and not form:
            headers["If-None-Match"] = self.tag
        words = {"method": "POST", "body": urlencode(form)} if form else {}
        answer = await AsyncHTTPClient().fetch(
            self.site + path, headers=headers, follow_redirects=False, raise_error=False,
            request_timeout=60, connect_timeout=60, **words,
        )  # fmt: skip
        for line in answer.headers.get_list("Set-Cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    async def join(self) -> None:
        await self.ask("/lecon")
        while not self.plays:
            form = {"_xsrf": self.cookies["_xsrf"], "acte": "rejoindre"}
            answer = await self.ask(f"/lecon/{self.code}", **form)
            self.plays = "iprof_lecon" in self.cookies
            if answer.code == 303:
                return
            await asyncio.sleep(5 * random.random())  # as its page does where there was no answer

    async def look(self) -> None:
        answer = await self.ask(f"/lecon/{self.code}/etat")
        if answer.code == 200:
            self.tag = answer.headers["Etag"]
            self.period = int(re.search(rb'data-periode="(\d+)"', answer.body)[1]) / 1000

    async def stay(self) -> None:
        while True:
            await self.look()
            await asyncio.sleep(self.period * (0.85 + 0.3 * random.random()))

    async def answer(self, after: float) -> float:
        await asyncio.sleep(after)
        form = {"_xsrf": self.cookies["_xsrf"], "acte": "repondre", "ecran": "0"}
        begun = time.perf_counter()
        got = await self.ask(f"/lecon/{self.code}/etat", **form, choix=str(random.randrange(4)))
        spent = time.perf_counter() - begun
        if got.code != 200:
            raise RuntimeError(f"an answer was refused: {got.code}")
        return spent


class Portal:
    """`iprof serve --sample` in a process of its own; a trainer at its guichet."""

    def __init__(self, folder: str, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "iprof_kit", "serve", "--sample", "--port", str(port)]
        self.process = subprocess.Popen(
            command, env=os.environ | {"IPROF_VAR": folder}, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parents[1],
        )  # fmt: skip

    async def opened(self) -> None:
        while True:
            with suppress(OSError):
                await AsyncHTTPClient().fetch(f"{self.site}/lecon")
                return
            await asyncio.sleep(0.5)

    def lead(self, op: str, **args: object) -> str:
        from internals import open_session, run, session_of, utc_now

        trainer = session_of(open_session("fformateur", utc_now()), utc_now())
        return run(trainer, op, args, utc_now()).code

    def processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


class Beside:
    """Another program that asks again and again for a page, as somebody with a session."""

    def __init__(self, site: str) -> None:
        command = [sys.executable, __file__, "beside", site]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def times(self) -> list[float]:
        """End it, and return how long each page took."""
        self._process.terminate()
        return [float(line) for line in self._process.communicate()[0].splitlines()]


async def beside(site: str) -> None:
    """Print how long a page takes that looks in the database who asks, four times a second."""
    person = Phone(site, "")
    await person.ask("/connexion")
    form = {"compte": "jdupont", "mdp": "demonstration-libre"}
    await person.ask("/connexion", _xsrf=person.cookies["_xsrf"], **form)
    while True:
        begun = time.perf_counter()
        await person.ask("/premiere-connexion")
        print(time.perf_counter() - begun, flush=True)
        await asyncio.sleep(0.25)


async def lesson(portal: Portal, number: int) -> None:
    """Print the row of so many phones that answer within ten seconds."""
    code = portal.lead("lecon.ouvrir", lecon=LESSON)
    phones = [Phone(portal.site, code) for _ in range(number)]
    for phone in phones:
        await phone.join()
    others = Beside(portal.site)
    portal.lead("lecon.aller", code=code, ecran=0)
    looking = [asyncio.create_task(phone.stay()) for phone in phones]
    await asyncio.sleep(4)
    used, begun = portal.processor(), time.perf_counter()
    moments = [random.uniform(0, WINDOW) for _ in phones]
    times = await asyncio.gather(*(p.answer(at) for p, at in zip(phones, moments, strict=True)))
    elapsed, used = time.perf_counter() - begun, portal.processor() - used
    for task in looking:
        task.cancel()
    show(f"{number} phones, an answer each within 10 s", times, others.times(), used, elapsed)
    portal.lead("lecon.fermer", code=code)


async def crowd(portal: Portal, number: int) -> None:
    """Print the row of so many phones that join at once."""
    code = portal.lead("lecon.ouvrir", lecon=LESSON)
    phones = [Phone(portal.site, code) for _ in range(number)]
    others = Beside(portal.site)
    await asyncio.sleep(4)
    used, begun = portal.processor(), time.perf_counter()
    times = await asyncio.gather(*map(timed, phones))
    elapsed, used = time.perf_counter() - begun, portal.processor() - used
    playing = sum(phone.plays for phone in phones)
    show(f"{number} phones join at once, {playing} play", times, others.times(), used, elapsed)
    portal.lead("lecon.fermer", code=code)


async def timed(phone: Phone) -> float:
    begun = time.perf_counter()
    await phone.join()
    return time.perf_counter() - begun


def show(name: str, times: list[float], others: list[float], used: float, elapsed: float) -> None:
    half, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    other = statistics.quantiles(others, n=20)[-1]
    print(
        f"| {name} | {1000 * half:.0f} | {1000 * late:.0f} | {1000 * max(times):.0f} "
        f"| {1000 * other:.0f} | {used:.2f} s in {elapsed:.1f} s |",
        flush=True,
    )


async def main(seed: int) -> None:
    random.seed(seed)
    AsyncHTTPClient.configure(None, max_clients=2 * CROWD)
    print(f"seed {seed}, load {os.getloadavg()[0]:.0f}")
    print("| | median (ms) | 95th percentile | longest | another page, 95th | processor |")
    print("|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        portal = Portal(folder, 18_893)
        try:
            await portal.opened()
            for number in SIZES:
                await lesson(portal, number)
            await crowd(portal, CROWD)
        finally:
            portal.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["beside"]:
        asyncio.run(beside(sys.argv[2]))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2026))
