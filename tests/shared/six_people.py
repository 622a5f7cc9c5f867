"""The situations of the six first people of the sample who have an échelon."""

import json
from datetime import date

from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.visiting import situation_of

TODAY = date(2026, 11, 25)


def sample():
    lines = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()
    files = (Dossier.model_validate(json.loads(line)) for line in lines if line.strip())
    situations = (situation_of(one, TODAY) for one in files if one.corps and one.echelons)
    return [one for one in situations if one is not None][:6]


SIX = sample()
