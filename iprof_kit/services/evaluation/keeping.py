"""How long an opinion that is prepared is kept: until its day, and not a day more."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import add_months_civil, date_text, rentree_day
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.records.database import writing
from iprof_kit.records.evaluation.projects import OpinionProject
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import remove

_MEETING = "rdv"


def erased_on(matter: str) -> date:
    """Return the first day on which nothing is left of a project about a matter.

    The promotions of a campaign take effect at its rentrée; the appreciation of a meeting, even of
    one held at the next rentrée, is notified within the months of `bornes_saisie.csv`.

    Examples
    --------
    >>> erased_on("rdv-2-2026"), erased_on("classe_exceptionnelle-2027")
    (datetime.date(2027, 11, 1), datetime.date(2027, 9, 1))
    """
    kind, year = matter.split("-")[0], int(matter[-4:])
    if kind == _MEETING:
        return add_months_civil(rentree_day(year + 1), int(longest("projet_avis_mois")))
    return rentree_day(year)


def check_matter(matter: str, today: date) -> None:
    """Refuse a matter whose day is past, or that is too far to come, with `InputError`."""
    last = erased_on(matter)
    if last <= today:
        raise InputError(
            f"tout projet à ce sujet est effacé de ce kit depuis le {date_text(last)}.",
            where="objet",
            remedy="C’est sa clôture : ce kit ne garde pas de second dossier. Ce qui "
            "compte est dans l’application officielle.",
        )
    if last.year > today.year + int(longest("projet_avis_annees")):
        raise InputError(
            "ce rendez-vous ou cette campagne n’est pas de cette année.",
            where="objet",
            remedy="Revenez à la liste, et ouvrez-le de là.",
        )


def alive(today: date) -> ColumnElement[bool]:
    """Return the condition of what may still be read on a day, erased already or not."""
    return OpinionProject.erased_on > today


def anything_past(session: Session, now: datetime) -> bool:
    """Tell whether a project is past its day."""
    past = select(func.count(OpinionProject.id)).where(~alive(paris(now).date()))
    return bool(session.scalar(past))


def erase_past(by: str, now: datetime) -> str:
    """Erase every project past its day, with its history; the journal says how many."""
    past = ~alive(paris(now).date())
    with writing() as session:
        number = session.scalar(select(func.count(OpinionProject.id)).where(past)) or 0
        if number:
            remove(session, OpinionProject.name, past)
            audit.note(
                session,
                at=now,
                actor=by,
                action="conservation_appliquee",
                subject="base",
                detail=f"projets d’avis : {number}",
            )
    return counted(number, "projet effacé")
