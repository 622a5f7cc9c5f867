"""What changed in one's own file since the last visit: its lines, what became of one's threads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.records.accounts import Account, SessionRow
from iprof_kit.records.agents import Agent
from iprof_kit.records.base import snapshot
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.cvs import Cv
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.cases.acting import readable_by
from iprof_kit.services.cases.life import OWNER
from iprof_kit.services.contract import facts
from iprof_kit.services.contract.dossier import (
    AffectationTenue,
    EchelonTenu,
    PositionTenue,
    RendezVous,
)
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.contract.own_file import Changement, VisiteLue
from iprof_kit.services.dossier.storing import AGENTS

_OWN = {
    "statut": "Statut",
    "libelle_corps": "Corps",
    "academie": "Académie",
    "departement": "Département",
    "entree_corps": "Entrée dans le corps",
    "titularisation": "Titularisation",
}
_READ_FROM = {"source", "lu_le"}
_STEPS = {
    "prendre": "est pris en charge",
    "attendre": "a reçu une date de réponse",
    "demander_piece": "attend une pièce de vous",
    "repondre": "a reçu une réponse",
    "corriger": "a été suivi d’une correction",
    "confirmer": "a été suivi d’une correction",
    "clore": "a été clos par le service",
    "rouvrir": "a été rouvert par le service",
    "rappeler": "a été rappelé par le service",
}
"""What the service did to a thread. A message of the kit says itself what it is."""
_REPORT = "erreur"


def read(owner: Owner, _wanted: NoArguments, now: datetime) -> VisiteLue:
    """Return what is new since the last reading made before the session that is open now."""
    with writing() as session:
        row = AGENTS.find(session, owner.numero)
        if row is None:
            raise absent_file()
        last = _last_visit(session, owner, now)
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="changements_lus",
            subject=f"dossier:{owner.numero}",
        )
        saved = session.scalar(select(Cv.saved_at).where(Cv.numero == owner.numero))
        if last is None:
            return VisiteLue(precedente=None, cv_enregistre_le=saved)
        changes = [*_written(session, row, last), *_answered(session, owner, last)]
    return VisiteLue(
        precedente=last,
        changements=sorted(changes, key=lambda one: one.quand, reverse=True),
        cv_enregistre_le=saved,
    )


def _last_visit(session: Session, owner: Owner, now: datetime) -> datetime | None:
    opened = session.scalar(
        select(func.max(SessionRow.opened_at)).join(Account).where(Account.compte == owner.compte)
    )
    begun = now if opened is None else min(opened, now)
    latest: datetime | None = session.scalar(
        select(func.max(audit.AuditRow.at)).where(
            audit.AuditRow.actor == audit.called(owner.compte),
            audit.AuditRow.at < begun,
            audit.AuditRow.subject == audit.called(f"dossier:{owner.numero}"),
        )
    )
    return latest


def _written(session: Session, row: Agent, last: datetime) -> Iterator[Changement]:
    """Yield what each write since then changed, from the former values that it kept."""
    query = select(Write).where(Write.subject == f"agents:{row.numero}", Write.at > last)
    writes = session.scalars(query.order_by(Write.id)).all()
    states = [write.former or {} for write in writes] + [snapshot(row)]
    for write, before, after in zip(writes, states, states[1:], strict=False):
        if not before:
            yield _change(write.at, "Votre dossier est entré dans ce kit.", "/dossier/synthese")
            continue
        yield from _compared(write.at, before, after)


def _compared(at: datetime, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Changement]:
    for line in _new(before, after, "echelons"):
        words = facts.echelon_words(EchelonTenu.model_validate(line))
        yield _change(at, f"Échelon enregistré : {words}.", "/dossier/carriere")
    for line in _new(before, after, "positions"):
        words = facts.position_words(PositionTenue.model_validate(line))
        yield _change(at, f"Position enregistrée : {words}.", "/dossier/carriere")
    for line in _new(before, after, "affectations"):
        words = facts.posting_words(AffectationTenue.model_validate(line))
        yield _change(at, f"Affectation enregistrée : {words}.", "/dossier/affectations")
    for line in _new(before, after, "rendez_vous"):
        meeting = RendezVous.model_validate(line)
        words = facts.appreciation_words(meeting.appreciation)
        sentence = (
            f"Rendez-vous de carrière {meeting.annee_scolaire}, appréciation finale : {words}."
        )
        yield _change(at, sentence, "/dossier/carriere")
    changed = [label for name, label in _OWN.items() if before.get(name) != after.get(name)]
    if changed:
        sentence = f"Changé par l’administration : {', '.join(changed)}."
        yield _change(at, sentence, "/dossier/synthese")


def _new(before: dict[str, Any], after: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """Return the lines that were not there, wherever and whenever they were read."""
    known = [_without_origin(line) for line in before.get(part, [])]
    return [line for line in after.get(part, []) if _without_origin(line) not in known]


def _without_origin(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in _READ_FROM}


def _answered(session: Session, owner: Owner, last: datetime) -> Iterator[Changement]:
    query = select(CaseEvent.at, CaseEvent.act, Case.name, Case.kind, Case.title).join(Case)
    query = query.where(Case.numero == owner.numero, Case.last_at > last)
    query = query.where(CaseEvent.at > last, CaseEvent.role != OWNER, readable_by(OWNER))
    for at, act, name, kind, title in session.execute(query):
        what = "signalement" if kind == _REPORT else "fil"
        sentence = f"Votre {what} « {title} » {_STEPS[act]}." if act in _STEPS else f"{title}."
        yield _change(at, sentence, f"/courrier?fil={name}")


def _change(at: datetime, words: str, address: str) -> Changement:
    return Changement(quand=at, quoi=words, adresse=address)
