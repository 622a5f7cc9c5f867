"""What the next campaigns would look like: the population aged, then ranked (analysis 21)."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse
from iprof_kit.analytics.analyses.people import ALL, PER_CENT, only
from iprof_kit.analytics.projection.people import People, read_people
from iprof_kit.analytics.projection.results import ProjectionDePopulation
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.analytics.projection.start import projection, refuse
from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.schema import EVERYBODY

Grade = Literal["hors_classe", "classe_exceptionnelle"]
_KNOWN, _TRIED = "derniers taux connus", "taux essayé"
_SHOWN = list(
    words_in(
        "scenario annee corps promouvables contingent promus barre part_femmes_promouvables "
        "part_femmes_promus age_moyen_promus"
    )
)


@analyse
def simulation_hc_ce(
    gens: pd.DataFrame,
    /,
    *,
    grade: Grade = "hors_classe",
    corps: str = "",
    academie: str = "",
    annees: int = 5,
    taux: float = 0.0,
    graine: int = 1,
) -> Reponse:
    """Return the campaigns to come, beside those under another ratio.

    The population is aged to each 31 August (échelons, exits, entries, retirements), then each
    authority ranks its list: see `iprof_kit.projeter`.

    Parameters
    ----------
    gens : DataFrame
        What `projeter` needs.
    grade : {"hors_classe", "classe_exceptionnelle"}
        Grade aimed at.
    corps, academie : str
        Kept alone where given.
    annees : int
        Campaigns, the first after the observation included.
    taux : float
        Ratio promoted / promouvables tried for every year, per cent; 0: none is tried.
    graine : int
        Of what is drawn: exits, entries, part-time.

    Returns
    -------
    Reponse
        Table `scenario`, `annee`, `corps` (and Ensemble), `promouvables`, `contingent`, `promus`,
        `barre` (points), the shares of women, `age_moyen_promus` (years). Details « structure »
        (share of each grade after each campaign), « hypotheses ».
    """
    _refuse(annees, taux)
    people = read_people(only(gens, corps=corps, academie=academie), None)
    scenarios = [Scenario(nom=_KNOWN)]
    if taux:
        scenarios.append(Scenario(nom=_TRIED, taux={str(grade): {EVERYBODY: {people.year: taux}}}))
    made = {one.nom: _projected(people, annees, graine, one) for one in scenarios}
    table = pd.concat(
        [_campaigns(one, name, grade) for name, one in made.items()], ignore_index=True
    )
    structure = pd.concat([one.structure().assign(scenario=name) for name, one in made.items()])
    supposed = made[_KNOWN].hypotheses()
    doubts = int((supposed["a_verifier"] != "").sum())
    return Reponse(
        table,
        lambda: _figure(table),
        {"structure": structure.reset_index(drop=True), "hypotheses": supposed},
        hypotheses=(
            f"{len(supposed)} hypothèses de la projection, {doubts} à vérifier (« hypotheses »)",
            *((f"taux de {drawing.number(taux, 1)} % à toutes les campagnes",) if taux else ()),
        ),
    )


def _refuse(years: int, share: float) -> None:
    if years < 1:
        raise InputError(
            "il faut au moins une campagne.", where="annees", remedy="Donnez par exemple annees=5."
        )
    if not 0 <= share <= PER_CENT:
        raise InputError(
            f"un taux va de 0 à 100\u00a0% (reçu{NBSP}: {drawing.number(share, 1)}).",
            where="taux",
            remedy="Donnez par exemple taux=23, ou 0 pour n’en essayer aucun.",
        )


def _projected(people: People, years: int, seed: int, scenario: Scenario) -> ProjectionDePopulation:
    last = people.year + years - 1
    refuse(people, last, seed, scenario)
    day = rentree_day(people.year)
    return projection(people, last, seed, scenario, "dernier_connu", le=day)


def _campaigns(made: ProjectionDePopulation, name: str, grade: str) -> pd.DataFrame:
    by_corps = made.campagnes()
    of_grade = by_corps[by_corps["grade"] == grade]
    whole = made.campagnes(()).assign(corps=ALL)
    shown = pd.concat([of_grade, whole[whole["grade"] == grade]]).assign(scenario=name)
    shown.loc[shown["corps"] == ALL, "barre"] = np.nan  # each corps has its own points
    return shown.sort_values(["annee", "corps"], key=_ensemble_last)[_SHOWN].round(1)


def _ensemble_last(values: pd.Series) -> pd.Series:
    return values.map(lambda value: "\uffff" if value == ALL else value)


def _figure(table: pd.DataFrame) -> Figure:
    """Draw the promouvables and the promoted of all corps, a line a scenario."""
    whole = table[table["corps"] == ALL]
    shown = {}
    for what in ("promouvables", "promus"):
        for name, rows in whole.groupby("scenario", sort=False):
            label = what if len(whole["scenario"].unique()) == 1 else f"{what}, {name}"
            shown[label] = rows.set_index("annee")[what]
    return drawing.lines(pd.DataFrame(shown))
