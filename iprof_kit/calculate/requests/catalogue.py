"""The requests that the kit knows, for who shows them: the law's own types and files."""

from __future__ import annotations

from iprof_kit.law.requests.files import requests as requests
from iprof_kit.law.requests.model import ANSWER as ANSWER
from iprof_kit.law.requests.model import MARK as MARK
from iprof_kit.law.requests.model import SILENCE as SILENCE
from iprof_kit.law.requests.model import START as START
from iprof_kit.law.requests.model import Letter as Letter
from iprof_kit.law.requests.model import Request as Request
