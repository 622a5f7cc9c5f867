"""What the kit computes of each supposed event, and what it does not: said before any number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import KitError, LawError
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.et_si.question import Evenement
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import of_sources
from iprof_kit.calculate.interface.situation import Periode, Situation
from iprof_kit.calculate.interface.why import texts_of
from iprof_kit.law.career.advancement import project_facts, shortened_duration
from iprof_kit.law.career.positions import papers
from iprof_kit.law.career.traitement import paid_fraction, point_value
from iprof_kit.law.payroll.sick_leave import leave_rate
from iprof_kit.law.promotion.conditions import references
from iprof_kit.law.tables.cells import cell_code, grades_of
from iprof_kit.law.tables.sentences import last_known, on_day, value
from iprof_kit.law.tables.verified import verified_until


class Coverage(NamedTuple):
    """What the kit computes of an event, and what it does not."""

    computed: str
    not_covered: str


POSITIONS: dict[str, tuple[str, str | None]] = {
    "conge_maladie": ("congé de maladie", None),
    "conge_parental": ("congé parental", None),
    "disponibilite": ("disponibilité", None),
    "disponibilite_activite": ("disponibilité", "activité professionnelle"),
    "disponibilite_enfant": ("disponibilité", "élever un enfant"),
}
"""The positions, as the administration writes them."""
UNPAID = frozenset(POSITIONS) - {"conge_maladie"}
SINGLE = frozenset({*POSITIONS, "temps_partiel"})
"""Natures of which one holds at a time."""
COVERED: dict[str, Coverage] = {
    "temps_partiel": Coverage(
        "Paie à la fraction de la quotité, avancement compté comme un temps plein, "
        "services pour la pension à la quotité.",
        "Surcotisation, et temps partiel de droit pour un enfant, qui changent la pension.",
    ),
    "conge_maladie": Coverage(
        "Paie d’un congé de maladie ordinaire : {cmo_plein_mois:mois} au premier taux, puis "
        "{cmo_demi_mois:mois} à {cmo_demi_traitement:%} ; avancement compté ; pension comptée "
        "tant qu’une paie est due.",
        "Jour de carence, arrêts d’avant, congés de longue maladie et de longue durée, que « Une "
        "année de maladie » compte ; après ces mois, la paie est comptée à zéro.",
    ),
    "conge_parental": Coverage(
        "Paie nulle ; avancement compté, dans la limite commune avec les "
        "disponibilités qui comptent.",
        "Prestations familiales ; le temps que la pension valide pour l’enfant, compté ici à zéro.",
    ),
    "disponibilite": Coverage(
        "Paie nulle ; avancement suspendu, services pour la pension suspendus.",
        "Revenus d’un autre emploi et leurs droits à retraite.",
    ),
    "disponibilite_activite": Coverage(
        "Paie de l’État nulle ; avancement compté, dans la limite de la loi ; "
        "services pour la pension suspendus.",
        "Revenus de l’autre activité, ses droits à retraite, et les pièces à fournir chaque année.",
    ),
    "disponibilite_enfant": Coverage(
        "Paie nulle ; avancement compté, dans la limite de la loi ; services pour la "
        "pension suspendus.",
        "Prestations familiales ; le temps que la pension valide pour l’enfant, compté ici à zéro.",
    ),
    "direction": Coverage(
        "Indemnités, bonification indiciaire et points du directeur ; des mois "
        "d’ancienneté pour chaque année scolaire entière de direction.",
        "Décharge de service, inscription sur la liste d’aptitude, effet de la bonification "
        "indiciaire sur la pension.",
    ),
    "education_prioritaire": Coverage(
        "Indemnité du réseau, à la quotité travaillée.",
        "Part modulable de REP+, points de mutation, avantage spécifique d’ancienneté.",
    ),
    "changement_corps": Coverage(
        "Classement dans le corps d’accueil par l’ancienneté théorique, primes "
        "usuelles du nouveau corps.",
        "Année de stage, temps passé au 11e échelon depuis un grade d’avancement.",
    ),
    "mutation": Coverage(
        "Indemnité de résidence de la nouvelle zone ; fin de ce que donnent le territoire, le "
        "réseau et la direction d’aujourd’hui.",
        "Frais de déménagement, majoration d’un territoire rejoint, barème de la mutation.",
    ),
    "hors_classe": Coverage(
        "Classement dans la hors classe au 1er septembre de l’année choisie.",
        "La décision elle-même : remplir les conditions n’est pas être promu.",
    ),
    "classe_exceptionnelle": Coverage(
        "Classement dans la classe exceptionnelle au 1er septembre de l’année choisie.",
        "La décision elle-même : il n’y a pas de barème, des avis sont rendus.",
    ),
    "bonification": Coverage(
        "L’échelon choisi dure {bref:mois} au lieu de {plein:mois}.",
        "La décision elle-même : une part seulement de chaque liste en reçoit une.",
    ),
    "retraite": Coverage(
        "Paie arrêtée la veille, pension de l’État au droit connu.",
        "Pensions des autres régimes, retraite additionnelle, impôt.",
    ),
    "droit_du": Coverage(
        "Point, grille, primes et cotisations de ce jour, pour toute la paie.",
        "Durées d’échelon, conditions de promotion et pension, qui restent celles d’aujourd’hui.",
    ),
    "projet_durees": Coverage(
        "Durées du projet de 2025 à partir de la date choisie, pour les échelons qu’il vise.",
        "Le reste du projet. Aucun texte n’a été publié : c’est une hypothèse.",
    ),
}
"""By nature: what is computed, its quantities named, and what is not covered."""


def covered(event: Evenement, situation: Situation) -> Coverage:
    """Return what the kit computes of an event, with the last values known, and what it does not.

    Raises
    ------
    LawError
        A value that the words name is in no table.
    """
    computed, left = COVERED[event.nature]
    tables = ("durees_echelon", "parametres_paie")
    corps, echelon = str(situation.corps), event.echelon or ""
    lengths = {
        name: value("durees_echelon", column, "mois", corps=corps, echelon=echelon)
        for name, column in (("bref", "duree_acceleree_mois"), ("plein", "duree_mois"))
    }
    return Coverage(on_day(computed, tables, tuple(lengths.items()), last_known(tables)), left)


def project_speaks_of(corps: str) -> bool:
    """Tell whether the project of shorter échelons that no text adopted names a corps."""
    return bool(project_facts(corps))


def stays(events: tuple[Evenement, ...], last: date) -> tuple[Periode, ...]:
    """Return the positions that events suppose, ended at the latest on the last day."""
    return tuple(
        Periode(
            position=POSITIONS[event.nature][0],
            motif=POSITIONS[event.nature][1],
            debut=event.debut or last,
            fin=min(event.fin or last, last),
        )
        for event in events
        if event.nature in POSITIONS and (event.debut or last) < last
    )


def papers_of(event: Evenement, situation: Situation) -> tuple[Reference, ...]:
    """Return the texts on which an event rests, those of its pay left to the payslip."""
    corps, nature, day = str(situation.corps), event.nature, event.debut
    if nature in POSITIONS and day is not None:
        position, reason = POSITIONS[nature]
        paid = (leave_rate(day).papers,) if nature == "conge_maladie" else ()
        return of_sources((*papers(position, reason, day), *paid))
    if nature == "temps_partiel" and event.quotite is not None:
        if event.quotite == 100:
            return ()
        quotite, kind = event.quotite, situation.type_temps_partiel
        return _read_by(lambda: paid_fraction(quotite, kind, situation.corps))
    if nature in ("hors_classe", "classe_exceptionnelle") and day is not None:
        try:
            return of_sources(references(corps, nature, day.year))
        except (LawError, ValueError):
            return ()
    if nature == "bonification" and event.echelon is not None:
        return _bonification(corps, event.echelon)
    if nature == "droit_du" and day is not None:
        return _read_by(lambda: point_value(axis_of(day)))
    if nature == "projet_durees":
        return tuple(dict.fromkeys(of_sources(tuple(f.papers for f in project_facts(corps)))))
    return ()


def _bonification(corps: str, echelon: str) -> tuple[Reference, ...]:
    """Return the texts of the length that a bonification gives to an échelon."""
    try:
        cell = cell_code(corps, grades_of(corps)[0], echelon, None)
    except KitError:
        return ()
    day = axis_of(verified_until("durees_echelon"))
    return _read_by(lambda: shortened_duration(np.array([cell]), day))


def _read_by(rule: Callable[[], object]) -> tuple[Reference, ...]:
    """Return the texts that a rule reads."""
    with explain() as trace:
        rule()
    return texts_of(trace)
