"""Édition du CV: the CVs made of the facts, what each is for, its sections, its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.remarks.eligibility import CLASSEMENT, Eligibilite
from iprof_kit.cv.remarks.remark import Remarque
from iprof_kit.services.contract.cv import CvVersion
from iprof_kit.ui.kit.parts import Field, Link
from iprof_kit.ui.screens.cv.fields import cv_fields, of_part
from iprof_kit.ui.screens.cv.rows import Asked, Rows, progress
from iprof_kit.ui.screens.cv.state import CvPage
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

AT = "/cv/edition"
_WITH_A_SUBJECT = {"liste_aptitude_agreges", "chaires_superieures", "poste_specifique"}
_ASKED_OF = {
    "discipline": _WITH_A_SUBJECT,
    "campagne": {*_WITH_A_SUBJECT, "mobilite", "formateur"},
}
"""The uses that ask for a field; every use asks for the others."""


@dataclass(frozen=True)
class PartForm:
    """The form of one part; what the dossier knows of it is folded, its values in sight."""

    of: str
    title: str
    fields: tuple[Field, ...]
    prefilled: bool
    known: tuple[Field, ...] = ()

    @property
    def known_values(self) -> str:
        """Return what the folded fields say: « Madame, Isabelle, Chevalier, 02/03/1978 »."""
        return ", ".join(value for one in self.known if (value := one.shown))

    @property
    def wrong(self) -> bool:
        """Return whether one of the folded fields is to be mended or looked at."""
        return any(one.error or one.warning for one in self.known)


@dataclass(frozen=True)
class Law:
    """Whether one may apply, condition by condition, and who decides."""

    answer: Eligibilite
    sentence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EditionView(CvPage):
    """The editor: the sections of one CV as a list, the page beside it."""

    cible: Cible
    cibles: tuple[Cible, ...]
    form_key: str
    fields: tuple[Field, ...]
    rows: Rows
    opened: str = ""
    asked: Asked = field(default_factory=Asked)
    parts: tuple[PartForm, ...] = ()
    """The forms of the row that is open, where it has no lines: identity, situation."""
    over: str = ""
    missing: tuple[Remarque, ...] = ()
    """What the use of this CV expects and does not find."""
    law: Law | None = None
    """The conditions of the law, where the use has some."""
    beside: tuple[Link, ...] = ()


def answer_of(cv: Cv, pages: int, over: int, today: date) -> tuple[str, str]:
    """Return the sentence that the editor opens with: how long the CV is, how full, which day."""
    filled, _ = progress(cv.faits)
    if pages > 2:
        first = f"Votre CV fait {pages} pages."
    elif pages == 2:
        first = f"Votre CV dépasse une page de {counted(over, 'ligne')}."
    else:
        first = "Votre CV tient sur une page." if pages else ""
    many = f"{filled} rubriques remplies"
    sections = {0: "Aucune rubrique remplie", 1: "Une rubrique remplie"}.get(filled, many)
    return first, worded(f"{sections}, au {{}}.", text.dated(today, "today"))


def over_of(cible: Cible, over: int) -> str:
    """Return what stands after the first page, where another model would hold it better."""
    if not over or cible.modele in ("une_page", "statutaire"):
        return ""
    return f"{counted(over, 'ligne')} après la fin de la page 1."


def beside_of(cv: Cv, cible: Cible, versions: Sequence[CvVersion], opened: int) -> tuple[Link, ...]:
    """Return the pages that go with a CV, each with its answer of today; `opened` counts links."""
    letter = "écrite" if cible.lettre.texte.strip() else "pas encore écrite"
    links = f"{opened} lien{'s' * (opened > 1)} ouvert{'s' * (opened > 1)}"
    first = min((paris(one.creee_le).date() for one in versions), default=None)
    kept = f"{counted(len(versions), 'version')}, depuis le {text.day(first)}" if first else ""
    owner = "reprise de votre dossier"
    if cv.faits.identite.source != "dossier":
        owner = "votre saisie"
    return (
        Link(f"{AT}/lettre", "La lettre qui l’accompagne", letter),
        Link(f"{AT}/partage", "Qui peut le lire ?", links if opened else "aucun lien ouvert"),
        Link(
            f"{AT}/fichiers",
            "D’autres formats, ou un CV fait ailleurs",
            "PDF, traitement de texte, texte seul",
        ),
        Link(f"{AT}/versions", "Revenir à une version d’avant", kept or "aucune version gardée"),
        Link(f"{AT}/identite", "Votre identité en entier, profils et photo", owner),
    )


def settings_of(cible: Cible, remarks: Sequence[Remarque]) -> tuple[Field, ...]:
    """Return the form of a CV; what its use does not ask for is not asked."""
    wanted = [
        one
        for one in Cible.form
        if one.name != "modele" and cible.usage in _ASKED_OF.get(one.name, {cible.usage})
    ]
    if cible.usage == "liste_aptitude_agreges":
        wanted = [
            replace(one, hint=CLASSEMENT) if one.name == "discipline" else one for one in wanted
        ]
    return cv_fields(wanted, cible, of_part(remarks, f"cibles.{cible.id}"))


def law_of(answer: Eligibilite) -> Law:
    """Return the conditions of the law; reasons and who decides have their places beside it."""
    named = (part for one in answer.conditions for part in re.split(r"\s*;\s*", one.source))
    alone = re.split(r"\s:\s|\.\s", answer.phrase)[0] if answer.conditions else answer.phrase
    return Law(answer, text.sentence(alone), officials(named))
