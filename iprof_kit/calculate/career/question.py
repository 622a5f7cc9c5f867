"""What one may ask about a career, and what comes back: plain typed data, JSON in and out.

Everything a screen, a command line or a notebook shows of a career is here. Texts that the law
dictates (why a choice is refused, who decides) are final French sentences; the rest are facts.
Durations are days of the 360-day year; amounts are gross euros a month; an index is an indice
majoré.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.bounds import within
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.fields import AnneeCivile, Chevron, Corps, Echelon, Grade, Jour
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.subject import Answer

Day = date
"""A civil day, where a field of a class is itself called `date`."""
Mark = Literal["date", "indice", "indice_brut", "anciennete", "traitement"]
INDICE_BRUT: Mark = "indice_brut"
LeverName = Literal[
    "quotite", "bonification_6", "bonification_8", "hors_classe", "classe_exceptionnelle"
]
BONUSES: Mapping[LeverName, str] = {
    lever: lever.rpartition("_")[2] for lever in get_args(LeverName) if lever.startswith("bonif")
}
"""The échelon that each bonification shortens."""


class Scenario(Plain):
    """What a teacher or a trainer supposes. None for a year means never."""

    nom: str = "A"
    quotite: Annotated[int, within("part")] | None = None
    bonification_6: bool = False
    bonification_8: bool = False
    hors_classe: AnneeCivile | None = None
    classe_exceptionnelle: AnneeCivile | None = None
    contrefactuel: bool = Field(
        default=False,
        description="Supposer autrement une décision passée, prise depuis date_effet : la réponse "
        "le dit de chaque étape concernée.",
    )

    @property
    def bonifications(self) -> tuple[str, ...]:
        """The échelons whose bonification is supposed."""
        return tuple(step for lever, step in BONUSES.items() if getattr(self, lever))


class CareerQuestion(Plain):
    """One person, one to four scenarios, a day that counts as today."""

    situation: Situation
    scenarios: tuple[Scenario, ...] = (Scenario(),)
    aujourdhui: Jour
    jusqu_au: Jour | None = None
    """Last day projected; None for the limite d'âge (or 40 years without a date of birth)."""
    expliquer: bool = False
    """Give the reason of every step and of every promotion."""
    raisons: tuple[str, ...] = ()
    """Give those of these alone: the ISO day of a step, the code of a grade."""
    textes: bool = False
    """Give the texts on which each step and each promotion rests, without its reason."""
    precedents: tuple[Scenario, ...] = ()
    """The scenarios as last applied, in the same order: a refused choice falls back on them."""


class Step(Plain):
    """One thing that happens to one person on one day, and where she then stands."""

    date: date
    nature: Literal["depart", "echelon", "chevron", "bonification", "grade", "limite_age"]
    """`depart`: the starting point; `bonification`: an échelon reached earlier by one year."""
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    anciennete_conservee_jours: int = 0
    indice_majore: int
    """On today's grid for every step (as the point is today's), so that amounts compare; on the
    grid of the step's own day where the position no longer exists today."""
    indice_brut: int | None = None
    traitement_temps_plein: float
    traitement: float
    """Gross, at the scenario's quotité."""
    date_normale: Day | None = None
    """Where months of school head or of ASA brought the effect forward: the day without them."""
    date_decision: Day | None = None
    """Where it comes later than the effect (retroactive bonification), else None."""
    contrefactuel: bool = False
    """The decision is past: it is supposed otherwise than it was taken."""
    sous_reserve_de: str | None = None
    """Who decides, e.g. « recteur de l'académie, tableau arrêté par département »; None: right."""
    a_verifier: tuple[Mark, ...] = ()
    motif_a_verifier: str = ""
    textes: tuple[Reference, ...] = ()
    """The texts on which it rests, where they are asked for."""
    explication: Explanation | None = None

    @property
    def doubt(self) -> str:
        """Why it must be verified where the indice brut is not shown; "" where it need not."""
        if not set(self.a_verifier) - {INDICE_BRUT}:
            return ""
        reasons = self.motif_a_verifier.split(" ; ")
        return " ; ".join(reason for reason in reasons if not reason.startswith("indice brut"))


