"""What a dossier must respect before it is stored: known codes, ordered dates, lawful échelons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import String

from iprof_kit.base.calendar import YEAR, add_months_civil, date_text
from iprof_kit.base.characters import unfit
from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import known_corps, uncapitalised
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.records.agents import Agent
from iprof_kit.records.history import Affectation, Echelon, Position, RendezVous, Situation
from iprof_kit.services.academies import academie_names
from iprof_kit.services.access.passwords import NUMEN
from iprof_kit.services.contract.dossier import Dossier, EchelonTenu
from iprof_kit.services.dossier.contact_checks import email_fault

_YOUNGEST = int(longest("age_d_un_dossier"))
_GROWN = f"les {_YOUNGEST} ans de la personne"
_EMAILS = ("courriel_personnel", "courriel_professionnel")
_LONGEST_KEPT = int(longest("reliquat_annees")) * YEAR
_TABLES = {
    "echelons": Echelon,
    "positions": Position,
    "affectations": Affectation,
    "rendez_vous": RendezVous,
    "situations": Situation,
}


_LONGEST: dict[type[Any], list[tuple[str, int | None]]] = {
    table: [
        (column.key, column.type.length if isinstance(column.type, String) else None)
        for column in table.__table__.columns
    ]
    for table in (Agent, *_TABLES.values())
}
"""The columns of each table, and how long a text of each may be."""


@dataclass(frozen=True)
class Problem:
    """One reason to refuse a dossier.

    `part` and `index` say which line of which history, where it is not the person herself.
    """

    field: str
    reason: str
    remedy: str
    part: str | None = None
    index: int | None = None


def problems(dossier: Dossier) -> list[Problem]:
    """Return every reason to refuse a dossier; empty where it may be stored.

    Parameters
    ----------
    dossier : Dossier
        Any text in it is data: it is neither interpreted nor cleaned, only measured.
    """
    return [
        *_texts(dossier),
        *_codes(dossier),
        *_person_dates(dossier),
        *_echelons(dossier),
        *_periods(dossier),
    ]


def _texts(dossier: Dossier) -> Iterator[Problem]:
    plain = dossier.model_dump()
    own = {**plain["identite"], **plain["adresse"], **plain}
    yield from _too_long(Agent, own, None, None)
    for part, table in _TABLES.items():
        for index, line in enumerate(plain[part]):
            yield from _too_long(table, line, part, index)
    for name in _EMAILS:
        address = own[name]
        if address and (fault := email_fault(address)):
            reason, remedy = fault
            yield Problem(name, uncapitalised(reason).rstrip("."), remedy)
    if NUMEN.search(dossier.numero.upper()):
        yield Problem(
            "numero",
            "le numéro de dossier a la forme d’un NUMEN, qui est confidentiel",
            "Donnez un numéro sans rapport avec le NUMEN.",
        )


def _too_long(
    table: type[Any], values: dict[str, Any], part: str | None, index: int | None
) -> Iterator[Problem]:
    for name, most in _LONGEST[table]:
        value = values.get(name)
        if not isinstance(value, str):
            continue
        if most is not None and len(value) > most:
            yield Problem(
                name,
                f"le texte compte {len(value)} caractères, {most} au plus",
                "Abrégez-le.",
                part,
                index,
            )
        if unfit(value):
            yield Problem(
                name,
                "le texte contient des caractères de commande",
                "Retirez les sauts de ligne et les caractères invisibles.",
                part,
                index,
            )


def _codes(dossier: Dossier) -> Iterator[Problem]:
    if dossier.academie not in academie_names():
        yield Problem(
            "academie",
            f"l’académie « {dossier.academie} » n’est pas connue",
            "Donnez le code à deux chiffres de academies.csv.",
        )
    known = known_corps()
    if dossier.corps is not None and dossier.corps not in known:
        yield Problem(
            "corps",
            f"le corps « {dossier.corps} » n’est pas connu",
            f"Corps connus : {', '.join(known)} (vide pour une personne sans corps).",
        )
    elif dossier.corps is None and dossier.echelons:
        yield Problem(
            "corps",
            "une personne sans corps n’a pas d’échelon",
            "Indiquez le corps, ou retirez les échelons.",
        )


def _person_dates(dossier: Dossier) -> Iterator[Problem]:
    birth = dossier.identite.date_naissance
    youngest = add_months_civil(birth, _YOUNGEST * 12)
    if birth > dossier.lu_le:
        yield _late("date_naissance", birth, "la lecture de la donnée", dossier.lu_le)
    if dossier.entree_corps is not None and dossier.entree_corps < youngest:
        yield _early("entree_corps", dossier.entree_corps, _GROWN, youngest)
    last, first = dossier.fin_de_service, dossier.entree_corps or youngest
    if last is not None and last < first:
        what = "l’entrée dans le corps" if dossier.entree_corps else _GROWN
        yield _early("fin_de_service", last, what, first)
    moved = any(echelon.mode == "changement_corps" for echelon in dossier.echelons)
    start = youngest if moved else dossier.entree_corps or youngest
    if dossier.titularisation is not None and dossier.titularisation < start:
        yield _early("titularisation", dossier.titularisation, "l’entrée dans le corps", start)


def _echelons(dossier: Dossier) -> Iterator[Problem]:
    youngest = add_months_civil(dossier.identite.date_naissance, _YOUNGEST * 12)
    if dossier.corps is None:
        return  # already said: no corps, no échelon
    seen: set[tuple[date, str, str, str, str | None]] = set()
    for index, echelon in enumerate(dossier.echelons):
        for problem in _echelon(echelon, youngest):
            yield Problem(problem.field, problem.reason, problem.remedy, "echelons", index)
        key = (echelon.date_effet, echelon.corps, echelon.grade, echelon.echelon, echelon.chevron)
        if key in seen:
            yield Problem(
                "date_effet",
                "cet échelon figure deux fois à la même date",
                "Retirez une des deux lignes.",
                "echelons",
                index,
            )
        seen.add(key)
    newest = max(dossier.echelons, key=lambda echelon: echelon.date_effet, default=None)
    if newest is not None and newest.corps != dossier.corps:
        yield Problem(
            "corps",
            "le dernier échelon tenu n’est pas de ce corps",
            "Accordez le corps de la personne et celui de son dernier échelon.",
        )


def _echelon(echelon: EchelonTenu, youngest: date) -> Iterator[Problem]:
    if echelon.date_effet < youngest:
        yield _early("date_effet", echelon.date_effet, _GROWN, youngest)
    if not 0 <= echelon.reliquat_jours <= _LONGEST_KEPT:
        yield Problem(
            "reliquat_jours",
            "l’ancienneté conservée n’est pas possible",
            "Donnez un nombre de jours, à raison de 360 par an.",
        )
    # pandas and the tables: for who writes a file, not for a server that shows it
    from iprof_kit.law.tables.cells import cell_code, grade_code

    try:
        if echelon.date_effet < _first_table_day():
            grade_code(echelon.corps, echelon.grade)  # the older grids are not in the tables
        else:
            cell_code(echelon.corps, echelon.grade, echelon.echelon, echelon.chevron)
    except InputError as error:
        yield Problem(error.where, error.message.rstrip("."), error.remedy or "Corrigez la valeur.")


@cache
def _first_table_day() -> date:
    return min(date.fromisoformat(row["valide_du"]) for row in written_rows("durees_echelon"))


def _periods(dossier: Dossier) -> Iterator[Problem]:
    youngest = add_months_civil(dossier.identite.date_naissance, _YOUNGEST * 12)
    for part in ("positions", "affectations", "situations"):
        for index, period in enumerate(getattr(dossier, part)):
            if period.debut and period.debut < youngest:
                early = _early("debut", period.debut, _GROWN, youngest)
                yield Problem(early.field, early.reason, early.remedy, part, index)
            if period.debut and period.fin is not None and period.fin < period.debut:
                late = _early("fin", period.fin, "le début de la période", period.debut)
                yield Problem(late.field, late.reason, late.remedy, part, index)
            if period.quotite is not None and not 0 <= period.quotite <= 100:
                yield Problem(
                    "quotite",
                    f"la quotité {period.quotite} n’est pas un pourcentage",
                    "Donnez un nombre de 0 à 100.",
                    part,
                    index,
                )


def _early(field: str, day: date, what: str, limit: date) -> Problem:
    return Problem(
        field,
        f"le {date_text(day)} précède {what} ({date_text(limit)})",
        "Vérifiez l’ordre des dates.",
    )


def _late(field: str, day: date, what: str, limit: date) -> Problem:
    return Problem(
        field,
        f"le {date_text(day)} suit {what} ({date_text(limit)})",
        "Vérifiez l’ordre des dates.",
    )
