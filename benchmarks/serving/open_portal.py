"""Open the portal on the fictitious people, with settings that the command line does not offer.

`without` leaves out a step, to see what it brings: "warm" (ordinary kernels, ordinary pages),
"light" (Voilà's own front end). `say_ready` names a file in which the seconds until every notebook
is ready are written.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from internals import Settings, app, notebook_pages, serve, warm

BEGIN = time.perf_counter()


def say_when_ready(mark: Path) -> None:
    """Have the warm processes tell when all of them are there."""
    start = warm.WarmProcesses.start

    async def watch(processes: warm.WarmProcesses) -> None:
        while not all(processes.ready(name) for name in notebook_pages.LIGHT):
            await asyncio.sleep(0.02)
        mark.write_text(str(time.perf_counter() - BEGIN))

    def start_and_watch(self: warm.WarmProcesses) -> None:
        start(self)
        self.watch = asyncio.ensure_future(watch(self))

    warm.WarmProcesses.start = start_and_watch


words = json.loads(sys.argv[1])
if "say_ready" in words:
    say_when_ready(Path(words.pop("say_ready")))
without = words.pop("without", ())
if "warm" in without:
    warm.POSSIBLE = False
if "light" in without:
    notebook_pages.LIGHT = frozenset()
if "notebooks" in words:
    words["notebooks"] = Path(words["notebooks"])
    app.kept_warm = lambda _notebooks: tuple(sorted(notebook_pages.LIGHT))  # the peers' screen too
serve(Settings(sample=True, port=int(sys.argv[2]), **words))
