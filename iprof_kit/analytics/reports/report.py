"""`rapport`: what a campaign proposes in an academy, as a page or a PDF that says PROJET."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from iprof_kit.analytics.export_log import checked_reason, logged
from iprof_kit.analytics.promotions.campaign import Given
from iprof_kit.analytics.publication.files import write_whole
from iprof_kit.analytics.publication.ledger import Ledger
from iprof_kit.analytics.publication.people import Earlier
from iprof_kit.analytics.publication.rules import Rules, rules
from iprof_kit.analytics.reports.draft import Draft, Subject, drafted
from iprof_kit.analytics.reports.page import page_of
from iprof_kit.analytics.reports.parts import Part, parts_of
from iprof_kit.analytics.reports.plan import read_plan
from iprof_kit.analytics.reports.printed import pdf_of
from iprof_kit.analytics.reports.secrecy import Secrecy
from iprof_kit.analytics.reports.view import View, view_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import options_in_french
from iprof_kit.base.words import NBSP
from iprof_kit.careers.campaigns import Beyond


@dataclass(frozen=True)
class Rapport:
    """A campaign report: look at it, or write it with a motive.

    Attributes
    ----------
    parties : tuple of Part
        The sections, in the order of the plan.
    absents : tuple of str
        Sections left out, and why.
    """

    draft: Draft
    regles: Rules
    parties: tuple[Part, ...]
    absents: tuple[str, ...]
    secret: Secrecy

    @property
    def vue(self) -> View:
        """All that a page and a PDF say."""
        return view_of(self.draft, self.parties, self.absents, self.regles)

    def html(self, vers: str | Path | None = None, *, motif: str = "") -> str:
        """Return the report as one self-contained page, and write it where a file is given.

        Parameters
        ----------
        vers : path, optional
            `.html`; without it, nothing leaves the desk: neither log nor ledger.
        motif : str
            Why, for whom: needed to write.

        Raises
        ------
        InputError
            A motive that says nothing.
        Unavailable
            The file, the log or the ledger cannot be written.
        """
        if vers is None:
            return page_of(self.vue)
        return self._write(Path(vers), motif).decode("utf-8")

    def pdf(self, vers: str | Path | None = None, *, motif: str = "") -> bytes:
        """Return the report as a tagged PDF, and write it where a file is given; see `html`."""
        return pdf_of(self.vue) if vers is None else self._write(Path(vers), motif)

    def _write(self, path: Path, motif: str) -> bytes:
        write(self.draft, self.regles, [path], motif)
        return path.read_bytes()


@options_in_french
def rapport(
    gens: pd.DataFrame,
    /,
    *,
    corps: str,
    annee: int,
    grade: str = "hors_classe",
    academie: str = "",
    plan: str | Path | None = None,
    par: Sequence[str] = (),
    procedure: Given | None = None,
    taux: float | str | None = None,
    contingent: int | Mapping[str, int] | None = None,
    report: float | str | Mapping[str, float] = 0,
    suppose: Beyond = "refuser",
    nominatif: bool = False,
    seuil: int | None = None,
    source: str = "",
    le: date | None = None,
) -> Rapport:
    """Return the report of a campaign of promotions in an academy.

    It is aggregated: counts and shares, every cell under statistical secrecy beside all that was
    already published of the same source, no person named.

    Parameters
    ----------
    gens : DataFrame
        One row a person, with the columns of `analytics.columns`.
    corps, grade, annee, par, procedure, taux, contingent, report, suppose, le
        As `campagne` takes them.
    academie : str
        Code or label of academies.csv; by default, the whole table.
    plan : path, optional
        YAML file that says the sections (docs/analysts/rapports.md); by default, that of the kit.
    nominatif : bool
        An internal report, marked « INTERNE »: whole tables, numbers of people, no secrecy.
    seuil : int, optional
        People under which a cell is secret; by default the usual one.
    source : str
        Name of the source, by default the one that the table notes.

    Raises
    ------
    InputError
        An unknown academy, a column that misses, nobody promouvable, a plan that is wrong.
    LawError
        The tables of the law do not answer.

    Examples
    --------
    >>> import iprof_kit
    >>> gens = iprof_kit.exemple_promouvables()
    >>> made = iprof_kit.rapport(gens, corps="pe", annee=2027, taux=23)
    >>> made.draft.plan.titre
    'Rapport de campagne'
    """
    draft = drafted(
        gens,
        read_plan(plan),
        Subject(corps, grade, annee, academie, par),
        nominatif=nominatif,
        source=source,
        procedure=procedure,
        taux=taux,
        contingent=contingent,
        report=report,
        suppose=suppose,
        le=le,
    )
    asked = rules(seuil)
    return assembled(draft, asked, () if nominatif else Ledger(draft.source).earlier())


def assembled(draft: Draft, asked: Rules, earlier: Sequence[Earlier]) -> Rapport:
    """Return a report, held against what was already published."""
    secrecy = Secrecy(draft.source, f"{draft.titre}, {draft.academie}", asked, earlier)
    parts, absent = parts_of(draft, secrecy)
    return Rapport(draft, asked, parts, absent, secrecy)


FORMATS: dict[str, Callable[[Rapport], bytes]] = {
    ".html": lambda report: report.html().encode(),
    ".pdf": lambda report: report.pdf(),
}


def write(draft: Draft, asked: Rules, outputs: Sequence[Path], motif: str) -> Rapport:
    """Write a report in the formats of its files: `.html`, `.pdf`.

    Raises
    ------
    InputError
        A motive that says nothing, a format that does not exist.
    Unavailable
        A file, the log or the ledger cannot be written.
    """
    reason = checked_reason(motif)
    for path in outputs:
        checked_format(path.suffix)
    kind = "rapport interne" if draft.nominatif else "rapport agrégé"
    what = {
        "quoi": f"{kind}{NBSP}: {draft.titre}, {draft.academie}",
        "source": draft.source,
        "fichiers": [str(path) for path in outputs],
        "filtres": dict(draft.campagne.filtres),
        "seuil": asked.threshold,
        "sha256_entree": draft.empreinte,
        "version": draft.version,
    }
    with logged(what, reason) as entry:
        report, notes = _noted(draft, asked)
        made = [(path, _content(report, path)) for path in outputs]
        write_whole(made, notes, private=True)
        entry["fichiers"] = {str(path): digest_of_file(path) for path in outputs}
    return report


def checked_format(suffix: str) -> str:
    """Return the suffix of a format, refused where a report has no such format."""
    wanted = suffix.lower()
    if wanted not in FORMATS:
        raise InputError(
            f"un rapport ne s’écrit pas en «{NBSP}{suffix}{NBSP}».",
            where="format",
            remedy=f"Formats possibles{NBSP}: {', '.join(FORMATS)}.",
        )
    return wanted


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _noted(draft: Draft, asked: Rules) -> tuple[Rapport, list[Path]]:
    """Return a report, its tables noted before its files are written: nobody publishes between.

    The long part is done while others publish; it is done again where they published about the
    same people.
    """
    if draft.nominatif:
        return assembled(draft, asked, ()), []
    ledger = Ledger(draft.source)
    report = assembled(draft, asked, ledger.earlier())
    with ledger.open():
        now = ledger.earlier()
        if not report.secret.stands(now):
            report = assembled(draft, asked, now)
        return report, report.secret.note(ledger)


def _content(report: Rapport, path: Path) -> Callable[[], bytes]:
    return lambda: FORMATS[checked_format(path.suffix)](report)
