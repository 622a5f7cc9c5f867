"""The calibration as a file: CSV or HTML, misses first and none left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from jinja2 import Environment, PackageLoader

from iprof_kit.analytics.population.calibration import OUTSIDE, UNKNOWN, WITHIN
from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.sources import to_verify
from iprof_kit.base.spreadsheets import inert_table
from iprof_kit.base.words import NBSP, corps_label
from iprof_kit.law.tables.schema import EVERYBODY

PROJET = "PROJET — population fictive, document de travail"
_TITLES = {
    OUTSIDE: "Hors tolérance",
    UNKNOWN: "Non mesuré à cette taille",
    WITHIN: "Dans la tolérance",
}


def save_calibration(calibration: pd.DataFrame, path: str | Path) -> Path:
    """Write a calibration in the format of its suffix: `.csv` or `.html`.

    Raises
    ------
    InputError
        Another suffix.
    Unavailable
        The folder cannot be written.
    """
    file = Path(path)
    writers: dict[str, Callable[[pd.DataFrame], str]] = {".csv": _csv, ".html": _html}
    if file.suffix.lower() not in writers:
        raise InputError(
            f"un rapport de calage ne s’écrit pas en «{NBSP}{file.suffix}{NBSP}».",
            where=str(file),
            remedy=f"Formats possibles{NBSP}: {', '.join(writers)}.",
        )
    content = writers[file.suffix.lower()](calibration)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise Unavailable(
            "le rapport de calage ne peut pas être écrit.",
            where=str(file),
            remedy="Fermez-le s’il est ouvert, ou choisissez un autre dossier.",
        ) from error
    return file


def _csv(calibration: pd.DataFrame) -> str:
    marked = calibration.assign(statut=PROJET, a_verifier=calibration["confiance"].map(_doubt))
    return inert_table(marked).to_csv(index=False, sep=";", decimal=",", float_format="%.2f")


def _html(calibration: pd.DataFrame) -> str:
    environment = Environment(loader=PackageLoader("iprof_kit.analytics", "."), autoescape=True)
    groups = {
        title: [
            _shown(row) for row in calibration[calibration["resultat"] == result].to_dict("records")
        ]
        for result, title in _TITLES.items()
    }
    calage = calibration[calibration["usage"] == "calage"]
    return environment.get_template("population/calibration.html").render(
        projet=PROJET,
        attrs=calibration.attrs,
        groups=groups,
        size=_number(calibration.attrs["taille"]),
        observation=_day(calibration.attrs["observation"]),
        verified=_day(calibration.attrs["verifie_le"]),
        weight=_number(calibration.attrs["poids"], 1),
        counts={
            "figures": len(calibration),
            "within": int((calibration["resultat"] == WITHIN).sum()),
            "outside": int((calibration["resultat"] == OUTSIDE).sum()),
            "set": len(calage),
            "set_within": int((calage["resultat"] == WITHIN).sum()),
        },
    )


def _shown(row: dict[object, object]) -> dict[str, str]:
    """Return a row in words: numbers with a decimal comma, the doubt beside the number."""
    decimals = 0 if row["unite"] == "personnes" else 1
    about = [_corps(str(row["corps"])), {"F": "femmes", "H": "hommes"}.get(str(row["sexe"]), "")]
    numbers = {
        name: _number(row[name], decimals) for name in ("publie", "obtenu", "ecart", "tolerance")
    }
    doubt = f" ({words})" if (words := _doubt(str(row["confiance"]))) else ""
    return {
        **{str(key): str(value) for key, value in row.items()},
        **numbers,
        "publie": numbers["publie"] + doubt,
        "sur": ", ".join(filter(None, about)),
    }


def _doubt(confidence: str) -> str:
    return "à vérifier" if to_verify(confidence) else ""


def _day(text: object) -> str:
    return date_text(pd.Timestamp(str(text)).date())


def _corps(code: str) -> str:
    return "tous les corps" if code == EVERYBODY else corps_label(code, plural=True)


def _number(value: object, decimals: int = 0) -> str:
    number = float(str(value))
    if number != number:
        return "—"
    return f"{number:,.{decimals}f}".replace(",", "\u202f").replace(".", ",").replace("-", "−")
