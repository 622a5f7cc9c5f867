"""Open the portal as people see it, on the sample and a frozen day, with settings given in JSON.

What it prints tells a test which processes sessions are forked from.
"""

import json
import sys
from datetime import date

from iprof_kit.server.kernels.zygote import WarmProcess, Zygote
from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings

born, warmed, rehearse = Zygote.born, WarmProcess.of, Zygote.rehearse


async def born_and_said(environment, code):
    made = await born(environment, code)
    print(f"zygote {made.process.pid}.", flush=True)
    return made


async def warmed_and_said(zygote, notebook):
    made = await warmed(zygote, notebook)
    print(f"warm {made.process.pid} {notebook.name}.", flush=True)
    return made


async def rehearsed_and_said(zygote):
    await rehearse(zygote)
    print("rehearsed.", flush=True)


Zygote.born, WarmProcess.of = born_and_said, warmed_and_said
Zygote.rehearse = rehearsed_and_said
print("start.", flush=True)
serve(Settings(sample=True, today=date(2026, 11, 25), **json.loads(sys.argv[1])))
