"""One path, ready to show: its line, and the whole of it where it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.words import number_text
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.interface.official_texts import official, officials, plainly
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.lines import PathLine
from iprof_kit.calculate.paths.question import (
    Effect,
    EligibilityAnswer,
    PathAnswer,
    PathCondition,
)
from iprof_kit.calculate.paths.why import when_words
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Why, discreet, reference_text, why_of

OPEN, LATER, DEPENDS, NEVER = "ouvert", "a_partir_du", "depend", "jamais"
STATES = (OPEN, LATER, DEPENDS, NEVER)
FAMILIES = {
    "concours": "Concours", "liste_aptitude": "Listes d’aptitude",
    "certification": "Certifications et examens", "detachement": "Détachement et mobilité",
    "disponibilite": "Disponibilités", "conge": "Congés", "temps_partiel": "Temps partiel",
    "depart": "Départ", "fonction": "Fonctions",
}  # fmt: skip
SHORT = {
    "concours": "Concours", "liste_aptitude": "Listes d’aptitude",
    "certification": "Certifications", "detachement": "Détachement",
    "disponibilite": "Disponibilités", "conge": "Congés", "temps_partiel": "Temps partiel",
    "depart": "Départ", "fonction": "Fonctions",
}  # fmt: skip
"""The families on the buttons that filter."""
_OF_A_JURY = ("concours", "certification")
NOT_COVERED = "Règle non couverte par les tables de ce kit."
_UNCOVERED = "règle non couverte"


@dataclass(frozen=True)
class PathRow:
    """One path in one line: its name, when, who decides; the whole of it where it is opened."""

    id: str
    code: str
    name: str
    when: str
    decides: str
    waits_for: tuple[str, ...]
    """What is missing, or what the kit was not told."""
    verify: bool
    detail: PathDetail | None = None


@dataclass(frozen=True)
class ConditionRow:
    """One condition: what is needed, what the person has, whether it is met and since when."""

    condition: str
    needed: str
    has: str
    state: str
    source: str
    verify: bool


@dataclass(frozen=True)
class PathDetail:
    """One path whole: when, what is missing, its conditions, where the act is made, effects."""

    code: str
    family: str
    when: str
    missing: tuple[str, ...]
    to_say: tuple[str, ...]
    """Conditions that the kit does not know."""
    decides: str
    pay: tuple[str, ...]
    act: str
    competition: bool
    dates: str
    effects: tuple[str, ...]
    notes: tuple[str, ...]
    conditions: tuple[ConditionRow, ...]
    source: str
    """The text that most conditions come from; the others say theirs."""
    why: Why | None
    """Once it was opened."""
    texts: tuple[str, ...]
    verify: bool


def path_row(line: PathLine, detail: PathDetail | None = None) -> PathRow:
    """Return a path as the list says it."""
    return PathRow(
        line.code.lower(),
        line.code,
        line.label,
        _when_in_short(line),
        text.french(line.decides[:1].upper() + line.decides[1:]),
        tuple(map(_say, line.missing or line.not_told)),
        line.doubtful,
        detail,
    )


def _when_in_short(line: PathLine) -> str:
    until = f", jusqu’au {text.day(line.until)}" if line.until and line.state == OPEN else ""
    word = "session" if line.family in _OF_A_JURY else "campagne"
    session = f"{word} {line.session}" if line.session else ""
    if line.state == OPEN:
        return text.french(f"{session or 'dès aujourd’hui'}{until}").capitalize()
    if line.state == LATER and line.opens:
        return text.french(
            ", ".join(filter(None, (f"À partir du {text.day(line.opens)}", session)))
        )
    if line.state == DEPENDS and line.opens:
        return text.french(
            ", ".join(filter(None, (f"Au plus tôt le {text.day(line.opens)}", session)))
        )
    return session.capitalize()


def path_detail(
    path: PathAnswer, answer: EligibilityAnswer, standing: Standing | None
) -> PathDetail:
    """Return a path whole; a pay effect that no rule gives is said not covered."""
    texts = [official(reference_text(one.source)) for one in path.conditions]
    source = max(texts, key=texts.count, default="")
    pay = tuple(_say(_pay_line(effect, standing, answer)) for effect in path.effets if effect.paie)
    return PathDetail(
        code=path.code,
        family=FAMILIES.get(path.famille, path.famille),
        when=when_words(path),
        missing=tuple(_say(words) for words in path.manque),
        to_say=tuple(_say(words) for words in path.a_verifier_par_vous)
        if path.etat == DEPENDS
        else (),
        decides=_say(path.decide_par),
        pay=pay or (NOT_COVERED,),
        act=_say(path.acte),
        competition=path.famille == "concours",
        dates=_say(path.calendrier),
        effects=tuple(
            _say(f"{effect.libelle} : {effect.texte}") for effect in path.effets if not effect.paie
        ),
        notes=tuple(map(_say, path.a_savoir)),
        conditions=tuple(_condition(one, source) for one in path.conditions),
        source=source,
        why=discreet(why_of(path.explication)) if path.explication else None,
        texts=officials(map(reference_text, path.sources)),
        verify=path.a_verifier,
    )


def _say(words: str) -> str:
    """Return a sentence as a teacher reads it: no file, no union, no memory of ours."""
    return text.sentence(plainly(words))


def _pay_line(effect: Effect, standing: Standing | None, answer: EligibilityAnswer) -> str:
    if _UNCOVERED in effect.texte:
        return f"{effect.libelle} : {NOT_COVERED[:1].lower()}{NOT_COVERED[1:]}"
    if effect.montant is None:
        return f"{effect.libelle} : {effect.texte}"
    if effect.unite == "indice majoré":
        return _classement(effect, standing, answer)
    unit = effect.unite or ""
    if "euros" in unit:
        amount = text.money(effect.montant) + unit.removeprefix("euros")
    else:
        amount = f"{number_text(effect.montant)} {unit}"
    return f"{effect.libelle} : {amount}" + (f", {effect.texte}" if effect.texte else "")


def _classement(effect: Effect, standing: Standing | None, answer: EligibilityAnswer) -> str:
    """Return the place in the new corps, and the gap of gross that its index makes."""
    after = int(effect.montant or 0)
    words = f"{effect.libelle} : {effect.texte}, indice majoré {after}"
    gap = path_facts.gross_gap(standing, after, answer.jour) if standing else None
    if gap is None:
        return words
    change = (
        "le même traitement brut"
        if gap.euros == 0
        else f"{text.signed_money(gap.euros)} bruts par mois à temps plein"
    )
    return f"{words} au lieu de {gap.index_before}, soit {change} ({answer.jour.year})"


def _condition(one: PathCondition, common: str) -> ConditionRow:
    state = "à préciser par vous"
    if one.remplie is not None:
        state = "remplie" if one.remplie else "non remplie"
    since = f", le {text.day(one.remplie_le)}" if one.remplie_le else ""
    other = " (une de plusieurs possibles)" if one.alternative else ""
    when = f" {one.au}" if one.au else ""
    source = official(reference_text(one.source))
    return ConditionRow(
        text.french(plainly(f"{one.condition}{other}")),
        text.french(f"{one.il_faut}{when}".strip()),
        text.french(f"{one.a_la_reference} à cette date" if one.a_la_reference else one.a),
        f"{state}{since}",
        "" if source == common else source,
        one.source.confiance in ("C", "D"),
    )
