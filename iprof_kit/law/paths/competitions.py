"""Les concours: formats that live together in 2026 and 2027, and what a lauréat becomes."""

from __future__ import annotations

import re
from functools import cache

from iprof_kit.base.sources import Source
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_REFORM = Facts("reforme_concours_2026", ("cle",))
BAC3, BAC5 = "bac+3", "bac+5"
PAY_OF_PUPILS = (
    "remuneration_eleve_fonctionnaire",
    "remuneration_m2e_annee1",
    "remuneration_m2e_annee2",
)
"""Keys of what a pupil is paid before being titulaire."""
_STUDIES = {"M1_MEEF": "laureat_m1_meef", "M2_MEEF": "laureat_m2_meef"}


@rule(
    name="competition_formats",
    sentence="Les concours externes enseignants et de CPE se passent à bac+3 depuis la session "
    "{premiere_session_bac3}. Le format à bac+5 est maintenu à côté, pas dans toutes les "
    "sections, et disparaît en {fin_format_bac5}.",
    source="décret 2025-352 du 17-04-2025",
    since="2025-04-19",
    tables=("reforme_concours_2026",),
    values={
        "premiere_session_bac3": value(
            "reforme_concours_2026", unit="session", cle="premiere_session_bac3"
        ),
        "fin_format_bac5": value("reforme_concours_2026", unit="session", cle="fin_format_bac5"),
    },
)
def competition_formats(session: int) -> tuple[str, ...]:
    """Return the formats of the external competitions at a session, « bac+3 » first."""
    first = _REFORM.read(None, "premiere_session_bac3").whole("valeur")
    end = _REFORM.read(None, "fin_format_bac5").whole("valeur")
    together = _REFORM.read(None, "cohabitation_bac3_bac5").text("valeur")
    both = {int(year) for year in together.split(";")}
    if session < first:
        return (BAC5,)
    return (BAC3, BAC5) if session in both and session < end else (BAC3,)


@rule(
    name="laureate_path",
    sentence="Le lauréat à bac+3 suit le master M2E ; titulaire d’un M1 MEEF, il entre en "
    "deuxième année ; d’un M2 MEEF, il est stagiaire à temps plein.",
    source="décret 2025-352 du 17-04-2025 ; vocationenseignant.fr",
    since="2025-04-19",
    tables=("reforme_concours_2026",),
)
def laureate_path(master: str) -> tuple[Fact, ...]:
    """Return what awaits the lauréat of a concours at bac+3.

    Parameters
    ----------
    master : str
        « M1_MEEF », « M2_MEEF », or "" for neither: two years of M2E.

    Returns
    -------
    tuple of Fact
        Rows of the reform, first the pathway; what the pupil is paid belongs to the subject pay.
    """
    if master in _STUDIES:
        return (_REFORM.read(None, _STUDIES[master]), *_commitment())
    return (
        *(_REFORM.read(None, key) for key in PAY_OF_PUPILS),
        *_commitment(),
    )


def _commitment() -> tuple[Fact, ...]:
    return (_REFORM.read(None, "engagement_servir"),)


@cache
def known_period(session: int, form: str = "") -> tuple[str, str, Source] | None:
    """Return the registration period that the reform knows for the teachers of a session.

    Parameters
    ----------
    form : str
        « bac3 » or « bac5 » for an external competition: its own period where one is known.

    Returns
    -------
    (first day, last day, papers) or None
        ISO texts; None where the dates of the session were not found.
    """
    own = (f"inscription_{session}_{form}",) if form else ()
    for key in (*own, f"inscription_{session}_enseignants", f"inscription_{session}"):
        row = _REFORM.find(None, key)
        if row is not None and re.fullmatch(r"[\d-]+/[\d-]+", row.text("valeur")):
            opens, closes = row.text("valeur").split("/")
            return opens, closes, row.papers
    return None
