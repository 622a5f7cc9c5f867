"""A scenario shared by a link that the server signs: events alone, until a day."""

from __future__ import annotations

import json
import zlib
from datetime import datetime, timedelta

from itsdangerous.encoding import base64_decode, base64_encode
from pydantic import ValidationError

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.et_si.question import SENSITIVE_NATURES
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.access.signing import sign, text_and_end
from iprof_kit.services.contract.links.scenario import (
    LienScenario,
    OuvrirScenario,
    PartagerScenario,
    ScenarioOuvert,
)

_PURPOSE = "scenario"
_ASK_AGAIN = "Demandez un nouveau lien à la personne qui vous l’a envoyé."


def share(owner: Owner, wanted: PartagerScenario, now: datetime) -> LienScenario:
    """Sign the events; the journal says that a link was made, not what it holds.

    Raises
    ------
    InputError
        One of them says something of her health.
    """
    if any(one.nature in SENSITIVE_NATURES for one in wanted.evenements):
        raise InputError(
            "un congé de maladie ne part jamais dans un lien.",
            where="evenements",
            remedy="Retirez-le du scénario, ou envoyez un scénario qui ne le suppose pas.",
        )
    made, end = now.replace(microsecond=0), now.replace(microsecond=0)
    end += timedelta(days=wanted.jours)
    content = {
        "e": [one.model_dump(mode="json", exclude_none=True) for one in wanted.evenements],
        "c": made.isoformat(),
    }
    text = base64_encode(zlib.compress(json.dumps(content).encode())).decode()
    token = sign(_PURPOSE, text, end)
    with writing() as session:
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="scenario_partage",
            subject=f"dossier:{owner.numero}",
        )
    return LienScenario(jeton=token, expire_le=end)


def open_shared(
    _identity: Identity | None, wanted: OuvrirScenario, now: datetime
) -> ScenarioOuvert:
    """Return the events of a link, to a teacher for her file, to a trainer for a fictitious one.

    Raises
    ------
    InputError
        The link was changed on the way, or its day is past.
    """
    scenario = _read(wanted.jeton)
    if scenario is None:
        raise InputError(
            "ce lien de scénario est incomplet ou a été modifié.", where="lien", remedy=_ASK_AGAIN
        )
    if scenario.expire_le <= now:
        day = date_text(paris(scenario.expire_le).date())
        raise InputError(
            f"ce lien de scénario ne fonctionne plus depuis le {day}.",
            where="lien",
            remedy=_ASK_AGAIN,
        )
    return scenario


def _read(token: str) -> ScenarioOuvert | None:
    """Return what was signed, past its end or not; None if it was not signed here."""
    signed = text_and_end(_PURPOSE, token)
    if signed is None:
        return None
    text, end = signed
    content = json.loads(zlib.decompress(base64_decode(text)))
    try:
        return ScenarioOuvert(evenements=content["e"], cree_le=content["c"], expire_le=end)
    except ValidationError:  # signed by a version of the kit that knew other events
        return None
