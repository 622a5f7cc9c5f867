"""Open the real portal on notebooks of the tests, with the settings given in JSON."""

import json
import sys
from pathlib import Path

from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings

settings = json.loads(sys.argv[1])
serve(Settings(sample=True, **settings | {"notebooks": Path(settings["notebooks"])}))
