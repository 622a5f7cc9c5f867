"""What the guichet runs for a screen: each operation as the person asking, each reading noted."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import ValidationError

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie, visiteurs
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.own_file import NotLoggedIn as NotLoggedIn
from iprof_kit.services.access.own_file import Operation, absent_file, own, owner_of
from iprof_kit.services.bars.reading import BARS_TABLE
from iprof_kit.services.campaigns.notes import CAMPAIGNS_TABLE
from iprof_kit.services.contract.addressed import addressed, corps_of
from iprof_kit.services.contract.dossier import DossierLu, Qui
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.courrier import notices
from iprof_kit.services.courrier.threads import news
from iprof_kit.services.dossier import consultations, contacts, visits
from iprof_kit.services.dossier.storing import find_head, find_whole_dossier
from iprof_kit.services.guichet.courrier import COURRIER_TABLE
from iprof_kit.services.guichet.cv import CV_TABLE
from iprof_kit.services.guichet.desk import DESK_TABLE
from iprof_kit.services.guichet.evaluation import EVALUATION_TABLE
from iprof_kit.services.guichet.homes import HOME_TABLE
from iprof_kit.services.kept.carnet import CARNET_TABLE
from iprof_kit.services.kept.scenario_links import SCENARIO_TABLE
from iprof_kit.services.kept.seance_links import SEANCE_TABLE
from iprof_kit.services.kit_messages import choices
from iprof_kit.services.lessons.leading import LESSONS_TABLE
from iprof_kit.services.own_data import inventory
from iprof_kit.services.reports import files as report_files
from iprof_kit.services.reports import reporting
from iprof_kit.services.training.searching import TRAINING_TABLE
from iprof_kit.services.workers.later import Later, settled


class UnknownOperationError(InputError):
    """The operation does not exist (error code ``operation_inconnue``)."""


def run(identity: Identity | None, op: str, args: dict[str, object], now: datetime) -> Plain:
    """Run one operation as `begin` does, waiting here for what it waits for.

    Raises
    ------
    KitError
        As `begin` does; `Unavailable` besides, where what it waits for does not end.
    """
    return settled(begin(identity, op, args, now))


def begin(
    identity: Identity | None, op: str, args: dict[str, object], now: datetime
) -> Plain | Later:
    """Run one operation of the contract for the person who is asking.

    Parameters
    ----------
    identity : Identity or None
        Bound to the session by the server; None without account.
    op : str
        A key of `contract.operations.OPERATIONS`.
    args : dict
        Unchecked arguments.
    now : datetime
        Aware.

    Returns
    -------
    Plain or Later
        An answer of the type that the contract gives to `op`, or what gives it.

    Raises
    ------
    UnknownOperationError, InputError
        No such operation, or arguments that it does not take.
    NotLoggedIn, Refused
        Nobody is logged in, or this person may not.
    Unavailable
        The database does not answer.
    """
    if op not in OPERATIONS:
        raise UnknownOperationError("cette opération n’existe pas.", remedy="Rechargez la page.")
    try:
        wanted = OPERATIONS[op][0].model_validate(args)
    except ValidationError as error:
        fields = ", ".join(str(item["loc"][0]) for item in error.errors() if item["loc"])
        raise InputError(
            "ces arguments ne conviennent pas.", where=fields[:200], remedy="Rechargez la page."
        ) from None
    return _TABLE[op](identity, wanted, now)


def _qui(identity: Identity | None, _wanted: Plain, now: datetime) -> Qui:
    who = _person(identity, paris(now).date())
    return who.model_copy(update={"galerie": visiteurs().galerie})


def _person(identity: Identity | None, today: date) -> Qui:
    if identity is None:
        return Qui(aujourdhui=today, academie=academie())
    role = identity.roles[0] if identity.roles else None
    roles = identity.roles
    if identity.numero_dossier is None:
        return Qui(role=role, roles=roles, aujourdhui=today, academie=academie())
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
    )


def _lire(identity: Identity | None, _wanted: Plain, now: datetime) -> DossierLu:
    owner = owner_of(identity)
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


_FILE = "un dossier"
_TABLE: dict[str, Operation] = {
    "session.qui": _qui,
    "dossier.lire": _lire,
    "visite": own(_FILE, visits.read),
    "contact": own(_FILE, contacts.read),
    "contact_enregistrer": own(_FILE, contacts.save),
    "signalements": own(_FILE, reporting.read),
    "signaler": own(_FILE, reporting.send),
    "piece_deposer": own(_FILE, report_files.receive),
    "piece_retirer": own(_FILE, report_files.withdraw),
    "consultations": own(_FILE, consultations.read),
    "mes_donnees": own(_FILE, inventory.read),
    "avis": own(_FILE, notices.read),
    "avis_choisir": own(_FILE, notices.choose),
    "messages_kit": own(_FILE, choices.read),
    "messages_kit_choisir": own(_FILE, choices.choose),
    **COURRIER_TABLE,
    **CV_TABLE,
    **CARNET_TABLE,
    **BARS_TABLE,
    **CAMPAIGNS_TABLE,
    **TRAINING_TABLE,
    **SCENARIO_TABLE,
    **SEANCE_TABLE,
    **HOME_TABLE,
    **DESK_TABLE,
    **EVALUATION_TABLE,
    **LESSONS_TABLE,
}
