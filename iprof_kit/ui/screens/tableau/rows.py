"""The rows of the ranking: around the bar, the first ones, or all of it, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.ui.kit.parts import Option, Why, discreet, why_of
from iprof_kit.ui.shared import text

BAR, FIRST, ALL = "barre", "premiers", "tout"
_WINDOWS = {BAR: "autour de la barre", FIRST: "les dix premiers", ALL: "tout le classement"}
_AROUND, _TOP, PAGE = 3, 10, 50
_BARE = {"F": ("femme", "proposée", "non proposée"), "H": ("homme", "proposé", "non proposé")}


@dataclass(frozen=True)
class Reason:
    """Why somebody is at her rank: her ranking done again, her criteria beside her neighbours’."""

    why: Why
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """One person of the table."""

    id: str
    rank: str
    number: str
    sex: str
    echelon: str
    seniority: str
    corps_seniority: str
    appreciation: str
    score: str
    parts: str
    share: tuple[str, str]
    """Widths of the two parts of the score, in per cent of the highest; empty where it has none."""
    after: str
    kept: str
    gain: str
    outcome: str
    proposed: bool
    reason: Reason | None = None
    """None until it is opened."""
    cut: str = ""
    """Said above this row: the end of the contingent."""


@dataclass(frozen=True)
class Shown:
    """Which rows are shown, and how to see others."""

    title: str
    windows: tuple[Option, ...]
    rows: tuple[Row, ...]
    before: str = ""
    """« rangs 1 à 50 », where there is a page before."""
    following: str = ""


@dataclass(frozen=True)
class Asked:
    """The part of the ranking that is asked for."""

    window: str = BAR
    page: int = 0
    opened: frozenset[str] = frozenset()
    """Numbers of the people whose reason stands open."""


def shown(
    campaign: Campagne, ranking: pd.DataFrame, places: Mapping[Any, Any], asked: Asked
) -> Shown:
    """Return the rows that are asked for.

    Parameters
    ----------
    campaign : Campagne
    ranking : DataFrame
        See `Campagne.classement`.
    places : mapping
        The row of `Campagne.contingent`.
    asked : Asked
        A window that does not exist shows what is around the bar.
    """
    ranked = ranking[ranking["erreur"] == ""].reset_index(drop=True)
    size, total = min(int(places["contingent"]), len(ranked)), len(ranked)
    window = asked.window if asked.window in _WINDOWS else BAR
    page = min(max(asked.page, 0), max(total - 1, 0) // PAGE) if window == ALL else 0
    first, end = _span(window, page, size, total)
    after = campaign.reclassement().set_index("numero")
    most = float(ranked["bareme"].max()) if "bareme" in ranked and total else 0.0
    rows = tuple(
        _row(
            _scored(_plain(ranked.iloc[n]), campaign),
            _plain(after.loc[ranked["numero"].iloc[n]]),
            _reason(campaign, str(ranked["numero"].iloc[n]), asked.opened),
            most,
            cut=_cut(places) if n == size else "",
        )
        for n in range(first, end)
    )
    whole = window == ALL
    return Shown(
        _ranks(first, end, total) if whole else _WINDOWS[window],
        tuple(Option(name, label, name == window) for name, label in _WINDOWS.items()),
        rows,
        _ranks(first - PAGE, first) if whole and first else "",
        _ranks(end, min(end + PAGE, total)) if whole and end < total else "",
    )


def _span(window: str, page: int, size: int, total: int) -> tuple[int, int]:
    if window == FIRST:
        return 0, min(_TOP, total)
    if window == ALL:
        return page * PAGE, min((page + 1) * PAGE, total)
    return max(size - _AROUND, 0), min(size + _AROUND, total)


def _ranks(first: int, end: int, total: int = 0) -> str:
    return f"rangs {first + 1} à {end}" + (f" sur {total}" if total else "")


def _plain(row: pd.Series) -> dict[str, Any]:
    return {str(name): value for name, value in row.to_dict().items()}


def _scored(record: dict[str, Any], campaign: Campagne) -> dict[str, Any]:
    """Return a record with what it is ranked by first: its barème, where it has one."""
    if "bareme" in record:
        return record | {"score": record["bareme"]}
    return record | {"score": campaign.criteres(str(record["numero"]))["valeur"].iloc[0]}


def _cut(places: Mapping[Any, Any]) -> str:
    bar = f"Barre à {places['barre']}, " if places["barre"] else ""
    tie = f"départagée par : {places['departage']}." if places["departage"] else ""
    count = int(places["contingent"])
    end = f"{count} proposition{'s' if count > 1 else ''}" if count else "aucune proposition"
    return f"Fin du contingent : {end}. {bar}{tie}"


def _row(
    record: Mapping[str, Any],
    placed: Mapping[str, Any],
    reason: Reason | None,
    most: float,
    *,
    cut: str,
) -> Row:
    sex, yes, no = _BARE.get(str(record.get("sexe")), ("", "proposé(e)", "non proposé(e)"))
    known = not pd.isna(placed["indice_apres"])
    kept = 0 if not known else int(placed["anciennete_conservee_jours"])
    parts = _parts(record)
    after = f"{text.nth(str(placed['echelon_apres']))} échelon" if known else "règle non couverte"
    return Row(
        id=f"r-{int(record['rang'])}",
        rank=str(int(record["rang"])),
        number=str(record["numero"]),
        sex=sex,
        echelon=text.nth(str(record["echelon"])),
        seniority=text.elapsed(int(record["anciennete_jours"])),
        corps_seniority=text.elapsed(int(record["anciennete_corps"]))
        if "anciennete_corps" in record
        else "",
        appreciation=text.sentence(
            text.appreciation_label(str(record.get("appreciation", "")))
        ).rstrip("."),
        score=str(record["score"]),
        parts=" + ".join(map(str, parts)),
        share=(f"{parts[0] / most:.1%}", f"{parts[1] / most:.1%}") if parts and most else ("", ""),
        after=after,
        kept=text.elapsed(kept) if kept else "sans reliquat",
        gain=f"+ {int(placed['gain_points'])} points, {text.money(placed['gain_brut_mensuel'])}"
        if known
        else "",
        outcome=(yes if record["propose"] else no) + _because(record),
        proposed=bool(record["propose"]),
        reason=reason,
        cut=cut,
    )


def _parts(record: Mapping[str, Any]) -> tuple[int, ...]:
    names = ("points_appreciation", "points_plage")
    return tuple(int(record[name]) for name in names) if all(n in record for n in names) else ()


def _because(record: Mapping[str, Any]) -> str:
    motif = str(record["motif"])
    doubt = ", position à vérifier" if record.get("a_verifier") and record.get("position") else ""
    return (f", {motif}" if motif not in ("", "rang") else "") + doubt


def _reason(campaign: Campagne, number: str, opened: frozenset[str]) -> Reason | None:
    """Return the reason of a row that stands open: its ranking is then done again."""
    if number not in opened:
        return None
    explained = campaign.pourquoi(number)
    names = ["critere", "valeur", "precedente", "suivante"]
    rows = tuple(tuple(map(str, row)) for row in explained.criteres[names].to_numpy().tolist())
    why = discreet(why_of(explained.raison or campaign.raison(number)))
    return Reason(why, rows)
