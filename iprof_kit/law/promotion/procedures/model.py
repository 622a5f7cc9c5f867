"""A procedure of ranking as data: its criteria, then its steps in the order in which they run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iprof_kit.base.sources import Source

CRITERIA = {
    "bareme": "barème",
    "avis_tres_favorables": "avis très favorables",
    "avis_sans_defavorable": "absence d’avis défavorable",
    "appreciation": "appréciation",
    "appreciation_maximale": "appréciation « excellent »",
    "dernier_echelon": "dernier échelon de la classe normale",
    "anciennete_corps": "ancienneté dans le corps",
    "anciennete_grade": "ancienneté dans le grade",
    "echelon": "échelon",
    "anciennete_echelon": "ancienneté dans l’échelon",
    "ags": "ancienneté générale des services",
    "age": "âge",
    "femme": "sexe (femme)",
    "items": "nombre d’items",
}
"""Criteria of a ranking and their French names; the greatest value comes first."""
MERIT = ("bareme", "avis_tres_favorables", "avis_sans_defavorable")
"""Criteria that say the merit: « à barème égal », « à avis égal » is to have the same ones."""
GROUPS = {
    "femme": "femmes",
    "superieur": "affectés de l’enseignement supérieur",
    "retraitable": "agents proches de la retraite",
    "ex_instituteur": "anciens instituteurs",
}
"""Groups that a step may look at, and their French names."""
BY_RANK, RESERVE, LISTS, QUOTA, SET_ASIDE, PRORATA, BALANCE = (
    "rang",
    "reserve",
    "listes",
    "quota",
    "ecarter",
    "prorata",
    "equilibre",
)
AT_EQUAL_MERIT, SWAP = "egalite", "permutation"
STEPS = {
    BY_RANK: "au rang",
    RESERVE: "réserve, hors rang",
    LISTS: "deux listes",
    QUOTA: "quota par appréciation",
    SET_ASIDE: "mise à l’écart",
    PRORATA: "prorata",
    BALANCE: "équilibre entre les femmes et les hommes",
}
"""Kinds of steps and their French names."""


@dataclass(frozen=True)
class Among:
    """Whom a step looks at; a field left empty excludes nobody.

    Attributes
    ----------
    group : str
        One of `GROUPS`; "": everybody.
    lowest, highest : int or None
        Bounds of the barème, inclusive.
    """

    group: str = ""
    appreciations: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None

    @property
    def asks_bareme(self) -> bool:
        """Whether the barème is looked at."""
        return self.lowest is not None or self.highest is not None


@dataclass(frozen=True)
class Step:
    """One step of a procedure.

    Attributes
    ----------
    kind : str
        One of `STEPS`.
    label : str
        What the authority calls it.
    left : int
        Per cent of the contingent that a step « rang » leaves to the next ones.
    group, mode : str
        Of the steps « listes », « prorata » and « equilibre ».
    parts : mapping of appréciation to int
        Per cent of the contingent, of a step « quota ».
    """

    kind: str
    label: str = ""
    among: Among = Among()
    left: int = 0
    group: str = ""
    mode: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """« réserve, hors rang : retraitables à 150 »."""
        name = STEPS[self.kind]
        if self.kind == BALANCE:
            name += ", à mérite égal" if self.mode == AT_EQUAL_MERIT else ", par permutation"
        if self.left:
            name += f", {self.left} % laissés aux étapes suivantes"
        if self.parts:
            name += f" ({', '.join(f'{part} % {key}' for key, part in self.parts.items())})"
        detail = self.label or GROUPS.get(self.group, "")
        return f"{name} : {detail}" if detail and self.kind != BALANCE else name


@dataclass(frozen=True)
class Procedure:
    """A way of ranking, as data: one file of data/procedures.

    Attributes
    ----------
    id, title, authority, operation
    criteria : tuple of str
        Names of `CRITERIA`, in order; the number of the person comes last, so that the order of
        the rows changes nothing.
    steps : tuple of Step
        What is done with the places, in order; places left at the end go to the rank.
    corps : tuple of str
        Codes, or « tous »; empty: no corps of the kit.
    since, until : int
        Campaigns; `until` None: still used.
    national : bool
        Whether it is the order of a campaign where the authority publishes none.
    rounding : str
        Of the contingent: « inferieur » (the law), « proche », « superieur ».
    """

    id: str
    authority: str
    criteria: tuple[str, ...]
    steps: tuple[Step, ...]
    source: Source
    title: str = ""
    operation: str = "hors_classe"
    corps: tuple[str, ...] = ()
    since: int = 0
    until: int | None = None
    national: bool = False
    rounding: str = "inferieur"
    note: str = ""

    @property
    def merit(self) -> int:
        """How many of the first criteria say the merit; the first one alone where none does."""
        size = 0
        while size < len(self.criteria) and self.criteria[size] in MERIT:
            size += 1
        return max(size, 1)

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups that its steps look at."""
        named = [name for step in self.steps for name in (step.group, step.among.group)]
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def conditions(self) -> tuple[str, ...]:
        """Criteria that its steps look at, whether they rank or not."""
        criteria = []
        for step in self.steps:
            criteria += ["bareme"] if step.among.asks_bareme else []
            criteria += ["appreciation"] if step.among.appreciations or step.parts else []
        return tuple(dict.fromkeys(criteria))

    @property
    def order_text(self) -> str:
        """« barème, puis ancienneté dans le corps, puis … »."""
        return ", puis ".join(CRITERIA[name] for name in self.criteria)

    @property
    def steps_text(self) -> str:
        """« au rang ; prorata : … ; équilibre … »."""
        return " ; ".join(step.text for step in self.steps) or STEPS[BY_RANK]

    def without_balance(self) -> Procedure:
        """Return the same procedure, its steps for the balance of women and men left out."""
        kept = tuple(step for step in self.steps if step.kind != BALANCE)
        plain = tuple(
            Step(BY_RANK) if step.kind == LISTS and step.group == "femme" else step for step in kept
        )
        return replace(self, steps=plain)

    def used_in(self, corps: str, operation: str, year: int) -> bool:
        """Tell whether the authority used it for this corps, operation and campaign."""
        whom = corps in self.corps or "tous" in self.corps
        in_use = self.since <= year and (self.until is None or year <= self.until)
        return whom and in_use and operation == self.operation
