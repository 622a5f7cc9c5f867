"""What the walls and the world cost an opening: a session forked without, with walls, with both.

python benchmarks/confinement.py [--openings N]

Run as root for the world with its users. For the runs without walls, the notebook takes them away
in its own process, which nothing in the kit can do. Kinds are opened in turn, each opening is ended
before the next. Times are from the request to the session's first answer; processor is the
session's own and, of the kernel's work, what is counted to it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
import psutil
from internals import (
    Enclosures,
    ForkedSession,
    PageLink,
    Users,
    WarmProcesses,
    frames,
    line,
)

NOTEBOOK = "mesure.ipynb"
WITHOUT = "MESURE_SANS_MURS"
SOURCE = f"""
import os
{line("forks")}
{line("Screen")}
put_up = forks._put_up_walls
forks._put_up_walls = lambda own: None if "{WITHOUT}" in os.environ else put_up(own)
screen = Screen(lambda message: "")
"""


class Listener:
    """A page that waits for the first word."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()

    def write_message(self, message: bytes, binary: bool = False) -> None:  # noqa: ARG002
        self.heard.set()

    def close(self, code: int | None = None, reason: str | None = None) -> None:  # noqa: ARG002
        self.heard.set()


class Kind:
    """One way of opening."""

    def __init__(self, name: str, folder: Path, *, world: bool, walls: bool) -> None:
        self.name, self.numbers, self.walls = name, [], walls
        place = folder / name.replace(" ", "-")
        (place / "monde").mkdir(parents=True)
        (place / "noyaux").mkdir(mode=0o711)
        (place / "fonts").mkdir()
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in (SOURCE, "screen")]
        )
        nbformat.write(book, place / "fonts" / NOTEBOOK)
        users = Users(1000) if world and os.geteuid() == 0 else None
        self.enclosures = Enclosures(place / "monde", users) if world else Enclosures()
        self.home, self.count = place / "noyaux", 0
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": str(place / "fonts"),
            "OMP_NUM_THREADS": "1",
        }
        self.warm = WarmProcesses(
            place / "fonts", (NOTEBOOK,), self.environment | self.enclosures.words()
        )

    async def opened(self) -> dict[str, float]:
        """Open one session, and return what it took."""
        self.count += 1
        warm, own = self.warm.ready(NOTEBOOK), self.home / f"session-{self.count}"
        theirs, ours = os.pipe()
        words = self.environment | ({} if self.walls else {WITHOUT: "1"})
        user = self.enclosures.open(own.name)
        begun = time.perf_counter()
        session = await ForkedSession.fork(warm, own, words, theirs, 1 << 24, user)
        attending, page = asyncio.ensure_future(session.attend()), Listener()
        link = PageLink(session, page, "mesure", [])
        await link.connect()
        await link.handle_incoming_message(_greeting())
        await page.heard.wait()
        took = time.perf_counter() - begun
        process = psutil.Process(session.process.pid)
        times, memory = process.cpu_times(), process.memory_full_info()
        await session.end()
        await attending
        os.close(theirs)
        os.close(ours)
        await self.enclosures.close(own.name)
        return {"wall": took, "cpu": times.user + times.system, "uss": memory.uss}


def _greeting() -> bytes:
    header: dict[str, Any] = {
        "msg_id": "1",
        "msg_type": "kernel_info_request",
        "session": "m",
        "username": "",
        "version": "5.3",
        "date": "",
    }
    texts = (header, {}, {}, {})
    return frames.joined([b"shell", *(json.dumps(text).encode() for text in texts)])


async def measure(openings: int) -> None:
    """Open each kind in turn, and print a table."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        kinds = [
            Kind("nothing", folder, world=False, walls=False),
            Kind("walls", folder, world=False, walls=True),
            Kind("walls and world", folder, world=True, walls=True),
        ]
        for kind in kinds:
            kind.warm.start()
        while not all(kind.warm.ready(NOTEBOOK) for kind in kinds):
            await asyncio.sleep(0.1)
        for number in range(openings + 3):
            for kind in kinds:
                found = await kind.opened()
                if number >= 3:  # the first ones touch what the others find
                    kind.numbers.append(found)
        for kind in kinds:
            kind.warm.close()
    print(f"{openings} openings each, in turn; load {os.getloadavg()[0]:.1f}\n")
    print("| | request to first answer, median (90th) | processor of the session | own memory |")
    print("| --- | ---: | ---: | ---: |")
    for kind in kinds:
        walls = sorted(1000 * one["wall"] for one in kind.numbers)
        cpu = statistics.mean(1000 * one["cpu"] for one in kind.numbers)
        uss = statistics.median(one["uss"] for one in kind.numbers) / 1e6
        late = walls[int(0.9 * len(walls))]
        median = statistics.median(walls)
        print(f"| {kind.name} | {median:.1f} ms ({late:.1f}) | {cpu:.1f} ms | {uss:.2f} MB |")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openings", type=int, default=40)
    asyncio.run(measure(parser.parse_args().openings))


if __name__ == "__main__":
    main()
