"""Departmental and intra-academic movements: their rules are local, read from a described file.

One YAML file a territory and campaign, in `data/reference/mouvement_local/`, named
`<degre>_<territoire>_<campagne>.yml` (`1d_99_2026.yml`); without one, the movement is not covered::

    degre: 1d                  # or 2d
    territoire: "99"           # 1d: code of the département; 2d: name of the academy
    campagne: 2026             # year of the rentrée aimed at
    source: circulaire …       # the text that gives the rules
    confiance: B               # A text read, B agreeing sources, C one source, D not confirmed
    criteres:
      - cle: anciennete        # the name by which an amount is given
        libelle: Ancienneté
        points: 1.5            # points for one unit
        unite: année           # what is counted; omitted: all or nothing
        plafond: 30            # most points, optional
        condition: …           # words of the text, optional
        non_cumul: [autre]     # keys of criteria with which it may not be added up, optional
    departage:                 # tie-breaks in order, optional
      - ancienneté générale des services
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from iprof_kit.base.errors import BadTable, InputError, LawError
from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.sources import Confidence
from iprof_kit.base.words import points_text
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.law.mobility.criteria import academie, departement
from iprof_kit.law.mobility.score import CriterionPoints, SetAside, WishScore

FOLDER = REFERENCE / "mouvement_local"
_REQUIRED = {
    "degre": str,
    "territoire": str,
    "campagne": int,
    "source": str,
    "confiance": str,
    "criteres": list,
}
_OPTIONAL = {"departage": list}
_CRITERION = {"cle": str, "libelle": str, "points": (int, float)}
_MORE = {"unite": str, "plafond": (int, float), "condition": str, "non_cumul": list}


@dataclass(frozen=True)
class LocalCriterion:
    """One criterion of a local movement; without `unite`, it is had or not."""

    cle: str
    libelle: str
    points: float
    unite: str = ""
    plafond: float | None = None
    condition: str = ""
    non_cumul: tuple[str, ...] = ()


@dataclass(frozen=True)
class LocalRules:
    """The rules of one territory in one campaign."""

    degre: str
    territoire: str
    campagne: int
    source: str
    confidence: Confidence
    criteres: tuple[LocalCriterion, ...]
    departage: tuple[str, ...] = ()


def local_rules(
    degre: str, territoire: str, campagne: int, folder: Path | None = None
) -> LocalRules:
    """Return the rules of a local movement.

    Parameters
    ----------
    degre : "1d" or "2d"
    territoire : str
        Code of the département (1d) or name of the academy (2d).
    folder : Path, optional
        Where the files are; by default among the reference tables.

    Raises
    ------
    LawError
        « non couvert »: no file describes this territory in this campaign.
    InputError
        Unknown territory.
    BadTable
        The file does not follow the format; the message names file and field.
    """
    where = folder or FOLDER
    path = where / f"{degre}_{territoire}_{campagne}.yml"
    if path.is_file():
        return read_local(path)
    name = departement(territoire) if degre == "1d" else academie(territoire)
    place = name.values["nom" if degre == "1d" else "libelle_academie"]
    covered = ", ".join(sorted(file.stem.replace("_", " ") for file in where.glob("*.yml")))
    raise LawError(
        f"mouvement local non couvert : aucune règle décrite pour {place} en {campagne}.",
        where="territoire",
        remedy=f"Territoires couverts : {covered or 'aucun'}. Les règles locales sont dans la "
        "circulaire de votre "
        + ("direction départementale (DSDEN)." if degre == "1d" else "académie."),
    )


def read_local(path: Path) -> LocalRules:
    """Read and check one file of local rules; see `local_rules` for the errors."""
    try:
        raw = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadTable("le fichier ne peut pas être lu.", where=path.name) from error
    _check(raw, _REQUIRED, _OPTIONAL, path.name)
    if raw["degre"] not in ("1d", "2d"):
        raise BadTable("degre : 1d ou 2d attendu.", where=path.name)
    if raw["confiance"] not in ("A", "B", "C", "D"):
        raise BadTable("confiance : A, B, C ou D attendu.", where=path.name)
    expected = f"{raw['degre']}_{raw['territoire']}_{raw['campagne']}"
    if path.stem != expected:
        raise BadTable(f"le fichier doit s’appeler {expected}.yml.", where=path.name)
    criteria = tuple(_criterion(row, path.name) for row in raw["criteres"])
    _refuse_keys(criteria, path.name)
    return LocalRules(
        raw["degre"],
        raw["territoire"],
        raw["campagne"],
        raw["source"],
        raw["confiance"],
        criteria,
        tuple(str(rank) for rank in raw.get("departage", ())),
    )


def _criterion(row: Any, file: str) -> LocalCriterion:
    _check(row, _CRITERION, _MORE, file)
    return LocalCriterion(**{**row, "non_cumul": tuple(row.get("non_cumul", ()))})


def _check(raw: Any, required: Mapping[str, Any], optional: Mapping[str, Any], file: str) -> None:
    """Refuse a mapping with a missing, unknown or ill-typed field."""
    if not isinstance(raw, dict):
        raise BadTable(f"champs attendus : {', '.join(required)}.", where=file)
    for name in required:
        if name not in raw:
            raise BadTable(f"champ absent : {name}.", where=file)
    for name, value in raw.items():
        kind = {**required, **optional}.get(name)
        if kind is None:
            known = ", ".join([*required, *optional])
            raise BadTable(f"champ inconnu : {name} ; champs connus : {known}.", where=file)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise BadTable(f"{name} : valeur mal formée « {value} ».", where=file)


def _refuse_keys(criteria: tuple[LocalCriterion, ...], file: str) -> None:
    keys = [criterion.cle for criterion in criteria]
    for key in keys:
        if keys.count(key) > 1:
            raise BadTable(f"critère écrit deux fois : {key}.", where=file)
    for criterion in criteria:
        unknown = sorted(set(criterion.non_cumul) - set(keys))
        if unknown:
            raise BadTable(f"non_cumul : critère inconnu {unknown[0]}.", where=file)


def local_score(rules: LocalRules, amounts: Mapping[str, float], voeu: str = "") -> WishScore:
    """Return the score that local rules give.

    Parameters
    ----------
    amounts : mapping of key to number
        For each criterion asked for, how many units (1 for all-or-nothing).
    voeu : str
        What is asked for, for the answer.

    Raises
    ------
    InputError
        Unknown criterion (the message lists the known ones), or a negative amount.
    """
    known = {criterion.cle: criterion for criterion in rules.criteres}
    for key, amount in amounts.items():
        if key not in known:
            raise InputError(
                f"critère inconnu : {key}.",
                where=f"criteres.{key}",
                remedy=f"Critères connus : {', '.join(known)}.",
            )
        if amount < 0:
            raise InputError(
                f"{amount} n’est pas possible.",
                where=f"criteres.{key}",
                remedy="Donnez un nombre positif ou nul.",
            )
    lines = {key: _line(known[key], amount, rules) for key, amount in amounts.items() if amount}
    aside = _overlaps(lines, known)
    kept = tuple(line for key, line in lines.items() if key not in aside)
    return WishScore(1, voeu, kept, tuple(aside.values()))


def _line(criterion: LocalCriterion, amount: float, rules: LocalRules) -> CriterionPoints:
    count = amount if criterion.unite else 1
    points = count * criterion.points
    text = f"{points_text(count)} {criterion.unite} × {points_text(criterion.points)}"
    if criterion.plafond is not None and points > criterion.plafond:
        points, text = criterion.plafond, f"{text}, plafonné à {points_text(criterion.plafond)}"
    return CriterionPoints(
        criterion.cle,
        "",
        criterion.libelle,
        points,
        text if criterion.unite else "",
        rules.source,
        rules.confidence,
    )


def _overlaps(
    lines: Mapping[str, CriterionPoints], known: Mapping[str, LocalCriterion]
) -> dict[str, SetAside]:
    """Set aside, of two criteria that exclude each other, the one with fewer points."""
    kept: list[str] = []
    aside: dict[str, SetAside] = {}
    for key in sorted(lines, key=lambda key: -lines[key].points):
        rival = next(
            (
                other
                for other in kept
                if other in known[key].non_cumul or key in known[other].non_cumul
            ),
            None,
        )
        if rival is None:
            kept.append(key)
        else:
            why = f"non cumulable avec « {lines[rival].libelle} », plus favorable"
            aside[key] = SetAside(key, lines[key].libelle, why)
    return aside
