"""What is taken away of a campaign’s page: wishes prepared, proof of tries, letter of contest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.campagnes import NoteLue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.acknowledgements import CompareLine
from iprof_kit.ui.screens.campaigns.scores import Paper, ScoresView, Wish
from iprof_kit.ui.screens.campaigns.wishes_view import WishesView
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.signed_letter import signed_letter

PREPARED_NAME, PROOF_NAME = "preparation-voeux.pdf", "preuve-essais.pdf"
LETTER_NAME = "lettre-bareme.pdf"


def prepared_wishes(
    campaign: CampagneVue, view: WishesView, dossier: Dossier, today: date
) -> Download:
    """Return the wishes in their order, with their points and papers, as a PDF.

    Raises
    ------
    InputError
        There is no wish.
    """
    return _printed(prepared_document(campaign, view, dossier, today), PREPARED_NAME)


def _printed(document: Document, name: str) -> Download:
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(name, "application/pdf", content)


def prepared_document(
    campaign: CampagneVue, view: WishesView, dossier: Dossier, today: date
) -> Document:
    """Return what the page says; see `prepared_wishes`."""
    if not view.rows:
        raise InputError(
            "vous n’avez aucun vœu, et il en faut au moins un pour participer.",
            remedy="Ajoutez-en un à votre liste.",
        )
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    sections = [Section("Vœux, dans l’ordre", (Part(entries=_wishes(view.rows)),))]
    tried = view.scores.tried
    if tried and [one.key for one in tried] != [one.key for one in view.rows]:
        part = Part(entries=_wishes(tried))
        sections.append(Section("Essayé après la clôture, gardé à part", (part,)))
    office = campaign.application or "l’application officielle"
    return Document(
        title=f"Préparation des vœux de {name}",
        author=name,
        date=today,
        name=name,
        headline=f"Préparation : {campaign.titre.lower()} {campaign.annee}",
        summary=f"État du {text.day(today)}. {view.limit}. {text.sentence(campaign.decide_par)}",
        sections=tuple(sections),
        notice=(
            f"Préparation, faite avec un kit libre, non officiel, qui n’a rien transmis. Les vœux "
            f"se font dans {office} : son ordre seul compte."
        ),
    )


def _wishes(wishes: Sequence[Wish], *, papers: bool = True) -> tuple[Entry, ...]:
    """Return each wish with its points, and with its papers where they are wanted."""
    return tuple(
        Entry(
            f"{one.rank}. {one.name}",
            f"{one.total} points" if one.total else "points non comptés",
            (one.kind,) if one.kind else (),
            text="\n".join(_papers(one)) if papers else "",
        )
        for one in wishes
    )


def _papers(wish: Wish) -> Iterator[str]:
    for one in wish.papers:
        state = "prête" if one.ready else "à joindre"
        yield f"Pièce {one.number}, {one.title} : {state}"


_BY_FOUR, _SHOWN = 4, 16


def digest(campaign: CampagneVue, rows: Sequence[Wish]) -> str:
    """Return what names a list: two equal lists have the same one, another order has another.

    Sixteen signs of a SHA-256, four by four.
    """
    lines = (f"{one.rank}\t{one.key}\t{one.kind}" for one in rows)
    whole = hashlib.sha256("\n".join((campaign.id, *lines)).encode()).hexdigest()[:_SHOWN]
    return " ".join(whole[start : start + _BY_FOUR] for start in range(0, _SHOWN, _BY_FOUR))


def proof(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    tries: Sequence[NoteLue],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Download:
    """Return that page as a PDF; see `proof_document`."""
    return _printed(proof_document(campaign, rows, tries, dossier, at, here), PROOF_NAME)


def proof_document(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    tries: Sequence[NoteLue],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Document:
    """Return what the page says: whose it is, the hour and its zone, the list, each attempt.

    Parameters
    ----------
    rows : sequence of Row
        The wishes in their order.
    tries : sequence of NoteLue
        The attempts that she noted, each dated by the server.
    at : datetime
        The moment of the server.
    here : LocalClock or None
        Where the hour of the person is not that of Paris.

    Raises
    ------
    InputError
        There is no wish, nor any attempt.
    """
    if not rows and not tries:
        raise InputError(
            "il n’y a encore ni vœu ni essai à montrer.",
            remedy="Notez un essai au moment où il échoue.",
        )
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    office = campaign.application or "l’application officielle"
    sections = []
    if rows:
        sections.append(Section("Vœux, dans l’ordre", (Part(entries=_wishes(rows, papers=False)),)))
    if tries:
        entries = tuple(_try(one, campaign, here) for one in tries)
        sections.append(Section("Essais notés", (Part(entries=entries),)))
    return Document(
        title=f"Preuve d’essais de {name}",
        author=name,
        date=paris(at).date(),
        name=name,
        headline=f"Essais notés : {campaign.titre.lower()} {campaign.annee}",
        summary=" ".join(_summary(campaign, rows, dossier, at, here)),
        sections=tuple(sections),
        notice=(
            f"Ce n’est pas un dépôt, ni un accusé de {office} : une trace, datée par le serveur "
            "d’un kit libre, non officiel, qui n’a rien transmis. Joignez vos copies d’écran."
        ),
    )


def _summary(
    campaign: CampagneVue,
    rows: Sequence[Wish],
    dossier: Dossier,
    at: datetime,
    here: LocalClock | None,
) -> Iterator[str]:
    corps = dossier.libelle_corps or dossier.statut
    yield f"{corps}. Page faite le {_moment(at, here)}."
    step = campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None
    if step is not None and step.au is not None:
        yield f"{step.titre} jusqu’au {words.last_day(step, here)}."
    if rows:
        yield f"Empreinte de la liste : {digest(campaign, rows)} ; deux listes égales ont la même."


def _moment(at: datetime, here: LocalClock | None) -> str:
    local = paris(at)
    return f"{text.day(local.date())}, {hour_text(local.date(), f'{local:%H:%M}', here)}"


def _try(one: NoteLue, campaign: CampagneVue, here: LocalClock | None) -> Entry:
    step = campaign.step(one.etape)
    late = ("après la clôture de l’étape",) if one.apres_cloture else ()
    what = one.texte or "essai noté sans autre mot"
    return Entry(
        what,
        _moment(one.note_le, here),
        ((step.titre,) if step else ()) + late,
    )


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
    scores : ScoresView
        Of the wish looked at, with at least one line that differs.
    dossier : Dossier
        Whose name and address head it.
    """
    to = _TO.get(campaign.service.rpartition("_")[2], _TO["2d"])
    what = "des vœux" if scores.ranks else "du barème"
    subject = f"Demande de correction {what}, {campaign.titre.lower()} {campaign.annee}"
    return signed_letter(dossier, to, subject, body(campaign, scores), today, LETTER_NAME)


def body(campaign: CampagneVue, scores: ScoresView) -> str:
    """Return the words of the letter: each line that differs, its texts, who may assist."""
    compared = scores.comparison
    lines = [_line(one, scores) for one in compared.contested]
    papers = [_paper(one) for one in scores.papers]
    assistance = [one for one in campaign.recours if not one.delai]
    parts = [_opening(campaign, scores), "\n".join(lines)]
    if until := _last_day(campaign, scores):
        parts.append(until)
    if papers:
        parts.append("Pièces jointes :\n" + "\n".join(papers))
    if assistance:
        parts.append(
            "Je rappelle que je peux me faire assister par un représentant désigné par "
            f"l’organisation syndicale de mon choix ({assistance[0].source})."
        )
    kept = "cet ordre" if scores.ranks else "ce barème"
    why = "le motif" if scores.ranks else "le calcul ligne par ligne"
    parts.append(f"Si vous mainteniez {kept}, je vous prie de m’en indiquer {why}.")
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
