"""The applications of the administration where an act is made: named, and linked per academy."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.shared.academies import academie_name

SIAM, SIAC, GAIA = "SIAM", "SIAC", "GAIA"


@dataclass(frozen=True)
class Counter:
    """Where an act is made: its words, and its address where the academy has given one."""

    words: str
    link: str = ""


def counter(academie: Academie, name: str) -> Counter:
    """Return an application of an academy; without its own address, the one of I-Prof."""
    where = f"académie {academie_name(academie)}"
    if link := _safe(academie.liens.get(name)):
        return Counter(f"{name}, {where}", link)
    return Counter(f"{name}, ouvert depuis I-Prof, {where}", _safe(academie.lien_officiel))


def _safe(link: str | None) -> str:
    return link if link and link.startswith(("https://", "http://")) else ""
