"""What evaluators prepare, in words: for who writes it, and for the person whom it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.career.meetings import Evaluation, Items, evaluations, items_of
from iprof_kit.services.contract.evaluation import (
    Contenu,
    EnPreparation,
    ProjetMontre,
    ProjetsLus,
)
from iprof_kit.ui.screens.rendez_vous.answer import ORDER
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, worded

MEETING, TOGETHER = "rdv", "ensemble"
PARTS = {"inspection": "Inspection", "chef": "Chef d’établissement"}
DELEGATE = "le délégué à la protection des données de votre académie"
_GRADES = {"hors_classe": "hors classe", "classe_exceptionnelle": "classe exceptionnelle"}


@dataclass(frozen=True)
class Matter:
    """What an opinion is about: a rendez-vous of a school year, or a grade of a campaign."""

    kind: str
    year: int
    number: int = 0

    @property
    def code(self) -> str:
        """Return « rdv-2-2026 », « classe_exceptionnelle-2027 »: how operations name it."""
        middle = f"-{self.number}" if self.number else ""
        return f"{self.kind}{middle}-{self.year}"

    @property
    def words(self) -> str:
        """Return « deuxième rendez-vous, 2026-2027 », « classe exceptionnelle, campagne 2027 »."""
        if self.kind == MEETING:
            order = ORDER.get(self.number, f"{self.number}e")
            return f"{order} rendez-vous, {school_year_text(self.year)}"
        return f"{_GRADES[self.kind]}, campagne {self.year}"


@dataclass(frozen=True)
class DraftView:
    """One project as the person reads it: whose part, since when, each level, the words."""

    title: str
    when: str
    lines: tuple[tuple[str, str], ...]
    opinion: str
    words: str
    until: str


def matter_of(code: str) -> Matter:
    """Return what a code of the operations names.

    Examples
    --------
    >>> matter_of("rdv-2-2026").words
    'deuxième rendez-vous, 2026-2027'
    """
    kind, *numbers = code.split("-")
    return Matter(kind, int(numbers[-1]), int(numbers[0]) if len(numbers) > 1 else 0)


def parts_for(
    part: str, evaluation: Evaluation | None, items: Sequence[Items]
) -> tuple[Items, ...]:
    """Return the parts of a grid that one evaluator fills in: all of them where she is alone.

    What both place together is in the project of each, apart: no text that this kit knows shows one
    the project of the other.
    """
    alone = evaluation is not None and not evaluation.head
    return tuple(one for one in items if alone or one.part in (part, TOGETHER))


def level_lines(content: Contenu, items: Sequence[Items]) -> tuple[tuple[str, str], ...]:
    """Return each item that was placed, in the order of the grid, with its level in words."""
    labels = _labels(items)
    placed: Mapping[str, str] = content.niveaux
    names = [name for name in labels if name in placed]
    names += [name for name in placed if name not in labels]
    return tuple((labels.get(name, name), text.appreciation_label(placed[name])) for name in names)


def drafts(read: ProjetsLus, corps: str) -> tuple[DraftView, ...]:
    """Return the projects that a person was shown."""
    return tuple(_draft(one, corps) for one in read.montres)


def being_written(read: ProjetsLus, delegate: str | None) -> tuple[str, ...]:
    """Return what is being written and was not shown: that it is, whose it is, whom to ask.

    Parameters
    ----------
    read : ProjetsLus
    delegate : str or None
        Who answers a request of access in her academy, as its configuration says.
    """
    lines: list[str] = [
        worded(
            f"{PARTS[one.partie]} : une note de travail ({matter_of(one.objet).words}) est en "
            "cours depuis le {}. Elle ne vous est pas montrée, n’est lue que de qui l’écrit, et "
            "s’efface le {}.",
            _day(one, "since", text.in_paris(one.depuis)),
            _day(one, "erased", one.efface_le),
        )
        for one in read.en_preparation
    ]
    if lines:
        lines.append(f"Pour demander à y accéder : {delegate or DELEGATE}.")
    return tuple(lines)


def _day(one: ProjetMontre | EnPreparation, what: str, day: date) -> str:
    return figure(text.day(day), f"draft.{one.partie}.{one.objet}.{what}", day)


def _draft(one: ProjetMontre, corps: str) -> DraftView:
    matter = matter_of(one.objet)
    kinds = evaluations(corps, matter.year) if matter.kind == MEETING else ()
    items = items_of(kinds[0].model, matter.year) if kinds else ()
    return DraftView(
        f"{PARTS[one.partie]}, {matter.words}",
        worded("montré le {}", _day(one, "shown", text.in_paris(one.montre_le))),
        level_lines(one.contenu, items),
        text.appreciation_label(one.contenu.avis),
        one.contenu.texte,
        worded(
            "Effacé de ce kit le {}. Vos évaluateurs voient que vous l’avez lu, et quand. Vos "
            "observations se font sur le compte rendu officiel.",
            _day(one, "erased", one.efface_le),
        ),
    )


def _labels(items: Sequence[Items]) -> dict[str, str]:
    return {
        f"{part.part}-{rank}": label for part in items for rank, label in enumerate(part.labels, 1)
    }
