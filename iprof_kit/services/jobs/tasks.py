"""The table of what the kit does by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.records.journal import seals
from iprof_kit.services.academies import conservation, travaux
from iprof_kit.services.jobs.runner import Task
from iprof_kit.services.mailings import sending
from iprof_kit.services.notices import outbox
from iprof_kit.services.notices.carrier import carrier
from iprof_kit.services.own_data.retention import sweep

BY = "iprof travaux"
_BACKUP = "iprof-{:%Y-%m-%d-%H%M}.zip"


def _seal(now: datetime) -> str:
    return counted(seals.seal(now), "ligne scellée")


def _waits_for_a_seal(session: Session, _now: datetime) -> bool:
    return seals.waiting(session) > 0


def _send(now: datetime) -> str:
    by = carrier(travaux().courriels)
    return outbox.send_due(by, now) if by else ""


def _may_send(session: Session, now: datetime) -> bool:
    return carrier(travaux().courriels) is not None and outbox.anything_due(session, now)


def _may_sum_up(session: Session, now: datetime) -> bool:
    return carrier(travaux().courriels) is not None and outbox.digests_wanted(session, now)


def _retain(now: datetime) -> str:
    removed = sum(one.count for one in sweep(conservation(), BY, now))
    return counted(removed, "ligne effacée")


def _save(now: datetime) -> str:
    how = travaux().sauvegardes
    if how is None:
        return ""
    from iprof_kit.services.backup import saving, secrecy  # heavy: only when it saves

    place = Path(how.dossier)
    file = place / _BACKUP.format(paris(now))
    saving.save(file, secrecy.Closing(tuple(map(secrecy.recipient, how.destinataires))), BY, now)
    past = sorted(place.glob("iprof-????-??-??-????.zip"))[: -how.garder]
    for one in past:
        one.unlink()
    return f"{file.name}, {counted(len(past), 'ancienne retirée')}"


TASKS = MappingProxyType(
    {
        one.name: one
        for one in (
            Task(
                "scellement",
                "Sceller le journal",
                every=timedelta(seconds=10),
                lease=timedelta(minutes=5),
                work=_seal,
                wanted=_waits_for_a_seal,
            ),
            Task(
                "avis",
                "Envoyer les avis par courriel",
                every=timedelta(seconds=20),
                lease=timedelta(minutes=30),
                work=_send,
                wanted=_may_send,
            ),
            Task(
                "envois",
                "Remettre les envois en nombre",
                every=timedelta(seconds=10),
                lease=timedelta(minutes=10),
                work=sending.send_due,
                wanted=sending.anything_due,
            ),
            Task(
                "resumes",
                "Préparer les avis quotidiens",
                every=timedelta(minutes=30),
                lease=timedelta(minutes=30),
                work=outbox.digests,
                wanted=_may_sum_up,
            ),
            Task(
                "conservation",
                "Effacer ce qui a dépassé sa durée",
                every=timedelta(days=1),
                lease=timedelta(hours=2),
                work=_retain,
                wanted=lambda _session, _now: travaux().conservation_automatique,
            ),
            Task(
                "sauvegarde",
                "Sauvegarder",
                every=timedelta(days=1),
                lease=timedelta(hours=6),
                work=_save,
                wanted=lambda _session, _now: travaux().sauvegardes is not None,
            ),
        )
    }
)
"""Every task by its name. What has no configuration is never due."""
