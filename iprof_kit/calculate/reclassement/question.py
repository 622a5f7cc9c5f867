"""What may be asked about a classement: a promotion, a change of corps, an entry."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated, Literal

from pydantic import Field, model_validator

from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import codes_of
from iprof_kit.calculate.interface.bounds import refuse_reversed, within
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.fields import (
    AnneeCivile,
    Chevron,
    CodesOf,
    Corps,
    DureeJours,
    Echelon,
    Grade,
    IndiceMajore,
    Jour,
    Jours,
    Listed,
    Phrase,
    unit,
)
from iprof_kit.calculate.interface.subject import Answer

Nature = Literal["promotion_grade", "changement_corps", "entree", "ppcr_2017"]

_NEEDED: dict[str, tuple[str, ...]] = {
    "promotion_grade": ("grade", "echelon", "anciennete_jours", "grade_cible"),
    "changement_corps": ("corps_cible",),
    "entree": (),
    "ppcr_2017": ("grade", "echelon"),
}
_ONLY: dict[str, tuple[str, ...]] = {
    "grade_cible": ("promotion_grade",),
    "annee_derniere_promotion": ("promotion_grade",),
    "corps_cible": ("changement_corps",),
    "jours_11e": ("changement_corps",),
    "biadmissible": ("changement_corps",),
    "anciennete_theorique_jours": ("changement_corps",),
    "services": ("entree",),
    "indice_majore_detenu": ("entree",),
    "troisieme_concours_jours": ("entree",),
    "echelon_depuis": ("ppcr_2017",),
    **dict.fromkeys(
        ("grade", "echelon", "chevron", "anciennete_jours"),
        ("promotion_grade", "changement_corps", "ppcr_2017"),
    ),
}


def _natures() -> tuple[str, ...]:
    from iprof_kit.law.career.service_credit import natures

    return natures()


Regle = Annotated[str, Listed(partial(codes_of, "reclassement", "id"))]
NatureServices = Annotated[str, CodesOf(_natures)]


class Service(Plain):
    """Services before the nomination: their nature, and either two days or a duration."""

    nature: NatureServices = Field(
        description="Code de reprise_natures.csv : contractuel_enseignant, aed, prive…"
    )
    debut: Jour | None = Field(
        default=None, description="Premier jour des services ; ou bien leur durée."
    )
    fin: Jour | None = Field(default=None, description="Dernier jour, compris.")
    duree_jours: DureeJours | None = Field(default=None, description="Durée des services.")
    quotite: Annotated[int, within("quotite")] = Field(
        default=100, description="Part du temps complet."
    )

    @model_validator(mode="after")
    def _one_duration(self) -> Service:
        dated = self.debut is not None and self.fin is not None
        half = (self.debut is None) != (self.fin is None)
        if half or dated == (self.duree_jours is not None):
            raise ValueError("debut et fin, ou duree_jours : l’un des deux est attendu")
        refuse_reversed(self.debut, self.fin)
        return self


class ReclassementQuestion(Plain):
    """One person who is placed somewhere else on one day."""

    nature: Nature = Field(
        description="promotion_grade, changement_corps, entree dans un corps avec reprise, ou "
        "ppcr_2017 : la réforme du 1er septembre 2017."
    )
    corps: Corps = Field(description="Corps détenu ; pour une entree, corps d’accueil.")
    grade: Grade | None = None
    echelon: Echelon | None = Field(
        default=None, description="Échelon détenu ; pour ppcr_2017, dans l’ancienne grille."
    )
    chevron: Chevron | None = Field(default=None, description="Chevron, où l’échelon en a.")
    anciennete_jours: DureeJours | None = Field(
        default=None, description="Ancienneté dans l’échelon (dans le chevron) la veille."
    )
    echelon_depuis: Jour | None = Field(
        default=None,
        description="Pour ppcr_2017 : jour où l’échelon a commencé, à la place de l’ancienneté.",
    )
    date_effet: Jour = Field(description="Date d’effet du classement.")
    grade_cible: Grade | None = Field(default=None, description="Grade de la promotion.")
    annee_derniere_promotion: AnneeCivile | None = Field(
        default=None, description="Année de la dernière promotion de grade dans ce corps."
    )
    corps_cible: Corps | None = Field(default=None, description="Corps d’accueil.")
    jours_11e: DureeJours = Field(
        default=0,
        description="Temps passé au 11e échelon de la classe normale, pour un grade d’avancement.",
    )
    biadmissible: bool = Field(default=False, description="Certifié biadmissible à l’agrégation.")
    anciennete_theorique_jours: DureeJours | None = Field(
        default=None,
        description="Ancienneté théorique dans le corps d’origine, si elle est connue ; elle "
        "remplace alors la position.",
    )
    services: tuple[Service, ...] = Field(
        default=(), description="Services à reprendre, pour une entrée dans un corps."
    )
    indice_majore_detenu: IndiceMajore | None = Field(
        default=None, description="Pour un fonctionnaire de catégorie A hors enseignement."
    )
    troisieme_concours_jours: DureeJours | None = Field(
        default=None, description="Activité professionnelle d’un lauréat du troisième concours."
    )

    @model_validator(mode="after")
    def _fields_of_the_nature(self) -> ReclassementQuestion:
        needed = _NEEDED[self.nature]
        if self.nature == "changement_corps" and self.anciennete_theorique_jours is None:
            needed = (*needed, "grade", "echelon", "anciennete_jours")
        if self.nature == "ppcr_2017" and (self.anciennete_jours is None) == (
            self.echelon_depuis is None
        ):
            raise ValueError("anciennete_jours ou echelon_depuis : l’un des deux est attendu")
        for name in needed:
            if getattr(self, name) is None:
                raise ValueError(f"{name} est attendu pour nature = {self.nature}")
        for name, kinds in _ONLY.items():
            if self.nature not in kinds and getattr(self, name) not in (None, (), 0, False):
                raise ValueError(f"{name} ne concerne pas nature = {self.nature}")
        return self


class ServiceRepris(Plain):
    """What one line of services gives."""

    nature: NatureServices = Field(description="Code de la nature des services.")
    libelle: Phrase = Field(description="Nom, en français.")
    duree_jours: Jours = Field(description="Durée des services.")
    jours_repris: Jours = Field(description="Ancienneté reprise.")


class ReclassementAnswer(Answer):
    """Where the person is placed, by which rules, with what seniority."""

    corps: Corps
    grade: Grade
    echelon: Echelon
    chevron: Chevron | None = None
    libelle: Phrase = Field(description="Nom de la position, en français.")
    echelon_intermediaire: Echelon | None = Field(
        default=None,
        description="Classement en deux temps : échelon du premier, que l’ancienneté conservée "
        "fait quitter le jour même.",
    )
    chevron_intermediaire: Chevron | None = None
    indice_intermediaire: int | None = Field(
        default=None,
        description="Indice majoré de l’échelon intermédiaire.",
        json_schema_extra=unit("points d’indice"),
    )
    anciennete_jours: Jours | None = Field(
        description="Ancienneté dans l’échelon ; absente où les tables ne disent pas ce qu’elle "
        "devient."
    )
    indice_majore: int | None = Field(description="Indice du classement, grille du jour d’effet.")
    indice_avant: int | None = Field(
        default=None, description="Indice majoré d’avant le classement."
    )
    indice_personnel: int | None = Field(
        default=None, description="Indice conservé à titre personnel, où le nouveau est plus bas."
    )
    date_prochain_echelon: date | None = Field(
        default=None, description="Jour où l’échelon (le chevron) suivant est dû de droit."
    )
    anciennete_theorique_jours: Jours | None = Field(
        default=None, description="Ancienneté théorique dans le corps d’origine."
    )
    anciennete_convertie_jours: Jours | None = Field(
        default=None, description="Ancienneté à dérouler dans le corps d’accueil."
    )
    services_repris: tuple[ServiceRepris, ...] = Field(
        default=(), description="Ce que donne chaque ligne de services."
    )
    regles: tuple[Regle, ...] = Field(default=(), description="Lignes de reclassement.csv.")
    explication: Phrase = Field(description="Ce que disent les règles appliquées.")
    phrase: Phrase = Field(description="La réponse, en une phrase.")
    a_verifier: bool = Field(
        description="Vrai si une valeur lue, ou une donnée du dossier, est à vérifier."
    )
    motifs: tuple[Phrase, ...] = Field(
        default=(), description="Pourquoi c’est à vérifier, une phrase par raison."
    )
    sources: tuple[Reference, ...] = Field(
        default=(), description="Textes sur lesquels le résultat repose."
    )
