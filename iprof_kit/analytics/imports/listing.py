"""The rectorat's list « avancement d'échelon »: grades, a section an échelon, cards.

The layout is that of /reference/iprof_inventaire.md § 11: an échelon announced is the one aimed at,
the card holds the one held until then; the number goes on past the grid where the grid has
chevrons. A damaged card is kept with a warning: nothing is refused for one line that cannot be
read, and the counts at the foot of each section are kept to be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from iprof_kit.analytics.imports.files.encoding import to_utf8
from iprof_kit.analytics.imports.files.raw import LineFault, Raw
from iprof_kit.analytics.imports.values.grades import read_grade
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP, counted
from iprof_kit.given.elsewhere import TooHeavyError
from iprof_kit.given.pdf_text import MOST_PAGES, UnreadableError, text_of
from iprof_kit.law.tables.cells import CELLS

_DATE = r"\d{2}/\d{2}/\d{4}"
_TITLE = re.compile(r"avancement\s+d.{0,2}echelon", re.IGNORECASE)
_GRADE = re.compile(r"\b(\d{4})\s*:\s*([^!\n]+)")
_PERIOD = re.compile(rf"\bDU\s+({_DATE})\D*?AU\s+({_DATE})", re.IGNORECASE)
_SECTION = re.compile(r"ECHELON\s*:\s*(\d{1,2})")
_COUNT = re.compile(r"NOMBRE DE PROMOUVABLES\D*(\d+)")
_PROMOTED = re.compile(r"NOMBRE DE PROMUS\D*(\d+)(?:\D+(\d+))?")
_RULE = re.compile(r"^[!\-=+ ]*-{5,}[!\-=+ ]*$")
_NAME = re.compile(r"^!?\s*([A-ZÀ-ÝŒÆ'’\ufffd -]+?)(?=\s{2,}|\s+\d|\s*!|\s*$)")
_UAI = re.compile(r"\b(\d{7}[A-Z])\b")
_KIND = re.compile(r"\b\d{7}[A-Z]\s+([A-Z]{2,4})\s+(PR|PU|CC)\b")
_DISCIPLINE = re.compile(r"\b(\d{4}[A-Z])\s+")
_RELIQUAT = re.compile(r"(\S{1,2})\.\s*(\d{2})a(\d{2})m(\d{2})j")
_NEXT = re.compile(rf"\b(Pro\s+)?(AN|CL|BA)\.({_DATE})")
_AVIS = re.compile(r"\b([0-4])\s+(EXCELLENT|TRES SATIS|SATIS|A CONSOLID|NON RENS)")
_BAREME = re.compile(r"\b(EVAECH|Z1AGRA|Z1ANEC|Z2AGEA)[ ]+([\d.,]+)")
_TRACKS = ("AN", "CL", "BA", "RE")
SENIORITY = "Z1ANEC (ans)"
EXTRA = (
    "type_etablissement",
    "reliquat_type",
    "reliquat_liste_jours",
    "prochaine_promotion",
    "date_prochaine_promotion",
    "anciennete_grade_jours",
    "age_jours",
    "echelon_vise",
)
"""What the list alone says, kept beside the columns of a table."""
DURATIONS = {
    "reliquat_liste_jours": "jours",
    "anciennete_grade_jours": "ans",
    "age_jours": "aammjj",
}
"""Those that are durations, read as days of the 360-day year, and the unit of the list."""
COLUMNS = (
    *words_in(
        "nom prenom date_naissance uai type_etablissement secteur discipline grade echelon "
        "chevron date_effet reliquat_type reliquat_liste_jours prochaine_promotion "
        "date_prochaine_promotion appreciation anciennete_grade_jours"
    ),
    SENIORITY,
    "age_jours",
    "echelon_vise",
)


@dataclass(frozen=True)
class _Card:
    """The lines of one person, with the number of the first."""

    line: int
    lines: tuple[str, ...] = field(repr=False)


def looks_like_a_listing(text: str) -> bool:
    """Tell whether a text is a list « avancement d'échelon »."""
    return bool(_TITLE.search(text[:20_000]) or "Z1ANEC" in text) and bool(_SECTION.search(text))


