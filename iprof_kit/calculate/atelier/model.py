"""A persona: a fictitious person, what is supposed of her, the sentences that she teaches."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from iprof_kit.base.calendar import axis_of, duration_text
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.atelier.levers import MOST_LEVERS, Levier
from iprof_kit.calculate.et_si.question import EtSiQuestion, ScenarioEtSi
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.fields import Zone
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.pension.question import Instituteur, PeriodeService
from iprof_kit.calculate.reclassement.calculation import answer as placed
from iprof_kit.calculate.reclassement.ppcr import indices_2017
from iprof_kit.calculate.reclassement.question import (
    ReclassementAnswer,
    ReclassementQuestion,
    Service,
)
from iprof_kit.law.career.transitions import ppcr_day

LETTERS = ("A", "B", "C", "D")
Letter = Literal["A", "B", "C", "D"]
Sense = Literal["plus", "moins", "egal"]
_OF_A_NAME, _OF_A_LINE, _OF_A_SENTENCE = 40, 120, 300
Name = Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_NAME)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_LINE)]
LAST = 99
_SERVICES, _PERIODS, _RULES, _SENTENCES = 20, 40, 12, 12
"""What a persona holds at most, as data/personas/schema.json says of her file: one that comes in
an address or a séance never was a file."""
NO_RESIDENCE = 3
"""The zone that gives no indemnité de résidence: that of a persona who says none."""


class Entree(Plain):
    """How somebody entered her corps: the services are placed by the rules of reprise."""

    corps: str
    jour: date
    services: tuple[Service, ...] = Field(min_length=1, max_length=_SERVICES)
    date_naissance: date | None = None
    troisieme_concours_jours: int | None = None

    def placed(self) -> ReclassementAnswer:
        """Return where the services place her.

        Raises
        ------
        InputError, LawError
            The rules of reprise do not cover a service.
        """
        return placed(
            ReclassementQuestion(
                nature="entree",
                corps=self.corps,
                date_effet=self.jour,
                services=self.services,
                troisieme_concours_jours=self.troisieme_concours_jours,
            )
        )


class Avant2017(Plain):
    """The échelon of the grid before 1 September 2017, and since when."""

    corps: str
    grade: str
    echelon: str
    depuis: date

    def seniority(self) -> int:
        """Return the days in this échelon on the eve of the reform."""
        return axis_of(ppcr_day()) - axis_of(self.depuis)

    def indices(self) -> tuple[int, int] | None:
        """Return the indices majorés before and after the reform, where the tables have both."""
        there = self.placed()
        before = Standing(self.corps, self.grade, self.echelon)
        return indices_2017(before, Standing(there.corps, there.grade, there.echelon))

    def placed(self) -> ReclassementAnswer:
        """Return where the reform placed her.

        Raises
        ------
        InputError, LawError
            No row of the tables covers this échelon.
        """
        return placed(
            ReclassementQuestion(
                nature="ppcr_2017",
                corps=self.corps,
                grade=self.grade,
                echelon=self.echelon,
                echelon_depuis=self.depuis,
                date_effet=ppcr_day(),
            )
        )


class Attendu(Plain):
    """What a sentence says, in words that the engine can contradict."""

    grade: str | None = None
    echelon: str | None = None
    chevron: str | None = None
    quotite: int | None = None
    ecart: Sense | None = Field(default=None, description="Net cumulé jusqu’à l’horizon.")
    ecart_du_mois: Sense | None = Field(default=None, description="Net du mois de « le ».")
    indice: Sense | None = None
    pension: Sense | None = None


class Phrase(Plain):
    """One sentence: its numbers between braces are the engine's, `attendu` is checked."""

    texte: Annotated[str, StringConstraints(min_length=1, max_length=_OF_A_SENTENCE)]
    scenario: Letter = "A"
    contre: Letter | None = None
    le: date | None = None
    attendu: Attendu | None = None


