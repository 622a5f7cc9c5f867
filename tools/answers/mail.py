"""A thread of « Votre courrier » drawn for one person, and what a guichet answers of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random

from answers.people import Drawn
from iprof_kit.services.contract.courrier import (
    Comptes,
    Correspondant,
    CourrierLu,
    Evenement,
    Fil,
    FilLu,
)

_SERVICE = "Service fictif"
_ASKED = timedelta(days=21)


def thread_of(one: Drawn) -> FilLu:
    """Return a thread in which the service asked for a paper, some days after her message.

    Parameters
    ----------
    one : Drawn
        Her number draws its days.
    """
    draw = Random(one.number)  # no secret
    sent = datetime.combine(one.today - timedelta(draw.randint(5, 60)), time(9), UTC)
    asked = sent + timedelta(days=draw.randint(1, 4), hours=5)
    before = asked.date() + _ASKED
    wrote = Evenement(
        rang=1, acte="envoyer", libelle="Envoyé", le=sent, de="vous", texte="Ma question.",
        vu_le=sent + timedelta(hours=20),
    )  # fmt: skip
    wants = Evenement(
        rang=2, acte="demander_piece", libelle="Pièce demandée", le=asked, de="service",
        texte="Une pièce, s’il vous plaît.", avant=before,
    )  # fmt: skip
    line = Fil(
        id=f"fil-{one.number}", numero=f"{sent.year}-0001", nature="question", objet="Ma question",
        etat="piece_demandee", libelle="Pièce demandée", depuis=asked, attend="vous", avant=before,
        dernier_le=asked, dernier_de="service",
    )  # fmt: skip
    return FilLu(
        fil=line, service=_SERVICE, evenements=[wrote, wants], actes=["envoyer_piece", "clore"]
    )


def mail_of(read: FilLu) -> CourrierLu:
    """Return the list of threads that holds this one alone."""
    return CourrierLu(
        fils=[read.fil],
        trouves=1,
        comptes=Comptes(tous=1, vous=1),
        correspondant=Correspondant(service=read.service, delai_jours=10),
    )
