"""What each reference table must look like, and the checks made when it is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from iprof_kit.base.errors import BadTable

EVERYBODY = "tous"
_LINE_OF_FIRST_ROW = 2


@dataclass(frozen=True)
class Schema:
    """The shape of one table.

    `validity` names the two date columns between which a row is in force; `interval` the two
    columns on which rows of the same `key` must not overlap (by default the validity); `corps`
    the columns that hold codes of corps (several separated by « ; », or « tous »).
    """

    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    validity: tuple[str, str] | None = None
    interval: tuple[str, str] | None = None
    dates: tuple[str, ...] = ()
    integers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    corps: tuple[str, ...] = ()


_VALID = ("valide_du", "valide_au")
_CAMPAIGN = ("campagne_du", "campagne_au")
_CELL = ("corps", "grade", "echelon", "chevron")
_PROOF = ("source", "confiance")

SCHEMAS: dict[str, Schema] = {
    "academies": Schema(("code_academie", "libelle_academie", *_PROOF), ("code_academie",)),
    "departements": Schema(("code_insee", "nom", "code_academie", *_PROOF), ("code_insee",)),
    "corps": Schema(
        ("corps", "libelle", "grades_ordonnes", "degre", "gestion", *_PROOF), ("corps",)
    ),
    "decideurs": Schema(
        ("corps", *_VALID, "decideur", *_PROOF), ("corps",), _VALID, corps=("corps",)
    ),
    "durees_echelon": Schema(
        (*_CELL, "duree_mois", "duree_acceleree_mois", *_VALID, *_PROOF), _CELL, _VALID,
        integers=("duree_mois", "duree_acceleree_mois"), corps=("corps",),
    ),
    "grilles": Schema(
        (*_CELL, "indice_brut", "indice_majore", *_VALID, *_PROOF, "confiance_indice_brut"),
        _CELL, _VALID, integers=("indice_majore",), corps=("corps",),
    ),
    "point_indice": Schema(
        ("valeur_annuelle_point", *_VALID, *_PROOF), (), _VALID, numbers=("valeur_annuelle_point",)
    ),
    "positions_avancement": Schema(
        ("code", "libelle", "positions", "motifs", "mois_du", "mois_au", "part_pct",
         "plafond_mois", "plafond_commun", *_VALID, *_PROOF),
        ("code", "mois_du"), _VALID,
        integers=("mois_du", "mois_au", "part_pct", "plafond_mois"),
    ),
    "reclassement": Schema(
        ("id", "type_ligne", "corps", "grade_origine", "grade_cible", "echelon_origine",
         "chevron_origine", "anciennete_min_mois", "anciennete_max_mois_exclu", "echelon_cible",
         "chevron_cible", "anciennete_conservee", "regle", *_VALID, *_PROOF),
        ("id", "corps", "grade_origine", "grade_cible", "echelon_origine", "chevron_origine",
         "anciennete_min_mois"), _VALID,
        integers=("anciennete_min_mois", "anciennete_max_mois_exclu"), corps=("corps",),
    ),
    "reclassement_phrases": Schema(("id", "phrase", *_PROOF), ("id",)),
    "bareme_hors_classe": Schema(
        ("groupe_corps", "type", "cle", "echelon", "anciennete_annees_revolues", *_CAMPAIGN,
         *_PROOF),
        ("groupe_corps", "type", "cle"), interval=_CAMPAIGN,
        integers=("anciennete_annees_revolues", *_CAMPAIGN), corps=("groupe_corps",),
    ),
    "bareme_classe_exceptionnelle": Schema(
        ("corps", *_CAMPAIGN, "element", "cle", "valeur", "detail", *_PROOF),
        ("corps", "element", "cle"), interval=_CAMPAIGN, integers=_CAMPAIGN, corps=("corps",),
    ),
    "ratios_promotion": Schema(
        ("annee", "corps", "grade_cible", "ratio_pct", "statut", *_PROOF),
        integers=("annee",), numbers=("ratio_pct",), corps=("corps",),
    ),
    "rendez_vous_carriere": Schema(
        ("corps", "rdv", "echelon", "promu_echelon_du", "promu_echelon_au", *_VALID, *_PROOF),
        ("corps", "rdv"), _VALID, integers=("rdv",), corps=("corps",),
    ),
    "rendez_vous_carriere_regles": Schema(("cle", "valeur", *_PROOF), ("cle",)),
    "parametres_carriere": Schema(
        ("cle", "valeur", "unite", *_VALID, *_PROOF), ("cle",), _VALID, integers=("valeur",)
    ),
    "retraite_ages": Schema(
        ("version", "effet_du", "effet_au", "categorie", "ne_du", "ne_au", "age_ouverture_mois",
         "limite_age_mois", *_PROOF),
        ("version", "categorie"), ("effet_du", "effet_au"), ("ne_du", "ne_au"),
        dates=("ne_du", "ne_au"),
        integers=("age_ouverture_mois", "limite_age_mois", "duree_assurance_trimestres"),
    ),
    "temps_partiel": Schema(
        ("code", "type_temps_partiel", "quotite_travaillee_pct", "fraction_remuneree", *_VALID,
         *_PROOF),
        ("code", "type_temps_partiel", "quotite_travaillee_pct"), _VALID,
    ),
    "nomenclatures": Schema(("liste", "code", "libelle", *_PROOF)),
    "libelles": Schema(("type", "code", "libelle", *_PROOF), ("type", "code")),
    "verifie": Schema(("table", "verifie_le"), ("table",), dates=("verifie_le",)),
}  # fmt: skip


def check(
    raw: pd.DataFrame, schema: Schema, known_corps: frozenset[str], file: str
) -> pd.DataFrame:
    """Type the columns of a table of texts and refuse what does not hold together.

    Raises
    ------
    BadTable
        Names the file, the line and what is wrong.
    """
    missing = [name for name in schema.columns if name not in raw.columns]
    if missing:
        raise BadTable(f"colonne absente\u00a0: {', '.join(missing)}.", where=file)
    frame = raw.copy()
    for name in {*schema.dates, *(schema.validity or ())}:
        frame[name] = _dates(raw[name], file)
    for name in schema.integers:
        frame[name] = _numbers(raw[name], file, r"-?\d+").astype("Int64")
    for name in schema.numbers:
        frame[name] = _numbers(raw[name], file, r"-?\d+(\.\d+)?")
    for name in schema.corps:
        _refuse_unknown_corps(raw[name], known_corps, file)
    if "confiance" in raw.columns:
        wrong = ~raw["confiance"].isin(["A", "B", "C", "D"])
        _refuse(wrong, raw["confiance"], "confiance inconnue", file)
    _refuse_overlaps(frame, schema, file)
    return frame


def _dates(texts: pd.Series[str], file: str) -> pd.Series[pd.Timestamp]:
    moments = pd.to_datetime(texts.where(texts != ""), format="%Y-%m-%d", errors="coerce")
    _refuse((texts != "") & moments.isna(), texts, "date impossible", file)
    return moments.astype("datetime64[s]")


def _numbers(texts: pd.Series[str], file: str, form: str) -> pd.Series[float]:
    wrong = ~texts.str.fullmatch(form) & (texts != "")
    _refuse(wrong, texts, "nombre attendu", file)
    return pd.to_numeric(texts.where(texts != ""))


def _refuse_unknown_corps(codes: pd.Series[str], known: frozenset[str], file: str) -> None:
    accepted = known | {EVERYBODY}
    wrong = ~codes.map(lambda text: set(re.split(r";", text)) <= accepted)
    _refuse(wrong, codes, "corps inconnu", file)


def _refuse_overlaps(frame: pd.DataFrame, schema: Schema, file: str) -> None:
    """Refuse two rows of one key whose intervals meet, or two rows of one undated key."""
    interval = schema.interval or schema.validity
    if interval is None:
        if schema.key:
            twice = frame.duplicated(list(schema.key))
            _refuse(twice, frame[schema.key[0]], "ligne en double", file)
        return
    since, until = interval
    key = list(schema.key)
    ordered = frame.sort_values([*key, since], kind="stable")
    before = ordered.groupby(key, sort=False).shift() if key else ordered.shift()
    follows = before[since].notna()
    meets = follows & (before[until].isna() | (ordered[since] <= before[until]))
    _refuse(
        meets, ordered[since].astype(str), "période qui en chevauche une autre, à partir de", file
    )


def _refuse(wrong: pd.Series[bool], texts: pd.Series[str], what: str, file: str) -> None:
    if wrong.any():
        row = int(str(wrong.idxmax()))
        text, line = texts.loc[row], row + _LINE_OF_FIRST_ROW
        raise BadTable(f"{what} «\u00a0{text}\u00a0».", where=f"{file}, ligne {line}")
