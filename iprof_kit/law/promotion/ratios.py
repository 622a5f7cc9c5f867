"""The ratios of promotion by year, corps and grade: known, unknown, or only a project."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import corps_label, grade_label
from iprof_kit.law.promotion.contingent import TEN_THOUSAND
from iprof_kit.law.promotion.rows import grade_before
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.schema import EVERYBODY

IN_FORCE, PROJECT, UNKNOWN = "en_vigueur", "projet_non_adopte", "inconnu"
_RATIOS = Facts("ratios_promotion", ("annee", "corps", "grade_cible", "statut"))


@dataclass(frozen=True)
class Ratio:
    """The ratio promoted / promouvables of a campaign, or what is known instead.

    Attributes
    ----------
    year, statut
        Campaign; « en_vigueur », « projet_non_adopte » (asked as a hypothesis) or « inconnu ».
    share : int or None
        Ten-thousandths; None where no ratio was found.
    last_share, last_year : int or None
        The last known ratio before this campaign, never used in its place.
    project_share : int or None
        What a project never adopted would give, where there is one.
    source : Source or None
        Papers of the ratio, or of the last known one.
    note : str
        What the table adds (sources that disagree).
    """

    year: int
    statut: str
    share: int | None
    last_share: int | None
    last_year: int | None
    project_share: int | None
    source: Source | None
    note: str

    @property
    def known(self) -> bool:
        """Whether a ratio in force was found."""
        return self.statut == IN_FORCE

    @property
    def confidence(self) -> Confidence:
        """How sure our reading is; D where no ratio was found."""
        return "D" if self.source is None or self.share is None else self.source.confidence

    @property
    def text(self) -> str:
        """« taux non trouvé, dernier connu : 23 % (2025) »."""
        if self.share is not None:
            suffix = "" if self.known else " : hypothèse, projet non adopté"
            return f"{percent(self.share)} ({self.year}){suffix}"
        last = "aucun taux connu auparavant"
        if self.last_share is not None:
            last = f"dernier connu : {percent(self.last_share)} ({self.last_year})"
        if self.project_share is not None:
            last += f" ; un projet non adopté prévoyait {percent(self.project_share)}"
        return f"taux non trouvé, {last}"


@rule(
    sentence="Le nombre de promotions d’une campagne est la part, fixée par arrêté pour chaque "
    "corps et chaque grade, des agents promouvables.",
    source="décret 2005-1090 ; arrêté 30-06-2009 modifié",
    since="2018-09-01",
    tables=("ratios_promotion",),
)
def promotion_ratio(
    corps: str, target_grade: str, year: int, *, suppose_project: bool = False
) -> Ratio:
    """Return the ratio of a campaign.

    Parameters
    ----------
    year : int
        Campaign: 1 September of this year.
    suppose_project : bool
        Use the ratio of a project never adopted, where none is in force: an explicit hypothesis.

    Returns
    -------
    Ratio
        An unknown year is an answer, with the last known ratio beside it.

    Raises
    ------
    LawError
        The corps has no such grade, or no ratio at all.
    PeriodNotCovered
        Before the first ratio (the classe exceptionnelle had a contingent until 2023).
    """
    grade_before(corps, target_grade)
    years = [
        int(str(key[0]))
        for key in _RATIOS.keys()  # noqa: SIM118  # a table, not a mapping
        if key[1:] == (corps, target_grade, IN_FORCE)
    ]
    if not years:
        raise LawError(
            f"règle non couverte : ratio de promotion ({corps_label(corps, plural=True)}, "
            f"{grade_label(target_grade)}).",
            where="ratios_promotion",
        )
    if year < min(years):
        raise PeriodNotCovered(
            f"période non couverte : les ratios connus commencent en {min(years)} "
            f"({corps_label(corps, plural=True)}, {grade_label(target_grade)}).",
            where="campagne",
        )
    last = max(known for known in years if known <= year)
    in_force = _find(last, corps, target_grade, IN_FORCE)
    project = _find(year, EVERYBODY, target_grade, PROJECT)
    return _ratio(year, last, in_force, project, suppose_project=suppose_project)


def _ratio(
    year: int, last: int, in_force: Fact | None, project: Fact | None, *, suppose_project: bool
) -> Ratio:
    last_share = None if in_force is None else _share(in_force)
    planned = None if project is None else _share(project)
    papers = None if in_force is None else in_force.papers
    note = "" if in_force is None else str(in_force.values["note"])
    if last == year:
        return Ratio(year, IN_FORCE, last_share, last_share, last, planned, papers, note)
    if project is not None and suppose_project:
        note = str(project.values["note"])
        return Ratio(year, PROJECT, planned, last_share, last, planned, project.papers, note)
    note = "" if project is None else str(project.values["note"])
    return Ratio(year, UNKNOWN, None, last_share, last, planned, papers, note)


def _find(year: int, corps: str, grade: str, statut: str) -> Fact | None:
    label = f"ratio {year}" if statut == IN_FORCE else f"ratio {year} (projet non adopté)"
    return _RATIOS.find(None, year, corps, grade, statut, label=label)


def _share(fact: Fact) -> int:
    """Return a percentage of the table as ten-thousandths, exactly."""
    return round(fact.number("ratio_pct") * TEN_THOUSAND / 100)


def percent(share: int) -> str:
    """Write ten-thousandths: « 9,5 % »."""
    whole, rest = divmod(share, 100)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals} %"
