"""The letter that contests a score: prepared, to be read again, signed and sent elsewhere."""

from __future__ import annotations

from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.services.scores import ScoresView
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.signed_letter import signed_letter

FILE_NAME = "lettre-bareme.pdf"
_TO = {
    "1d": "Direction des services départementaux de l’Éducation nationale",
    "2d": "Rectorat, service chargé du mouvement",
}


def contest_letter(
    campaign: CampagneVue, scores: ScoresView, dossier: Dossier, today: date
) -> Download:
    """Return the letter about the lines that differ, as a PDF.

    Parameters
    ----------
    campaign : CampagneVue
    scores : ScoresView
        Of the wish looked at, with at least one line that differs.
    dossier : Dossier
        Whose name and address head it.
    today : date
    """
    to = _TO.get(campaign.service.rpartition("_")[2], _TO["2d"])
    subject = f"Demande de correction du barème, {campaign.titre.lower()} {campaign.annee}"
    words = body(campaign, scores)
    return signed_letter(dossier, to, text.french(subject), words, today, FILE_NAME)


def body(campaign: CampagneVue, scores: ScoresView) -> str:
    """Return the words of the letter: each line that differs, its texts, who may assist."""
    lines = [
        text.french(
            f"- {one.label} : {one.typed.strip()} affiché, {one.own} selon ma préparation"
            + (f" ({one.source})" if one.source else "")
        )
        for one in scores.contested
    ]
    papers = [one.title for one in scores.papers if one.ready]
    assistance = [one for one in campaign.recours if not one.delai_mois]
    parts = [
        text.french(
            f"Le barème que SIAM affiche pour mon vœu {scores.rank}, {scores.name}, est de "
            f"{scores.shown_total} points. Ma préparation en compte {scores.total}. Je vous "
            "demande de vérifier et, s’il y a lieu, de corriger :"
        ),
        "\n".join(lines),
    ]
    if papers:
        parts.append(text.french(f"Pièces jointes : {', '.join(papers)}."))
    if assistance:
        parts.append(
            text.french(
                "Je rappelle que je peux me faire assister par un représentant désigné par "
                f"l’organisation syndicale de mon choix ({assistance[0].source})."
            )
        )
    parts.append(
        text.french(
            "Si vous mainteniez ce barème, je vous prie de m’en indiquer le calcul ligne par ligne."
        )
    )
    return "\n\n".join(parts)
