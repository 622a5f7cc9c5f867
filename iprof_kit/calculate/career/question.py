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
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Chevron,
    Corps,
    Echelon,
    Grade,
    Jour,
    Phrase,
)
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

    nom: Phrase = Field(default="A", description="Nom du scénario.")
    quotite: Annotated[int, within("part")] | None = Field(
        default=None,
        description="Quotité travaillée à partir d’aujourd’hui ; absente : celle de la situation.",
    )
    bonification_6: bool = Field(
        default=False, description="Suppose la bonification d’ancienneté du 6e échelon."
    )
    bonification_8: bool = Field(
        default=False, description="Suppose la bonification d’ancienneté du 8e échelon."
    )
    hors_classe: AnneeCivile | None = Field(
        default=None, description="Campagne où la hors classe est supposée ; absente : jamais."
    )
    classe_exceptionnelle: AnneeCivile | None = Field(
        default=None,
        description="Campagne où la classe exceptionnelle est supposée ; absente : jamais.",
    )
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

    situation: Situation = Field(description="Situation de départ.")
    scenarios: tuple[Scenario, ...] = Field(
        default=(Scenario(),), description="Scénarios, le premier sert de comparaison."
    )
    aujourdhui: Jour = Field(description="Jour de la demande.")
    jusqu_au: Jour | None = Field(
        default=None, description="Dernier jour de la projection ; absent : la limite d’âge."
    )
    """Last day projected; None for the limite d'âge (or 40 years without a date of birth)."""
    expliquer: bool = Field(default=False, description="Ajoute le « Pourquoi ? » de chaque étape.")
    """Give the reason of every step and of every promotion."""
    raisons: tuple[Phrase, ...] = Field(
        default=(),
        description="Jours des étapes et codes des grades dont la raison est seule demandée ; "
        "vide : tous.",
    )
    """Give those of these alone: the ISO day of a step, the code of a grade."""
    textes: bool = Field(
        default=False, description="Ajoute les textes de chaque étape, sans sa raison."
    )
    """Give the texts on which each step and each promotion rests, without its reason."""
    precedents: tuple[Scenario, ...] = Field(
        default=(),
        description="Scénarios déjà appliqués, dans le même ordre : un choix refusé y revient.",
    )
    """The scenarios as last applied, in the same order: a refused choice falls back on them."""


class Step(Plain):
    """One thing that happens to one person on one day, and where she then stands."""

    date: Annotated[Day, Field(description="Jour de l’étape.")]
    nature: Literal["depart", "echelon", "chevron", "bonification", "grade", "limite_age"] = Field(
        description="Ce qui arrive ce jour-là ; « depart » est le point de départ."
    )
    """`depart`: the starting point; `bonification`: an échelon reached earlier by one year."""
    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    anciennete_conservee_jours: int = Field(
        default=0, description="Ancienneté conservée ce jour-là, en jours de l’année de 360 jours."
    )
    indice_majore: int = Field(
        description="Indice majoré, sur la grille d’aujourd’hui où la position existe encore."
    )
    """On today's grid for every step (as the point is today's), so that amounts compare; on the
    grid of the step's own day where the position no longer exists today."""
    indice_brut: int | None = Field(default=None, description="Indice brut, s’il est connu.")
    traitement_temps_plein: float = Field(
        description="Traitement brut à temps plein, en euros par mois."
    )
    traitement: float = Field(
        description="Traitement brut à la quotité du scénario, en euros par mois."
    )
    """Gross, at the scenario's quotité."""
    date_normale: Day | None = Field(
        default=None,
        description="Jour de droit, où des mois de bonification l’ont avancé ; absent : le même.",
    )
    """Where months of school head or of ASA brought the effect forward: the day without them."""
    date_decision: Day | None = Field(
        default=None, description="Jour de la décision, où elle suit l’effet ; absent : le même."
    )
    """Where it comes later than the effect (retroactive bonification), else None."""
    contrefactuel: bool = Field(
        default=False, description="Décision passée, supposée autrement qu’elle n’a été prise."
    )
    """The decision is past: it is supposed otherwise than it was taken."""
    sous_reserve_de: Phrase | None = Field(
        default=None, description="Qui décide ; absent : de droit."
    )
    """Who decides, e.g. « recteur de l'académie, tableau arrêté par département »; None: right."""
    a_verifier: tuple[Mark, ...] = Field(
        default=(), description="Valeurs de l’étape qui sont à vérifier."
    )
    motif_a_verifier: Phrase = Field(
        default="", description="Pourquoi c’est à vérifier, en une phrase ; vide : ce ne l’est pas."
    )
    textes: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
    """The texts on which it rests, where they are asked for."""
    explication: Explanation | None = Field(
        default=None, description="Le « Pourquoi ? », s’il est demandé."
    )

    @property
    def doubt(self) -> str:
        """Why it must be verified where the indice brut is not shown; "" where it need not."""
        if not set(self.a_verifier) - {INDICE_BRUT}:
            return ""
        reasons = self.motif_a_verifier.split(" ; ")
        return " ; ".join(reason for reason in reasons if not reason.startswith("indice brut"))


