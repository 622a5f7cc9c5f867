"""The criteria of a movement, read by campaign; who borders whom; what may not be added up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.sources import Confidence
from iprof_kit.law.mobility.score import CriterionPoints, SetAside
from iprof_kit.law.tables.facts import Fact, Facts

RULE_OF_MOVEMENT = "Règle du mouvement"
"""What a row that gives no points is called, beside what its unit says."""

OTHER = "_autre"
"""« education_prioritaire_autre »: any other line of the same criterion."""


@dataclass(frozen=True)
class Criterion:
    """One row of a criterion table: a criterion, one of its cases, in one campaign."""

    critere: str
    sous_critere: str
    campagne: int
    fact: Fact
    label: str
    """Its French name."""

    def points(self) -> float:
        """Return the points of the row, noted when somebody asked why.

        Raises
        ------
        LawError
            The row gives no number.
        """
        return self.fact.number("valeur_points", self._name, shown=self.label)

    def number(self) -> int:
        """Return the whole number of a rule row (number of wishes, years without points)."""
        return self.fact.whole("valeur_points", self._name, shown=self.label)

    def has_points(self) -> bool:
        """Tell whether the row gives a number."""
        return self.fact.has("valeur_points")

    def ceiling(self) -> float | None:
        """Return the « plafond » of the row, None where there is none."""
        if not self.capped:
            return None
        return self.fact.number("plafond", f"{self._name}, plafond", shown=f"{self.label}, plafond")

    @property
    def capped(self) -> bool:
        """Tell whether the row has a ceiling."""
        return self.fact.has("plafond")

    @property
    def condition(self) -> str:
        """The conditions of the row, as its source gives them."""
        shown = f"{self.label}, condition"
        return self.fact.text("condition", f"{self._name}, condition", shown=shown)

    @property
    def source(self) -> str:
        """The text that gives the points."""
        return str(self.fact.values["source"])

    @property
    def confidence(self) -> Confidence:
        """How sure our reading of the row is."""
        return self.fact.confidence

    @cached_property
    def excludes(self) -> tuple[str, ...]:
        """The names of « non_cumul_avec »."""
        return tuple(filter(None, str(self.fact.values["non_cumul_avec"]).split(";")))

    @property
    def _name(self) -> str:
        return f"{self.critere} {self.sous_critere} {self.campagne}"

    def line(self, libelle: str, points: float, calcul: str) -> CriterionPoints:
        """Return the points of a wish that come from this row."""
        return CriterionPoints(
            self.critere, self.sous_critere, libelle, points, calcul, self.source, self.confidence
        )


class Criteria:
    """A criterion table (`mouvement_interdepartemental_1d`, `mouvement_interacademique_2d`).

    Parameters
    ----------
    labels : mapping of str to str
        French names of its criteria, or of one case (« handicap boe »).
    """

    def __init__(self, name: str, labels: Mapping[str, str] = MappingProxyType({})) -> None:
        self.name, self._labels = name, labels
        self._facts = Facts(name, ("campagne", "critere", "sous_critere"))

    @cached_property
    def _found(self) -> dict[tuple[int, str, str], Criterion | None]:
        return {}

    def label(self, critere: str, sous_critere: str = "") -> str:
        """Return the French name of a criterion or of one of its cases."""
        own = self._labels.get(f"{critere} {sous_critere}")
        return own or self._labels.get(critere, critere)

    @cached_property
    def campaigns(self) -> tuple[int, ...]:
        """The campaigns that the table covers, even in part, in order."""
        keys = self._facts.keys()
        return tuple(sorted({int(str(key[0])) for key in keys}))

    def refuse_uncovered(self, campagne: int) -> None:
        """Refuse a campaign of which the table knows nothing.

        Raises
        ------
        PeriodNotCovered
            Names the campaigns covered.
        """
        if campagne not in self.campaigns:
            known = ", ".join(str(known) for known in self.campaigns)
            raise PeriodNotCovered(
                f"campagne {campagne} non couverte ; campagnes couvertes par la table "
                f"{self.name} : {known}.",
                where="campagne",
            )

    def find(self, campagne: int, critere: str, sous_critere: str) -> Criterion | None:
        """Return a row of a covered campaign, None where no value was found for it.

        Raises
        ------
        PeriodNotCovered
            The table knows nothing of the campaign.
        """
        asked = (campagne, critere, sous_critere)
        if asked not in self._found:
            self.refuse_uncovered(campagne)
            fact = self._facts.find(None, *asked)
            self._found[asked] = (
                None
                if fact is None
                else Criterion(
                    critere, sous_critere, campagne, fact, self.label(critere, sous_critere)
                )
            )
        return self._found[asked]

    def read(self, campagne: int, critere: str, sous_critere: str) -> Criterion:
        """Return a row of a covered campaign.

        Raises
        ------
        PeriodNotCovered
            The table knows nothing of the campaign, or of this criterion in this campaign.
        LawError
            No campaign knows this criterion.
        """
        criterion = self.find(campagne, critere, sous_critere)
        if criterion is not None:
            return criterion
        known = self.campaigns_of(critere, sous_critere)
        if not known:
            raise LawError(f"critère inconnu : {critere} {sous_critere}.", where=self.name)
        raise PeriodNotCovered(
            f"{critere} {sous_critere} : aucune valeur trouvée pour la campagne {campagne}"
            f" ; campagnes couvertes par la table {self.name} : "
            f"{', '.join(str(year) for year in known)}.",
            where="campagne",
        )

    def cases(self, campagne: int, critere: str) -> tuple[Criterion, ...]:
        """Return the rows of a criterion in a campaign, in the table's order."""
        self.refuse_uncovered(campagne)
        keys = self._facts.keys()
        return tuple(
            self.read(campagne, critere, str(key[2]))
            for key in keys
            if key[0] == campagne and key[1] == critere
        )

    def campaigns_of(self, critere: str, sous_critere: str) -> tuple[int, ...]:
        """Return the campaigns for which a value was found: the first is the oldest known."""
        return tuple(
            year
            for year in self.campaigns
            if self._facts.find(None, year, critere, sous_critere) is not None
        )