def pdf_text(data: bytes, name: str) -> str:
    """Return the text of a PDF, laid out as on the page.

    Raises
    ------
    InputError
        The PDF cannot be opened, takes too much, or holds pictures of text only.
    """
    try:
        text = text_of(data)
    except TooHeavyError as error:
        raise InputError(
            f"le PDF est trop long ou trop compliqué{NBSP}: {MOST_PAGES} pages au plus.",
            where=name,
            remedy="Demandez la liste en texte ou en CSV, ou une partie de ce PDF.",
        ) from error
    except UnreadableError as error:
        raise InputError(
            "le PDF ne peut pas être lu.",
            where=name,
            remedy="Demandez la liste en texte ou en CSV.",
        ) from error
    if not text.strip():
        raise InputError(
            f"ce PDF ne contient pas de texte{NBSP}: c’est une image numérisée.",
            where=name,
            remedy="Demandez la liste d’origine, en texte ou en CSV.",
        )
    return text


def read_listing(text: bytes | str, name: str) -> Raw:
    """Read a list « avancement d'échelon » into a table of texts, one row a card.

    Raises
    ------
    InputError
        No section « ECHELON : NN » is found, or the grade is unknown.
    """
    decoded = to_utf8(text) if isinstance(text, bytes) else None
    whole = decoded.data.decode("utf-8", errors="replace") if decoded else str(text)
    grades = _grades(whole, name)
    raw = Raw(
        name,
        "liste d’avancement d’échelon",
        pd.DataFrame(),
        np.array([], np.int64),
        decoded.label if decoded else "",
    )
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    counts = []
    for aimed, first, at, body in _sections(whole):
        code, private = _grade_at(grades, at)
        announced = _COUNT.search(body)
        cards = list(_cards(_COUNT.split(body)[0], first))
        if announced:
            counts.append((code, aimed, int(announced[1]), len(cards), _promoted(body)))
        for card in cards:
            row, faults = _row(card, aimed, code)
            row["secteur"] = row["secteur"] or private
            rows.append(row)
            lines.append(card.line)
            raw.repaired += [LineFault(card.line, card.lines[0][:120], why) for why in faults]
    if not lines:
        raise InputError(
            f"aucune fiche n’a été trouvée sous «{NBSP}ECHELON{NBSP}: NN{NBSP}».",
            where=name,
            remedy="Vérifiez que le fichier est bien une liste d’avancement d’échelon.",
        )
    raw.table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str").fillna("")
    raw.lines = np.array(lines, np.int64)
    period = _PERIOD.search(whole)
    raw.extra = {
        "sections": counts,
        "colonnes": EXTRA,
        "periode": period.groups() if period else None,
    }
    raw.notes.append(
        f"Liste d’avancement d’échelon{NBSP}: l’échelon annoncé est l’échelon visé, la "
        "table garde l’échelon détenu."
    )
    if alone := [line for row, line in zip(rows, lines, strict=True) if not row["uai"]]:
        raw.notes.append(
            f"{counted(len(alone), 'fiche')} sans établissement, à vérifier{NBSP}: lignes "
            f"{', '.join(map(str, alone[:20]))}."
        )
    if len({code for _, code, _ in grades}) > 1:
        raw.notes.append(
            f"Plusieurs grades dans la liste{NBSP}: chaque section a celui qui la précède."
        )
    return raw


def _grades(text: str, name: str) -> list[tuple[int, str, str]]:
    """Return the grades that a list names: place in the text, code, secteur."""
    grades = [
        (mark.start(), mark[1], read_grade(mark[1]).secteur)
        for mark in _GRADE.finditer(text)
        if read_grade(mark[1]).corps or read_grade(mark[2]).corps
    ]
    if grades:
        return grades
    raise InputError(
        "le grade de la liste n’est pas connu (quatre chiffres puis son libellé, en tête).",
        where=name,
        remedy=f"Vérifiez l’en-tête{NBSP}; grades connus{NBSP}: nomenclatures.csv.",
    )


def _grade_at(grades: list[tuple[int, str, str]], place: int) -> tuple[str, str]:
    """Return the code and secteur of the grade written last before a section."""
    before = [(code, secteur) for at, code, secteur in grades if at < place]
    return before[-1] if before else grades[0][1:]


