"""Where the installed data, notebooks and templates are: in a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "_installed"
ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

REFERENCE = ROOT / "data" / "reference"
PROCEDURES = ROOT / "data" / "procedures"
SAMPLE = ROOT / "data" / "sample"
NOTEBOOKS = ROOT / "notebooks"
VOILA_TEMPLATES = ROOT / "voila_templates"
