"""The letters of a request: filled by the file, changed by the person, given as a PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.requests.catalogue import Letter, Request
from iprof_kit.calculate.requests.question import DemandeAnswer
from iprof_kit.calculate.requests.words import replaced
from iprof_kit.services.contract.dossier import Academie, AffectationTenue, Dossier
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.carnet import Draft
from iprof_kit.ui.screens.courrier.letter import letter_of
from iprof_kit.ui.screens.demandes.notes import letter_name
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.academies import academie_name
from iprof_kit.ui.shared.held import rank_words


@dataclass(frozen=True)
class Writing:
    """A letter as it is on the screen; `changed` where the person wrote in it."""

    request: Request
    letter: Letter
    to: str
    subject: str
    body: str
    model: str = ""
    """Names the model that the days and the file make: where it changes, the form is a new one."""
    changed: bool = False

    def name(self, part: str) -> str:
        """Return the field that keeps a part of it, « objet » or « texte »."""
        return letter_name(self.request, self.letter.key, part)


def writing_of(
    letter: Letter,
    request: Request,
    answer: DemandeAnswer,
    dossier: Dossier,
    academy: Academie,
    typed: Mapping[str, str],
    today: date,
    births: Sequence[date] = (),
) -> Writing:
    """Return a letter with what the file and the noted days fill in, or as the person left it.

    `births` are those of the children that she told on any screen.
    """
    known = {**_days(answer), **_file(dossier, academy, today), "enfants": _children(births)}
    subject = replaced(letter.subject, known, today)
    body = replaced(_whole(letter), known, today)
    kept_subject = typed.get(letter_name(request, letter.key, "objet"), "")
    kept_body = typed.get(letter_name(request, letter.key, "texte"), "")
    return Writing(
        request,
        letter,
        text.sentence(replaced(letter.to, known, today)).removesuffix("."),
        kept_subject or subject,
        kept_body or body,
        hashlib.sha256(f"{subject}\n{body}".encode()).hexdigest()[:12],
        changed=bool(kept_subject or kept_body),
    )


def download_of(writing: Writing, dossier: Dossier, today: date) -> Download:
    """Return the letter as a PDF, ready to be signed."""
    draft = Draft(texte=writing.body, objet=writing.subject)
    return letter_of(dossier, draft, writing.to, (), None, today)


def _whole(letter: Letter) -> str:
    parts = [letter.body, f"Textes : {' ; '.join(letter.articles)}."]
    if letter.papers:
        parts.append(f"Pièces jointes : {', '.join(letter.papers)}.")
    return "\n\n".join(parts)


def _days(answer: DemandeAnswer) -> dict[str, str]:
    """Return the day of each step: noted, else its last day."""
    days = ((one.cle, one.le or one.avant_le) for one in answer.etapes)
    return {key: text.day(day) if day else "[date]" for key, day in days}


def posting_of(dossier: Dossier, today: date) -> str:
    """Return where a person is posted, as a letter says it: her zone, her post, the last one left.

    Between brackets, to be written, where the file has no posting at all.
    """
    posts = posts_of(dossier, today)
    here = posts.works_at
    if posts.zone is not None:
        zone = f"titulaire d’une zone de remplacement, {_named(posts.zone)}"
        if here is None or here is posts.zone:
            return zone
        return f"{zone}, en poste : {_named(here)}"
    if here is not None:
        return f"en poste : {_named(here)}"
    left = max(dossier.affectations, key=lambda one: one.debut, default=None)
    return f"dernière affectation : {_named(left)}" if left else "[votre affectation]"


def _named(posting: AffectationTenue) -> str:
    return ", ".join(part for part in (posting.etablissement, posting.commune) if part)


def _children(births: Sequence[date]) -> str:
    """Return « enfant né le 5 octobre 2022 », « enfant » where no birth was told."""
    many = "s" if len(births) > 1 else ""
    days = text.listed(f"le {text.day(born)}" for born in births)
    return f"enfant{many} né{many} {days}" if births else "enfant"


def _file(dossier: Dossier, academy: Academie, today: date) -> dict[str, str]:
    position = current_position(dossier, today)
    corps = rank_words(dossier, since=True)
    return {
        "nom": f"{dossier.identite.prenom} {dossier.identite.nom}",
        "corps": f"{corps[:1].lower()}{corps[1:]}",
        "affectation": posting_of(dossier, today),
        "academie": academie_name(academy),
        "aujourdhui": text.day(today),
        "quotite": f"{position.quotite} %" if position else "[quotité]",
    }
