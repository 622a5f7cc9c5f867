"""The answer that is being written: its act, its text, its days; what is checked before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from iprof_kit.base.errors import InputError
from iprof_kit.services.contract.bureau.fils import FilGere, Modele
from iprof_kit.services.contract.courrier import Evenement
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.screens.bureau import filling
from iprof_kit.ui.shared import text

ANSWER, HOLD, ASK, CORRECT = "repondre", "attendre", "demander_piece", "corriger"
REOPEN, CLOSE, TAKE = "rouvrir", "clore", "prendre"
CONFIRM, SEND_BACK = "confirmer", "renvoyer"
ADMIT, REJECT = "admettre", "ecarter"
CLOSING = frozenset({ANSWER, CORRECT})
"""The acts after which a thread may be closed at once."""


@dataclass
class Answer:
    """What is being written to one thread, as typed, and what was wrong with it."""

    text: str = ""
    act: str = ANSWER
    value: str = ""
    before: str = ""
    corrected: str = ""
    close: bool = True
    template: str = ""
    made: list[str] = field(default_factory=list)
    """The texts that templates gave: only these are replaced by another one."""
    fields: filling.Fields = field(default_factory=dict)
    """What the fields of the last template stood for when it was put."""
    faults: list[ErreurChamp] = field(default_factory=list)
    meanwhile: list[Evenement] = field(default_factory=list)
    kept: datetime | None = None
    """When the text was last kept, so that it outlives the page."""
    key: str = ""
    """Of the act that is being sent: the same one while no answer came."""
    turn: int = 0
    """Another form whenever the kernel changed the text: what is on the screen then gives way."""


def begun(
    gere: FilGere, templates: Sequence[Modele], today: date, announced: date | None
) -> Answer:
    """Return the answer that was kept; where a template alone wrote it, with its act."""
    answer = Answer(text=gere.brouillon, value=gere.lu.indique)
    for template in templates if answer.text else ():
        tried = replace(answer, text="", made=[])
        fill(gere, tried, template, today, announced)
        if tried.text == answer.text.strip():
            return replace(tried, turn=0)
    return answer


def take(answer: Answer, values: Mapping[str, str]) -> bool:
    """Take the fields of a form; False where it was already sent, or filled anew."""
    if values.get("tour") != str(answer.turn):
        return False
    answer.text = values.get("texte", answer.text)
    answer.act = values.get("acte", answer.act)
    answer.value = values.get("valeur", answer.value)
    answer.before = values.get("avant", answer.before)
    answer.corrected = values.get("corrige_le", answer.corrected)
    answer.close = values.get("puis_clore") == "oui" if "a_clore" in values else answer.close
    return True


def propose_days(answer: Answer, today: date, announced: date | None) -> None:
    """Propose the days that an act needs: today, or the last one of the announced delay."""
    if answer.act == CORRECT:
        answer.corrected = answer.corrected or text.typed_day(today)
    if answer.act in (HOLD, ASK):
        answer.before = answer.before or text.typed_day(announced)


def fill(
    gere: FilGere, answer: Answer, template: Modele, today: date, announced: date | None
) -> None:
    """Put a template in the answer, its fields filled, and choose its act."""
    answer.act, answer.template, answer.faults = template.acte, template.nom, []
    propose_days(answer, today, announced)
    answer.fields = _fields(gere, answer)
    words = filling.filled(template, answer.fields)
    answer.text = filling.put(words, answer.text, answer.made)
    answer.made.append(words)
    answer.turn += 1


def checked(gere: FilGere, answer: Answer) -> dict[str, date | None]:
    """Return the days of the act; `faults` says what keeps the answer from going."""
    answer.faults = []
    days = _days(answer)
    _check_words(gere, answer)
    return days


def _check_words(gere: FilGere, answer: Answer) -> None:
    """Say which field of the template is not filled, or which one has changed since."""
    if left := filling.to_complete(answer.text):
        message = f"Ce champ du modèle reste à compléter : {', '.join(left)}."
        remedy = "Écrivez ce qu’il attend, ou effacez-le."
    else:
        known = _fields(gere, answer)
        words = filling.followed(answer.text, answer.fields, known)
        if words == answer.text:
            return
        answer.text, answer.fields = words, known
        answer.turn += 1
        message = "Le texte a suivi le champ que vous avez changé."
        remedy = "Relisez-le, puis envoyez."
    answer.faults.append(ErreurChamp(champ="texte", message=message, remede=remedy))


def _fields(gere: FilGere, answer: Answer) -> filling.Fields:
    return filling.fields_of(gere, answer.value, _day(answer.corrected), _day(answer.before))


def _days(answer: Answer) -> dict[str, date | None]:
    wanted = {
        "avant": answer.before if answer.act in (HOLD, ASK) else "",
        "corrige_le": answer.corrected if answer.act == CORRECT else "",
    }
    days: dict[str, date | None] = {}
    for name, typed in wanted.items():
        try:
            days[name] = read_day(typed) if typed.strip() else None
        except InputError as error:
            fault = ErreurChamp(champ=name, message=error.message, remede=error.remedy)
            answer.faults.append(fault)
    return days


def _day(typed: str) -> date | None:
    try:
        return read_day(typed)
    except InputError:
        return None