@dataclass(frozen=True)
class Asked:
    """Points that a wish could have, before what may not be added up is set aside.

    Lines of one `block` stand or fall together (the family lines, for instance).
    """

    line: CriterionPoints
    criterion: Criterion
    block: str


def without_overlap(
    asked: Sequence[Asked], chosen: Collection[str] = ()
) -> tuple[tuple[CriterionPoints, ...], tuple[SetAside, ...]]:
    """Keep the lines that may be added up, by the « non_cumul_avec » of their rows.

    Of two blocks that exclude each other, the block `chosen` by the person is kept, otherwise the
    one with more points (at equal points, the one asked first).

    Returns
    -------
    tuple of lines kept, tuple of lines set aside with the French reason
        Both in the order asked.
    """
    blocks: dict[str, list[Asked]] = {}
    for item in asked:
        blocks.setdefault(item.block, []).append(item)
    order = sorted(blocks, key=lambda name: (name not in chosen, -_total(blocks[name])))
    kept: list[str] = []
    reasons: dict[str, str] = {}
    for name in order:
        rival = next((k for k in kept if _exclude(blocks[name], blocks[k])), None)
        if rival is None:
            kept.append(name)
            continue
        first = blocks[rival][0].line.libelle
        why = "choisi" if rival in chosen else "plus favorable"
        reasons[name] = f"non cumulable avec « {first} », {why}"
    lines = tuple(item.line for item in asked if item.block in kept)
    aside = tuple(
        SetAside(item.line.critere, item.line.libelle, reasons[item.block])
        for item in asked
        if item.block in reasons
    )
    return lines, aside


def _total(block: Sequence[Asked]) -> float:
    return sum(item.line.points for item in block)


def _exclude(one: Sequence[Asked], other: Sequence[Asked]) -> bool:
    return any(
        _named(a.criterion, b.criterion) or _named(b.criterion, a.criterion)
        for a in one
        for b in other
    )


def _named(by: Criterion, row: Criterion) -> bool:
    """Tell whether a row's « non_cumul_avec » names another row.

    A name is a criterion, a case, « critere_case » cut anywhere after the criterion
    (« handicap_dossier »), or « critere_autre ».
    """
    if not by.excludes:
        return False
    whole = f"{row.critere}_{row.sous_critere}"
    return any(
        name in (row.critere, row.sous_critere)
        or (whole.startswith(name) and name.startswith(f"{row.critere}_"))
        or (name == f"{row.critere}{OTHER}" and by.sous_critere != row.sous_critere)
        for name in by.excludes
    )


_DEPARTEMENTS = Facts("departements", ("code_insee",))
_ACADEMIES = Facts("academies", ("code_academie",))
_BORDERS = Facts("limitrophes", ("niveau", "code_1", "code_2"))


def departement(code: str, *, where: str = "departement") -> Fact:
    """Return the row of a département.

    Raises
    ------
    InputError
        Unknown code; the message lists the known ones.
    """
    row = _DEPARTEMENTS.find(None, code)
    if row is None:
        keys = _DEPARTEMENTS.keys()
        known = ", ".join(str(key[0]) for key in keys)
        raise InputError(
            f"département inconnu : « {code} ».",
            where=where,
            remedy=f"Codes connus : {known}.",
        )
    return row


def academie(name: str, *, where: str = "academie") -> Fact:
    """Return the row of an academy, named by its code or its label (former ones included).

    Raises
    ------
    InputError
        Unknown academy; the message lists the known ones.
    """
    rows = _ACADEMIES.in_force(None)
    for row in rows:
        if name in (row.values["code_academie"], row.values["libelle_academie"]):
            return row
    known = ", ".join(f"{row.values['libelle_academie']}" for row in rows)
    raise InputError(
        f"académie inconnue : « {name} ».",
        where=where,
        remedy=f"Académies connues : {known}.",
    )


def academie_of(code_departement: str) -> Fact:
    """Return the academy of a département."""
    return academie(str(departement(code_departement).values["code_academie"]))


def departements_touch(one: str, other: str) -> bool:
    """Tell whether two départements share a border; a reason cites who says so."""
    for pair in ((one, other), (other, one)):
        border = _BORDERS.find(None, "departement", *pair)
        if border is not None:
            border.text("code_2", untold=True)
            return True
    return False


def academies_touch(one: str, other: str) -> bool:
    """Tell whether two academies, former ones included, have départements that share a border."""
    return one != other and any(
        departements_touch(a, b) for a in departements_of(one) for b in departements_of(other)
    )


def departements_of(name: str) -> tuple[str, ...]:
    """Return the codes of the départements of an academy."""
    codes = str(academie(name).values["codes_departements"])
    return tuple(filter(None, codes.split(";")))
