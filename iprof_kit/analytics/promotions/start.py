"""How an analyst opens a campaign: `campagne(table, corps="pe", grade="hors_classe", …)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne, Given
from iprof_kit.analytics.promotions.lists import Settings
from iprof_kit.analytics.promotions.opening import (
    carried_units,
    kept,
    listed,
    procedure_for,
    readable,
    refuse_no_campaign,
    refuse_places,
    share_for,
)
from iprof_kit.analytics.standing import answered
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.base.words import NBSP
from iprof_kit.careers.campaigns import Beyond


@options_in_french
def campagne(
    table: pd.DataFrame,
    corps: str,
    grade: str,
    annee: int,
    *,
    filtres: Mapping[str, str] | None = None,
    par: Sequence[str] = (),
    procedure: Given | None = None,
    taux: float | str | None = None,
    contingent: int | Mapping[str, int] | None = None,
    report: float | str | Mapping[str, float] = 0,
    suppose: Beyond = "refuser",
    positions: Mapping[str, str] | None = None,
    source: str = "",
    le: date | None = None,
) -> Campagne:
    """Open a campaign of promotions on a table of people.

    Parameters
    ----------
    table : DataFrame
        One row a person: `numero`, `corps`, `grade`, `echelon`, and `date_effet` (the situation of
        31 August is calculated) or `anciennete_jours` (it is taken as given, in days of the 360-day
        year); then what the procedure asks: see docs/analysts/tableaux.md.
    corps : str
        Code of corps.csv.
    grade : str
        « hors_classe », « classe_exceptionnelle » or « avancement_accelere ».
    annee : int
        Campaign: promotions of 1 September, conditions seen on 31 August.
    filtres : mapping of column to value, optional
        What is kept of the table, e.g. {"departement": "063"}.
    par : sequence of str
        Columns that make a list each (departement, discipline); by default one list.
    procedure : str, Path or Procedure, optional
        Id of a procedure of the kit, a YAML file, or a procedure; by default the national order.
    taux : float or str, optional
        Ratio in per cent; by default that of the tables.
    contingent : int or mapping of list to int, optional
        Places given, instead of a ratio.
    report : float, str or mapping of list to float
        Decimal left by the year before.
    suppose : {"refuser", "dernier_connu", "projet"}
        What to do in a year without ratio.
    positions : mapping of str to str, optional
        What a position that the kit does not know means: {"CRCT": "En activité"}.
    source : str
        What the table was read from, for the captions.
    le : date, optional
        Day of the tables; by default today.

    Raises
    ------
    InputError
        What is wrong in the table or in the parameters, and where.
    LawError
        The tables of the law do not answer.

    Examples
    --------
    A ratio of 23 % of 648 people is 149,04: 149 places.

    >>> import iprof_kit
    >>> gens = iprof_kit.exemple_promouvables()
    >>> opened = iprof_kit.campagne(gens, "pe", "hors_classe", 2027, taux=23)
    >>> int(opened.contingent()["contingent"][0])
    149
    """
    filters = dict(filtres or {})
    refuse_no_campaign(table, corps, grade, annee)
    refuse_places(contingent)
    chosen, supposed = procedure_for(procedure, corps, grade, annee)
    missing = [name for name in par if name not in table]
    if missing:
        raise InputError(
            f"colonne absente{NBSP}: {', '.join(missing)}.",
            where="par",
            remedy="Ajoutez-la à la table, ou donnez une autre colonne.",
        )
    people, answers = answered(kept(table, corps, filters), positions or {})
    people, refused = readable(people)
    gens, aside = listed(people, grade, annee)
    share, share_hypotheses = (
        (None, ("contingent donné",))
        if contingent is not None
        else share_for(taux, corps, grade, annee, suppose)
    )
    settings = Settings(chosen, share, contingent, carried_units(report))
    about = {"corps": corps, **filters}
    return Campagne(
        gens,
        refused,
        corps,
        grade,
        annee,
        tuple(par),
        settings,
        about,
        (*supposed, *share_hypotheses, *answers),
        source or "table fournie",
        le or date.today(),
        suppose,
        aside,
    )
