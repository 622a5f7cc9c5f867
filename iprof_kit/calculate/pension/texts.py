"""What an answer about a pension says in French: one line a departure, notes, sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from iprof_kit.base.calendar import date_text
from iprof_kit.base.sources import Source
from iprof_kit.base.words import counted, euros_text
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import of_source
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.rows import DepartureRow
from iprof_kit.careers.pensioners import OTHERS
from iprof_kit.law.pension.generations import ACTIVE
from iprof_kit.law.pension.parameters import find, quarters_text, whole
from iprof_kit.law.pension.parents import children_needed, closing_day
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter, day_or_none


def summary(row: DepartureRow, line: dict[str, Any]) -> str:
    """Return a departure date in one French sentence."""
    head = f"Départ le {date_text(row.cessation)}, pension au {date_text(row.effet)} : "
    if line["pension_brute"] is not None:
        text = f"{euros_text(line['pension_brute'])} bruts par mois"
        if line["trimestres_decote"]:
            text += f", décote de {quarters_text(line['trimestres_decote'])}"
        if line["trimestres_surcote"]:
            text += f", surcote de {quarters_text(line['trimestres_surcote'])}"
        if line["minimum_garanti_applique"]:
            text += ", minimum garanti"
        if line["decote_ecartee"]:
            text += ", sans décote"
        return f"{head}{text}."
    bounds = line["fourchette"]
    text = line["motif"]
    if bounds is not None and bounds.sans_autre_trimestre is not None:
        text += (
            f" ; entre {euros_text(bounds.sans_autre_trimestre)} (aucun autre trimestre) et "
            f"{euros_text(bounds.duree_atteinte)} (durée requise atteinte)"
        )
    return f"{head}{text}."


_SIMULATION = (
    "Simulation non officielle : le montant est arrêté par le Service des retraites de l’État sur "
    "votre compte individuel ; consultez votre espace ENSAP."
)
_NOT_IN = (
    "Les primes n’entrent pas dans la pension civile (RAFP) ; la NBI donne un supplément séparé, "
    "non calculé."
)
_NO_CAP = (
    "L’écrêtement du minimum garanti par le total des pensions n’est pas calculé : son plafond n’a "
    "pas été retrouvé."
)
_OUTSIDE = (
    "Non couverts : réversion, départ anticipé pour handicap ou de parent d’un enfant invalide, "
    "allocations d’IUFM. Des services auxiliaires non validés comptent dans les autres régimes."
)
_PARENT = (
    "Départ anticipé de parent : ses conditions sont montrées à qui indique {} ou plus, nés avant "
    "le {} ; le montant n’en est pas calculé."
)
_INVALIDITY = (
    "Retraite pour invalidité : décidée après l’avis du conseil médical. La rente d’une invalidité "
    "imputable au service et la majoration pour l’aide d’une tierce personne ne sont pas calculées."
)
_OTHERS = (
    "Décote non calculée : trimestres des autres régimes manquants. Ils figurent sur votre relevé "
    "de carrière (info-retraite.fr)."
)
_BACKWARDS = (
    "Le jour où la durée requise est atteinte est compté à rebours du départ, au fil des services."
)
_PURCHASE = (
    "Rachat d’études non calculé ({} au plus) : demandez un devis au Service des retraites de "
    "l’État, son barème n’est pas dans les tables."
)
_ACTIVE = (
    "Surcote d’une catégorie active : l’âge que la loi donne à sa génération est appliqué ; une "
    "page officielle écrit « âge des sédentaires »."
)


def notes(
    question: PensionQuestion,
    rows: Sequence[DepartureRow],
    problems: Sequence[int],
    unsaid: Sequence[str],
) -> tuple[str, ...]:
    """Return what the answer does not say, and where to ask.

    Parameters
    ----------
    rows : sequence of Row
        Its departure dates.
    problems : sequence of int
        Their codes in `PROBLEMS`.
    unsaid : sequence of str
        What surrounds the pension and is not calculated, with the reason.
    """
    texts = [
        *unsaid,
        _SIMULATION,
        _delay(question.aujourdhui),
        _NOT_IN,
        _NO_CAP,
        _OUTSIDE,
        _parent(question.aujourdhui),
        *([_OTHERS] if OTHERS in problems else []),
        *([_INVALIDITY] if question.invalidite else []),
        *([_BACKWARDS] if question.duree_atteinte_le is None else []),
        *([_PURCHASE.format(_most_bought(question.aujourdhui))] if question.rachat_etudes else []),
        *([_ACTIVE] if any(row.categorie >= ACTIVE for row in rows) else []),
    ]
    return tuple(dict.fromkeys(texts))


def _parent(today: date) -> str:
    children = counted(children_needed(today), "enfant")
    return _PARENT.format(children, date_text(closing_day(today)))


def _most_bought(today: date) -> str:
    return quarters_text(whole("rachat_etudes_max", today))


def _delay(today: date) -> str:
    delay = find("demande_pension_delai", today)
    months = delay.text if delay else ""
    return f"La demande de pension se dépose au plus tard {months} mois avant le départ."


def sources(rows: Sequence[DepartureRow], generations: Sequence[int]) -> tuple[Reference, ...]:
    """Return the papers of the rows of the tables that the answer rests on."""
    references = [_generation_reference(line) for line in dict.fromkeys(generations) if line >= 0]
    for row in rows:
        codes = ["taux_liquidation_max", "mg_reference_annuelle_im227"]
        codes += ["csg_seuil_rfr_1"] if row.question.foyer else []
        codes += ["rafp_valeur_service"] if row.question.rafp_cotisations else []
        parameters = [find(code, row.effet) for code in codes]
        references += [of_source(value.papers()) for value in parameters if value is not None]
    return tuple(dict.fromkeys(references))


@cache
def _generation_reference(row: int) -> Reference:
    line = table("retraite_ages").to_dict("records")[row]
    return of_source(
        Source(
            str(line["source"]),
            day_or_none(line["effet_du"]),
            day_or_none(line["effet_au"]),
            confidence_letter(str(line["confiance"])),
        )
    )