class Lever(Plain):
    """What one control may be set to for this person, or why it is closed."""

    nom: LeverName = Field(description="Choix du scénario que ce réglage commande.")
    valeurs: tuple[int | bool | None, ...] = Field(
        description="Valeurs que le droit permet, dans l’ordre ; pour une année, null veut dire "
        "jamais."
    )
    """Values that the law allows, in order; for years, None means never."""
    ferme: Phrase | None = Field(
        default=None, description="Pourquoi le réglage est fermé ; absent : il est ouvert."
    )
    """Why the lever is closed, a French sentence; then `valeurs` holds one value only."""
    passees: tuple[int | bool, ...] = Field(
        default=(), description="Décisions passées qu’un scénario peut supposer autrement."
    )
    """Values of past decisions, that a scenario `contrefactuel` may suppose otherwise."""


class Refusal(Plain):
    """A choice that the law does not allow, with the numbers that fail."""

    scenario: Phrase = Field(description="Nom du scénario.")
    levier: LeverName = Field(description="Choix refusé.")
    valeur: int | bool = Field(description="Valeur refusée.")
    motif: Phrase = Field(
        description="Pourquoi : la condition, ce que la personne a, ce qu’il faut, l’article."
    )
    """French: the condition, what the person has, what is needed, the article."""
    premiere_valeur_possible: int | None = Field(
        default=None, description="Première valeur que le droit permet ; absente : aucune connue."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class Retirement(Plain):
    """The two ages that bound a career; dates are the civil birthdays concerned.

    The limit is counted with `recul_mois`, by which the children in charge put it off.
    """

    age_ouverture_mois: int = Field(description="Âge d’ouverture des droits, en mois.")
    date_ouverture: date = Field(description="Jour où cet âge est atteint.")
    limite_age_mois: int = Field(description="Limite d’âge, en mois, reculs compris.")
    date_limite_age: date = Field(description="Jour de la limite d’âge.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    recul_mois: int = Field(
        default=0, description="Recul de la limite d’âge pour enfants, en mois."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )


class Eligibility(Plain):
    """Promouvable or not to the next grade, today and from when."""

    grade: Grade
    libelle_grade: Phrase = Field(description="Nom du grade.")
    promouvable: bool | None = Field(
        description="Vrai si les conditions de la campagne en cours sont remplies ; absent : non "
        "calculé."
    )
    """At the campaign of the current school year (conditions seen on 31 August); None: not
    calculated, `non_calcule` says why."""
    campagne: int | None = Field(default=None, description="Année de cette campagne.")
    """Year of that campaign."""
    depuis: int | None = Field(
        default=None,
        description="Première campagne où les conditions ont été remplies, si elle est connue.",
    )
    """Year of the first campaign for which the conditions were met, if known."""
    premiere_campagne: int | None = Field(
        default=None,
        description="Première campagne où les conditions le seront, au rythme du premier scénario.",
    )
    """Year of the first campaign for which they will be met in scenario A's pace."""
    condition: Phrase = Field(description="Condition, en une phrase.")
    """French: « il faut 2 ans au 9e échelon au 31 août de l'année », or « non calculé : … »."""
    decide_par: Phrase = Field(description="Autorité qui décide.")
    candidature: Phrase = Field(description="S’il faut être candidat, en une phrase.")
    """French: « Aucun acte de candidature n'est requis. »"""
    empechement: Phrase | None = Field(
        default=None,
        description="Pourquoi la position tenue ferme cette campagne ; absent : elle ne la ferme "
        "pas.",
    )
    """French: why the position held closes this campaign, whatever the échelon; else None."""
    non_calcule: Phrase | None = Field(
        default=None,
        description="Ce qui n’a pas pu être calculé, et pourquoi ; absent : tout l’a été.",
    )
    """French: what could not be calculated of this promotion, and why; else None."""
    textes: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
    explication: Explanation | None = Field(
        default=None, description="Le « Pourquoi ? », s’il est demandé."
    )


class ScenarioAnswer(Plain):
    """One scenario: the steps it gives, what it was refused, what its controls allow."""

    scenario: Scenario = Field(
        description="Scénario appliqué : un choix refusé y a sa dernière valeur permise."
    )
    """As applied: a refused choice is replaced by its last lawful value."""
    etapes: tuple[Step, ...] = Field(description="Étapes de la carrière, dans l’ordre.")
    leviers: tuple[Lever, ...] = Field(
        description="Réglages du scénario, et ce que le droit leur permet."
    )
    refus: tuple[Refusal, ...] = Field(default=(), description="Choix refusés, et pourquoi.")
    contrefactuel: tuple[Phrase, ...] = Field(
        default=(), description="Décisions passées que ce scénario suppose autrement."
    )
    """French: each past decision that this scenario supposes otherwise."""
    cumul_brut: float = Field(description="Somme des bruts jusqu’à la fin, en euros constants.")
    """Gross paid from today to the end, constant euros, at the quotité."""


class Difference(Plain):
    """Second scenario minus first, over the whole projection, constant euros."""

    cumul: float = Field(description="Écart de la somme des bruts, en euros constants.")
    debut: date | None = Field(
        default=None, description="Premier jour où les deux diffèrent ; absent : jamais."
    )
    """First day on which the two differ; None where they never do."""
    fin: date = Field(description="Dernier jour de la comparaison.")
    ecart_premier: float = Field(
        default=0.0, description="Écart de traitement au premier jour qui diffère."
    )
    ecart_dernier: float = Field(default=0.0, description="Écart de traitement au dernier jour.")


class CareerAnswer(Answer):
    """Everything the promotions screen shows."""

    situation: Situation = Field(description="Situation de départ, comme elle a été lue.")
    libelle_corps: Phrase = Field(description="Nom du corps.")
    libelle_grade: Phrase = Field(description="Nom du grade.")
    aujourdhui: date = Field(description="Jour de la demande.")
    fin: date = Field(description="Dernier jour de la projection.")
    scenarios: tuple[ScenarioAnswer, ...] = Field(
        description="Scénarios, le premier sert de comparaison."
    )
    eligibilites: tuple[Eligibility, ...] = Field(
        description="Grades auxquels la promotion peut mener, et quand."
    )
    retraite: Retirement | None = Field(
        description="Âges qui bornent la carrière ; absent : non calculés."
    )
    non_calcules: tuple[Phrase, ...] = Field(
        default=(), description="Ce que les tables ne donnent pas, et pourquoi."
    )
    """French: what the tables of the law did not give beside the steps, and why."""
    difference: Difference | None = Field(
        description="Deuxième scénario moins le premier ; absent : un seul scénario."
    )
    valeur_point: float = Field(
        description="Valeur annuelle du point d’indice, celle des euros constants."
    )
    """Annual value of one point, the one of the constant euros."""
    annee_point: int = Field(description="Année des euros constants.")
    """Year of the constant euros."""
    textes_verifies_le: date = Field(description="Jour jusqu’auquel les textes ont été vérifiés.")
