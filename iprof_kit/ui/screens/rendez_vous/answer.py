"""The one sentence of the screen: what comes next in the procedure, with its day."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.career.rendez_vous.question import Report
from iprof_kit.ui.screens.rendez_vous.figures import carried
from iprof_kit.ui.screens.rendez_vous.procedure import (
    ANSWER,
    APPEAL,
    BETWEEN,
    CAP,
    FINAL,
    NOTICE,
    REMARKS,
    Facts,
)
from iprof_kit.ui.shared import text

ORDER = {1: "premier", 2: "deuxième", 3: "troisième"}


def answer(facts: Facts, postponed: Report | None, *, man: bool) -> tuple[str, str]:
    """Return the sentence in two parts, the first one to be read at once.

    Parameters
    ----------
    facts : Facts
    postponed : Report or None
        Until when a rendez-vous that was missed may be held.
    man : bool
        Whether the file speaks of a man.
    """
    for tell in (_appealed, _notified, _reported, _met, _planned):
        if words := tell(facts):
            strong, rest = words
            return _said(strong, facts, postponed), _said(rest, facts, postponed)
    strong, rest = _not_begun(facts, postponed, man=man)
    return _said(strong, facts, postponed), _said(rest, facts, postponed)


def _said(words: str, facts: Facts, postponed: Report | None) -> str:
    return carried(words, facts, postponed)


def _appealed(facts: Facts) -> tuple[str, str] | None:
    silence, cap = facts.limit(ANSWER), facts.limit(CAP)
    if not facts.day("recours") or silence is None:
        return None
    if facts.day("cap"):
        decides = facts.subject.meeting.final_by
        return "La CAP est saisie", f" : elle peut demander la révision à l’autorité ({decides})."
    if facts.stand(ANSWER) == "ouvert":
        return f"Sans réponse le {text.day(silence)}, votre recours est refusé", _cap_words(facts)
    if cap is not None and facts.stand(CAP) == "ouvert":
        strong = f"La CAP peut être saisie jusqu’au {text.day(cap)}{_doubt(facts)}"
        return strong, " si la réponse ne vous va pas."
    return "Les recours de ce rendez-vous sont passés", _ended(cap)


def _cap_words(facts: Facts) -> str:
    cap = facts.limit(CAP)
    if cap is None:
        return "."
    return f" ; la CAP pourra être saisie jusqu’au {text.day(cap)}{_doubt(facts)}."


def _doubt(facts: Facts) -> str:
    """Return the mark of an appeal whose delay is not sure: one that counts from a silence."""
    delay = facts.delays.get(CAP)
    return " (à vérifier)" if delay is not None and delay.a_verifier else ""


def _notified(facts: Facts) -> tuple[str, str] | None:
    limit = facts.limit(APPEAL)
    if not facts.day("notifiee") or limit is None:
        return None
    if facts.stand(APPEAL) == "ouvert":
        days = f", {text.delay(facts.today, limit)}"
        return f"Un recours gracieux est possible jusqu’au {text.day(limit)}", f"{days}."
    return "Le délai du recours gracieux est passé", f" depuis le {text.day(limit)}."


def _ended(limit: date | None) -> str:
    return f", jusqu’au {text.day(limit)}." if limit else "."


def _reported(facts: Facts) -> tuple[str, str] | None:
    limit = facts.limit(REMARKS)
    if not facts.day("compte_rendu") or limit is None:
        return None
    if facts.stand(REMARKS) == "ouvert":
        return (
            f"Vos observations sont possibles jusqu’au {text.day(limit)}",
            f", {text.delay(facts.today, limit)}. Elles sont facultatives.",
        )
    return _awaited(facts)


def _awaited(facts: Facts) -> tuple[str, str]:
    limit = facts.limit(FINAL)
    late = facts.stand(FINAL) == "passe"
    when = text.day(limit) if limit else ""
    if late:
        return f"L’appréciation finale devait être notifiée au plus tard le {when}", "."
    return f"L’appréciation finale doit être notifiée au plus tard le {when}", f" {_by(facts)}."


def _met(facts: Facts) -> tuple[str, str] | None:
    first, second = facts.day("entretien"), facts.day("second")
    if first is None or first >= facts.today:
        return None
    if second is not None and second >= facts.today:
        return f"Votre second entretien a lieu le {text.day(second)}", _in_time(facts)
    if facts.two and second is None:
        limit = facts.limit(BETWEEN)
        if limit is not None and facts.stand(BETWEEN) == "ouvert":
            return (
                f"Votre second entretien doit avoir lieu au plus tard le {text.day(limit)}",
                f", {facts.weeks(BETWEEN)} après le premier.",
            )
    last = second or first
    return "Vous attendez le compte rendu", f" de l’entretien du {text.day(last)}."


def _in_time(facts: Facts) -> str:
    second, limit = facts.day("second"), facts.limit(BETWEEN)
    if second is None or limit is None:
        return "."
    if second <= limit:
        return f", dans les {facts.weeks(BETWEEN)} du premier. {_decides(facts)}"
    return f", après les {facts.weeks(BETWEEN)}, passées le {text.day(limit)}."


def _planned(facts: Facts) -> tuple[str, str] | None:
    meeting = facts.day("entretien")
    if meeting is None:
        return None
    what = "Votre premier entretien" if facts.two else "Votre rendez-vous"
    return f"{what} a lieu le {text.day(meeting)}", f", {text.delay(facts.today, meeting)}."


def _not_begun(facts: Facts, postponed: Report | None, *, man: bool) -> tuple[str, str]:
    meeting = facts.subject.meeting
    year = school_year_text(meeting.year)
    name = ORDER.get(meeting.number, f"{meeting.number}e")
    if facts.subject.state == "ahead":
        return (
            f"Votre {name} rendez-vous est prévu en {year}",
            f", {text.at_echelon(meeting.echelon)}, si l’administration vous convoque.",
        )
    if facts.subject.state == "recorded":
        return _awaited(facts)
    if facts.subject.state == "missed":
        if postponed is not None and postponed.tenu_avant >= facts.today:
            return (
                f"Prévu en {year}, il peut se tenir jusqu’au {text.day(postponed.tenu_avant)}",
                ", si votre dossier n’en dit rien parce qu’il n’a pas eu lieu.",
            )
        return (
            f"Prévu en {year}, votre {name} rendez-vous n’est pas dans votre dossier",
            " : indiquez ses dates, ou écrivez à votre service.",
        )
    concerned = "concerné" if man else "concernée"
    return (
        f"Vous êtes {concerned} en {year}, {text.at_echelon(meeting.echelon)}",
        f" : l’administration convoque, au moins {facts.length(NOTICE)} avant.",
    )


def _decides(facts: Facts) -> str:
    return f"L’autorité ({facts.subject.meeting.final_by}) arrêtera l’appréciation finale."


def _by(facts: Facts) -> str:
    return f"par l’autorité ({facts.subject.meeting.final_by})"
