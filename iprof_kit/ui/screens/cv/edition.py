"""Édition du CV: the CVs made of the facts, what each is for, its sections, its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from iprof_kit.base.clock import paris
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.cv.model import USAGES, Cible, Cv
from iprof_kit.cv.remarks.eligibility import CLASSEMENT, Eligibilite
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.services.contract.cv import CvLien, CvVersion
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.screens.cv.fields import CvField, cv_fields, of_part
from iprof_kit.ui.screens.cv.page_views import PartForm
from iprof_kit.ui.screens.cv.rows import Rows, progress
from iprof_kit.ui.screens.cv.state import MODELES, CvPage
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

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

    @property
    def verify(self) -> bool:
        """Return whether a condition rests on what is to be checked: said once for all."""
        return any(row.verify for row in self.rows)


@dataclass(frozen=True)
class Expected:
    """What the use of this CV expects."""

    use: str
    missing: tuple[Notice, ...]
    law: Law | None = None
    """The conditions of the law, where the use has some."""


@dataclass(frozen=True)
class Beside:
    """A page that goes with this CV: what it is, where, and what it says today."""

    name: str
    path: str
    answer: str


@dataclass(frozen=True)
class EditionView(CvPage):
    """The editor: the sections of one CV as a list, the page beside it."""

    targets: tuple[TargetRow, ...] = ()
    form_key: str = ""
    fields: tuple[CvField, ...] = ()
    rows: Rows = field(default_factory=Rows)
    opened: str = ""
    parts: tuple[PartForm, ...] = ()
    """The forms of the row that is open, where it has no lines: identity, situation."""
    over: str = ""
    note: str = ""
    expected: Expected | None = None
    beside: tuple[Beside, ...] = ()


def answer_of(cv: Cv, pages: int, over: int, today: date) -> tuple[str, str]:
    """Return the sentence that the editor opens with: how long the CV is, how full, which day."""
    filled, _ = progress(cv.faits)
    if pages > 2:
        first = f"Votre CV fait {pages} pages."
    elif pages == 2:
        first = f"Votre CV dépasse une page de {lines_words(over)}."
    else:
        first = "Votre CV tient sur une page." if pages else ""
    many = f"{filled} rubriques remplies"
    sections = {0: "Aucune rubrique remplie", 1: "Une rubrique remplie"}.get(filled, many)
    return first, worded(f"{sections}, au {{}}.", text.dated(today, "today"))


def over_of(cible: Cible, over: int) -> str:
    """Return what stands after the first page, where another model would hold it better."""
    if not over or cible.modele in ("une_page", "statutaire"):
        return ""
    return f"{lines_words(over)} après la fin de la page 1."


def lines_words(number: int) -> str:
    """Return « 1 ligne », « 14 lignes »."""
    return f"{number} ligne{'s' if number > 1 else ''}"


def beside_of(
    cible: Cible,
    versions: Sequence[CvVersion],
    links: Sequence[CvLien],
    now: datetime,
    *,
    from_dossier: bool,
) -> tuple[Beside, ...]:
    """Return the pages that go with a CV, each with its answer of today."""
    at = "/cv/edition"
    opened = sum(one.revoque_le is None and one.expire_le > now for one in links)
    links_words = f"{opened} lien{'s' if opened > 1 else ''} ouvert{'s' if opened > 1 else ''}"
    first = min((paris(one.creee_le).date() for one in versions), default=None)
    kept = f"{len(versions)} version{'s' if len(versions) > 1 else ''}"
    return (
        Beside("La lettre qui l’accompagne", f"{at}/lettre",
               "écrite" if cible.lettre.texte.strip() else "pas encore écrite"),
        Beside("Qui peut le lire ?", f"{at}/partage",
               links_words if opened else "aucun lien ouvert"),
        Beside("D’autres formats, ou un CV fait ailleurs", f"{at}/fichiers",
               "PDF, traitement de texte, texte seul"),
        Beside("Revenir à une version d’avant", f"{at}/versions",
               f"{kept}, depuis le {text.day(first)}" if first else "aucune version gardée"),
        Beside("Votre identité en entier, profils et photo", f"{at}/identite",
               "reprise de votre dossier" if from_dossier else "votre saisie"),
    )  # fmt: skip


def targets_of(cv: Cv, current: Cible) -> tuple[TargetRow, ...]:
    """Return the list of the CVs."""
    uses = dict(USAGES)
    return tuple(
        TargetRow(
            one.id,
            one.titre or "sans nom",
            f"{uses[one.usage]}, modèle {MODELES[one.modele]}",
            one.id == current.id,
        )
        for one in cv.cibles
    )


def settings_of(cible: Cible, remarks: Sequence[Remarque]) -> tuple[CvField, ...]:
    """Return the form of a CV; what its use does not ask for is not asked."""
    asks = {"discipline": {"liste_aptitude_agreges", "chaires_superieures", "poste_specifique"},
            "campagne": {"liste_aptitude_agreges", "chaires_superieures", "poste_specifique",
                         "mobilite", "formateur"}}  # fmt: skip
    wanted = [
        s
        for s in Cible.form
        if s.name != "modele" and (s.name not in asks or cible.usage in asks[s.name])
    ]
    if cible.usage == "liste_aptitude_agreges":
        wanted = [replace(s, hint=CLASSEMENT) if s.name == "discipline" else s for s in wanted]
    return cv_fields(wanted, cible, of_part(remarks, f"cibles.{cible.id}"))


def note_of(cible: Cible) -> str:
    """Return what the model does with the order of the sections."""
    return _STATUTORY_NOTE if cible.modele == "statutaire" else ""


def law_of(answer: Eligibilite) -> Law:
    """Return the conditions of the law in words."""
    states = {True: "remplie", False: "non remplie", None: "à vérifier"}
    rows = tuple(
        Condition(
            what=one.libelle,
            have=one.a or "rien",
            need=one.il_faut,
            day=one.au,
            state=states[one.remplie],
            verify=(one.a_verifier or bool(one.bornes)) and one.remplie is not None,
            missing=one.manque,
            bounds=one.bornes,
        )
        for one in answer.conditions
    )
    decides = f"Décide : {answer.decide_par}." if answer.decide_par else ""
    named = (part for one in answer.conditions for part in re.split(r"\s*;\s*", one.source))
    sources = "Textes : " + " ; ".join(officials(named)) + "."
    return Law(
        _answer(answer),
        rows,
        (*answer.comptes, sources),
        decides,
        answer.calendrier,
    )


def _answer(answer: Eligibilite) -> str:
    """Return the answer alone: reasons and who decides have their places beside it."""
    if not answer.conditions:
        return text.sentence(answer.phrase)
    sentence = re.split(r"\s:\s|\.\s", answer.phrase)[0]
    return text.sentence(sentence)
