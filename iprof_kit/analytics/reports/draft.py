"""A report before any table: its campaign, the people that it looks at, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from iprof_kit.analytics.ages import pyramid_step
from iprof_kit.analytics.analyses.people import PER_CENT, ages
from iprof_kit.analytics.analyses.promotions.not_proposed import near_retirement
from iprof_kit.analytics.identities import refuse_identities
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.candidates import whole_numbers
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.analytics.publication.publish import digest_of
from iprof_kit.analytics.reports.plan import CORPS, PROMOUVABLES, Plan
from iprof_kit.base.calendar import eve_of_rentree
from iprof_kit.base.errors import InputError
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP, dashed
from iprof_kit.law.mobility.criteria import academie as academie_row

NATIONAL = "toutes les académies de la table"
_NAME = 60


@dataclass(frozen=True)
class Draft:
    """What a report is made from, secrecy left out.

    Attributes
    ----------
    gens : mapping of « promouvables », « corps » to DataFrame
        With what the sections count besides the columns given: `propose`, `age`, `classe_age`,
        `temps_partiel`, `proche_retraite`.
    academie, code : str
        Label, then code; the code is "" for the whole table.
    source : str
        As the ledger of publications names it.
    empreinte : str
        SHA-256 of the people of the corps.
    """

    plan: Plan
    campagne: Campagne
    gens: Mapping[str, pd.DataFrame]
    academie: str
    code: str
    source: str
    empreinte: str
    hypotheses: tuple[str, ...]
    nominatif: bool

    @property
    def titre(self) -> str:
        """« Hors classe 2027, professeurs des écoles »."""
        text = self.campagne.titre
        return text[:1].upper() + text[1:]

    @property
    def observation(self) -> date:
        """The day on which people are looked at."""
        return date.fromisoformat(str(self.gens[CORPS].attrs["observation"]))

    @property
    def version(self) -> str:
        """« iprof-kit 0.9.0 »."""
        return f"iprof-kit {__version__}"


@dataclass(frozen=True)
class Subject:
    """Whose campaign a report is about; see `report.rapport`."""

    corps: str
    grade: str
    annee: int
    academie: str
    par: Sequence[str]


def drafted(
    gens: pd.DataFrame,
    plan: Plan,
    about: Subject,
    *,
    nominatif: bool,
    source: str,
    **options: Any,
) -> Draft:
    """Open the campaign of a report and prepare the people that its sections look at.

    Raises
    ------
    InputError
        An unknown academy, a column that misses, nobody who is promouvable.
    """
    code, label = academy(about.academie)
    filters = {"academie": code} if code else {}
    asked = campagne(
        gens,
        about.corps,
        about.grade,
        about.annee,
        filtres=filters,
        par=about.par,
        source=source or str(gens.attrs.get("source", "")),
        **options,
    )
    if asked.gens.empty:
        raise InputError(
            f"personne n’est promouvable{NBSP}: {asked.titre}, {label}.",
            where="table",
            remedy="Vérifiez le corps, le grade et l’année.",
        )
    chosen = gens["corps"] == about.corps
    if code:
        chosen &= gens["academie"].astype(str) == code
    people = gens[chosen.fillna(value=False)]
    if nominatif:
        refuse_identities(people, ["numero"], "table")
    hypotheses = list(asked.hypotheses)
    day = _observation(gens, about.annee, hypotheses)
    counted = {
        CORPS: counted_people(people, day),
        PROMOUVABLES: counted_people(with_proposal(asked, hypotheses), day),
    }
    return Draft(
        plan,
        asked,
        counted,
        label,
        code,
        source_name(source or str(gens.attrs.get("source", ""))),
        digest_of(people),
        tuple(hypotheses),
        nominatif,
    )


def academy(given: str) -> tuple[str, str]:
    """Return the code and the label of an academy, given by either; "" for the whole table."""
    if not given:
        return "", NATIONAL
    row = academie_row(given).values
    return str(row["code_academie"]), str(row["libelle_academie"]).replace("'", "’")


def source_name(text: str) -> str:
    """Return the name of a source as the ledger admits it: « Extrait n° 3 » is « extrait-n-3 »."""
    if re.fullmatch(r"[\w-]+", text) and len(text) <= _NAME:
        return text
    return dashed(text).lower()[:_NAME].strip("-") or "table-fournie"


def _observation(gens: pd.DataFrame, annee: int, hypotheses: list[str]) -> date:
    given = gens.attrs.get("observation")
    if given:
        return date.fromisoformat(str(given))
    hypotheses.append(f"les âges sont ceux du 31 août {annee}, la table ne disant pas sa date")
    return eve_of_rentree(annee)


def with_proposal(asked: Campagne, hypotheses: list[str]) -> pd.DataFrame:
    """Return the promouvables with `propose`, and what is supposed added to the hypotheses."""
    ranked = asked.classement().set_index("numero")
    people = asked.gens.assign(propose=ranked["propose"].reindex(asked.gens["numero"]).to_numpy())
    people["propose"] = people["propose"].astype("int64")
    if "date_naissance" in people or "retraitable" in people:
        near, (supposed, lost) = near_retirement(people, asked.annee, None)
        people["proche_retraite"] = whole_numbers(near["retraitable"])
        hypotheses += [*supposed, *lost]
    if "promu" not in people or people["promu"].isna().all():
        hypotheses.append("les promus des analyses sont les personnes proposées")
        people["promu"] = people["propose"]
    return people


def counted_people(people: pd.DataFrame, day: date) -> pd.DataFrame:
    """Return people with what the sections count: age, class of ages, part-time."""
    counted = people.copy()
    if "date_naissance" in counted:
        years = ages(counted, day)
        step = pyramid_step()
        low = years // step * step
        counted["age"] = years.astype("Float64")
        counted["classe_age"] = [
            "" if pd.isna(at) else f"{at} à {at + step - 1} ans" for at in low.tolist()
        ]
    if "quotite" in counted:
        share = pd.to_numeric(counted["quotite"], errors="coerce").astype("Float64")
        counted["temps_partiel"] = (share < PER_CENT).astype("Int64")
    counted.attrs = {**people.attrs, "observation": day.isoformat()}
    return counted
