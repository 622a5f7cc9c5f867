"""Open the portal on the fictitious people, with settings that the command line does not offer.

`without` leaves out a step, to see what it brings: "warm" (ordinary kernels, ordinary pages),
"light" (Voilà's own front end). `say_ready` names a file in which the seconds until every notebook
is ready are written; `say_rehearsed`, one where those until every warm process comes from a zygote
that has shown every screen are, so that nothing is still to be done. `seed` draws the people of
`crowd.py`, who are there besides the sample: they come in before the clock begins, for it is the
start of a server that is timed, not their passwords.
"""

import asyncio
import json
import multiprocessing
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import crowd
from internals import Settings, notebook_pages, serve, warm, zygote


def say_when_warm(ready: Path | None, rehearsed: Path) -> None:
    """Have the warm processes tell when all of them are there, then when none will be replaced."""
    start, begin = warm.WarmProcesses.start, time.perf_counter()

    async def watch(processes: warm.WarmProcesses) -> None:
        while not all(processes.ready(name) for name in notebook_pages.LIGHT):
            await asyncio.sleep(0.02)
        if ready is not None:
            ready.write_text(str(time.perf_counter() - begin))
        while not all(is_last(processes.ready(name)) for name in notebook_pages.LIGHT):
            await asyncio.sleep(0.1)
        rehearsed.write_text(str(time.perf_counter() - begin))

    def start_and_watch(self: warm.WarmProcesses) -> None:
        start(self)
        self.watch = asyncio.ensure_future(watch(self))

    warm.WarmProcesses.start = start_and_watch


def is_last(process: zygote.WarmProcess | None) -> bool:
    """Whether a warm process comes from a zygote that had shown every screen."""
    return process is not None and process.made_of[1]


words = json.loads(sys.argv[1])
ready, rehearsed = words.pop("say_ready", None), Path(words.pop("say_rehearsed"))
without = words.pop("without", ())
entering = multiprocessing.get_context("fork").Process(
    target=crowd.enter, args=(words.pop("seed"),)
)
entering.start()
entering.join()  # apart: what it imports is nothing that a server holds
if entering.exitcode:
    sys.exit("the crowd could not come in")
if "warm" in without:
    warm.POSSIBLE = False
else:
    say_when_warm(ready and Path(ready), rehearsed)
if "light" in without:
    notebook_pages.LIGHT = frozenset()
serve(Settings(sample=True, port=int(sys.argv[2]), **words))
