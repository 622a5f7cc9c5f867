"""`iprof import barres`: a file wholly taken or wholly refused, once however often it is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.characters import unfit
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.reference import those, written_rows
from iprof_kit.base.words import counted, folded, number_text
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.bars import MovementBar
from iprof_kit.services.contract.bars import LONGEST_DISCIPLINE
from iprof_kit.services.given_tables import Fault, GivenRow, Layout, Report, read_rows, unsaid

HELP = "docs/barres.md"
MOST_STORED = 50_000
LAYOUT = Layout(
    words_in("degre annee barre territoire discipline bareme entrants note source page"),
    words_in("degre annee barre territoire bareme source"),
    HELP,
    whole=frozenset({"annee", "entrants"}),
    decimals=frozenset({"bareme"}),
)
_LONGEST = {"discipline": LONGEST_DISCIPLINE, "note": 200, "source": 300, "page": 300}
_FIRST_YEAR = 2000
_OFFICIAL = re.compile(r"(.+\.)?(gouv\.fr|education\.fr|ac-[a-z-]+\.fr)")
_KINDS = "Écrivez entree ou sortie."
_NO_EXIT = "il n’y a pas de barre de sortie au second degré"
_NO_DISCIPLINE = "le premier degré n’a pas de discipline"
_WHICH = "Donnez-la ; pour les CPE et les PsyEN, écrivez CPE ou PsyEN."
_NOT_OFFICIAL = "ce n’est pas une page officielle"
_OFFICIAL_ONLY = (
    "Donnez une adresse https de gouv.fr, education.fr ou d’une académie (ac-….fr), ou videz la "
    "colonne."
)
Key = tuple[str, str, str, str, int]


@dataclass
class BarsReport(Report):
    """What became of a file of bars."""

    replaced: int = 0
    unusual: tuple[str, ...] = ()
    """Disciplines that the nomenclature does not name: taken, and to be looked at again."""


@dataclass(frozen=True)
class GivenBar:
    """One row of a file, checked."""

    line: int
    degre: str
    sens: str
    lieu: str
    discipline: str
    annee: int
    bareme: float
    nb_entrants: int | None
    note: str
    source: str
    confiance: str

    @property
    def key(self) -> Key:
        """What makes a bar: two of one key contradict or repeat each other."""
        return self.degre, self.sens, self.lieu, folded(self.discipline), self.annee

    @property
    def content(self) -> dict[str, object]:
        """What is stored beside the key."""
        return {
            "discipline": self.discipline,
            "bareme": self.bareme,
            "nb_entrants": self.nb_entrants,
            "note": self.note,
            "source": self.source,
            "confiance": self.confiance,
        }


def import_bars(
    content: bytes, by: str, now: datetime, *, only_check: bool = False, replace: bool = False
) -> BarsReport:
    """Import a CSV of bars, all of it or nothing.

    Parameters
    ----------
    content : bytes
        The file.
    by : str
        Who imports, for the journal.
    now : datetime
        Aware.
    only_check : bool
        Report without writing anything.
    replace : bool
        A bar that is stored with another value takes that of the file.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    Unavailable
        The database does not answer; nothing has been written.
    """
    report, bars = BarsReport(), []
    for row in read_rows(content, LAYOUT):
        bar, faults = _checked(row, now.year)
        report.refused += faults
        bars += [bar] if bar else []
    report.refused += _twice(bars)
    report.unusual = tuple(dict.fromkeys(bar.discipline for bar in bars if _unusual(bar)))
    with writing() as session:
        _compare(session, bars, report, replace)
        if not report.refused and not only_check and report.added + report.replaced:
            _store(session, bars, now)
            audit.note(
                session,
                at=now,
                actor=by,
                action="barres_importees",
                subject="barres",
                detail=f"{counted(report.added, 'ajoutée')}, "
                f"{counted(report.replaced, 'remplacée')}",
            )
    return report


def _checked(row: GivenRow, year: int) -> tuple[GivenBar | None, list[Fault]]:
    """Return the bar of a row, or every fault of it."""
    values = row.values
    faults = [*row.faults, *unsaid(row, LAYOUT), *_unfit(row)]
    if faults:
        return None, faults
    degre, sens = str(values["degre"]).lower(), folded(str(values["barre"]))
    faults += _wrong(row, degre, sens, year)
    lieu = _place(degre, str(values["territoire"]))
    if not lieu and degre in ("1d", "2d"):
        what = "département (code ou nom)" if degre == "1d" else "académie (code ou nom)"
        faults.append(
            Fault(
                row.line,
                "territoire",
                f"« {values['territoire']} » n’est pas connu",
                f"Écrivez un {what}." if degre == "1d" else f"Écrivez une {what}.",
            )
        )
    if faults:
        return None, faults
    discipline = _discipline(str(values.get("discipline", "")))
    source, page = str(values["source"]), str(values.get("page", ""))
    return GivenBar(
        line=row.line,
        degre=degre,
        sens=sens,
        lieu=lieu,
        discipline=discipline,
        annee=values["annee"],
        bareme=values["bareme"],
        nb_entrants=values.get("entrants"),
        note=str(values.get("note", "")),
        source=f"{source}, {page}" if page else source,
        confiance="A" if page else "C",
    ), []


def _unfit(row: GivenRow) -> list[Fault]:
    faults = []
    for name, most in _LONGEST.items():
        text = str(row.values.get(name, ""))
        if len(text) > most:
            faults.append(
                Fault(row.line, name, f"le texte dépasse {most} caractères", "Raccourcissez-le.")
            )
        elif unfit(text):
            faults.append(
                Fault(
                    row.line,
                    name,
                    "le texte contient un caractère de commande",
                    "Tapez-le au clavier.",
                )
            )
    return faults


def _wrong(row: GivenRow, degre: str, sens: str, year: int) -> list[Fault]:
    """Return what no bar of a movement can say."""
    values, page = row.values, str(row.values.get("page", ""))
    discipline, entrants = values.get("discipline"), values.get("entrants") or 0
    years = f"l’année n’est pas entre {_FIRST_YEAR} et {year}"
    wrong = (
        ("degre", degre not in ("1d", "2d"), "le degré n’est pas connu", "Écrivez 1d ou 2d."),
        ("barre", sens not in ("entree", "sortie"), "ni entrée ni sortie", _KINDS),
        ("barre", degre == "2d" and sens == "sortie", _NO_EXIT, "Écrivez entree."),
        ("discipline", degre == "2d" and not discipline, "la discipline manque", _WHICH),
        ("discipline", degre == "1d" and bool(discipline), _NO_DISCIPLINE, "Videz la colonne."),
        ("annee", not _FIRST_YEAR <= values["annee"] <= year, years, "Corrigez l’année."),
        ("entrants", entrants < 0, "le nombre est négatif", "Corrigez-le."),
        ("page", bool(page) and not _is_official(page), _NOT_OFFICIAL, _OFFICIAL_ONLY),
    )
    return [Fault(row.line, name, why, what) for name, fault, why, what in wrong if fault]


def _is_official(page: str) -> bool:
    try:
        address = urlsplit(page)
        host = address.hostname or ""
    except ValueError:
        return False
    return address.scheme == "https" and bool(_OFFICIAL.fullmatch(host))


@cache
def _places(degre: str) -> dict[str, str]:
    """Return the code of each place of a movement by its code and by its name, folded."""
    if degre == "1d":
        rows = [
            (row["code_insee"], row["nom"])
            for row in written_rows("departements")
            if row["departement_siam_1d"] == "oui"
        ]
    else:
        rows = [
            (row["code_academie"], row["libelle_academie"])
            for row in written_rows("academies")
            if row["codes_departements"]
        ]
    return {folded(name): code for code, name in rows} | {folded(code): code for code, _ in rows}


def _place(degre: str, written: str) -> str:
    """Return the code of a place named by its code (« 63 », « 063 ») or by its name."""
    if degre not in ("1d", "2d"):
        return ""
    short = written[1:] if degre == "1d" and re.fullmatch(r"0\d[\dABab]", written) else written
    return _places(degre).get(folded(short), "")


@cache
def _disciplines() -> dict[str, str]:
    """Return the name of each discipline by its code and by its name, folded."""
    rows = [row for row in written_rows("nomenclatures") if row["liste"] == "discipline"]
    named = {folded(name): name for name in those("discipline_des_barres").values()}
    named |= {folded(row["libelle"]): row["libelle"] for row in rows}
    return named | {folded(row["code"]): row["libelle"] for row in rows}


def _discipline(written: str) -> str:
    return _disciplines().get(folded(written), written)


def _unusual(bar: GivenBar) -> bool:
    return bool(bar.discipline) and folded(bar.discipline) not in _disciplines()


def _twice(bars: list[GivenBar]) -> list[Fault]:
    """Refuse a bar that a file gives twice, whatever its values."""
    first: dict[Key, int] = {}
    faults = []
    for bar in bars:
        line = first.setdefault(bar.key, bar.line)
        if line != bar.line:
            faults.append(
                Fault(
                    bar.line,
                    "territoire",
                    f"cette barre est déjà donnée à la ligne {line}",
                    "Gardez une seule des deux lignes.",
                )
            )
    return faults


def _compare(session: Session, bars: list[GivenBar], report: BarsReport, replace: bool) -> None:
    """Count what a file would add or change, and refuse what contradicts the stored bars."""
    stored = {_key(row): row for row in session.scalars(select(MovementBar))}
    for bar in bars:
        row = stored.get(bar.key)
        if row is None:
            report.added += 1
        elif all(getattr(row, name) == value for name, value in bar.content.items()):
            report.unchanged += 1
        elif replace:
            report.replaced += 1
        else:
            report.refused.append(
                Fault(
                    bar.line,
                    "bareme",
                    f"cette barre est déjà enregistrée autrement "
                    f"({number_text(row.bareme)} points, {row.source})",
                    "Vérifiez laquelle est juste ; --remplacer prend celle du fichier.",
                )
            )
    if len(stored) + report.added > MOST_STORED:
        raise InputError(
            f"cette base garderait plus de {MOST_STORED} barres.",
            remedy="N’importez que les dernières années.",
        )


def _key(row: MovementBar) -> Key:
    return row.degre, row.sens, row.lieu, row.folded, row.annee


def _store(session: Session, bars: list[GivenBar], now: datetime) -> None:
    stored = {_key(row): row for row in session.scalars(select(MovementBar))}
    for bar in bars:
        row = stored.get(bar.key)
        if row is None:
            row = MovementBar(
                degre=bar.degre,
                sens=bar.sens,
                lieu=bar.lieu,
                annee=bar.annee,
                folded=folded(bar.discipline),
                imported_at=now,
                **bar.content,
            )
            session.add(row)
            continue
        if any(getattr(row, name) != value for name, value in bar.content.items()):
            for name, value in bar.content.items():
                setattr(row, name, value)
            row.imported_at = now
