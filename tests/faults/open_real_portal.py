"""Open the portal as people see it, on the sample and a frozen day, with settings given in JSON.

What it prints tells a test which warm processes are ready.
"""

import json
import sys
from datetime import date

from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings
from iprof_kit.server.warm import WarmProcesses

warm_one = WarmProcesses._warm


def warm_and_say(self, name, made_of):
    made = warm_one(self, name, made_of)
    print(f"warm {made.process.pid}.", flush=True)
    return made


WarmProcesses._warm = warm_and_say
serve(Settings(sample=True, today=date(2026, 11, 25), **json.loads(sys.argv[1])))