def _sections(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield the échelon aimed at, the line where the section begins, its place, and its text."""
    marks = list(_SECTION.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else len(text)
        body = text[mark.end() : end]
        yield int(mark[1]), text.count("\n", 0, mark.end()) + 1, mark.start(), body


def _cards(body: str, first: int) -> Iterator[_Card]:
    """Yield the cards of a section: blocks between rules that name a person or a barème."""
    block: list[str] = []
    begin = first
    for number, line in enumerate([*body.split("\n"), "-----"], start=first):
        if not _RULE.match(line):
            if line.strip(" !"):
                begin = begin if block else number
                block.append(line.rstrip())
            continue
        whole = "\n".join(block)
        if block and (_BAREME.search(whole) or re.search(_DATE, whole)):
            yield _Card(begin, tuple(block))
        block = []


def _row(card: _Card, aimed: int, code: str) -> tuple[dict[str, str], list[str]]:
    """Return the cells of one card, and what could not be read of it."""
    head, second = card.lines[0], card.lines[1] if len(card.lines) > 1 else ""
    third = card.lines[2] if len(card.lines) > 2 else ""
    whole = "\n".join(card.lines)
    faults = []
    row = dict.fromkeys(COLUMNS, "") | {"grade": code, "echelon_vise": str(aimed)}
    row["echelon"], row["chevron"], doubt = held_echelon(code, aimed - 1)
    row["nom"], row["prenom"] = (_first(_NAME, line).strip() for line in (head, second))
    row["uai"] = _first(_UAI, head)
    if kind := _KIND.search(head):
        row["type_etablissement"] = kind[1]
        row["secteur"] = "prive" if kind[2] != "PU" else "public"
    after = head[head.find(row["uai"]) :] if row["uai"] else head
    row["date_effet"] = _first(re.compile(rf"(?<![.\d])({_DATE})"), after)
    row["date_naissance"] = _first(re.compile(f"({_DATE})"), second)
    row["discipline"] = _first(_DISCIPLINE, second)
    if reliquat := _RELIQUAT.search(whole):
        row["reliquat_type"] = reliquat[1] if reliquat[1] in _TRACKS else ""
        row["reliquat_liste_jours"] = f"{reliquat[2]}a{reliquat[3]}m{reliquat[4]}j"
        if not row["reliquat_type"]:
            faults.append(f"type de reliquat abîmé («{NBSP}{reliquat[1]}{NBSP}»), laissé vide")
    if promotion := _NEXT.search(whole):
        row["prochaine_promotion"] = f"{'Pro ' if promotion[1] else ''}{promotion[2]}"
        row["date_prochaine_promotion"] = promotion[3]
    if avis := _AVIS.search(third) or _AVIS.search(whole):
        row["appreciation"] = avis[2]
    marks = dict(_BAREME.findall(whole))
    row["anciennete_grade_jours"] = marks.get("Z1AGRA", "")
    row[SENIORITY] = marks.get("Z1ANEC", "")
    row["age_jours"] = marks.get("Z2AGEA", "")
    names = {
        "nom": "nom",
        "prenom": "prénom",
        "date_naissance": "date de naissance",
        "date_effet": "date d’accès à l’échelon",
    }
    faults += [
        f"fiche incomplète{NBSP}: {words} introuvable"
        for name, words in names.items()
        if not row[name]
    ]
    if doubt:
        faults.append(doubt)
    return row, faults


def held_echelon(code: str, number: int) -> tuple[str, str, str]:
    """Return the échelon and chevron that a whole number of the list means, and a doubt.

    The list goes on counting where the grid has chevrons: the first chevron has the number of its
    échelon, the next ones the numbers after it.
    """
    grade = read_grade(code)
    of_grade = [key for key in CELLS.codes if key[:2] == (grade.corps, grade.grade)]
    of_grade = [key for key in of_grade if key[2].isdigit()]
    plain = {key[2] for key in of_grade if not key[3]}
    if str(number) in plain:
        return str(number), "", ""
    stepped = [key for key in of_grade if key[3]]
    place = number - (int(stepped[0][2]) if stepped else 0)
    if 0 <= place < len(stepped):
        _, _, echelon, chevron = stepped[place]
        doubt = f"échelon numéroté {number} dans la liste, lu {echelon} {chevron}{NBSP}: à vérifier"
        return echelon, chevron, doubt
    return str(number), "", ""


def _promoted(body: str) -> tuple[int | None, int | None]:
    numbers = _PROMOTED.search(body)
    if not numbers:
        return None, None
    return int(numbers[1]), int(numbers[2]) if numbers[2] else None


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
