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


PAGES = {
    "/aide": aide,
    "/accessibilite": accessibilite,
}
