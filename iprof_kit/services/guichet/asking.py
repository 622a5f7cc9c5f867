"""Who is asking, and her own file."""

from __future__ import annotations

from datetime import date, datetime

from iprof_kit.base.clock import paris
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie, visiteurs
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.addressed import addressed, corps_of
from iprof_kit.services.contract.dossier import DossierLu, Qui
from iprof_kit.services.contract.operation import NoArguments
from iprof_kit.services.courrier.threads import news
from iprof_kit.services.dossier import contacts
from iprof_kit.services.dossier.storing import find_head, find_whole_dossier
from iprof_kit.services.reports import reporting


def who(identity: Identity | None, _wanted: NoArguments, now: datetime) -> Qui:
    """Return who is asking; without account, the day and the academy only."""
    person = _person(identity, paris(now).date())
    return person.model_copy(update={"galerie": visiteurs().galerie})


def _person(identity: Identity | None, today: date) -> Qui:
    if identity is None:
        return Qui(aujourdhui=today, academie=academie())
    role = identity.roles[0] if identity.roles else None
    roles = identity.roles
    if identity.numero_dossier is None:
        return Qui(role=role, roles=roles, aujourdhui=today, academie=academie())
    closing = identity.closing
    with reading() as session:
        head = find_head(session, identity.numero_dossier)
        unseen, waiting = news(session, identity.numero_dossier)
    if head is None:
        return Qui(role=role, roles=roles, aujourdhui=today, academie=academie())
    return Qui(
        prenom=head.prenom,
        nom=head.nom,
        libelle_corps=corps_of(head.civilite, head.libelle_corps),
        role=role,
        roles=roles,
        aujourdhui=today,
        academie=academie(head.academie),
        nouveaux=unseen,
        attendus=waiting,
        ferme_le=closing.on if closing else None,
        lu_jusqu_au=closing.reads_until if closing else None,
    )


def file(owner: Owner, _wanted: NoArguments, now: datetime) -> DossierLu:
    """Return one's own file; the reading is noted."""
    with writing() as session:  # what has been read is in the journal, or is not read
        dossier = find_whole_dossier(session, owner.numero)
        if dossier is None:
            raise absent_file()
        audit.note(
            session,
            at=now,
            actor=owner.compte,
            action="dossier_lu",
            subject=f"dossier:{dossier.numero}",
        )
        return DossierLu(
            dossier=addressed(dossier),
            lu_a=now,
            saisies=contacts.written(session, dossier.numero),
            signalements=reporting.all_of(session, dossier.numero),
        )
