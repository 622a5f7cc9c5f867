"""Where the installed data, notebooks and templates are: in a wheel or in a checkout."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "_installed"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

REFERENCE = ROOT / "data" / "reference"
PROCEDURES = ROOT / "data" / "procedures"
REPORTS = ROOT / "data" / "rapports"
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
