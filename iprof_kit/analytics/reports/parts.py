"""The sections of a report: tables and a figure each, or why there is none."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.catalogue import analyse_de
from iprof_kit.analytics.analyses.model import PROJET, Analyse, usage
from iprof_kit.analytics.analyses.people import PER_CENT
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.reports.aggregated import aggregated
from iprof_kit.analytics.reports.draft import Draft
from iprof_kit.analytics.reports.plan import Section
from iprof_kit.analytics.reports.secrecy import Secrecy
from iprof_kit.analytics.reports.words import Grid, grid_of, head
from iprof_kit.base.errors import InputError, KitError, Refused
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP

_NOTHING = "Rien de cette section ne peut être montré sans isoler trop peu de personnes."


@dataclass(frozen=True)
class Part:
    """A section as a reader sees it.

    Attributes
    ----------
    remarques : tuple of str
        Rule, hypotheses, warnings.
    manque : str
        Why there is nothing to show, "" where there is.
    """

    titre: str
    texte: str
    grids: tuple[Grid, ...] = ()
    figure: Figure | None = None
    remarques: tuple[str, ...] = ()
    manque: str = ""


def parts_of(draft: Draft, secrecy: Secrecy) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """Return the sections of a report, and what it leaves out because no analysis answers yet."""
    shown, absent = [], []
    for section in draft.plan.sections_of(draft.campagne.grade):
        if section.analyse is not None and not _exists(section.analyse):
            absent.append(
                f"{section.titre} (analyse {section.analyse}{NBSP}: pas encore dans "
                "cette version du kit)"
            )
        elif not draft.nominatif and section.publie is None and not section.campagne:
            absent.append(f"{section.titre} (réservé au rapport interne)")
        else:
            shown.append(_part(section, draft, secrecy))
    return tuple(shown), tuple(absent)


def _part(section: Section, draft: Draft, secrecy: Secrecy) -> Part:
    part = Part(section.titre, section.texte, remarques=_rule(section))
    try:
        if not draft.nominatif:
            grids, figure, remarks = aggregated(section, draft, secrecy)
            filled = replace(
                part, grids=grids, figure=figure, remarques=(*remarks, *part.remarques)
            )
        elif section.campagne:
            filled = _of_campaign(part, section, draft)
        else:
            filled = _of_analysis(part, section, draft)
    except Refused:
        return replace(part, manque=_NOTHING)  # why would say how few people there are
    except KitError as error:
        return replace(part, manque=str(error))
    if filled.figure is not None:
        drawing.entitle(filled.figure, f"{section.titre} · {PROJET}")
    return filled


def _of_campaign(part: Part, section: Section, draft: Draft) -> Part:
    table: pd.DataFrame = getattr(draft.campagne, section.campagne)()
    figure = None
    if section.campagne == "equilibre":
        shares = ["part_promouvables", "part_proposes"]
        shown = table.set_index("sexe").loc[["F", "H"], shares].rename(columns=head)
        figure = drawing.grouped(shown, unit=f"{NBSP}%", decimals=1)
    return replace(part, grids=(grid_of(section.titre, table, section.colonnes),), figure=figure)


def _of_analysis(part: Part, section: Section, draft: Draft) -> Part:
    number = int(section.analyse or 0)
    function = analyse_de(number)
    options = _options(function, section, draft)
    answer: Analyse = function(draft.gens[section.gens], **options)
    grids = [grid_of(section.titre, answer.table, section.colonnes)]
    grids += [
        grid_of(f"{section.titre}{NBSP}: {head(name).lower()}", frame)
        for name, frame in answer.details.items()
    ]
    remarks = [f"Hypothèse{NBSP}: {text}." for text in answer.hypotheses]
    remarks += [f"Avertissement{NBSP}: {text}." for text in answer.avertissements]
    return replace(
        part, grids=tuple(grids), figure=answer.figure(), remarques=(*remarks, *part.remarques)
    )


def _options(function: Callable[..., Analyse], section: Section, draft: Draft) -> dict[str, Any]:
    """Return the options of an analysis: those of the section, else those of the campaign.

    Only an analysis that asks for a year is of a campaign: elsewhere « grade » is the one held.

    Raises
    ------
    InputError
        An option that the analysis has not.
    """
    known = [
        name
        for name, one in inspect.signature(function).parameters.items()
        if one.kind == one.KEYWORD_ONLY
    ]
    wrong = [name for name in section.options if name not in known]
    if wrong:
        raise InputError(
            f"option inconnue{NBSP}: {', '.join(wrong)}.",
            where=f"analyse {section.analyse}",
            remedy=f"Options possibles{NBSP}: {', '.join(known) or 'aucune'}.",
        )
    given = _of(draft.campagne) if "annee" in known else {}
    return {name: value for name, value in given.items() if name in known} | dict(section.options)


def _of(asked: Campagne) -> dict[str, Any]:
    """Return the parameters of a campaign, by the names that analyses give them."""
    share, places = asked.reglages.share, asked.reglages.places
    parameters: dict[str, Any] = {
        "corps": asked.corps,
        "grade": asked.grade,
        "annee": asked.annee,
        "suppose": asked.suppose,
    }
    if share is not None:
        parameters["taux"] = share / PER_CENT
    if isinstance(places, int):
        parameters["contingent"] = places
    if not asked.procedure.national:
        parameters["procedure"] = asked.procedure.id
    return parameters


def _exists(number: int) -> bool:
    try:
        analyse_de(number)
    except KeyError:
        return False
    return True


def _rule(section: Section) -> tuple[str, ...]:
    """Return the fact that an analysis respects, with its source and what is to be verified."""
    if section.analyse is None:
        return ()
    what = usage(section.analyse)
    doubt = f" — à vérifier, confiance {what.confiance}" if to_verify(what.confiance) else ""
    return (f"Repère{NBSP}: {what.fait} ({what.source}){doubt}.",)
