"""A service and its campaigns, as the files of data/campagnes say them."""

# No number here is of the law: the longest texts that a file of campaigns may hold.
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from iprof_kit.base.reference import department_code, written_rows
from iprof_kit.base.sources import Source
from iprof_kit.law.tables.written import Confidence, Filled, Name, Once, Some, SomeOnce, Written

NATIONAL = "national"
_OUTCOME = "resultats"
LetterBy = Literal["mouvement", "poste"]
State = Literal["a_venir", "ouverte", "close", "inconnue"]
UpTo30 = Annotated[str, StringConstraints(min_length=1, max_length=30)]
UpTo40 = Annotated[str, StringConstraints(min_length=1, max_length=40)]
UpTo60 = Annotated[str, StringConstraints(min_length=1, max_length=60)]
UpTo90 = Annotated[str, StringConstraints(min_length=1, max_length=90)]
UpTo120 = Annotated[str, StringConstraints(min_length=1, max_length=120)]
UpTo300 = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Address = Annotated[
    str,
    Field(pattern="^/[a-z/-]+$", description="une adresse du kit commence par /, en minuscules"),
]
WrittenDay = Annotated[
    str,
    Field(
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="une date s’écrit AAAA-MM-JJ, par exemple 2027-11-26",
    ),
]
WrittenHour = Annotated[
    str,
    Field(
        pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="une heure de Paris s’écrit HH:MM, par exemple 12:00",
    ),
]


class Sourced(Written):
    """What a source says, and how sure that is."""

    written_in: Filled = Field(alias="source")
    confidence: Confidence = Field(alias="confiance")

    @property
    def source(self) -> Source:
        """Its source."""
        return Source(self.written_in, confidence=self.confidence)


class Step(Written):
    """One step of a state table."""

    key: Name = Field(alias="etape")
    title: UpTo60 = Field(alias="titre")
    act: UpTo120 = Field("", alias="acte")
    """What the person does; empty for a step that she only waits for."""
    place: UpTo60 = Field("", alias="ou")
    """Where it is legally done or read."""
    after: Name = Field("", alias="apres")
    """Key of the step that opens this one, where no date of its own does."""
    missed: UpTo120 = Field("", alias="sans")
    """What happens where the act is not done in time."""
    optional: bool = Field(False, alias="facultatif")
    """Whether it is done only by who wants it: it is never recalled."""


class Stair(Written):
    """One stair of the figure: a few steps under one short title."""

    title: UpTo30 = Field(alias="titre")
    steps: SomeOnce[Name] = Field(alias="etapes")


class Change(Written):
    """What may still change, until a step closes."""

    what: UpTo40 = Field(alias="quoi")
    until: Name = Field(alias="jusqu_a")
    condition: UpTo60 = ""


class Paper(Written):
    """A paper to join; `criteria` are the lines of the score that need it, empty for every wish."""

    key: Name = Field(alias="piece")
    title: UpTo90 = Field(alias="titre")
    wanted_by: Literal["tous"] | SomeOnce[Name] = Field(alias="pour")

    @property
    def criteria(self) -> tuple[str, ...]:
        """The lines of the score that need it; empty for every wish."""
        return () if self.wanted_by == "tous" else self.wanted_by


class Gathered(Written):
    """A paper of the file of a candidate, which she has to gather."""

    key: Name = Field(alias="cle")
    title: UpTo120 = Field(alias="titre")


