"""The pages of text of the foot: mes données, consultations."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract import Academie
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


def consultations(academie: Academie) -> TextView:  # noqa: ARG001
    """Return that the list of readings is not shown yet."""
    return TextView(
        title="Qui a consulté mon dossier",
        lead="Chaque lecture de votre dossier est enregistrée. La liste n’est pas encore montrée "
        "dans ce kit.",
    )


PAGES = {
    "/mes-donnees": mes_donnees,
    "/consultations": consultations,
}
