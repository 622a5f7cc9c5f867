"""Accueil: where you stand, your next dates, what is here."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.career.by_right import DatedStep, pronounced_on
from iprof_kit.calculate.career.question import Step
from iprof_kit.services.contract.dossier import Dossier, Qui
from iprof_kit.services.contract.own_file import VisiteLue
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.agenda.coming import Coming
from iprof_kit.ui.figures.stair import Stair
from iprof_kit.ui.figures.stair_svg import stair_charts
from iprof_kit.ui.kit.parts import Link, Page
from iprof_kit.ui.screens.accueil.career import stair
from iprof_kit.ui.screens.accueil.contract import (
    contract_questions,
    contract_results,
    contract_sentence,
)
from iprof_kit.ui.screens.accueil.dates import Ahead, coming_dates
from iprof_kit.ui.screens.accueil.questions import Known, questions
from iprof_kit.ui.screens.accueil.requests import missing
from iprof_kit.ui.screens.accueil.results import Glance, results
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import next_echelon
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.shared.worded import figure, worded


@dataclass(frozen=True)
class AccueilView(Page):
    """The first screen."""

    sentence: tuple[tuple[str, bool], ...] = ()
    """The sentence that answers, in pieces; True for those to read first."""
    leaving: str = ""
    """Until when her account acts, then reads, where it closes or is closed."""
    visited: VisiteLue | None = None
    """What is new since the last visit; None where there was none, or it is not known."""
    news: tuple[Link, ...] = ()
    """What waits: an act that ends soon, a delay of hers, a thread of her courrier."""
    stair: Stair | None = None
    figures: tuple[str, ...] = ()
    """The stair drawn for a page, then for a phone."""
    results: tuple[Glance, ...] = ()
    dates: tuple[Coming, ...] = ()
    no_dates: str = ""
    undated: str = ""
    """Which campaign has no known date yet."""
    has_days: bool = False
    """Whether a calendar can hold some of the dates."""
    missing: tuple[Link, ...] = ()
    questions: tuple[Link, ...] = ()
    places: tuple[Link, ...] = ()

    @property
    def next_dates(self) -> tuple[Coming, ...]:
        """The first dates, in sight; all of them are folded below, with their texts."""
        return self.dates[:SHOWN_DATES]

    @property
    def first_missing(self) -> tuple[Link, ...]:
        """What is to be completed first."""
        return self.missing[:SHOWN_MISSING]


SHOWN_DATES, SHOWN_MISSING = 4, 3
DOORS = (
    Link("/dossier/synthese", "Synthèse", "Ce que l’administration a enregistré sur vous"),
    Link("/dossier/carriere", "Carrière", "Vos échelons, votre grade, vos positions"),
    Link("/dossier/affectations", "Affectations", "Tous vos postes, ce qui manque"),
    Link("/dossier/anciennetes", "Anciennetés", "Six durées, à la date de votre choix"),
    Link(
        "/perspectives/promotions",
        "Promotions",
        "Vos échelons à venir, la hors classe, deux scénarios comparés",
    ),
    Link(
        "/perspectives/et-si", "Et si…", "Quatre scénarios d’événements datés, jusqu’à la pension"
    ),
    Link("/perspectives/ma-paie", "Ma paie", "Le bulletin d’un mois, ligne par ligne"),
    Link("/perspectives/autres-affectations", "Autres affectations", "Le barème de chaque vœu"),
    Link("/perspectives/autres-parcours", "Autres parcours", "Ce qui vous est ouvert, et quand"),
    Link("/perspectives/retraite", "Retraite", "Des dates de départ comparées"),
    Link("/cv/edition", "Votre CV", "Saisi une fois, imprimé pour chaque candidature"),
    Link("/services", "Les services", "Vos campagnes, leurs échéances, le barème de SIAM comparé"),
    Link("/guides", "Les guides", "La règle en quelques lignes, et les textes"),
)


def accueil(
    dossier: Dossier,
    ahead: Ahead,
    today: date,
    visit: VisiteLue | None = None,
    written: Container[str] = (),
    known: Known | None = None,
) -> AccueilView:
    """Return the first screen of a person who has a file.

    Parameters
    ----------
    dossier : Dossier
    ahead : Ahead
        What is known of what comes; its projection is None without corps.
    today : date
    visit : VisiteLue, optional
        What changed since the last visit.
    written : container of str
        Contact details that the person wrote herself.
    known : Known, optional
        What the other screens say of her.
    """
    known = known or Known()
    dates = coming_dates(dossier, ahead, today)
    view = AccueilView(
        title=f"Bonjour, {dossier.identite.prenom}",
        visited=visit if visit and visit.precedente else None,
        dates=dates,
        no_dates="Aucune date à venir n’est calculée." if dossier.corps else "",
        news=ahead.near,
        undated=ahead.movement.unknown,
        has_days=any(one.day for one in dates),
        missing=missing(dossier, today, written),
        places=tuple(door for door in DOORS if opens(door.path, dossier)),
    )
    if dossier.corps is None:
        return replace(
            view,
            sentence=contract_sentence(dossier, today),
            results=tuple(contract_results(dossier, known, today)),
            questions=tuple(contract_questions(dossier, today)),
        )
    career = ahead.career
    drawn = stair(dossier, career, ahead.meetings, today)
    return replace(
        view,
        sentence=_sentence(dossier, next_echelon(career, today) or next(iter(ahead.unpaid), None)),
        stair=drawn,
        figures=stair_charts(drawn) if drawn else (),
        results=tuple(results(dossier, career, known.pay, today, known.usual)) if career else (),
        questions=tuple(questions(career, known, today)),
    )


def opens(path: str, dossier: Dossier) -> bool:
    """Tell whether a screen has something for somebody: some are about a corps."""
    place = places().get(path)
    return dossier.corps is not None or place is None or not place.of_a_corps


def leaving(who: Qui) -> str:
    """Return, in a sentence, from when her account only reads and until when; else nothing."""
    if who.ferme_le is None or who.lu_jusqu_au is None:
        return ""
    last = text.day(who.lu_jusqu_au)
    if who.aujourdhui < who.ferme_le:
        return (
            f"Votre compte se ferme le {text.day(who.ferme_le)} : jusque-là rien ne change, puis "
            f"vous lirez et emporterez encore votre dossier jusqu’au {last}."
        )
    return (
        f"Votre compte est fermé depuis le {text.day(who.ferme_le)} : vous lisez et emportez "
        f"encore votre dossier jusqu’au {last}, sans plus rien y demander."
    )


def mail(waiting: int, new: int) -> tuple[Link, ...]:
    """Return « Un fil de votre courrier vous attend », or what is new there, or nothing."""
    count = waiting or new
    if not count:
        return ()
    threads = "Un fil" if count == 1 else f"{count} fils"
    verb = "vous attend" if waiting == 1 else "vous attendent"
    if not waiting:
        verb = "a du nouveau" if new == 1 else "ont du nouveau"
    return (Link("/courrier", f"{threads} de votre courrier {verb}"),)


def _sentence(dossier: Dossier, coming: Step | DatedStep | None) -> tuple[tuple[str, bool], ...]:
    """Return where one stands and what comes by right, in one sentence of pieces."""
    echelon = current_echelon(dossier)
    if echelon is None:
        return ((text.sentence(f"{dossier.libelle_corps or dossier.statut}"), False),)
    grade = text.grade_words(echelon.grade)
    of_grade = f" de la {grade}" if grade else ""
    here = (("Vous êtes ", False), (text.at_echelon(echelon.echelon, echelon.chevron), True))
    if coming is None:
        since = figure(text.day(echelon.date_effet), "echelon.since", echelon.date_effet)
        return (*here, (worded("{} depuis le {}.", of_grade, since), False))
    day = pronounced_on(coming)
    named = f"chevron {coming.chevron}" if coming.chevron else text.nth(coming.echelon)
    when = worded(
        "{} vient de plein droit le {}", named, figure(text.day(day), "echelon.next", day)
    )
    return (*here, (f"{of_grade}. Le ", False), (when, True), (".", False))
