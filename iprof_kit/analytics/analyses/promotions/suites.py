"""What follows a publication: appeals, and the sheet of one agent (analyses 28 and 29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.people import observed, percent
from iprof_kit.analytics.analyses.promotions.campaigns import campaign_year
from iprof_kit.analytics.analyses.promotions.proposals import checked_beyond, open_campaign
from iprof_kit.analytics.columns import is_empty
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.candidates import whole_numbers
from iprof_kit.analytics.promotions.why import Explication
from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, appreciation_label, position_label
from iprof_kit.law.promotion.procedures.model import CRITERIA
from iprof_kit.law.promotion.statistics import appeals, delay_of_appeal, last_day_of_appeal
from iprof_kit.law.requests.delays import Delay
from iprof_kit.law.tables.cells import grades_of

STATES = ("dans le délai", "hors délai", "tranché")
WAITING = "en attente"


@analyse
def recours(
    gens: pd.DataFrame, /, *, au: date | None = None, voie: str = "administratif"
) -> Reponse:
    """Return a dated list of appeals: last day, days left, state.

    Parameters
    ----------
    gens : DataFrame
        One row an appeal, or somebody who may form one: `numero`, `date_publication` (of the table
        of promotions), `date_recours` (empty: not formed yet), `issue` (empty: not decided yet),
        `motif`.
    au : date, optional
        Day on which days are counted; by default that of the table.
    voie : str
        administratif or tribunal.

    Returns
    -------
    Reponse
        Table, by last day: `numero`, `date_publication`, `date_limite`, `date_recours`,
        `jours_restants` (to the last day; missing after it, or once the appeal is formed or
        decided), `etat` (tranché: it has an issue; dans le délai, hors délai: of the day of the
        appeal, else of `au`), `issue`, `motif`. Details « etats », « motifs »: counts and shares
        (per cent).
    """
    day = pd.Timestamp(observed(gens, au))
    cases, warnings = _dated(gens, day)
    delay = _delay(voie, day.date())
    limits = {one: _last_day(one.date(), voie) for one in cases["date_publication"].unique()}
    last = cases["date_publication"].map(limits).astype("datetime64[us]")
    known = cases.assign(date_limite=last)[last.notna()]
    refuse_nobody(known, "recours")
    old = int(last.isna().sum())
    warnings += (f"{old} recours sans délai connu à leur date, laissés de côté",) * bool(old)
    table = _states(known, day)
    states, motives = _count(table["etat"]), _count(table["motif"].replace("", "non renseigné"))
    counts = pd.crosstab(table["etat"], table["issue"].replace("", WAITING))
    counts = counts.reindex([state for state in STATES if state in counts.index])
    supposed = (
        f"situation au {date_text(day.date())}",
        f"délai de {delay.value} {delay.unit} depuis la publication",
        *_counted(delay),
    )
    return Reponse(
        table,
        lambda: drawing.stacked(counts, horizontal=True, height=len(counts) / 2 + 2),
        {"etats": states, "motifs": motives},
        supposed,
        warnings,
    )


@analyse
def fiche_agent(
    gens: pd.DataFrame,
    /,
    *,
    numero: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Reponse:
    """Return the sheet of one agent: barème, rank, why; nothing about other people.

    Parameters
    ----------
    gens : DataFrame
        All the people of the list, with what `campagne` needs.
    numero : str
        Of the agent.
    grade : str
        Grade aimed at; by default the one that follows hers.
    annee : int, optional
        Campaign; by default that of the table.
    suppose : str
        What to do in a year without ratio: refuser, dernier_connu, projet.
    procedure : str
        Id of a procedure of ranking; by default the national order.
    liste : str
        Column that makes a list each, e.g. departement; by default one list a corps.

    Returns
    -------
    Reponse
        Table `rubrique`, `valeur`. Details « criteres »: each criterion, her value, whether it
        parts her from the person before or after; « pourquoi »: sentences; « raison »: her
        ranking done again, `libelle`, `valeur`, `nature` (law, datum, hypothesis, refusal).
    """
    me = _agent(gens, numero)
    year = campaign_year(gens, annee)
    of_year = gens[whole_numbers(gens["annee"]) == year] if "annee" in gens else gens
    one = open_campaign(
        of_year,
        str(me["corps"]),
        grade or _next_grade(me),
        year,
        checked_beyond(suppose),
        procedure,
        (liste,) if liste else (),
    )
    why = one.pourquoi(numero)
    lists = one.contingent()
    places = lists[lists["liste"] == why.liste].iloc[0]
    table = pd.DataFrame(_sheet(one, why, places), columns=["rubrique", "valeur"])
    criteria = why.criteres.reindex(columns=["critere", "valeur", "departage"])
    traced = one.raison(numero, voisins=False)
    details = {
        "criteres": criteria,
        "pourquoi": pd.DataFrame({"phrase": why.sur_elle}),
        "raison": pd.DataFrame([line.model_dump() for line in traced.lignes]),
    }
    return Reponse(
        table,
        lambda: _draw_rank(why, places),
        details,
        (f"classement de la procédure {one.procedure.id}", *one.hypotheses),
        one.provenance.avertissements,
    )


def _dated(gens: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the appeals whose publication is known, with their dates read, and what is odd."""
    names = ("date_publication", "date_recours")
    dates = {name: pd.to_datetime(gens[name], errors="coerce", format="ISO8601") for name in names}
    cases = gens.assign(**dates)
    published, filed = (cases[name] for name in names)
    odd = (
        (published.isna(), "recours sans date de publication lisible, laissés de côté"),
        (filed.isna() & ~is_empty(gens["date_recours"]), "dates de recours illisibles"),
        (filed < published, "recours datés d’avant la publication"),
        (filed > day, f"recours datés d’après le {date_text(day.date())}"),
    )
    warnings = tuple(f"{count} {text}" for wrong, text in odd if (count := int(wrong.sum())))
    return cases[published.notna()], warnings


