"""A procedure of ranking as data: its criteria, then its steps in the order in which they run."""

# No number here is of the law: the first and last campaigns that a file may name.
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field, WithJsonSchema

from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.sources import Source
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.tables.written import (
    Confidence,
    Filled,
    Name,
    Once,
    Some,
    SomeOnce,
    Written,
)

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


def _among(names: Iterable[str]) -> Any:
    return Field(json_schema_extra={"enum": list(names)})


Group = Annotated[str, _among(GROUPS)]
Appreciation = Annotated[str, _among(APPRECIATIONS)]
Operation = Annotated[str, _among(("hors_classe", "classe_exceptionnelle", "avancement_accelere"))]
_PERCENT = {"maximum": 100, "minimum": 0, "type": "integer"}
Percent = Annotated[int, Field(ge=_PERCENT["minimum"], le=_PERCENT["maximum"])]
Year = Annotated[int, Field(ge=2017, le=2100)]
Parts = Annotated[
    dict[str, int],
    WithJsonSchema(
        {
            "additionalProperties": False,
            "minProperties": 1,
            "properties": dict.fromkeys(APPRECIATIONS, _PERCENT),
            "type": "object",
        }
    ),
]


class Bounds(Written):
    """Bounds of the barème, inclusive."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    lowest: int | None = Field(None, alias="min")
    highest: int | None = Field(None, alias="max")


class Among(Written):
    """Whom a step looks at; a field left empty excludes nobody."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})
    group: Group = Field("", alias="groupe")
    """One of `GROUPS`; "": everybody."""
    appreciations: SomeOnce[Appreciation] = Field((), alias="appreciation")
    bareme: Bounds = Bounds()

    @property
    def asks_bareme(self) -> bool:
        """Whether the barème is looked at."""
        return self.bareme != Bounds()


def _where(kinds: Sequence[str], *keys: str) -> dict[str, Any]:
    return {
        "if": {"properties": {"etape": {"enum": list(kinds)}}},
        "then": {"required": list(keys)},
    }


class Step(Written):
    """One step of a procedure."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _where([RESERVE, SET_ASIDE], "parmi"),
                _where([LISTS, PRORATA], "groupe"),
                _where([BALANCE], "groupe", "mode"),
                _where([QUOTA], "parts"),
            ]
        }
    )
    kind: Annotated[str, _among(STEPS)] = Field(alias="etape")
    label: Filled = Field("", alias="libelle")
    """What the authority calls it."""
    among: Among = Field(Among(), alias="parmi")
    left: Percent = Field(0, alias="laisse_pour_cent")
    """Per cent of the contingent that a step « rang » leaves to the next ones."""
    group: Group = Field("", alias="groupe")
    mode: Annotated[str, _among((AT_EQUAL_MERIT, SWAP))] = ""
    """Of the steps « listes », « prorata » and « equilibre »."""
    parts: Parts = Field(default_factory=dict)
    """Per cent of the contingent by appréciation, of a step « quota »."""

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


class Campaigns(Written):
    """The campaigns in which it was seen in use; `until` None: still used."""

    since: Year = Field(alias="du")
    until: Year | None = Field(None, alias="au")


class Contingent(Written):
    """How the contingent is rounded: « inferieur » is the law."""

    rounding: Annotated[str, _among(("inferieur", "proche", "superieur"))] = Field(alias="arrondi")


class Procedure(Written):
    """A way of ranking, as data: one file of data/procedures."""

    model_config = ConfigDict(title="Procédure de classement d’un tableau d’avancement")
    id: Name
    title: Filled = Field(alias="titre")
    authority: Filled = Field(alias="autorite")
    national: bool = False
    """Whether it is the order of a campaign where the authority publishes none."""
    operation: Operation
    corps: Once[str]
    """Codes, or « tous »; empty: no corps of the kit."""
    field: str = Field("", alias="champ")
    campaigns: Campaigns = Field(alias="campagnes")
    written_in: Filled = Field(alias="source")
    confidence: Confidence = Field(alias="confiance")
    remark: str = Field("", alias="note")
    contingent: Contingent = Contingent(arrondi="inferieur")
    criteria: SomeOnce[Annotated[str, _among(CRITERIA)]] = Field(alias="classement")
    """Names of `CRITERIA`, in order; the number of the person comes last, so that the order of
    the rows changes nothing."""
    steps: Some[Step] = Field((), alias="etapes")
    """What is done with the places, in order; places left at the end go to the rank."""

    @property
    def source(self) -> Source:
        """Its text, in force from one rentrée to another."""
        last = self.campaigns.until
        until = None if last is None else rentree_day(last)
        return Source(self.written_in, rentree_day(self.campaigns.since), until, self.confidence)

    @property
    def note(self) -> str:
        """Whom it is for and what is to be known of it."""
        return " ".join(filter(None, (self.field, self.remark)))

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
            Step(etape=BY_RANK) if step.kind == LISTS and step.group == "femme" else step
            for step in kept
        )
        return self.model_copy(update={"steps": plain})

    def used_in(self, corps: str, operation: str, year: int) -> bool:
        """Tell whether the authority used it for this corps, operation and campaign."""
        whom = corps in self.corps or "tous" in self.corps
        span = self.campaigns
        in_use = span.since <= year and (span.until is None or year <= span.until)
        return whom and in_use and operation == self.operation