class Persona(Plain):
    """A fictitious person of the atelier.

    Exactly one of `situation` and `entree` says where she stands on `jour`.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=_OF_A_NAME)]
    rang: int = Field(default=LAST, description="Place dans la liste ; à égalité, par id.")
    prenom: Name
    nom: Name
    qui: Line = Field(description="« certifiée, au 10e échelon » : après le nom et une virgule.")
    enseigne: Line = Field(description="Ce qu’elle apprend à qui la regarde.")
    regles: tuple[Line, ...] = Field(
        max_length=_RULES, description="Noms de règles du registre du droit."
    )
    jour: date = Field(description="Jour figé : aujourd’hui, pour elle.")
    horizon: int | None = None
    situation: Situation | None = None
    entree: Entree | None = None
    avant_2017: Avant2017 | None = None
    zone: Zone = NO_RESIDENCE
    enfants: int = Field(default=0, ge=0)
    outre_mer: str = ""
    instituteur: Instituteur | None = None
    services: tuple[PeriodeService, ...] = Field(default=(), max_length=_PERIODS)
    scenarios: tuple[ScenarioEtSi, ...] = Field(min_length=1, max_length=len(LETTERS))
    phrases: tuple[Phrase, ...] = Field(default=(), max_length=_SENTENCES)
    a_emporter: Annotated[tuple[Levier, ...], Field(max_length=MOST_LEVERS)] = Field(
        default=(), description="Ce que le fichier à emporter laisse choisir, outre le scénario."
    )

    @model_validator(mode="after")
    def _one_start(self) -> Persona:
        there = self.situation
        if there and max(len(there.periodes), len(there.annees_direction)) > _PERIODS:
            raise ValueError(f"situation : au plus {_PERIODS} périodes")
        if (self.situation is None) == (self.entree is None):
            raise ValueError("situation ou entree : l’un des deux est attendu")
        return self

    @property
    def label(self) -> str:
        """« Claire Vasseur, certifiée, au 10e échelon »."""
        return f"{self.prenom} {self.nom}, {self.qui}"

    def start(self) -> Situation:
        """Return where she stands: as written, or as the reprise of her services places her.

        Raises
        ------
        InputError, LawError
            The rules of reprise do not cover a service.
        """
        entry = self.entree
        if entry is None:
            return self.situation or Situation(corps=None)
        there = entry.placed()
        return Situation(
            corps=there.corps,
            grade=there.grade,
            echelon=there.echelon,
            chevron=there.chevron,
            date_effet=entry.jour,
            reliquat_jours=there.anciennete_jours or 0,
            date_naissance=entry.date_naissance,
        )

    def credited(self) -> str:
        """Return the time that the reprise credits: « 4 ans 2 mois »; "" without reprise."""
        if self.entree is None:
            return ""
        return duration_text(sum(one.jours_repris for one in self.entree.placed().services_repris))

    def question(self, scenarios: tuple[ScenarioEtSi, ...], day: date) -> EtSiQuestion:
        """Return the question about scenarios of hers on a day.

        Raises
        ------
        InputError, LawError
            Her start cannot be calculated.
        """
        return EtSiQuestion(
            situation=self.start(),
            scenarios=scenarios,
            aujourdhui=day,
            zone=self.zone,
            enfants=self.enfants,
            outre_mer=self.outre_mer,
            instituteur=self.instituteur,
            services=self.services,
        )


class Scene(Plain):
    """A file of scenarios for a persona that exists: another hour about the same person."""

    pour: str
    titre: Line
    jour: date | None = None
    horizon: int | None = None
    scenarios: tuple[ScenarioEtSi, ...] = Field(min_length=1, max_length=len(LETTERS))
    phrases: tuple[Phrase, ...] = ()
    a_emporter: Annotated[tuple[Levier, ...], Field(max_length=MOST_LEVERS)] = ()

    def of(self, persona: Persona) -> Persona:
        """Return the persona with these scenarios in place of her own."""
        return persona.model_copy(
            update={
                "enseigne": self.titre,
                "jour": self.jour or persona.jour,
                "horizon": self.horizon or persona.horizon,
                "scenarios": self.scenarios,
                "phrases": self.phrases,
                "a_emporter": self.a_emporter,
            }
        )