def _states(cases: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    texts = {
        name: cases[name].mask(is_empty(cases[name]), "").astype(str) for name in ("issue", "motif")
    }
    decided = texts["issue"] != ""
    seen = cases["date_recours"].fillna(day)
    state = np.select([decided, seen <= cases["date_limite"]], [STATES[-1], STATES[0]], STATES[1])
    left = (cases["date_limite"] - day).dt.days.astype("Int64")
    open_still = ~decided & cases["date_recours"].isna() & (left >= 0)
    states = cases.assign(etat=state, jours_restants=left.where(open_still), **texts)
    shown = list(
        words_in("numero date_publication date_limite date_recours jours_restants etat issue motif")
    )
    order = ["date_limite", "numero", "date_recours", "motif", "issue"]
    return states.sort_values(order, ignore_index=True)[shown]


def _delay(way: str, day: date) -> Delay:
    known = {
        str(one.values["cle"]): delay
        for one in appeals(day)
        if (delay := delay_of_appeal(one, day)) is not None
    }
    if way not in known:
        raise InputError(
            f"aucun délai n’est connu pour la voie «{NBSP}{way}{NBSP}».",
            where="voie",
            remedy=f"Voies connues{NBSP}: {', '.join(known) or 'aucune à cette date'}.",
        )
    return known[way]


def _counted(delay: Delay) -> Iterator[str]:
    """Say how a delay is counted, beyond its length."""
    if delay.free:
        yield "ni le jour qui ouvre le délai, ni celui où il s’achève ne comptent"
    if delay.carried:
        yield "report au premier jour ouvrable, sans les jours fériés propres à un département"


def _last_day(published: date, way: str) -> date | None:
    try:
        return last_day_of_appeal(published, way)
    except LawError:  # before the texts of the table
        return None


def _count(values: pd.Series) -> pd.DataFrame:
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return pd.DataFrame(
        {
            values.name: counts.index,
            "nombre": counts.to_numpy(),
            "part": percent(counts, len(values)),
        }
    )


def _agent(gens: pd.DataFrame, number: str) -> pd.Series:
    rows = gens[gens["numero"].astype(str) == number]
    if rows.empty:
        raise InputError(
            f"personne n’a le numéro «{NBSP}{number}{NBSP}»." if number else "le numéro manque.",
            where="numero",
            remedy="Donnez celui d’une personne de la table.",
        )
    return rows.iloc[0]


def _next_grade(me: pd.Series) -> str:
    grades = grades_of(str(me["corps"]))
    after = dict(pairwise(grades))
    if me["grade"] not in after:
        raise InputError(
            f"aucun grade ne suit «{NBSP}{me['grade']}{NBSP}».",
            where="grade",
            remedy="Donnez le grade visé (grade=…).",
        )
    return after[str(me["grade"])]


def _sheet(one: Campagne, why: Explication, places: pd.Series) -> list[tuple[str, str]]:
    me = one.gens[one.gens["numero"].astype(str) == why.numero].iloc[0]
    scores = one.bareme()
    parts = scores[scores["numero"] == me["numero"]].iloc[0]
    names = {
        "bareme": "barème",
        "points_appreciation": "dont appréciation",
        "points_plage": "dont plage d’appel",
    }
    first = CRITERIA[one.procedure.criteria[0]]
    return [
        ("numéro", why.numero),
        ("campagne", one.titre),
        ("situation au 31 août", position_label(me["grade"], me["echelon"], me.get("chevron"))),
        ("ancienneté dans l’échelon", duration_text(int(me["anciennete_jours"]))),
        *(
            (("appréciation", appreciation_label(str(me["appreciation"]))),)
            if "appreciation" in me
            else ()
        ),
        *(
            (text, f"{parts[name]:.0f}")
            for name, text in names.items()
            if name in parts and pd.notna(parts[name])
        ),
        ("liste", why.liste),
        ("rang", "non classé" if why.rang is None else str(why.rang)),
        ("promouvables", str(places["promouvables"])),
        ("proposés", str(places["proposes"])),
        (f"{first} du dernier proposé au rang", str(places["barre"]) or "aucun"),
        ("proposé", "oui" if why.propose else "non"),
        ("motif", why.sur_elle[-1]),
        ("décision", one.decideur),
    ]


def _draw_rank(why: Explication, places: pd.Series) -> Figure:
    counts = {
        "rang": why.rang,
        "proposés": places["proposes"],
        "promouvables": places["promouvables"],
    }
    return drawing.grouped(pd.DataFrame({why.numero: counts}, dtype=float))
