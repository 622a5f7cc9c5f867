"""Open the real portal on notebooks of the tests, with the settings given in JSON.

It prints its routes, and each time that the database is asked on the event loop.
"""

import json
import sys
from pathlib import Path

from loop_watch import watch

from iprof_kit.base.configuration.sections import Mentions, Securite
from iprof_kit.server.app import Portal
from iprof_kit.server.main import serve
from iprof_kit.server.settings import Settings
from iprof_kit.server.sign_on_settings import SignOn
from iprof_kit.services.access.sessions import Rules

init_handlers = Portal.init_handlers


def say(line):
    print(line, flush=True)


def init_and_say(self):
    routes = init_handlers(self)
    say("routes: " + json.dumps([route[0] for route in routes]))
    return routes


Portal.init_handlers = init_and_say
watch(say)
settings = json.loads(sys.argv[1])
if "sign_on" in settings:
    settings["sign_on"] = SignOn(**settings["sign_on"])
if "legal" in settings:
    settings["legal"] = Mentions(**settings["legal"])
if "security" in settings:
    settings["security"] = Securite(**settings["security"])
if "second_factor" in settings:
    settings["second_factor"] = Rules(frozenset(settings["second_factor"]))
serve(Settings(sample=True, **settings | {"notebooks": Path(settings["notebooks"])}))
