"""Accueil: where you stand, your next dates, what is here."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.guides import law_facts
from iprof_kit.services.contract.dossier import Dossier, Qui
from iprof_kit.services.contract.own_file import VisiteLue
from iprof_kit.ui.screens.accueil.dates import Ahead, Coming, coming_dates, early_effect
from iprof_kit.ui.screens.accueil.missing import Missing, missing
from iprof_kit.ui.screens.ma_paie.start import unpaid_position
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import current_echelon, current_position, modality, next_echelon
from iprof_kit.ui.shared.menu import places
from iprof_kit.ui.shared.parts import Page


@dataclass(frozen=True)
class Key:
    """One key figure."""

    label: str
    value: str
    note: str
    verify: bool = False


@dataclass(frozen=True)
class Change:
    """One thing that is new in the file since the last visit."""

    when: str
    what: str
    path: str


@dataclass(frozen=True)
class Visited:
    """What changed since the last visit, under a title that gives its day."""

    title: str
    changes: tuple[Change, ...] = ()
    none: str = ""


@dataclass(frozen=True)
class Door:
    """One screen that exists, and what it holds."""

    path: str
    title: str
    what: str


@dataclass(frozen=True)
class AccueilView(Page):
    """The first screen."""

    keys: tuple[Key, ...] = ()
    visited: Visited | None = None
    dates: tuple[Coming, ...] = ()
    no_dates: str = ""
    undated: str = ""
    """Which campaign has no known date yet."""
    has_days: bool = False
    """Whether a calendar can hold some of the dates."""
    missing: tuple[Missing, ...] = ()
    places: tuple[Door, ...] = ()
    coming: str = ""


_SALARY = "Traitement brut mensuel"
DOORS = (
    Door("/dossier/synthese", "Synthèse", "Ce que l’administration a enregistré sur vous"),
    Door("/dossier/carriere", "Carrière", "Vos échelons, votre grade, vos positions"),
    Door("/dossier/affectations", "Affectations", "Tous vos postes, ce qui manque"),
    Door("/dossier/anciennetes", "Anciennetés", "Six durées, à la date de votre choix"),
    Door(
        "/perspectives/promotions",
        "Promotions",
        "Vos échelons à venir, la hors classe, deux scénarios comparés",
    ),
    Door(
        "/perspectives/et-si", "Et si…", "Quatre scénarios d’événements datés, jusqu’à la pension"
    ),
    Door("/perspectives/ma-paie", "Ma paie", "Le bulletin d’un mois, ligne par ligne"),
    Door("/perspectives/autres-affectations", "Autres affectations", "Le barème de chaque vœu"),
    Door("/perspectives/autres-parcours", "Autres parcours", "Ce qui vous est ouvert, et quand"),
    Door("/perspectives/retraite", "Retraite", "Des dates de départ comparées"),
    Door("/cv/edition", "Votre CV", "Saisi une fois, imprimé pour chaque candidature"),
    Door("/guides", "Les guides", "La règle en quelques lignes, et les textes"),
)
DESK = Door("/scenarios", "Scénarios", "Deux personnes fictives comparées, à une date choisie")
TABLEAU = Door(
    "/tableau-promotions", "Tableau d’avancement", "Classement d’une campagne, à l’état de projet"
)
BY_HAND = Door("/ma-situation", "Ma situation", "Les mêmes calculs, sur une situation saisie")


def accueil(
    dossier: Dossier,
    ahead: Ahead,
    today: date,
    visit: VisiteLue | None = None,
    written: Container[str] = (),
) -> AccueilView:
    """Return the first screen.

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
    """
    who = dossier.identite
    built = {place.rubrique for place in places().values() if not place.coming}
    later = dict.fromkeys(p.rubrique for p in places().values() if p.rubrique not in built)
    dates = coming_dates(dossier, ahead, today)
    return AccueilView(
        title=f"Bonjour, {who.prenom} {who.nom}",
        lead=_lead(dossier, today),
        keys=_keys(dossier, ahead.career, today),
        visited=visited(visit),
        dates=dates,
        no_dates="Pas de corps, donc pas d’échelon calculé."
        if dossier.corps is None
        else "Aucune date à venir n’est calculée.",
        undated=ahead.movement.unknown,
        has_days=any(one.day for one in dates),
        missing=missing(dossier, today, written),
        places=DOORS,
        coming=f"À venir dans ce kit : {', '.join(later)}." if later else "",
    )


def visited(visit: VisiteLue | None) -> Visited | None:
    """Return what is new since the last visit; None where there was none, or it is not known."""
    if visit is None or visit.precedente is None:
        return None
    day = text.day(text.in_paris(visit.precedente))
    return Visited(
        f"Depuis votre visite du {day}",
        tuple(
            Change(text.day(text.in_paris(one.quand)), one.quoi, one.adresse)
            for one in visit.changements
        ),
        "" if visit.changements else "Rien n’a changé dans votre dossier depuis.",
    )


def without_file(who: Qui, reason: str) -> AccueilView:
    """Return the first screen of an account that opens no file of its own."""
    desk = (DESK,) if who.role in {"formateur", "analyste", "administrateur"} else ()
    tables = (TABLEAU,) if who.role in {"analyste", "administrateur"} else ()
    name = " ".join(part for part in (who.prenom, who.nom) if part)
    return AccueilView(
        title=f"Bonjour, {name}" if name else "Bonjour",
        lead=text.sentence(reason),
        places=(*desk, *tables, BY_HAND),
    )


def _lead(dossier: Dossier, today: date) -> str:
    held = current_echelon(dossier)
    position = current_position(dossier, today)
    service = modality(position) if position else ""
    service = f", {service[0].lower()}{service[1:]}" if service else ""
    if held is None or dossier.libelle_corps is None:
        if dossier.corps is None:
            status = text.french(dossier.statut).capitalize()
            return f"{status}{service}. Pas de corps, donc pas d’échelon calculé."
        return f"{text.french(dossier.libelle_corps or '')}{service}."
    grade = text.grade_words(held.grade)
    grade = f", {grade}" if grade else ""
    where = text.at_echelon(held.echelon)
    return (
        f"{text.french(dossier.libelle_corps)}{grade}, {where} depuis le "
        f"{text.day(held.date_effet)}{service}."
    )


def _keys(dossier: Dossier, answer: CareerAnswer | None, today: date) -> tuple[Key, ...]:
    held = current_echelon(dossier)
    if held is None or answer is None:
        return ()
    steps = answer.scenarios[0].etapes
    now = [s for s in steps if pronounced_on(s) <= today][-1:] or list(steps[:1])
    coming = next_echelon(answer, today)
    days = text.seniority(held.date_effet, today, held.reliquat_jours)
    share = answer.scenarios[0].scenario.quotite or answer.situation.quotite
    paid = law_facts.paid_as(share, answer.situation.type_temps_partiel)
    keys = [Key("Ancienneté dans l’échelon", text.elapsed(days), f"au {text.day(today)}")]
    if coming:
        keys.append(
            Key(
                "Prochain échelon",
                coming.chevron or text.nth(coming.echelon),
                _by_right(coming),
                "date" in coming.a_verifier,
            )
        )
    first = answer.eligibilites[0] if answer.eligibilites else None
    if first and (first.promouvable or first.premiere_campagne):
        grade = text.grade_words(first.grade).capitalize()
        value = "aujourd’hui" if first.promouvable else str(first.premiere_campagne)
        keys.append(Key(f"{grade} possible", value, "sous réserve d’une décision"))
    pay = f"à {share}{text.NBSP}%" + (f", {paid}" if paid else "")
    keys.append(_salary(dossier, now[0], pay, today))
    return tuple(keys)


def _by_right(coming: Step) -> str:
    early, day = early_effect(coming), text.day(pronounced_on(coming))
    return f"{early} ; de plein droit le {day}" if early else f"{day}, de plein droit"


def _salary(dossier: Dossier, now: Step, pay: str, today: date) -> Key:
    """Return the traitement of today; none on a day on which no service is paid."""
    if position := unpaid_position(dossier, today):
        return Key(_SALARY, "aucun", text.french(f"{position} : aucun service n’est payé"))
    return Key(_SALARY, text.money(now.traitement), pay, "traitement" in now.a_verifier)
