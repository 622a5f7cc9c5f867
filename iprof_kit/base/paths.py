"""Where the installed data, notebooks and templates are: in a wheel or in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "_installed"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

OTHER_TABLES = "IPROF_REFERENCE"
REFERENCE = Path(os.environ.get(OTHER_TABLES) or ROOT / "data" / "reference").absolute()
"""The tables of the law; `IPROF_REFERENCE` names a copy on which a decree is tried."""
SHAPES = ROOT / "data" / "formes_des_tables.csv"
"""What each table of the law must look like."""
ARTICLES = ROOT / "data" / "articles"
EXAMPLES = ROOT / "data" / "exemples"
PROCEDURES = ROOT / "data" / "procedures"
REQUESTS = ROOT / "data" / "demandes"
REPORTS = ROOT / "data" / "rapports"
CAMPAIGNS = ROOT / "data" / "campagnes"
COURRIER = ROOT / "data" / "courrier"
PERSONAS = ROOT / "data" / "personas"
LESSONS = ROOT / "data" / "lecons"
GAME = ROOT / "data" / "jeu"
SAMPLE = ROOT / "data" / "sample"
NOTEBOOKS = ROOT / "notebooks"
VOILA_TEMPLATES = ROOT / "voila_templates"


def var_dir() -> Path:
    """Return the folder of what is written: `IPROF_VAR`, else `var/` of the project or here."""
    if chosen := os.environ.get("IPROF_VAR"):
        return Path(chosen)
    here = Path.cwd()
    checkout = (ROOT / "pyproject.toml").is_file() and here.is_relative_to(ROOT)
    return (ROOT if checkout else here) / "var"


def keys_dir() -> Path:
    """Return where the keys of pseudonyms are: `IPROF_CLES`, else `cles/` of `var_dir()`."""
    chosen = os.environ.get("IPROF_CLES")
    return Path(chosen) if chosen else var_dir() / "cles"


def restoration_mark() -> Path:
    """Return the file that is there from the first to the last step of a restoration."""
    return var_dir() / "restauration-en-cours.json"
