"""Open the portal on the fictitious people, with settings that the command line does not offer.

`without` leaves out a step, to see what it brings: "warm" (ordinary kernels, ordinary pages),
"light" (Voilà's own front end).
"""

import json
import sys
from pathlib import Path

from iprof_kit.server import notebook_pages, warm
from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings

words = json.loads(sys.argv[1])
without = words.pop("without", ())
if "warm" in without:
    warm.POSSIBLE = False
if "light" in without:
    notebook_pages.LIGHT = frozenset()
if "notebooks" in words:
    words["notebooks"] = Path(words["notebooks"])
serve(Settings(sample=True, port=int(sys.argv[2]), **words))
