"""Who is retained among promouvables: those nominated, else those proposed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast, get_args

import pandas as pd

from iprof_kit.analytics.analyses.people import unknown
from iprof_kit.analytics.analyses.promotions.campaigns import campaign_year
from iprof_kit.analytics.columns import is_empty, require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.candidates import whole_numbers
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import NBSP, corps_label, counted
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.promotion.rankings import ACCELERATED
from iprof_kit.law.promotion.rows import grade_before

Groups = Iterable[tuple[tuple[str, int], pd.DataFrame]]
"""People by corps and campaign."""
HORS_CLASSE = "hors_classe"
DECIDED, SIMULATED = "promus", "proposes"
NOMINATED, PROPOSED = "promu", "propose"
RETAINED = "_retenu"
"""Column that tells, true or false, who is retained."""


@dataclass(frozen=True)
class Retained:
    """Promouvables, and who is retained among them.

    Attributes
    ----------
    people : DataFrame
        One row a promouvable; `RETAINED` is true for who is retained.
    word : str
        « promus » where the nominations are known, « proposes » where the kit proposes.
    hypotheses, avertissements : tuples of str
    """

    people: pd.DataFrame
    word: str
    hypotheses: tuple[str, ...] = ()
    avertissements: tuple[str, ...] = ()


def proposed(
    gens: pd.DataFrame,
    corps: str = "",
    grade: str = "",
    annee: int | None = None,
    suppose: str = "refuser",
    procedure: str = "",
    liste: str = "",
) -> Retained:
    """Return promouvables and who is retained: nominated, else proposed in the table or by the kit.

    Parameters
    ----------
    gens : DataFrame
        Promouvables with `promu` (0 or 1), or `propose` as in `Campagne.classement`, taken as they
        are; else people, with what `campagne` needs: each corps of each year is a campaign.
    corps : str
        Kept alone where given.
    grade : str
        Grade aimed at; by default every grade of the nominations, or the hors classe.
    annee : int, optional
        Campaign; by default that of the column `annee`, else of the table's observation.
    suppose : str
        What to do in a year without ratio: refuser, dernier_connu, projet.
    procedure : str
        Id of a procedure of ranking; by default the national order.
    liste : str
        Column that makes a list each, e.g. departement; by default one list a corps.

    Raises
    ------
    InputError
        Nobody, a column or a year that misses, an unknown code.
    """
    beyond = checked_beyond(suppose)
    asked = None if annee is None else campaign_year(gens, annee)
    people = _kept(gens, corps=corps, annee=asked)
    for column, word in ((NOMINATED, DECIDED), (PROPOSED, SIMULATED)):
        if column in people and not is_empty(people[column]).all():
            return _read(_from_grade(people, grade), column, word)
    dated = people if "annee" in people else people.assign(annee=campaign_year(gens, annee))
    require(dated, ["corps"], "corps")
    lists = (liste,) if liste else ()
    return _simulated(dated, grade or HORS_CLASSE, beyond, procedure, lists)


def checked_beyond(suppose: str) -> Beyond:
    """Return what to suppose in a year without ratio, refuse another word.

    Raises
    ------
    InputError
    """
    if suppose not in get_args(Beyond):
        raise InputError(
            f"«{NBSP}{suppose}{NBSP}» n’est pas une supposition.",
            where="suppose",
            remedy=f"Possibles{NBSP}: {', '.join(get_args(Beyond))}.",
        )
    return cast("Beyond", suppose)


def open_campaign(
    gens: pd.DataFrame,
    corps: str,
    grade: str,
    annee: int,
    suppose: Beyond,
    procedure: str,
    lists: tuple[str, ...],
) -> Campagne:
    """Open a campaign, dated from its own 1 September: no clock."""
    return campagne(
        gens,
        corps,
        grade,
        annee,
        procedure=procedure or None,
        par=lists,
        suppose=suppose,
        source=str(gens.attrs.get("source", "")),
        le=rentree_day(annee),
    )


def _kept(gens: pd.DataFrame, *, corps: str, annee: int | None) -> pd.DataFrame:
    """Keep a corps and a campaign; a table without years is that of the year asked."""
    rows = gens
    if corps:
        require(rows, ["corps"], "corps")
        rows = rows[rows["corps"] == corps]
    if "annee" in rows:
        rows = rows.assign(annee=whole_numbers(rows["annee"]))
        rows = rows if annee is None else rows[(rows["annee"] == annee).fillna(value=False)]
    elif annee is not None:
        rows = rows.assign(annee=annee)
    if rows.empty:
        asked = [f"corps = {corps}"] * bool(corps) + [f"annee = {annee}"] * (annee is not None)
        raise InputError(
            f"personne dans la table pour {', '.join(asked)}.",
            where="corps, annee",
            remedy="Vérifiez les codes, ou laissez ces options vides.",
        )
    return rows


def _from_grade(people: pd.DataFrame, grade: str) -> pd.DataFrame:
    """Keep those who hold the grade before the one aimed at; "" keeps all."""
    if not grade or grade == ACCELERATED:
        return people
    require(people, ["corps", "grade"], "grade")
    before = {}
    for corps in people["corps"].dropna().unique():
        try:
            before[corps] = grade_before(str(corps), grade)
        except KitError:  # a corps without this grade has no promouvable to it
            continue
    kept = people[people["grade"] == people["corps"].map(before)]
    if kept.empty:
        raise InputError(
            f"personne n’est promouvable au grade «{NBSP}{grade}{NBSP}».",
            where="grade",
            remedy=f"Possibles{NBSP}: hors_classe, classe_exceptionnelle, avancement_accelere.",
        )
    return kept


def yes_no(people: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of 0 and 1 as whole numbers, missing where it gives nothing.

    Raises
    ------
    InputError
        Anything else is written there.
    """
    blank = is_empty(people[column])
    answers = whole_numbers(people[column].mask(blank))
    wrong = ~blank & ~answers.isin([0, 1])
    if wrong.any():
        raise InputError(
            f"«{NBSP}{people.loc[wrong, column].iloc[0]}{NBSP}» n’est ni 0 ni 1.",
            where=column,
            remedy="Écrivez 1 pour oui, 0 pour non, rien où ce n’est pas connu.",
        )
    return answers


