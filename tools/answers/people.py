"""People drawn at random, as extracts name them, and what of them the import accepts.

Every position, leave, place, family and quotité of the tables is drawn; the people who answer are
those that `iprof import` has taken into a database of their own, read back from it.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from tempfile import TemporaryDirectory

from iprof_kit.base.calendar import add_months_civil, axis_of
from iprof_kit.base.reference import written_rows
from iprof_kit.law.career.advancement import cells_at, first_day
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.columns import COLUMNS

Row = dict[str, str]
_SCHOOL_YEAR = date(2026, 9, 1), date(2027, 6, 30)
_WITHOUT_CORPS = 0.06
_MODALITIES = (
    "Temps complet", "Temps partiel", "Temps partiel sur autorisation", "Temps partiel de droit",
    "Temps partiel thérapeutique", "Aucun service",
)  # fmt: skip
_QUOTITES = (0, 10, 25, 33, 50, 60, 70, 75, 77, 80, 90, 95, 100)
_PARTICULAR = ("education_prioritaire", "handicap", "decharge", "poste_adapte")
_MEETING = (
    "notification", "entretien", "second", "compte_rendu", "observations", "notifiee", "recours",
)  # fmt: skip
_HEADS = ("Directeur d’école", "Directrice d’école élémentaire", "Chargée d’école")


@dataclass(frozen=True)
class Drawn:
    """One person: her file as the import keeps it, the day of her visit, what she then tells."""

    number: int
    dossier: Dossier
    today: date
    pay: dict[str, str]
    """What she types in Ma paie: children, zone."""
    quarters: str
    """Her quarters of other schemes, typed in Retraite; "" where she says nothing."""
    meeting: dict[str, str] = field(default_factory=dict)
    """The days of a rendez-vous de carrière that she notes, as far as it has gone."""
    ages: dict[str, str] = field(default_factory=dict)
    """What she types in Retraite of her ages: children in charge, services as an instituteur."""
    birth: str = ""
    """The birth of a child, typed among the questions of other paths; "" for none."""


def people(seed: int, number: int, start: int = 0) -> Iterator[Drawn]:
    """Yield the people that the import accepts, each drawn from the seed and her own number.

    Parameters
    ----------
    seed : int
    number : int
        How many are drawn; who is refused is left out.
    start : int
        The first number: one person is drawn again alone, as she was among the others.
    """
    drawn = {f"U{n}": _draw(seed, n) for n in range(start, start + number)}
    for numero, dossier in _imported([row for one in drawn.values() for row in one.rows]).items():
        one = drawn[numero]
        told = one.pay, one.quarters, one.meeting, one.ages, one.birth
        yield Drawn(int(numero[1:]), dossier, one.today, *told)


@dataclass(frozen=True)
class _Told:
    rows: list[Row]
    today: date
    pay: dict[str, str]
    quarters: str
    meeting: dict[str, str]
    ages: dict[str, str]
    birth: str


def _draw(seed: int, number: int) -> _Told:
    draw = Random(f"{seed}/{number}")  # no secret
    today = _day(draw, *_SCHOOL_YEAR)
    birth = _day(draw, date(today.year - 68, 1, 1), date(today.year - 22, 12, 31))
    entry = _entry(draw, birth, today)
    person = _person(draw, number, birth, entry, today)
    histories = [_echelons(draw, person, entry, today), _positions(draw, entry, today),
                 _postings(draw, entry, today), _particular(draw, entry)]  # fmt: skip
    lines = max(1, *map(len, histories))
    rows: list[Row] = [{} for _ in range(lines)]
    for history in histories:
        for row, part in zip(rows, history, strict=False):
            row.update(part)
    rows[0] = person | rows[0]
    for row in rows:
        row["numero"] = person["numero"]
    pay = {"enfants": str(draw.choice((0, 0, 1, 2, 3, 4, 6))), "zone": str(draw.randint(1, 3))}
    said = {name: value for name, value in pay.items() if draw.random() < 0.5}
    quarters = draw.choice(("", "", "0", "7", "40"))
    meeting = _meeting(draw, today)
    return _Told(rows, today, said, quarters, meeting, *_ages(draw, birth, today))


def _ages(draw: Random, birth: date, today: date) -> tuple[dict[str, str], str]:
    """Return what is told of the ages of a pension, and the birth of a child, where they are."""
    ages: dict[str, str] = {}
    if draw.random() < 0.25:
        ages["enfants_a_charge"] = str(draw.randint(0, 4))
    if draw.random() < 0.2:
        ages["instituteur_mois"] = str(draw.choice((12, 150, 180, 210, 300)))
        ages["instituteur_option"] = draw.choice(("oui", "non"))
    child = _day(draw, add_months_civil(birth, 12 * 18), today)
    return ages, child.strftime("%d/%m/%Y") if draw.random() < 0.15 else ""


def _meeting(draw: Random, today: date) -> dict[str, str]:
    """Return the first days of a rendez-vous, in their order until today: none, some, or all."""
    known = _MEETING[: draw.randint(0, len(_MEETING))]
    days = sorted(_day(draw, _SCHOOL_YEAR[0], today) for _ in known)
    return {name: f"{day:%d/%m/%Y}" for name, day in zip(known, days, strict=True)}


def _person(draw: Random, number: int, birth: date, entry: date, today: date) -> Row:
    place = draw.choice(_departments())
    corps = "" if draw.random() < _WITHOUT_CORPS else draw.choice(_corps())
    return {
        "numero": f"U{number}", "civilite": draw.choice(("Madame", "Monsieur")),
        "prenom": "Camille", "nom": f"Tirage{number}", "date_naissance": birth.isoformat(),
        "statut": "Fonctionnaire de l’Éducation nationale" if corps else "Agent contractuel",
        "academie": place[0], "departement": place[1] if draw.random() < 0.9 else "",
        "corps": corps, "entree_corps": entry.isoformat() if corps else "",
        "titularisation": add_months_civil(entry, 12).isoformat() if corps else "",
        "categorie_retraite": draw.choice(("sedentaire",) * 8 + ("active",)),
        "source": draw.choice(("AGAPE", "EPP")), "lu_le": today.isoformat(),
    }  # fmt: skip


def _entry(draw: Random, birth: date, today: date) -> date:
    first = date(birth.year + 21, 9, 1)
    years = max(today.year - first.year, 0)
    return min(date(first.year + draw.randint(0, years), draw.choice((1, 9, 9, 9)), 1), today)


def _echelons(draw: Random, person: Row, entry: date, today: date) -> list[Row]:
    """Return the échelon held, alone or after others of its grade."""
    if not person["corps"]:
        return []
    places = [cell for cell in cells_at(_today_axis(today)) if CELLS.corps[cell] == person["corps"]]
    rank = draw.randrange(len(places))
    first = rank if draw.random() < 0.5 else draw.randint(max(rank - 4, 0), rank)
    since = max(entry, today - timedelta(draw.randint(0, 1500)), date(2017, 9, 1))
    rows: list[Row] = []
    for place in reversed(range(first, rank + 1)):
        cell = places[place]
        rows.append(
            {"grade": CELLS.grade[cell], "echelon": CELLS.echelon[cell],
             "chevron": CELLS.chevron[cell], "date_effet": since.isoformat(),
             "reliquat_jours": str(draw.choice((0, 0, 0, 30, 200))),
             "mode": draw.choice(("anciennete", "bonification", "promotion", "nomination"))}
        )  # fmt: skip
        since = add_months_civil(since, -draw.randint(12, 48))
        if since < max(entry, date(2017, 9, 1)):
            break
    return rows[::-1]


def _positions(draw: Random, entry: date, today: date) -> list[Row]:
    """Return positions one after the other: a gap, one line alone, or the whole career."""
    start = entry if draw.random() < 0.6 else _day(draw, entry, today)
    rows: list[Row] = []
    while start <= today:
        length = timedelta(draw.randint(60, 3000))
        last = start + length >= today or len(rows) == 5
        end = today + timedelta(draw.choice((30, 300))) if last else start + length
        position, motive = draw.choice(known_positions())
        modality, share = _service(draw, position)
        rows.append(
            {"position": position, "position_motif": motive, "modalite": modality,
             "quotite": str(share), "position_debut": start.isoformat(),
             "position_fin": "" if last and draw.random() < 0.6 else end.isoformat()}
        )  # fmt: skip
        gap = draw.choice((1, 1, 1, 1, 200))
        start = end + timedelta(gap)
        if last:
            break
    return rows


def _service(draw: Random, position: str) -> tuple[str, int]:
    if any(word in position.lower() for word in ("dispo", "parental", "radi", "hors cadres")):
        return "Aucun service", 0
    if draw.random() < 0.5:
        return "Temps complet", 100
    return draw.choice(_MODALITIES), draw.choice(_QUOTITES)


def _postings(draw: Random, entry: date, today: date) -> list[Row]:
    if draw.random() < 0.15:
        return []
    kinds, places = _labels("type_affectation"), _labels("nature_etablissement_libelle")
    functions = (*_labels("fonction_1d"), *_labels("fonction"), *_HEADS)
    rows = []
    for _ in range(draw.randint(1, 3)):
        start = _day(draw, entry, today)
        priority = draw.choice(("", "", " REP", " REP+"))
        rows.append(
            {"affectation": draw.choice(kinds), "etablissement": f"Établissement fictif{priority}",
             "type_etablissement": draw.choice(places), "commune": "Ville fictive",
             "fonction": draw.choice(functions), "affectation_quotite": "100",
             "affectation_debut": start.isoformat(),
             "affectation_fin": "" if draw.random() < 0.7
             else (start + timedelta(700)).isoformat()}
        )  # fmt: skip
    return sorted(rows, key=lambda row: row["affectation_debut"])


def _particular(draw: Random, entry: date) -> list[Row]:
    if draw.random() < 0.8:
        return []
    nature = draw.choice(_PARTICULAR)
    return [
        {"situation": nature, "situation_libelle": nature, "situation_debut": entry.isoformat()}
    ]


def known_positions() -> tuple[tuple[str, str], ...]:
    """Return each position and motive that the tables of the law and of the extracts name."""
    named = [
        (position, motive)
        for row in written_rows("positions_avancement")
        for position in row["positions"].split(";")
        for motive in (row["motifs"].split(";") if row["motifs"] else [""])
    ]
    named += [("Disponibilité", motive) for motive in _labels("disponibilite_motif")]
    lists = ("position", "conge_absence", "conge_absence_noyau_rh_fpe")
    named += [(label, "") for name in lists for label in _labels(name)]
    usual = [("En activité", "")] * (len(named) // 2)
    return tuple((where[:1].upper() + where[1:], why) for where, why in (*named, *usual))


def _labels(name: str) -> tuple[str, ...]:
    rows = written_rows("nomenclatures")
    return tuple(row["libelle"][:60] for row in rows if row["liste"] == name)


def _corps() -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, CELLS.corps)))


def _departments() -> tuple[tuple[str, str], ...]:
    return tuple((row["code_academie"], row["code_insee"]) for row in written_rows("departements"))


def _day(draw: Random, first: date, last: date) -> date:
    return first + timedelta(draw.randint(0, max((last - first).days, 0)))


def _today_axis(today: date) -> int:
    return max(axis_of(today), first_day())


def _imported(rows: list[Row]) -> dict[str, Dossier]:
    """Return the files that the import takes, read back from its database, by their number."""
    content = io.StringIO()
    writer = csv.DictWriter(content, COLUMNS, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(rows)
    with TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        from iprof_kit.records.database import engine, prepare_database, reading
        from iprof_kit.services.dossier.imports import import_dossiers
        from iprof_kit.services.dossier.storing import find_dossier

        prepare_database()
        now = datetime.combine(_SCHOOL_YEAR[1], datetime.min.time(), UTC)
        report = import_dossiers(content.getvalue().encode(), "tirage", now)
        for fault in report.refused[:10]:
            print(f"  import : ligne {fault.line}, {fault.column} : {fault.reason}")
        with reading() as session:
            taken = {numero: find_dossier(session, numero) for numero, _ in report.accepted}
        engine().dispose()
    return {numero: dossier for numero, dossier in taken.items() if dossier is not None}
