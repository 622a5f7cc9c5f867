"""A request as data: its steps, the delays between them, its place, its letters."""

# No number here is of the law: the last rank of a list of requests.
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ConfigDict, Field

from iprof_kit.base.sources import Source
from iprof_kit.law.tables.written import Confidence, Filled, Name, Some, SomeOnce, Words, Written

START, ACT, SILENCE, ANSWER, MARK = "depart", "acte", "silence", "reponse", "repere"
"""Kinds of steps: a day that is wished or lived, what she does, what silence does, what she is
answered, a day that follows from another."""
REFUSAL, AGREEMENT = "refus", "accord"
"""What a silence or an answer is worth; `REFUSAL` also names the day from which a recours runs."""

Kind = Literal["depart", "acte", "silence", "reponse", "repere"]
Worth = Literal["", "refus", "accord"]


class Pause(Written):
    """The step that interrupts a delay, and the one whose day makes it run anew."""

    by: Name = Field(alias="par")
    until: Name = Field(alias="fin")


class Restart(Written):
    """The step that, noted before the last day of a delay, makes another run from its own day."""

    by: Name = Field(alias="par")
    delay: Name = Field(alias="delai")


def _where(kinds: Sequence[str], **then: Any) -> dict[str, Any]:
    kind = {"const": kinds[0]} if len(kinds) == 1 else {"enum": list(kinds)}
    return {"if": {"properties": {"genre": kind}}, **then}


class Step(Written):
    """One step of a request."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                _where(
                    [SILENCE],
                    then={"required": ["delai", "depuis", "vaut"]},
                    **{
                        "else": {
                            "not": {"anyOf": [{"required": ["doute"]}, {"required": ["sauf"]}]}
                        }
                    },
                ),
                {"if": {"required": ["sauf"]}, "then": {"required": ["doute"]}},
                {
                    "if": {"anyOf": [{"required": ["plus_tot"]}, {"required": ["differee"]}]},
                    "then": {"required": ["delai"]},
                },
                {
                    "if": {"anyOf": [{"required": ["eteinte"]}, {"required": ["relancee"]}]},
                    "then": {"properties": {"genre": {"const": MARK}}},
                },
                _where([START, ACT, ANSWER], then={"required": ["date"]}),
                _where([MARK], then={"required": ["delai", "depuis"]}),
            ]
        }
    )
    key: Name = Field(alias="cle")
    kind: Kind = Field(alias="genre")
    title: Words = Field(alias="titre")
    asks: Words = Field("", alias="date")
    """What the field of its day is called; "" where nothing is noted."""
    default: Literal[
        "", "rentree", "plus_ancienne", "ouverture_pension", "fin_position", "recrutement"
    ] = Field("", alias="defaut")
    """The day that a « depart » has before it is noted."""
    delay: Name = Field("", alias="delai")
    """Row of demandes_delais.csv that gives its last day, or the day on which it happens."""
    after: SomeOnce[Name] = Field((), alias="depuis")
    """Steps from which the delay runs: the first one whose day is known."""
    paused: Pause | None = Field(None, alias="interrompue")
    deferred: bool = Field(False, alias="differee")
    """Whether its delay runs from its row's first day where what opens it came before."""
    restarted: Restart | None = Field(None, alias="relancee")
    worth: Worth = Field("", alias="vaut")
    """Of a silence: `REFUSAL` or `AGREEMENT`."""
    facultative: bool | None = None
    missed: Words = Field("", alias="passee")
    """What is said once its last day is past."""
    extinct: Words = Field("", alias="eteinte")
    """Of a « repere »: what is said first once its day is past, and nothing made it run anew."""
    note: Words = ""
    doubt: Words = Field("", alias="doute")
    """Of a silence: why what it is worth is not sure; "" where it is."""
    settled: Name = Field("", alias="sauf")
    """The step whose day, once noted, takes that doubt away."""
    earlier: Words = Field("", alias="plus_tot")
    """Who may close before its last day, on a day that no source gives."""

    @property
    def optional(self) -> bool:
        """Whether the next steps do not wait for it: an answer may never come."""
        return self.kind == ANSWER if self.facultative is None else self.facultative


class Letter(Written):
    """A letter that is ready, and the step at which it serves."""

    key: Name = Field(alias="cle")
    step: Name = Field(alias="etape")
    title: Words = Field(alias="titre")
    to: Words = Field(alias="destinataire")
    subject: Words = Field(alias="objet")
    body: Words = Field(alias="texte")
    articles: Some[Words]
    papers: tuple[Words, ...] = Field((), alias="pieces")


class Fold(Written):
    """What is there to understand: a question, its answer in a few words, sentences."""

    question: Words
    answer: Words = Field(alias="reponse")
    sentences: Some[Words] = Field(alias="texte")


class Place(Written):
    """Where the act is officially made."""

    name: Words = Field(alias="nom")
    detail: Words = Field(alias="precision")
    written_in: Filled = Field(alias="source")
    confidence: Confidence = Field(alias="confiance")

    @property
    def papers(self) -> Source:
        """The text that says so."""
        return Source(self.written_in, confidence=self.confidence)


class Already(Written):
    """The situation of who has it already, and what is then said."""

    situation: Literal["temps_partiel", "disponibilite", "detachement"]
    sentence: Words = Field(alias="phrase")


class Request(Written):
    """One request: one file of data/demandes."""

    model_config = ConfigDict(title="Demande d’un agent à son administration")
    id: Name
    rank: int = Field(alias="rang", ge=1, le=99)
    title: Words = Field(alias="titre")
    question: Words
    opening: Words = Field("", alias="ouverture")
    """What is said first where nothing was noted; {…} names a delay or a step."""
    statuses: SomeOnce[Literal["titulaire", "stagiaire", "contractuel"]] = Field(alias="statuts")
    """Whom it concerns; `others` says what the rest may do."""
    others: Words = Field("", alias="autrement")
    paths: SomeOnce[str] = Field((), alias="parcours")
    """Codes of parcours.csv whose conditions are its own."""
    rules: SomeOnce[Name] = Field(alias="regles")
    """Rules of the registry that it rests on."""
    already: Already | None = Field(None, alias="deja")
    decides: Words = Field("", alias="decide")
    """Who decides, where no path says it."""
    unknown: Words = Field("", alias="dates_inconnues")
    """What no source gives: « dates inconnues de ce kit »."""
    guide: Filled = ""
    instrument: Filled = Field("", alias="calcul")
    """Addresses of the guide and of the screen that calculates."""
    place: Place = Field(alias="lieu")
    steps: Some[Step] = Field(alias="etapes")
    letters: tuple[Letter, ...] = Field(alias="lettres")
    folds: tuple[Fold, ...] = Field((), alias="comprendre")

    def step(self, kind: str) -> Step | None:
        """Return its first step of a kind."""
        return next((one for one in self.steps if one.kind == kind), None)
