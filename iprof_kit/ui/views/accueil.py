"""Accueil: where you stand, your next dates, what is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate import law_facts
from iprof_kit.calculate.questions import CareerAnswer, Step
from iprof_kit.services.contract import Dossier, Qui
from iprof_kit.ui import text
from iprof_kit.ui.menu import places
from iprof_kit.ui.views.parts import Page
from iprof_kit.ui.views.synthese import current_echelon, current_position, modality


@dataclass(frozen=True)
class Key:
    """One key figure."""

    label: str
    value: str
    note: str
    verify: bool = False


@dataclass(frozen=True)
class Coming:
    """One dated line."""

    when: str
    what: str
    detail: str
    delay: str
    verify: bool = False


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
    dates: tuple[Coming, ...] = ()
    no_dates: str = ""
    places: tuple[Door, ...] = ()
    coming: str = ""


DOORS = (
    Door("/dossier/synthese", "Synthèse", "Ce que l’administration a enregistré sur vous"),
    Door("/dossier/carriere", "Carrière", "Vos échelons, votre grade, vos positions"),
    Door(
        "/perspectives/promotions",
        "Promotions",
        "Vos échelons à venir, la hors classe, deux scénarios comparés",
    ),
    Door("/cv/edition", "Votre CV", "Saisi une fois, imprimé pour chaque candidature"),
)
DESK = Door("/scenarios", "Scénarios", "Deux personnes fictives comparées, à une date choisie")
TABLEAU = Door(
    "/tableau-promotions", "Tableau d’avancement", "Classement d’une campagne, à l’état de projet"
)
BY_HAND = Door("/ma-situation", "Ma situation", "Les mêmes calculs, sur une situation saisie")


def accueil(dossier: Dossier, answer: CareerAnswer | None, today: date) -> AccueilView:
    """Return the first screen; `answer` holds the projection, None without corps."""
    who = dossier.identite
    built = {place.rubrique for place in places().values() if not place.coming}
    later = dict.fromkeys(p.rubrique for p in places().values() if p.rubrique not in built)
    return AccueilView(
        title=f"Bonjour, {who.prenom} {who.nom}",
        lead=_lead(dossier, today),
        keys=_keys(dossier, answer, today),
        dates=_dates(answer, today),
        no_dates="Pas de corps, donc pas d’échelon calculé."
        if dossier.corps is None
        else "Aucune date à venir n’est calculée.",
        places=DOORS,
        coming=f"À venir dans ce kit : {', '.join(later)}." if later else "",
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
    where = text.ordinal(held.echelon)
    article = "à l’" if where.startswith("é") else "au "
    return (
        f"{text.french(dossier.libelle_corps)}{grade}, {article}{where} depuis le "
        f"{text.day(held.date_effet)}{service}."
    )


def _keys(dossier: Dossier, answer: CareerAnswer | None, today: date) -> tuple[Key, ...]:
    held = current_echelon(dossier)
    if held is None or answer is None:
        return ()
    steps = answer.scenarios[0].etapes
    now = [s for s in steps if s.date <= today][-1:] or list(steps[:1])
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
                f"{text.day(coming.date)}, de plein droit",
                "date" in coming.a_verifier,
            )
        )
    first = answer.eligibilites[0] if answer.eligibilites else None
    if first and (first.promouvable or first.premiere_campagne):
        grade = text.grade_words(first.grade).capitalize()
        value = "aujourd’hui" if first.promouvable else str(first.premiere_campagne)
        keys.append(Key(f"{grade} possible", value, "sous réserve d’une décision"))
    keys.append(
        Key(
            "Traitement brut mensuel",
            text.money(now[0].traitement),
            f"à {share}{text.NBSP}%" + (f", {paid}" if paid else ""),
            "traitement" in now[0].a_verifier,
        )
    )
    return tuple(keys)


def next_echelon(answer: CareerAnswer | None, today: date) -> Step | None:
    """Return the next échelon or chevron reached by right, if any."""
    if answer is None:
        return None
    steps = answer.scenarios[0].etapes
    return next((s for s in steps if s.date > today and s.nature in {"echelon", "chevron"}), None)


def _dates(answer: CareerAnswer | None, today: date) -> tuple[Coming, ...]:
    if answer is None:
        return ()
    found: list[tuple[date, Coming]] = []
    for step in answer.scenarios[0].etapes:
        if step.date > today and step.nature in {"echelon", "chevron"} and len(found) < 3:
            where = text.standing(step.grade, step.echelon, step.chevron)
            found.append(
                (
                    step.date,
                    Coming(
                        text.day(step.date),
                        f"Passage : {where}, indice majoré {step.indice_majore}",
                        "De plein droit, à l’ancienneté.",
                        text.delay(today, step.date),
                        bool({"date", "indice"} & set(step.a_verifier)),
                    ),
                )
            )
    for chance in answer.eligibilites:
        if chance.premiere_campagne and not chance.promouvable:
            opening = date(chance.premiere_campagne, 9, 1)
            found.append(
                (
                    opening,
                    Coming(
                        text.day(opening),
                        f"Première date possible pour la {text.grade_words(chance.grade)}",
                        f"Sous réserve d’une décision {text.of(chance.decide_par)}. "
                        f"{text.french(chance.candidature)}".strip(),
                        text.delay(today, opening),
                    ),
                )
            )
    return tuple(line for _, line in sorted(found, key=lambda pair: pair[0]))