class Lever(Plain):
    """What one control may be set to for this person, or why it is closed."""

    nom: LeverName
    valeurs: tuple[int | bool | None, ...]
    """Values that the law allows, in order; for years, None means never."""
    ferme: str | None = None
    """Why the lever is closed, a French sentence; then `valeurs` holds one value only."""
    passees: tuple[int | bool, ...] = ()
    """Values of past decisions, that a scenario `contrefactuel` may suppose otherwise."""


class Refusal(Plain):
    """A choice that the law does not allow, with the numbers that fail."""

    scenario: str
    levier: LeverName
    valeur: int | bool
    motif: str
    """French: the condition, what the person has, what is needed, the article."""
    premiere_valeur_possible: int | None = None
    sources: tuple[Reference, ...] = ()


class Retirement(Plain):
    """The two ages that bound a career; dates are the civil birthdays concerned.

    The limit is counted with `recul_mois`, by which the children in charge put it off.
    """

    age_ouverture_mois: int
    date_ouverture: date
    limite_age_mois: int
    date_limite_age: date
    a_verifier: bool
    recul_mois: int = 0
    sources: tuple[Reference, ...] = ()


class Eligibility(Plain):
    """Promouvable or not to the next grade, today and from when."""

    grade: Grade
    libelle_grade: str
    promouvable: bool | None
    """At the campaign of the current school year (conditions seen on 31 August); None: not
    calculated, `non_calcule` says why."""
    campagne: int | None = None
    """Year of that campaign."""
    depuis: int | None = None
    """Year of the first campaign for which the conditions were met, if known."""
    premiere_campagne: int | None = None
    """Year of the first campaign for which they will be met in scenario A's pace."""
    condition: str
    """French: « il faut 2 ans au 9e échelon au 31 août de l'année », or « non calculé : … »."""
    decide_par: str
    candidature: str
    """French: « Aucun acte de candidature n'est requis. »"""
    empechement: str | None = None
    """French: why the position held closes this campaign, whatever the échelon; else None."""
    non_calcule: str | None = None
    """French: what could not be calculated of this promotion, and why; else None."""
    textes: tuple[Reference, ...] = ()
    explication: Explanation | None = None


class ScenarioAnswer(Plain):
    """One scenario: the steps it gives, what it was refused, what its controls allow."""

    scenario: Scenario
    """As applied: a refused choice is replaced by its last lawful value."""
    etapes: tuple[Step, ...]
    leviers: tuple[Lever, ...]
    refus: tuple[Refusal, ...] = ()
    contrefactuel: tuple[str, ...] = ()
    """French: each past decision that this scenario supposes otherwise."""
    cumul_brut: float
    """Gross paid from today to the end, constant euros, at the quotité."""


class Difference(Plain):
    """Second scenario minus first, over the whole projection, constant euros."""

    cumul: float
    debut: date | None = None
    """First day on which the two differ; None where they never do."""
    fin: date
    ecart_premier: float = 0.0
    ecart_dernier: float = 0.0


class CareerAnswer(Answer):
    """Everything the promotions screen shows."""

    situation: Situation
    libelle_corps: str
    libelle_grade: str
    aujourdhui: date
    fin: date
    scenarios: tuple[ScenarioAnswer, ...]
    eligibilites: tuple[Eligibility, ...]
    retraite: Retirement | None
    non_calcules: tuple[str, ...] = ()
    """French: what the tables of the law did not give beside the steps, and why."""
    difference: Difference | None
    valeur_point: float
    """Annual value of one point, the one of the constant euros."""
    annee_point: int
    """Year of the constant euros."""
    textes_verifies_le: date
