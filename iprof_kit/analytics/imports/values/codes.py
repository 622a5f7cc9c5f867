"""The codes of extracts: academies, departments, disciplines, establishments, hours of service."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.values.cells import Cell, Outcome, Reader, number_of
from iprof_kit.analytics.imports.words import key
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.loading import table

ZERO = "zéro de tête rétabli"


def academie_reader(observed: date) -> Reader:
    """Return a reader of academies: code of two digits, name, « académie de … »."""

    def read(text: str) -> Cell:
        names, ends = _academies()
        code, why = _padded(text, 2)
        if code not in COLUMNS["academie"].allowed():
            words = key(text).removeprefix("academie").removeprefix("rectorat")
            code, why = next((names[w] for w in _without_article(words) if w in names), ""), ""
        if not code:
            return Cell(None, Outcome.VIDEE, "académie inconnue (code à deux chiffres, ou nom)")
        end = ends[code]
        if end is not None and observed > end:
            return Cell(code, Outcome.A_VERIFIER, f"académie supprimée depuis le {end:%d/%m/%Y}")
        return Cell(code, Outcome.REPAREE, why) if why else Cell(code)

    return read


def read_departement(text: str) -> Cell:
    """Read a department: « 63 », « 063 », « 2A », « 63 - Puy-de-Dôme » or its name."""
    head = re.match(r"0?(2[AB]|\d{1,3})\b", text, re.IGNORECASE)
    if head:
        code = head[1].upper().zfill(3)
        if code in COLUMNS["departement"].allowed():
            lost = re.fullmatch(r"\d", head[0])
            return (
                Cell(code, Outcome.REPAREE, f"{ZERO}{NBSP}: {_name(code)}") if lost else Cell(code)
            )
    named = _departements().get(key(text), "")
    if named:
        return Cell(named)
    return Cell(None, Outcome.VIDEE, "département inconnu (code INSEE, ou nom)")


def read_discipline(text: str) -> Cell:
    """Read a discipline: L1300, 1300L, 1300, « Mathématiques »; a lost zero is put back."""
    bare = text.upper().replace(" ", "")
    if match := re.fullmatch(r"([A-Z])(\d{2,4})", bare):
        letter, digits = match.groups()
    elif match := re.fullmatch(r"(\d{2,4})([A-Z])", bare):
        digits, letter = match.groups()
    elif match := re.match(r"(\d{2,4})(?:[.,]0+)?(?:$|\D)", bare):
        letter, digits = "", match[1]
    else:
        code = _disciplines().get(key(text), "")
        if code:
            return Cell(code)
        return Cell(text, Outcome.A_VERIFIER, "discipline inconnue de nomenclatures.csv")
    full = digits.zfill(4)
    why = ZERO if len(digits) < 4 else ""
    if not letter:
        known = [code for code in set(_disciplines().values()) if code.endswith(full)]
        if len(known) != 1:
            return Cell(full, Outcome.A_VERIFIER, "lettre de la discipline inconnue")
        return Cell(known[0], Outcome.REPAREE, why or "lettre de la discipline rétablie")
    return Cell(letter + full, Outcome.REPAREE, why) if why else Cell(letter + full)


def read_uai(text: str) -> Cell:
    """Read an establishment: seven digits and a letter; a lost zero is put back."""
    bare = text.upper().replace(" ", "")
    if re.fullmatch(r"\d{7}[A-Z]", bare):
        return Cell(bare)
    if re.fullmatch(r"\d{5,6}[A-Z]", bare):
        return Cell(bare.zfill(8), Outcome.REPAREE, ZERO)
    if match := re.match(r"(\d{7}[A-Z])\b", bare):
        return Cell(match[1], Outcome.REPAREE, "identifiant pris en tête du libellé")
    return Cell(None, Outcome.VIDEE, "n’est pas un identifiant d’établissement (0631234A)")


def read_quotite(text: str) -> Cell:
    """Read the hours of service in per cent; a share of 1, « 8/10 », becomes a percentage."""
    quotite = number_of(text)
    if (share := re.fullmatch(r"(\d{1,2})\s*/\s*(\d{1,2})", text)) and int(share[2]):
        part = Fraction(int(share[1]), int(share[2]))
        if part <= 1 and not 100 % part.denominator:
            return Cell(int(100 * part), Outcome.REPAREE, "fraction convertie en pour cent")
    if quotite is None:
        return Cell(None, Outcome.VIDEE, "n’est pas une quotité (80)")
    if 0 < quotite <= 1 and "%" not in text:
        return Cell(round(quotite * 100), Outcome.REPAREE, "fraction convertie en pour cent")
    if not 0 <= quotite <= 100:
        return Cell(None, Outcome.VIDEE, "quotité hors de 0 à 100")
    if quotite != int(quotite):
        return Cell(
            round(quotite),
            Outcome.A_VERIFIER,
            f"quotité décimale, arrondie{NBSP}: une quotité payée (85,7) n’est pas une "
            "quotité de service (80)",
        )
    return Cell(int(quotite))


def _padded(text: str, width: int) -> tuple[str, str]:
    digits = re.match(r"0*(\d{1,3})(?:[.,]0+)?(?=$|\D)", text)
    if not digits:
        return "", ""
    code = digits[1].zfill(width)
    return code, ZERO if re.fullmatch(r"\d([.,]0+)?", text) else ""


def _without_article(words: str) -> tuple[str, ...]:
    return tuple(words.removeprefix(each) for each in ("", "de", "dela", "du", "d", "la"))


@cache
def _academies() -> tuple[dict[str, str], dict[str, date | None]]:
    rows = table("academies")
    names = {
        key(name): code
        for code, name in zip(rows["code_academie"], rows["libelle_academie"], strict=True)
    }
    ends = {
        code: date.fromisoformat(str(end)[:10]) if str(end)[:4].isdigit() else None
        for code, end in zip(rows["code_academie"], rows["date_fin"], strict=True)
    }
    return names, ends


@cache
def _departements() -> dict[str, str]:
    return {key(name): code for name, code in _names().items()}


def _name(code: str) -> str:
    return next(name for name in _names() if _names()[name] == code)


@cache
def _names() -> dict[str, str]:
    rows = table("departements")
    return {name: code.zfill(3) for code, name in zip(rows["code_insee"], rows["nom"], strict=True)}


@cache
def academie_of() -> dict[str, str]:
    """Return the academy of each department."""
    rows = table("departements")
    return {
        code.zfill(3): academie
        for code, academie in zip(rows["code_insee"], rows["code_academie"], strict=True)
    }


@cache
def _disciplines() -> dict[str, str]:
    rows = table("nomenclatures")
    rows = rows[rows["liste"] == "discipline"]
    return {key(name): code for code, name in zip(rows["code"], rows["libelle"], strict=True)}