class Appeal(Written):
    """What may be done against a decision: by its own source, or within a delay of the table."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["delai"]}, {"required": ["source", "confiance"]}]
        }
    )
    what: Annotated[str, Field(min_length=1, max_length=200)] = Field(alias="quoi")
    delay: Name = Field("", alias="delai")
    """A row of demandes_delais.csv, counted from the result; "" where none is known."""
    written_in: Filled = Field("", alias="source")
    confidence: Confidence | None = Field(None, alias="confiance")

    @property
    def source(self) -> Source:
        """Its own source; empty where the delay has one."""
        return Source(self.written_in, confidence=self.confidence or "A")


class Check(Written):
    """What is to be verified before, and on which screen."""

    what: UpTo120 = Field(alias="quoi")
    address: Address = Field(alias="adresse")


class Promotion(Written):
    """What a service that promotes says more than a movement does."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["grade", "de"]}, {"required": ["parcours"]}]}
    )
    grades: SomeOnce[Name] = Field((), alias="de")
    """Grades that it looks at; empty where the grade does not matter."""
    grade: Literal["", "hors_classe", "classe_exceptionnelle", "echelon_special"] = ""
    path: Annotated[str, Field(pattern="^[A-Z][A-Z0-9_]*$")] = Field("", alias="parcours")
    """Where it leads: a grade, or a path of concours.csv."""
    by_viviers: bool = Field(False, alias="viviers")
    """Whether it passed through the two viviers of 2017 to 2023."""
    no_act: UpTo60 = Field("", alias="sans_acte")
    """« Aucun acte n’est requis »; empty where one is."""
    published: UpTo90 = Field(alias="publie")
    """Where the arrêté or the list is published."""
    outcomes: Annotated[
        tuple[Filled, ...], Field(min_length=2, json_schema_extra={"uniqueItems": True})
    ] = Field(alias="issues")
    """What may be read there of oneself; the first one is that of who is promoted."""
    checks: Some[Check] = Field(alias="verifier")
    guide: Address
    appeal: Name = Field(alias="recours")
    letter: Name = Field("", alias="lettre")
    """Requests that hold the letters of appeal and of motivation."""


class Acknowledgement(Written):
    """What the administration shows of a request: when it is read, until when it is contested."""

    key: Name = Field(alias="accuse")
    title: UpTo40 = Field(alias="titre")
    step: Name = Field(alias="etape")
    """Key of the step in which it is read."""
    contest: Name = Field("", alias="contestation")
    """Key of the step in which it may be contested; empty where it may not."""
    scored: bool = Field(True, alias="bareme")
    """Whether it shows points; otherwise it shows the wishes alone."""


class ScoreLine(Written):
    """A line that an acknowledgement may show, where the kit has no table of points."""

    key: Name = Field(alias="ligne")
    title: UpTo60 = Field(alias="titre")


class WishLimit(Sourced):
    """How many wishes a territory admitted, and in which campaign where the source says it.

    `compelled` is the least number of wishes of `compelled_kind` of who must take part.
    """

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"obligatoires_au_moins": ["nature_obligatoire"]}}
    )
    scope: UpTo40 = Field(alias="portee")
    year: Annotated[int, Field(ge=2000, le=2100)] | None = Field(None, alias="campagne")
    most: Annotated[int, Field(ge=1, le=200)] | None = Field(None, alias="au_plus")
    compelled: Annotated[int, Field(ge=1, le=50)] | None = Field(
        None, alias="obligatoires_au_moins"
    )
    compelled_kind: Name = Field("", alias="nature_obligatoire")


class WishKind(Written):
    """A kind of wish."""

    key: Name = Field(alias="nature")
    title: UpTo60 = Field(alias="titre")


