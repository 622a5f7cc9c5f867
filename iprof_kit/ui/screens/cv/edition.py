"""Édition du CV: the CVs made of the facts, what each is for, its sections, its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from iprof_kit.cv.model import USAGES, Cible, Cv, shown_items
from iprof_kit.cv.remarks.eligibility import CLASSEMENT, Eligibilite
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.cv.sections import TITLES
from iprof_kit.cv.sections.item import Item
from iprof_kit.ui.screens.cv.compare import name_of
from iprof_kit.ui.screens.cv.fields import CvField, cv_fields, of_part
from iprof_kit.ui.screens.cv.state import MODELES, CvPage
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Notice

_SITUATION = "corps, grade, échelon, position"
_STATUTORY_NOTE = (
    "Le modèle statutaire imprime ses cinq rubriques dans l’ordre imposé : ici, seul le choix "
    "des lignes compte."
)


@dataclass(frozen=True)
class TargetRow:
    """One CV of the list."""

    id: str
    title: str
    words: str
    current: bool


@dataclass(frozen=True)
class LineRow:
    """One line of a section, shown in this CV or not."""

    of: str
    key: str
    name: str
    shown: bool
    first: bool = False
    last: bool = False


@dataclass(frozen=True)
class SectionRow:
    """One section of the CV that is shown."""

    section: str
    title: str
    typed: str
    visible: bool
    first: bool
    last: bool
    count: str
    own_order: bool
    lines: tuple[LineRow, ...]


@dataclass(frozen=True)
class Condition:
    """One condition of the law: what the CV says, what is needed, from which text."""

    what: str
    have: str
    need: str
    day: str
    state: str
    verify: bool
    missing: str = ""
    bounds: str = ""


@dataclass(frozen=True)
class Law:
    """Whether one may apply, condition by condition, and who decides."""

    sentence: str
    rows: tuple[Condition, ...]
    counted: tuple[str, ...]
    decides: str
    calendar: str = ""


@dataclass(frozen=True)
class Expected:
    """What the use of this CV expects."""

    use: str
    missing: tuple[Notice, ...]
    law: Law | None = None
    """The conditions of the law, where the use has some."""


@dataclass(frozen=True)
class EditionView(CvPage):
    """The first page of the editing of CVs."""

    targets: tuple[TargetRow, ...] = ()
    form_key: str = ""
    fields: tuple[CvField, ...] = ()
    sections: tuple[SectionRow, ...] = ()
    note: str = ""
    expected: Expected | None = None


def targets_of(cv: Cv, current: Cible) -> tuple[TargetRow, ...]:
    """Return the list of the CVs."""
    uses = dict(USAGES)
    return tuple(
        TargetRow(
            one.id,
            one.titre or "sans nom",
            text.french(f"{uses[one.usage]}, modèle {MODELES[one.modele]}"),
            one.id == current.id,
        )
        for one in cv.cibles
    )


def settings_of(cible: Cible, remarks: Sequence[Remarque]) -> tuple[CvField, ...]:
    """Return the form of a CV; what its use does not ask for is not asked."""
    asks = {"discipline": {"liste_aptitude_agreges", "chaires_superieures", "poste_specifique"},
            "campagne": {"liste_aptitude_agreges", "chaires_superieures", "poste_specifique",
                         "mobilite", "formateur"}}  # fmt: skip
    wanted = [s for s in Cible.form if s.name not in asks or cible.usage in asks[s.name]]
    if cible.usage == "liste_aptitude_agreges":
        wanted = [replace(s, hint=CLASSEMENT) if s.name == "discipline" else s for s in wanted]
    return cv_fields(wanted, cible, of_part(remarks, f"cibles.{cible.id}"))


def sections_of(cv: Cv, cible: Cible) -> tuple[SectionRow, ...]:
    """Return the sections of a CV, in its order."""
    rows = []
    last = len(cible.sections) - 1
    for number, choice in enumerate(cible.sections):
        items: tuple[Item, ...] = (
            () if choice.section == "situation" else getattr(cv.faits, choice.section)
        )
        own = choice.section == "situation"
        shown = () if choice.section == "situation" else shown_items(cv.faits, choice)
        rows.append(
            SectionRow(
                choice.section,
                TITLES[choice.section],
                choice.titre,
                choice.visible,
                number == 0,
                number == last,
                _SITUATION if own else _count(len(shown), len(items)),
                choice.items is not None,
                _lines(choice.section, shown, items),
            )
        )
    return tuple(rows)


def note_of(cible: Cible) -> str:
    """Return what the model does with the order of the sections."""
    return text.french(_STATUTORY_NOTE) if cible.modele == "statutaire" else ""


def law_of(answer: Eligibilite) -> Law:
    """Return the conditions of the law in words."""
    states = {True: "remplie", False: "non remplie", None: "à vérifier"}
    rows = tuple(
        Condition(
            what=text.french(one.libelle),
            have=text.french(one.a) or "rien",
            need=text.french(one.il_faut),
            day=text.french(one.au),
            state=states[one.remplie],
            verify=(one.a_verifier or bool(one.bornes)) and one.remplie is not None,
            missing=one.manque,
            bounds=one.bornes,
        )
        for one in answer.conditions
    )
    decides = f"Décide : {answer.decide_par}." if answer.decide_par else ""
    sources = "Source : " + " ; ".join(dict.fromkeys(one.source for one in answer.conditions)) + "."
    return Law(
        _answer(answer),
        rows,
        (*answer.comptes, text.french(sources)),
        text.french(decides),
        answer.calendrier,
    )


def _answer(answer: Eligibilite) -> str:
    """Return the answer alone: reasons and who decides have their places beside it."""
    if not answer.conditions:
        return text.sentence(answer.phrase)
    sentence = re.split(r"\s:\s|\.\s", answer.phrase)[0]
    return text.sentence(sentence)


def _lines(section: str, shown: tuple[Item, ...], items: tuple[Item, ...]) -> tuple[LineRow, ...]:
    ids = {one.id for one in shown}
    end = len(shown) - 1
    kept = [
        _row(section, one, shown=True, first=n == 0, last=n == end) for n, one in enumerate(shown)
    ]
    return (*kept, *(_row(section, one) for one in items if one.id not in ids))


def _row(
    section: str, item: Item, *, shown: bool = False, first: bool = False, last: bool = False
) -> LineRow:
    key = f"{section}-{item.id}"
    return LineRow(f"{section}:{item.id}", key, name_of(item), shown, first, last)


def _count(shown: int, every: int) -> str:
    if not every:
        return "rien n’est saisi"
    lines = "ligne" if every == 1 else "lignes"
    return f"{every} {lines}" if shown == every else f"{shown} sur {every} {lines}"
