"""The pages of the foot and of the header: aide, mes données, accessibilité, consultations."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract import Academie
from iprof_kit.ui import text
from iprof_kit.ui.views.a_venir import help_text
from iprof_kit.ui.views.parts import Page


@dataclass(frozen=True)
class Block:
    """One titled group of paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class TextView(Page):
    """A page of text."""

    blocks: tuple[Block, ...] = ()


SIGLES = (
    "PPCR : parcours professionnels, carrières et rémunérations, la réforme de 2017.",
    "NUMEN : numéro d’identification de l’éducation nationale.",
    "IA-DASEN : inspecteur d’académie, directeur académique des services de l’éducation nationale.",
    "IM : indice majoré, qui fixe le traitement.",
    "HC, CE : hors classe, classe exceptionnelle.",
)


def aide(academie: Academie) -> TextView:
    """Return the help page."""
    return TextView(
        title="Aide",
        lead="Ce kit montre votre dossier et simule votre carrière. L’administration décide.",
        blocks=(
            Block(
                "Lire un écran",
                (
                    "Chaque donnée dit depuis quand elle vaut et d’où elle vient.",
                    "« À vérifier » marque un nombre que les textes ne confirment pas assez.",
                    "« Pourquoi ? » ouvre la règle, les étapes du calcul et les sources.",
                ),
            ),
            Block(
                "Votre CV",
                (
                    "Ce que vous saisissez s’enregistre pendant que vous écrivez.",
                    "Une version garde votre CV tel qu’il est à un moment choisi.",
                    "« Masquer » retire une ligne d’un CV ; « Supprimer », de tous, et s’annule.",
                    "Un mandat syndical, une date de naissance, une photo ne sont jamais exigés.",
                ),
            ),
            Block("Sigles", tuple(text.french(line) for line in SIGLES)),
            Block("Qui appeler", (help_text(academie) or "Votre service gestionnaire.",)),
        ),
    )


def mes_donnees(academie: Academie) -> TextView:  # noqa: ARG001
    """Return what is kept and what is not."""
    return TextView(
        title="Mes données",
        lead="Ce que ce kit garde, et ce qu’il ne garde pas.",
        blocks=(
            Block(
                "Gardé",
                (
                    "Une copie de votre dossier, avec sa source et sa date de lecture.",
                    "Le brouillon de votre CV, ses versions, et l’empreinte des liens de partage.",
                    "Votre compte et vos sessions ; la trace de chaque lecture de votre dossier.",
                ),
            ),
            Block(
                "Non gardé",
                (
                    "Les scénarios et les dates essayés disparaissent quand vous quittez l’écran.",
                    "Rien n’est transmis à l’administration ni à un autre site.",
                ),
            ),
            Block(
                "À venir",
                ("Emporter tout son dossier depuis cet écran n’existe pas encore dans ce kit.",),
            ),
        ),
    )


def accessibilite(academie: Academie) -> TextView:
    """Return the state of accessibility, without claiming an audit."""
    return TextView(
        title="Accessibilité",
        lead="Ce kit n’a pas encore été audité selon le RGAA (référentiel général d’amélioration "
        "de l’accessibilité).",
        blocks=(
            Block(
                "Ce qui est vérifié",
                (
                    "Chaque écran s’utilise au clavier seul, de 390 à 1600 pixels de large.",
                    "L’affichage sombre suit celui de votre appareil. Chaque figure a son tableau.",
                ),
            ),
            Block("Signaler une difficulté", (help_text(academie) or "Votre académie répond.",)),
        ),
    )


def consultations(academie: Academie) -> TextView:  # noqa: ARG001
    """Return that the list of readings is not shown yet."""
    return TextView(
        title="Qui a consulté mon dossier",
        lead="Chaque lecture de votre dossier est enregistrée. La liste n’est pas encore montrée "
        "dans ce kit.",
    )


PAGES = {
    "/aide": aide,
    "/mes-donnees": mes_donnees,
    "/accessibilite": accessibilite,
    "/consultations": consultations,
}