def _read(rows: pd.DataFrame, column: str, word: str) -> Retained:
    """Read who is retained in a column of 0 and 1."""
    answers = yes_no(rows, column)
    known = answers.notna()
    people = rows[known].assign(**{RETAINED: (answers[known] == 1).to_numpy(bool)})
    return Retained(people, word, (), unknown(rows, column, f"valeur de {column}"))


def _simulated(
    rows: pd.DataFrame, grade: str, suppose: Beyond, procedure: str, lists: tuple[str, ...]
) -> Retained:
    """Propose by a campaign a corps and a year; a corps that has none is told, unless alone."""
    usable = rows[~is_empty(rows["corps"]) & ~is_empty(rows["annee"])]
    proposals: list[pd.DataFrame] = []
    supposed: list[tuple[str, str]] = []
    warned: list[tuple[str, str]] = []
    refused: list[KitError] = []
    groups = usable.groupby([usable["corps"].astype(str), usable["annee"].astype(int)])
    for (corps, year), of_group in cast("Groups", groups):
        try:
            one = open_campaign(of_group, corps, grade, year, suppose, procedure, lists)
            ranked = one.classement()
        except KitError as error:
            refused.append(error)
            warned.append(
                (f"{counted(len(of_group), 'personne')} sans campagne : {error.message}", corps)
            )
            continue
        proposals.append(_with_choice(one, ranked))
        supposed += [(text, corps) for text in (_how(one), *one.hypotheses)]
        warned += [(text, corps) for text in (*one.provenance.avertissements, *_unranked(ranked))]
    if refused and not proposals:
        raise refused[0]
    if not sum(map(len, proposals)):
        raise InputError(
            "personne n’est promouvable.",
            where="table",
            remedy="Vérifiez le grade et l’année, ou donnez une table de promouvables.",
        )
    people = pd.concat([one for one in proposals if len(one)], ignore_index=True)
    # what a campaign leaves out because it is empty is a column of the table all the same
    people = people.reindex(columns=[*people, *(name for name in rows if name not in people)])
    everybody = {corps for _, corps in supposed}
    warnings = (
        *unknown(rows, "corps", "corps"),
        *unknown(rows, "annee", "année"),
        *_each_once(warned, everybody),
    )
    return Retained(people, SIMULATED, _each_once(supposed, everybody), warnings)


def _with_choice(one: Campagne, ranked: pd.DataFrame) -> pd.DataFrame:
    chosen = one.gens["numero"].map(ranked.set_index("numero")["propose"]).astype(bool)
    return one.gens.assign(annee=one.annee, **{RETAINED: chosen})


def _how(one: Campagne) -> str:
    what = one.titre.partition(",")[0]
    return f"nominations inconnues : proposés par le kit, {what}, procédure {one.procedure.id}"


def _unranked(ranked: pd.DataFrame) -> tuple[str, ...]:
    errors = ranked["erreur"]
    return tuple(
        f"{counted(count, 'promouvable')} sans classement, jamais au tableau proposé : {text}"
        for text, count in errors[errors != ""].value_counts().sort_index().items()
    )


def _each_once(texts: Iterable[tuple[str, str]], everybody: set[str]) -> tuple[str, ...]:
    """Return each text once, with the corps of which it is said, unless that is everybody."""
    by_text: dict[str, dict[str, None]] = {}
    for text, corps in texts:
        by_text.setdefault(text.rstrip("."), {})[corps] = None
    return tuple(text + _of(whose, everybody) for text, whose in by_text.items())


def _of(whose: Iterable[str], everybody: set[str]) -> str:
    if set(whose) == everybody:
        return ""
    names = (corps_label(one, plural=True) for one in whose)
    return f" ({', '.join(name[:1].lower() + name[1:] for name in names)})"
