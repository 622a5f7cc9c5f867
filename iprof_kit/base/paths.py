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
