"""A projection from the past beside what was published since: misses are not hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from iprof_kit.analytics.population.build import Population, build
from iprof_kit.analytics.population.calibration import compared
from iprof_kit.analytics.population.decisions import Recorder, Territories
from iprof_kit.analytics.population.measures import OF_TABLE
from iprof_kit.analytics.population.postings import academies
from iprof_kit.analytics.population.replay import Careers
from iprof_kit.analytics.projection.people import read_people
from iprof_kit.analytics.projection.run import walk
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.analytics.projection.start import refuse
from iprof_kit.base.errors import InputError
from iprof_kit.law.tables.loading import table

_COLUMNS = {
    "promouvables": ("promouvables", "personnes"),
    "promus": ("promus", "personnes"),
    "part_femmes_promouvables": ("part_femmes_promouvables", "pour cent"),
    "part_femmes_promus": ("part_femmes_promus", "pour cent"),
    "age_moyen": ("age_promus", "ans"),
}
_GRADES = ("hors_classe", "classe_exceptionnelle")
_NATIONAL = "national"


def comparer_aux_publies(taille: int, graine: int, *, depuis: int, jusqua: int) -> pd.DataFrame:
    """Generate a population of an early year, project it, and compare it with what was published.

    Only figures of the years after `depuis` are compared: those before are the generator's.

    Parameters
    ----------
    taille, graine : int
        See `generate`.
    depuis : int
        Observation: 31 August of this year.
    jusqua : int
        Last campaign.

    Returns
    -------
    DataFrame
        As `calibrate`: every figure of generateur_cibles.csv and every national one of
        promotions_stats.csv, ours, the gap, the tolerance (none for the second) and the result.

    Examples
    --------
    >>> import iprof_kit
    >>> compared = iprof_kit.comparer_aux_publies(200, 1, depuis=2024, jusqua=2025)
    >>> int(compared["annee"].min()) > 2024
    True
    """
    population = projected(taille, graine, depuis, jusqua)
    figures = published(depuis, jusqua)
    if figures.empty:
        raise InputError(
            f"rien n’a été publié de {depuis + 1} à {jusqua}.",
            where="depuis, jusqua",
            remedy="Choisissez par exemple de 2018 à 2025.",
        )
    return compared(population, figures)


def published(depuis: int, jusqua: int) -> pd.DataFrame:
    """Return the published figures that a projection can answer, those of both tables."""
    targets = table("generateur_cibles")
    targets = targets[~targets["indicateur"].isin(OF_TABLE)]
    stats = _national(table("promotions_stats"))
    both = pd.concat([targets, stats], ignore_index=True)
    both = both.drop_duplicates(["indicateur", "corps", "sexe", "cle", "annee"])
    years = both["annee"].astype(int)
    return both[(years > depuis) & (years <= jusqua)].reset_index(drop=True)


def _national(stats: pd.DataFrame) -> pd.DataFrame:
    """Return the national rows of promotions_stats as figures, without tolerance."""
    national = stats[(stats["perimetre"] == _NATIONAL) & stats["grade_cible"].isin(_GRADES)]
    national = national[national["corps"] != "autre"]
    parts = []
    for column, (measure, unit) in _COLUMNS.items():
        value = pd.to_numeric(national[column], errors="coerce").astype(float)
        parts.append(
            pd.DataFrame(
                {
                    "indicateur": measure,
                    "corps": national["corps"],
                    "sexe": "",
                    "cle": national["grade_cible"],
                    "annee": national["annee"].astype(int),
                    "valeur": value,
                    "unite": unit,
                    "tolerance": np.nan,
                    "usage": "controle",
                    "libelle": f"{measure} ({_NATIONAL})",
                    "source": national["source"],
                    "confiance": national["confiance"],
                }
            )[value.notna()]
        )
    return pd.concat(parts, ignore_index=True)


def projected(taille: int, graine: int, depuis: int, jusqua: int) -> Population:
    """Return a projected population with its history, as the measures of the generator read it."""
    begun = build(taille, graine, depuis)
    people = read_people(begun.table)
    refuse(people, jusqua, graine, Scenario())
    holders: list[Recorder] = []

    def recorded(decider: Territories) -> Recorder:
        holders.append(Recorder(decider))
        return holders[0]

    done, _ = walk(people, jusqua, graine, Scenario(), "dernier_connu", around=recorded)
    all_ = done.all
    places = {code: place for place, code in enumerate(academies().tolist())}
    academy = np.array([places[code] for code in people.academies])[all_.academy]
    return replace(
        begun,
        year=jusqua + 1,
        people=all_.who,
        start=all_.start,
        merit=all_.merit,
        academy=academy,
        function=all_.function,
        careers=Careers(done.lived, holders[0].decided, done.viviers),
        rows=np.arange(len(all_.who)),
    )