class Wishes(Written):
    """The wishes of a service: until when they are ordered, of which kinds, within which limits.

    Without kinds, a wish is a place of the tables of the movement.
    """

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"natures": ["source", "confiance"]}}
    )
    until: Name = Field(alias="jusqu_a")
    named: Some[WishKind] = Field((), alias="natures")
    limits: tuple[WishLimit, ...] = Field((), alias="bornes")
    written_in: Filled = Field("", alias="source")
    confidence: Confidence = Field("D", alias="confiance")

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The key and the title of each kind."""
        return tuple((one.key, one.title) for one in self.named)

    @property
    def source(self) -> Source:
        """What says the kinds."""
        return Source(self.written_in, confidence=self.confidence)


class Candidacy(Sourced):
    """What a candidate prepares for a movement outside the score."""

    most: Annotated[int, Field(ge=1, le=40)] | None = Field(None, alias="voeux_au_plus")
    least: Annotated[int, Field(ge=1, le=40)] | None = Field(None, alias="voeux_au_moins")
    """Wishes, as the source says; None where none says it."""
    kinds: SomeOnce[UpTo40] = Field(alias="natures")
    """What a wish may name."""
    letter_by: LetterBy = Field(alias="lettre")
    """« mouvement » or « poste »: what each letter is written for."""
    opinions: SomeOnce[UpTo60] = Field(alias="avis")
    """Who gives an opinion."""
    checklist: tuple[Gathered, ...] = Field(alias="dossier")
    facts: tuple[Annotated[str, Field(min_length=1, max_length=160)], ...] = Field(alias="a_savoir")
    """What is to be known, as sentences."""


class Service(Sourced):
    """A service: to whom it speaks, its steps in their order, where the act is made.

    It speaks to the members of `corps`, or to who prepares one of `competitions`.
    """

    model_config = ConfigDict(
        title="Un service : sa table d’états, à qui il s’adresse, où l’acte se fait",
        json_schema_extra={
            "dependentRequired": {
                "pieces": ["pieces_source", "pieces_confiance"],
                "pieces_etape": ["pieces"],
                "lignes": ["lignes_source", "lignes_confiance"],
            }
        },
    )
    id: Name
    title: UpTo60 = Field(alias="titre")
    address: Annotated[
        str,
        Field(
            pattern="^/services/[a-z-]+$",
            description="l’adresse commence par /services/, en minuscules",
        ),
    ] = Field(alias="adresse")
    degree: Annotated[
        Literal["1d", "2d", "tous", "concours"],
        Field(description="le degré d’un mouvement, ou concours"),
    ] = Field(alias="degre")
    phase: Name
    corps: Once[str]
    competitions: SomeOnce[str] = Field((), alias="concours")
    """Codes of concours.csv whose sessions it has."""
    application: str
    site: Annotated[
        str,
        Field(
            pattern=r"^https://[^\s]+$",
            max_length=200,
            description="l’adresse publique de l’application commence par https://",
        ),
    ] = ""
    """Public address of the application, where it has one for all academies."""
    scope: Literal["national", "departement", "academie"] = Field(alias="portee")
    decides: Filled = Field(alias="decide")
    custom: Filled = Field("", alias="habitude")
    steps: Some[Step] = Field(alias="etapes")
    stairs: Some[Stair] = Field(alias="marches")
    changes: tuple[Change, ...] = Field(alias="changements")
    papers: tuple[Paper, ...] = Field((), alias="pieces")
    appeals: tuple[Appeal, ...] = Field((), alias="recours")
    own_appeal: Annotated[
        Name,
        Field(description="la demande de data/demandes qui tient les lettres et les délais"),
    ] = Field("", alias="demande_recours")
    wishes: Wishes | None = Field(None, alias="voeux")
    acknowledgements: tuple[Acknowledgement, ...] = Field((), alias="accuses")
    lines: tuple[ScoreLine, ...] = Field((), alias="lignes")
    lines_written_in: Filled = Field("", alias="lignes_source")
    lines_confidence: Confidence = Field("D", alias="lignes_confiance")
    papers_step: Annotated[
        Name, Field(description="l’étape dont la clôture arrête la réception des pièces")
    ] = Field("", alias="pieces_etape")
    """Key of the step until whose end papers are received; empty where no text names one."""
    papers_written_in: Filled = Field("", alias="pieces_source")
    papers_confidence: Confidence = Field("D", alias="pieces_confiance")
    promotion: Promotion | None = None
    """None for a movement."""
    candidacy: Candidacy | None = Field(None, alias="candidature")

    @property
    def appeal_request(self) -> str:
        """Request of data/demandes that holds the letters of appeal and counts their delays."""
        return self.own_appeal or (self.promotion.appeal if self.promotion else "")

    @property
    def lines_source(self) -> Source:
        """What says the lines."""
        return Source(self.lines_written_in, confidence=self.lines_confidence)

    @property
    def papers_source(self) -> Source:
        """What says the papers."""
        return Source(self.papers_written_in, confidence=self.papers_confidence)

    def step(self, key: str) -> Step:
        """Return a step by its key."""
        return next(one for one in self.steps if one.key == key)

    @property
    def outcome(self) -> Step:
        """The step in which the result is published: the one named so, else the last."""
        named = (one for one in self.steps if one.key == _OUTCOME)
        return next(named, self.steps[-1])


class DatedStep(Sourced):
    """The dates of one step, as a file says them."""

    model_config = ConfigDict(
        json_schema_extra={"dependentRequired": {"heure_du": ["du"], "heure_au": ["au"]}}
    )
    step: str = Field(alias="etape")
    first: WrittenDay = Field("", alias="du")
    first_hour: WrittenHour = Field("", alias="heure_du")
    last: WrittenDay = Field("", alias="au")
    last_hour: WrittenHour = Field("", alias="heure_au")
    scope: UpTo40 = Field(NATIONAL, alias="portee")
    note: UpTo300 = ""
    written_in: UpTo300 = Field(alias="source")


class Undated(Sourced):
    """What is said of a campaign whose dates are not known; a guess ends with its month."""

    note: Filled
    note_until: WrittenDay = Field("", alias="note_jusqu_au")
    then: Filled = Field("", alias="note_ensuite")

    @property
    def until(self) -> date | None:
        """The last day on which it is said."""
        return date.fromisoformat(self.note_until) if self.note_until else None


class WrittenCampaign(Written):
    """The dates of a service for a year, as a file says them."""

    model_config = ConfigDict(title="Une campagne : les dates d’un service pour une année")
    id: Name
    service: str
    year: int = Field(alias="annee", ge=2017, le=2100)
    steps: Annotated[tuple[DatedStep, ...], Field(max_length=200)] = Field(alias="etapes")
    undated: Undated | None = Field(None, alias="sans_date")


@dataclass(frozen=True)
class Incident:
    """A deadline that was moved: until when now, why, when that was written down, who said it."""

    campaign: str
    step: str
    closes: datetime
    reason: str
    noted: datetime
    scope: str = NATIONAL
    author: str = ""


@dataclass(frozen=True)
class Window:
    """The dates of one step, on the clock of Paris; what no source gives is None.

    Attributes
    ----------
    first, last : date or None
        The days as they were published.
    opens, closes : datetime or None
        The moments that they make: a day without an hour begins at midnight and ends at the next.
    to_the_hour : bool
        True where the source gives the hour of the end.
    scope : str
        « national », or the département or academy whose date it is.
    moved : Incident or None
        What moved the end, or brought it back to the day that was published.
    was : (date or None, str)
        The last day and its hour as published, where the end was moved.
    """

    step: str
    first: date | None
    last: date | None
    opens: datetime | None
    closes: datetime | None
    first_hour: str
    last_hour: str
    scope: str
    note: str
    source: Source
    moved: Incident | None = None
    was: tuple[date | None, str] = (None, "")

    @property
    def withdrawn(self) -> bool:
        """Whether what had moved the end was withdrawn: it is again the one published."""
        return self.moved is not None and self.was == (self.last, self.last_hour)

    @property
    def to_the_hour(self) -> bool:
        """Whether the end is known to the hour."""
        return bool(self.last_hour)

    @property
    def is_a_day(self) -> bool:
        """Whether something happens on one day, and lasts no further."""
        return self.last is None or self.first == self.last


@dataclass(frozen=True)
class Campaign:
    """The dates of a service for the rentrée of one year."""

    id: str
    service: Service
    year: int
    windows: tuple[Window, ...] = ()
    undated: Undated | None = None
    given: bool = False
    """Whether this installation was given it, beside those of the kit."""


def places_of(departement: str, academie: str) -> tuple[str, ...]:
    """Return the names of a person's places: her département's code, her academy's name.

    Examples
    --------
    >>> places_of("063", "06")
    ('63', 'Clermont-Ferrand')
    """
    return tuple(one for one in (department_code(departement), _names().get(academie, "")) if one)


@cache
def known_places() -> frozenset[str]:
    """Return the names under which dates may be published: the country, départements, academies.

    Examples
    --------
    >>> sorted(known_places() & {"63", "063", "2A", "Lyon", "national"})
    ['2A', '63', 'Lyon', 'national']
    """
    departements = {row["code_insee"] for row in written_rows("departements")}
    return frozenset({NATIONAL, *departements, *_names().values()})


@cache
def _names() -> dict[str, str]:
    return {row["code_academie"]: row["libelle_academie"] for row in written_rows("academies")}
