"""The table of what the kit does by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.records.database import reading
from iprof_kit.records.journal import seals
from iprof_kit.records.outbox import Job
from iprof_kit.services.academies import conservation, travaux
from iprof_kit.services.evaluation import keeping
from iprof_kit.services.jobs.runner import Task
from iprof_kit.services.lessons import keeping as lessons_keeping
from iprof_kit.services.mailings import sending
from iprof_kit.services.notices import outbox
from iprof_kit.services.notices.carrier import carrier
from iprof_kit.services.own_data.retention import sweep
from iprof_kit.services.second_reader import leaving

BY = "iprof travaux"
_RETENTION = "conservation"
_LEAP = timedelta(days=7)
"""Since the last removal: a clock that leaps ahead makes everything old, and nothing comes back."""
_BACKUP = "iprof-{:%Y-%m-%d-%H%M}.tar.age"
"""What it is once opened by its key, and how it is closed (docs/administrer.md)."""
_PAST = ("iprof-????-??-??-????.tar.age", "iprof-????-??-??-????.zip")
"""The names of automatic backups, and that which former versions gave them."""


def _seal(now: datetime) -> str:
    return counted(seals.seal(now), "ligne scellée")


def _send(now: datetime) -> str:
    by = carrier(travaux().courriels)
    return outbox.send_due(by, now) if by else outbox.give_up(now)


def _may_send(session: Session, now: datetime) -> bool:
    if carrier(travaux().courriels) is None:
        return outbox.anything_in_vain(session, now)
    return outbox.anything_due(session, now)


def _sum_up(now: datetime) -> str:
    how = travaux().courriels
    return outbox.digests(now, how.rappel_jours) if how else ""


def _may_sum_up(session: Session, now: datetime) -> bool:
    by = carrier(travaux().courriels)
    return by is not None and outbox.digests_wanted(session, now, by.how.rappel_jours)


def _write(now: datetime) -> str:
    from iprof_kit.services.kit_messages import looking  # only where it writes

    return looking.write_due(now)


def _retain(now: datetime) -> str:
    with reading() as session:
        last = session.scalar(select(Job.ended_at).where(Job.name == _RETENTION))
    if last is not None and now - last > _LEAP:
        return (
            f"rien n’est effacé : {counted((now - last).days, 'jour')} depuis la dernière fois. Si "
            "l’heure de cette machine est juste, ce sera fait demain"
        )
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
    past = sorted(one for name in _PAST for one in place.glob(name))[: -how.garder]
    for one in past:
        one.unlink()
    return f"{file.name}, {counted(len(past), 'ancienne retirée')}"


_delivery = partial(Task, every=timedelta(seconds=10), lease=timedelta(minutes=10), of_screens=True)

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
                wanted=seals.is_due,
            ),
            Task(
                "avis",
                "Envoyer les avis par courriel",
                every=timedelta(seconds=20),
                lease=timedelta(minutes=30),
                work=_send,
                wanted=_may_send,
            ),
            _delivery(
                "envois",
                "Remettre les envois en nombre",
                work=sending.send_due,
                wanted=sending.anything_due,
            ),
            _delivery(
                "reponses",
                "Remettre ce qui a été confirmé",
                work=leaving.leave_due,
                wanted=leaving.anything_due,
            ),
            Task(
                "resumes",
                "Préparer les avis quotidiens",
                every=timedelta(minutes=30),
                lease=timedelta(minutes=30),
                work=_sum_up,
                wanted=_may_sum_up,
            ),
            Task(
                "messages",
                "Écrire les messages du kit",
                every=timedelta(hours=1),
                lease=timedelta(hours=2),
                work=_write,
                wanted=lambda _session, _now: travaux().messages,
                of_screens=True,
            ),
            Task(
                _RETENTION,
                "Effacer ce qui a dépassé sa durée",
                every=timedelta(days=1),
                lease=timedelta(hours=2),
                work=_retain,
                wanted=lambda _session, _now: travaux().conservation_automatique,
            ),
            Task(
                "projets",
                "Effacer les projets d’avis à leur jour",
                every=timedelta(hours=6),
                lease=timedelta(minutes=10),
                work=partial(keeping.erase_past, BY),
                wanted=keeping.anything_past,
                of_screens=True,
            ),
            Task(
                "lecons",
                "Effacer les leçons oubliées",
                every=timedelta(hours=1),
                lease=timedelta(minutes=10),
                work=lessons_keeping.erase_forgotten,
                wanted=lessons_keeping.anything_forgotten,
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
