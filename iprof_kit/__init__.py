"""iprof_kit: the open, unofficial career assistant of French teachers.

For pandas: `load_dossiers` and `load_reference` give tables, `project` the dated steps of careers,
`promouvables` who meets the conditions of a promotion at 31 August of a year, `read_extract` a
population from a file of the administration. Each is documented
where it is defined; importing the package costs nothing until one is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iprof_kit.analytics.careers import project, promouvables
    from iprof_kit.analytics.dossiers import load_dossiers
    from iprof_kit.analytics.imports.extract import read_extract
    from iprof_kit.law.tables import load_reference

__all__ = ["load_dossiers", "load_reference", "project", "promouvables", "read_extract"]
__version__ = "0.1.0"
_HOMES = {
    "load_dossiers": "iprof_kit.analytics.dossiers",
    "load_reference": "iprof_kit.law.tables",
    "project": "iprof_kit.analytics.careers",
    "promouvables": "iprof_kit.analytics.careers",
    "read_extract": "iprof_kit.analytics.imports.extract",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
