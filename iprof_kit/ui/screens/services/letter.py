"""The letter that contests a score: prepared, to be read again, signed and sent elsewhere."""

from __future__ import annotations

from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.services import words
from iprof_kit.ui.screens.services.acknowledgements import CompareLine
from iprof_kit.ui.screens.services.scores import Paper, ScoresView
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
    what = "des vœux" if scores.ranks else "du barème"
    subject = f"Demande de correction {what}, {campaign.titre.lower()} {campaign.annee}"
    return signed_letter(
        dossier, to, text.french(subject), body(campaign, scores), today, FILE_NAME
    )


def body(campaign: CampagneVue, scores: ScoresView) -> str:
    """Return the words of the letter: each line that differs, its texts, who may assist."""
    compared = scores.comparison
    lines = [text.french(_line(one, scores)) for one in compared.contested]
    papers = [_paper(one) for one in scores.papers]
    assistance = [one for one in campaign.recours if not one.delai]
    parts = [text.french(_opening(campaign, scores)), "\n".join(lines)]
    if until := _last_day(campaign, scores):
        parts.append(text.french(until))
    if papers:
        parts.append(text.french("Pièces jointes :\n" + "\n".join(papers)))
    if assistance:
        parts.append(
            text.french(
                "Je rappelle que je peux me faire assister par un représentant désigné par "
                f"l’organisation syndicale de mon choix ({assistance[0].source})."
            )
        )
    kept = "cet ordre" if scores.ranks else "ce barème"
    why = "le motif" if scores.ranks else "le calcul ligne par ligne"
    parts.append(text.french(f"Si vous mainteniez {kept}, je vous prie de m’en indiquer {why}."))
    return "\n\n".join(parts)


def _paper(one: Paper) -> str:
    """Return a paper under the number that the screen gives it; between brackets, not ready yet."""
    line = f"{one.number}. {one.title}"
    return line if one.ready else f"[{line} : à joindre, ou à retirer d’ici]"


def _last_day(campaign: CampagneVue, scores: ScoresView) -> str:
    """Return until when the score is contested, as the screen says it; "" where nothing tells."""
    step = campaign.step(scores.shown.contestation) if scores.shown else None
    if step is None or step.au is None:
        return ""
    if step.etat == "close":
        late = words.last_day(step)
        return f"Le délai pour contester est passé depuis le {late} : [dites pourquoi]."
    return f"Je forme cette demande dans le délai ouvert jusqu’au {words.last_day(step)}."


def _opening(campaign: CampagneVue, scores: ScoresView) -> str:
    office = campaign.application or "l’administration"
    asked = "Je vous demande de vérifier et, s’il y a lieu, de corriger :"
    shown = scores.shown.titre.lower() if scores.shown else "barème"
    if scores.ranks:
        return (
            f"Mes vœux, sur l’accusé de {office} ({shown}), ne sont pas ceux de ma saisie. {asked}"
        )
    compared = scores.comparison
    total = f" est de {compared.shown_total} points" if compared.shown_total else " diffère du mien"
    count = f" Ma préparation en compte {compared.own_total}." if compared.own_total else ""
    return (
        f"Le barème que {office} affiche pour mon vœu {scores.rank}, {scores.name} ({shown}),"
        f"{total}.{count} {asked}"
    )


def _line(line: CompareLine, scores: ScoresView) -> str:
    typed = line.typed.strip()
    if scores.ranks:
        read = "absent de l’accusé" if typed == "0" else f"rang {typed} sur l’accusé"
        return f"- {line.label} : {read}, rang {line.own} selon ma saisie"
    compared = (
        f"{line.own.strip()} selon ma préparation"
        if line.own_points is not None
        else f"{line.before} sur l’accusé précédent"
    )
    source = f" ({line.source})" if line.source else ""
    return f"- {line.label} : {typed} affiché, {compared}{source}"
