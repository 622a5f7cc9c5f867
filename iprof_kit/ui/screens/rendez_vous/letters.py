"""The letters of a procedure, as drafts: observations, gracious appeal, a rendez-vous forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.career.meetings import Meeting, appeal, meeting_of
from iprof_kit.calculate.career.rendez_vous.question import Report
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.carnet import Draft
from iprof_kit.ui.screens.courrier.letter import letter_of
from iprof_kit.ui.screens.rendez_vous.answer import ORDER
from iprof_kit.ui.screens.rendez_vous.figures import carried
from iprof_kit.ui.screens.rendez_vous.known import LONGEST_LETTER
from iprof_kit.ui.screens.rendez_vous.procedure import ANSWER, APPEAL, CAP, REMARKS, Facts
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import joined, worded

REMARKS_LETTER, APPEAL_LETTER, FORGOTTEN_LETTER = "observations", "recours", "oubli"
_RULES = "arrêté du 5 mai 2017 relatif à la mise en œuvre du rendez-vous de carrière"
Lacking = tuple[tuple[int, str], ...]
"""Numbers and school years."""
_FILES = {
    REMARKS_LETTER: "observations-rendez-vous.pdf",
    APPEAL_LETTER: "recours-gracieux.pdf",
    FORGOTTEN_LETTER: "rendez-vous-non-programme.pdf",
}

NAMES = tuple(_FILES)


@dataclass(frozen=True)
class LetterView:
    """One letter to write: when it may be sent, to whom, what was typed, what is wrong."""

    name: str
    question: str
    answer: str
    words: str
    label: str
    value: str
    error: str = ""
    remedy: str = ""
    verify: bool = False


def letters(
    facts: Facts,
    corps: str,
    about: tuple[Report | None, Lacking],
    begun: bool,
    typed: Mapping[str, str],
    wrong: Mapping[str, tuple[str, str]],
) -> tuple[LetterView, ...]:
    """Return the letters that a screen offers, with what was typed in each.

    Parameters
    ----------
    facts : Facts
    corps : str
    about : (Report or None, tuple)
        Until when a rendez-vous that was missed may be held; those that the file lacks.
    begun : bool
        Whether the procedure has begun: before, nothing of it can be contested.
    typed : mapping of str to str
    wrong : mapping of str to (str, str)
        What is wrong in a letter, and how to mend it.
    """
    views = {REMARKS: _remarks(facts), APPEAL: _appeal(facts, corps)} if begun else {}
    if asked := unannounced(facts, about[1]):
        views[""] = _forgotten(*about, meeting_of(corps, *asked) or facts.subject.meeting)
    return tuple(
        replace(
            view,
            answer=carried(view.answer, facts, about=delay),
            words=carried(view.words, facts, about[0], about=delay),
            value=typed.get(view.name, ""),
            error=wrong.get(view.name, ("", ""))[0],
            remedy=wrong.get(view.name, ("", ""))[1],
        )
        for delay, view in views.items()
    )


def unannounced(facts: Facts, lacking: Lacking) -> tuple[int, int] | None:
    """Return number and year of the rendez-vous that a service may be asked for, if any.

    The one of the screen where its year has come and its file says nothing; else the last one that
    the file lacks.
    """
    meeting = facts.subject.meeting
    if facts.subject.state in ("called", "missed"):
        return meeting.number, meeting.year
    return (lacking[-1][0], int(lacking[-1][1][:4])) if lacking else None


def fault_of(name: str, words: str) -> tuple[str, str] | None:
    """Return what is wrong in a letter and how to mend it; None where nothing is."""
    if not words.strip() and name != FORGOTTEN_LETTER:
        return "Cette lettre est vide.", "Écrivez ce que vous voulez faire valoir."
    if len(words) > LONGEST_LETTER:
        limit = text.whole(LONGEST_LETTER)
        return (
            f"Ce texte a {text.whole(len(words))} caractères.",
            f"Ramenez-le à {limit} : rien n’en a été coupé.",
        )
    return None


def letter(
    name: str, facts: Facts, dossier: Dossier, words: str, lacking: Lacking = ()
) -> Download:
    """Return a letter as a page ready to be signed; `lacking` is what the file does not tell of."""
    if name == FORGOTTEN_LETTER and (asked := unannounced(facts, lacking)):
        meeting = meeting_of(dossier.corps or "", *asked) or facts.subject.meeting
        facts = replace(facts, subject=replace(facts.subject, meeting=meeting))
    subject, body, to = _written(name, facts, dossier, words.strip())
    draft = Draft(texte=body, objet=subject)
    made = letter_of(dossier, draft, to, (), None, facts.today)
    return replace(made, name=_FILES[name])


def _written(name: str, facts: Facts, dossier: Dossier, words: str) -> tuple[str, str, str]:
    meeting = facts.subject.meeting
    which = (
        f"{ORDER.get(meeting.number, str(meeting.number))} rendez-vous de carrière "
        f"({text.echelon_label(meeting.echelon)}, {school_year_text(meeting.year)})"
    )
    authority = f"À l’attention de l’autorité qui arrête l’appréciation finale : {meeting.final_by}"
    if name == REMARKS_LETTER:
        about = f"observations sur le compte rendu de mon {which}"
        return about, _remarks_body(facts, which, words), authority
    if name == APPEAL_LETTER:
        about = f"recours gracieux contre l’appréciation finale de mon {which}"
        return about, _appeal_body(facts, dossier.corps or "", which, words), authority
    about = f"{which} : ni information ni notification reçues"
    to = "À l’attention du service qui gère mon dossier"
    return about, _forgotten_body(facts, which, words), to


def _remarks_body(facts: Facts, which: str, words: str) -> str:
    received, limit = facts.day("compte_rendu"), facts.limit(REMARKS)
    when = f" m’a été notifié le {text.day(received)}" if received else " m’a été notifié"
    within = _within(facts, REMARKS, limit)
    return (
        f"Madame, Monsieur,\n\nLe compte rendu de mon {which}{when}. En application de l’article 5 "
        f"de l’{_RULES}, je formule{within} les "
        f"observations suivantes, à joindre à ce compte rendu :\n\n{words}"
    )


def _within(facts: Facts, key: str, limit: date | None) -> str:
    """Return « dans le délai de… »; nothing where it was not kept: a letter says no such thing."""
    if not facts.in_time(key):
        return ""
    until = f", soit jusqu’au {text.day(limit)}," if limit else ""
    return f" dans le délai de {facts.length(key)}{until}"


def _appeal_body(facts: Facts, corps: str, which: str, words: str) -> str:
    notified, limit = facts.day("notifiee"), facts.limit(APPEAL)
    by, _ = appeal(corps, notified or facts.today)
    level = f" « {text.appreciation_label(facts.entry.level)} »" if facts.entry.level else ""
    when = f", notifiée le {text.day(notified)}" if notified else ""
    within = _within(facts, APPEAL, limit)
    formed = f" formé{within.removesuffix(',')}" if within else ""
    ground = f" En application du {by}," if by else " En application de mon statut particulier,"
    return (
        f"Madame, Monsieur,\n\nL’appréciation finale{level} de mon {which} a été arrêtée{when}."
        f"{ground} je vous demande de la réviser, par le présent recours gracieux{formed}, pour "
        f"les raisons suivantes :\n\n{words}\n\n"
        f"L’absence de réponse dans un délai de {facts.length(ANSWER)} vaut refus ; je pourrai "
        "alors demander la saisine de la commission administrative paritaire dans les "
        f"{facts.length(CAP)}."
    )


def _forgotten_body(facts: Facts, which: str, words: str) -> str:
    meeting = facts.subject.meeting
    window = "du {} au {}".format(*_window(meeting))
    more = f"\n\n{words}" if words else ""
    return (
        f"Madame, Monsieur,\n\nMon ancienneté au {text.echelon_label(meeting.echelon)} ouvre mon "
        f"{which} : sont concernés les agents qui l’ont atteint {window}. Je n’ai reçu ni "
        f"l’information prévue par l’article 3 de l’{_RULES}, ni la notification d’une date."
        "\n\nJe vous demande de programmer ce rendez-vous, au besoin à la rentrée qui suit comme "
        "le permet cet arrêté modifié le 21 juin 2019, ou de m’indiquer pourquoi il ne le serait "
        f"pas.{more}"
    )


def _window(meeting: Meeting) -> tuple[str, str]:
    """Return the days between which the échelon of a rendez-vous is reached."""
    about = f"meeting.reached.{meeting.number}.{meeting.year}"
    return (
        text.dated(meeting.reached_from, f"{about}.from"),
        text.dated(meeting.reached_to, f"{about}.to"),
    )


def _is_past(facts: Facts, key: str) -> bool:
    return facts.stand(key) == "passe"


def _remarks(facts: Facts) -> LetterView:
    limit = facts.limit(REMARKS)
    answer = "ouvertes au compte rendu"
    if facts.day("compte_rendu") and limit:
        answer = "délai passé" if _is_past(facts, REMARKS) else f"jusqu’au {text.day(limit)}"
    return LetterView(
        REMARKS_LETTER,
        "Écrire mes observations",
        answer,
        (
            f"Dans les {facts.length(REMARKS)} qui suivent la notification du compte rendu, jours "
            "calendaires. Elles se déposent dans SIAE, ouvert depuis I-Prof : cette lettre les "
            "prépare. Le texte ne dit pas que ce délai est reporté s’il finit un jour non ouvrable."
        ),
        "Vos observations",
        "",
    )


def _appeal(facts: Facts, corps: str) -> LetterView:
    limit = facts.limit(APPEAL)
    answer = "après l’appréciation finale"
    if facts.day("notifiee") and limit:
        answer = "délai passé" if _is_past(facts, APPEAL) else f"jusqu’au {text.day(limit)}"
    by, doubtful = appeal(corps, facts.today)
    ground = f"Texte du recours : {by}. " if by else ""
    return LetterView(
        APPEAL_LETTER,
        "Écrire un recours gracieux",
        answer,
        (
            f"Dans les {facts.length(APPEAL)} de la notification, à l’autorité : "
            f"{facts.subject.meeting.final_by}. {ground}Sans réponse en {facts.length(ANSWER)}, "
            "c’est un refus. La CAP ne se saisit qu’après ce recours. Gardez la preuve du dépôt."
        ),
        "Vos raisons",
        "",
        verify=doubtful,
    )


def _forgotten(postponed: Report | None, lacking: Lacking, meeting: Meeting) -> LetterView:
    first, last = _window(meeting)
    lines = [
        worded(
            f"Sont concernés les agents qui ont atteint le {text.echelon_label(meeting.echelon)} "
            "du {} au {}.",
            first,
            last,
        )
    ]
    if lacking:
        names = ", ".join(
            f"le {ORDER.get(number, str(number))} ({year})" for number, year in lacking
        )
        lines.append(
            worded(
                f"Votre dossier ne dit rien de rendez-vous dont l’année est passée : {names}. Un "
                "changement d’académie en est souvent la cause."
            )
        )
    if postponed is not None:
        lines.append(
            worded(
                "Un rendez-vous manqué peut se tenir jusqu’au {} ; l’appréciation finale est alors "
                "notifiée au plus tard le {}.",
                text.dated(postponed.tenu_avant, "meeting.postponed"),
                text.dated(postponed.appreciation_avant, "meeting.postponed.final"),
            )
        )
    asks = "Cette lettre demande à votre service de le programmer, ou de dire pourquoi non."
    lines.append(worded(asks))
    return LetterView(
        FORGOTTEN_LETTER,
        "Personne ne m’a rien annoncé",
        "une lettre à votre service",
        joined(" ", lines),
        "Ce que vous voulez ajouter (facultatif)",
        "",
        verify=postponed is not None and postponed.a_verifier,
    )
