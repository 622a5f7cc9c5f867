"""An extract as offices receive them: a spreadsheet's defects put on purpose in a clean table.

Windows-1252, semicolons, dates JJ/MM/AAAA, decimal commas, leading zeros lost, a title above the
header, a line of total below, rows twice, dates that contradict each other, échelons outside the
grid (usages RH, § 3). What was spoilt is listed, so that an import can be judged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from iprof_kit.analytics.population.laws import share
from iprof_kit.base.calendar import date_text

ENCODING, SEPARATOR = "cp1252", ";"
HEADERS = {
    "numero": "N° agent",
    "sexe": "Sexe",
    "date_naissance": "Dt naiss",
    "corps": "Corps",
    "grade": "Grade",
    "echelon": "Éch.",
    "chevron": "Chevron",
    "date_effet": "Date d'effet échelon",
    "reliquat_jours": "Reliquat",
    "entree_grade": "Date entrée grade",
    "entree_corps": "Date entrée corps",
    "ags_jours": "AGS",
    "academie": "Académie",
    "departement": "Dépt",
    "discipline": "Discipline",
    "uai": "RNE",
    "education_prioritaire": "Éducation prioritaire",
    "fonction": "Fonction",
    "position": "Position",
    "quotite": "Quotité",
    "appreciation": "Appréciation finale",
    "avis_1": "Avis inspecteur",
    "avis_2": "Avis chef d'établissement",
    "opposition": "Opposition",
    "indice_majore": "INM",
}
_WORDS = {
    "tres_satisfaisant": "Très satisfaisant",
    "excellent": "Excellent",
    "satisfaisant": "Satisfaisant",
    "a_consolider": "À consolider",
    "tres_favorable": "Très favorable",
    "favorable": "Favorable",
    "defavorable": "Défavorable",
    "classe_normale": "Classe normale",
    "hors_classe": "Hors classe",
    "classe_exceptionnelle": "Classe exceptionnelle",
    "grade_unique": "Grade unique",
}
_DATES = ("date_naissance", "date_effet", "entree_grade", "entree_corps")
_ZEROS = ("academie", "departement", "uai")


def dirty_extract(table: pd.DataFrame, seed: int) -> tuple[bytes, pd.DataFrame]:
    """Write a population as a spoilt extract.

    Parameters
    ----------
    table : DataFrame
        From `generate`.
    seed : int
        Of the choice of the rows that are spoilt.

    Returns
    -------
    bytes
        The file, in Windows-1252.
    DataFrame
        What was spoilt row by row: `numero`, `defaut`.
    """
    draw = np.random.default_rng(seed)
    shown = pd.DataFrame({name: _text(table[name], name) for name in HEADERS if name in table})
    spoilt = [
        _spoil(shown, name, kind, spoiler, draw)
        for name, kind, spoiler in (
            ("echelon", "échelon hors de la grille", lambda text: text + "9"),
            (
                "date_naissance",
                "date de naissance impossible",
                lambda text: "31/02/" + text.rpartition("/")[2],
            ),
            (
                "entree_corps",
                "entrée dans le corps après l’échelon",
                lambda text: text.rpartition("/")[0] + "/2099",
            ),
            ("sexe", "sexe absent", lambda _: ""),
            ("grade", "grade inconnu", lambda _: "Grade ???"),
        )
    ]
    double = _rows(len(shown), draw)
    twice = pd.DataFrame({"numero": shown["numero"].iloc[double], "defaut": "ligne en double"})
    shown = pd.concat([shown, shown.iloc[double]], ignore_index=True)
    defects = pd.concat([*spoilt, twice], ignore_index=True)
    return _file(shown, table), defects


def _rows(size: int, draw: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return the rows that a defect spoils: at least one where there is somebody."""
    count = min(size, max(1, round(size * share("defaut_lignes"))))
    return np.sort(draw.choice(size, count, replace=False))


def _spoil(
    frame: pd.DataFrame,
    name: str,
    kind: str,
    spoiler: Callable[[str], str],
    draw: np.random.Generator,
) -> pd.DataFrame:
    """Spoil a column in some rows, and say which."""
    rows = _rows(len(frame), draw)
    column = frame[name].to_numpy(object, copy=True)
    column[rows] = [spoiler(str(text)) for text in column[rows]]
    frame[name] = column
    return pd.DataFrame({"numero": frame["numero"].iloc[rows], "defaut": kind})


def _text(values: pd.Series, name: str) -> pd.Series:
    """Write a column as an office does: French dates and decimals, zeros lost, words."""
    if name in _DATES:
        values = values.dt.strftime("%d/%m/%Y")
    elif name == "quotite":
        values = values.map(lambda number: f"{number:.2f}".replace(".", ","))
    texts: pd.Series = values.fillna("").astype(str).astype(object)
    if name in _ZEROS:
        texts = texts.str.lstrip("0")
    return texts.replace(_WORDS)


def _file(shown: pd.DataFrame, table: pd.DataFrame) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=SEPARATOR, lineterminator="\r\n")
    day = pd.Timestamp(str(table.attrs.get("observation"))).date()
    writer.writerow([f"PROJET - situation au {date_text(day)} - personnes fictives"])
    writer.writerow([])
    writer.writerow([HEADERS[str(name)] for name in shown])
    writer.writerows(shown.itertuples(index=False, name=None))
    writer.writerow(["Total", str(len(shown))])
    return buffer.getvalue().encode(ENCODING, errors="replace")
