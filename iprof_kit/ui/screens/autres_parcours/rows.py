"""One path, ready to show: its line, and the whole of it where it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.base.words import number_text
from iprof_kit.calculate.guides.law.facts import Standing
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
from iprof_kit.calculate.paths.words import COMPETING
from iprof_kit.ui.kit.parts import Why, discreet, reference_text, why_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import Worded, figure, joined, of_a_text, placed, worded

OPEN, LATER, DEPENDS, NEVER = "ouvert", "a_partir_du", "depend", "jamais"
STATES = (OPEN, LATER, DEPENDS, NEVER)
FAMILIES = {
    "concours": "Concours",
    "liste_aptitude": "Listes d’aptitude",
    "certification": "Certifications et examens",
    "detachement": "Détachement et mobilité",
    "disponibilite": "Disponibilités",
    "conge": "Congés",
    "temps_partiel": "Temps partiel",
    "depart": "Départ",
    "fonction": "Fonctions",
}
SHORT = FAMILIES | {"certification": "Certifications", "detachement": "Détachement"}
"""The families on the buttons that filter."""
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
        line.decides[:1].upper() + line.decides[1:],
        _named_in(line.missing or line.not_told, line),
        line.doubtful,
        detail,
    )


def _named_in(sentences: tuple[str, ...], line: PathLine) -> tuple[str, ...]:
    figures = [figure(one.words, one.quantity, one.value) for one in line.named]
    return tuple(placed(_say(words), *figures) for words in sentences)


def _when_in_short(line: PathLine) -> str:
    about = f"path.{line.code}"
    until = (
        worded(", jusqu’au {}", figure(text.day(line.until), f"{about}.until", line.until))
        if line.until and line.state == OPEN
        else ""
    )
    word = "session" if line.family in COMPETING else "campagne"
    session = f"{word} {line.session}" if line.session else ""
    if line.state == OPEN:
        return worded("{}{}", session.capitalize() or "Dès aujourd’hui", until)
    first = {LATER: "À partir du {}", DEPENDS: "Au plus tôt le {}"}.get(line.state)
    if first and line.opens:
        opens = worded(first, figure(text.day(line.opens), about, line.opens))
        return joined(", ", (opens, session)) if session else opens
    return session.capitalize()


def path_detail(
    path: PathAnswer, answer: EligibilityAnswer, standing: Standing | None
) -> PathDetail:
    """Return a path whole; a pay effect that no rule gives is said not covered."""
    texts = [official(reference_text(one.source)) for one in path.conditions]
    source = max(texts, key=texts.count, default="")
    name = f"path.{path.code}"
    pay = tuple(
        text.sentence(_pay_line(effect, f"{name}.pay.{rank}", standing, answer))
        for rank, effect in enumerate(path.effets)
        if effect.paie
    )
    return PathDetail(
        code=path.code,
        family=FAMILIES.get(path.famille, path.famille),
        when=path_sentence(when_words(path), path),
        missing=tuple(path_sentence(_say(words), path) for words in path.manque),
        to_say=tuple(path_sentence(_say(words), path) for words in path.a_verifier_par_vous)
        if path.etat == DEPENDS
        else (),
        decides=_say(path.decide_par),
        pay=pay or (NOT_COVERED,),
        act=of_a_text(_say(path.acte), f"{name}.act"),
        competition=path.famille == "concours",
        dates=of_a_text(_say(path.calendrier), f"{name}.dates"),
        effects=tuple(
            of_a_text(_say(f"{effect.libelle} : {effect.texte}"), f"{name}.effect.{rank}")
            for rank, effect in enumerate(path.effets)
            if not effect.paie
        ),
        notes=tuple(
            of_a_text(_say(words), f"{name}.note.{rank}")
            for rank, words in enumerate(path.a_savoir)
        ),
        conditions=tuple(_condition(one, path, source) for one in path.conditions),
        source=source,
        why=discreet(why_of(path.explication)) if path.explication else None,
        texts=officials(map(reference_text, path.sources)),
        verify=path.a_verifier,
    )


def _say(words: str) -> str:
    """Return a sentence as a teacher reads it: no file, no union, no memory of ours."""
    return text.sentence(plainly(words))


def _pay_line(
    effect: Effect, about: str, standing: Standing | None, answer: EligibilityAnswer
) -> str:
    if _UNCOVERED in effect.texte:
        return f"{effect.libelle} : {NOT_COVERED[:1].lower()}{NOT_COVERED[1:]}"
    condition = plainly(effect.texte)
    if effect.montant is None:
        return of_a_text(f"{effect.libelle} : {condition}", about)
    if effect.unite == "indice majoré":
        return _classement(effect, about, standing, answer)
    unit = effect.unite or ""
    if "euros" in unit:
        amount = figure(text.money(effect.montant), about, effect.montant)
        per = unit.removeprefix("euros")
    else:
        amount = figure(number_text(effect.montant), about, effect.montant)
        per = f" {unit}"
    more = of_a_text(f", {condition}", f"{about}.more") if condition else ""
    return worded(f"{effect.libelle} : {{}}{per}{{}}", amount, more)


def _classement(
    effect: Effect, about: str, standing: Standing | None, answer: EligibilityAnswer
) -> str:
    """Return the place in the new corps, and the gap of gross that its index makes."""
    after = int(effect.montant or 0)
    index = figure(str(after), f"{about}.indice", after)
    place = of_a_text(f"{effect.libelle} : {plainly(effect.texte)}", about)
    words = worded("{}, indice majoré {}", place, index)
    gap = path_facts.gross_gap(standing, after, answer.jour) if standing else None
    if gap is None:
        return words
    change: str = "le même traitement brut"
    if gap.euros:
        more = figure(text.signed_money(gap.euros), f"{about}.gap", gap.euros, answer.jour)
        change = worded("{} bruts par mois à temps plein", more)
    before = figure(str(gap.index_before), "indice", gap.index_before, answer.jour)
    return worded(f"{{}} au lieu de {{}}, soit {{}} ({answer.jour.year})", words, before, change)


def _condition(one: PathCondition, path: PathAnswer, common: str) -> ConditionRow:
    state = "à préciser par vous"
    if one.remplie is not None:
        state = "remplie" if one.remplie else "non remplie"
    since = f", le {text.day(one.remplie_le)}" if one.remplie_le else ""
    other = " (une de plusieurs possibles)" if one.alternative else ""
    when = f" {one.au}" if one.au else ""
    source = official(reference_text(one.source))
    then = f"{one.a_la_reference} à cette date" if one.a_la_reference else one.a
    return ConditionRow(
        of_a_text(plainly(f"{one.condition}{other}"), f"path.{path.code}.asked"),
        path_sentence(f"{one.il_faut}{when}".strip(), path),
        path_sentence(then, path),
        path_sentence(f"{state}{since}", path),
        "" if source == common else source,
        one.source.confiance in ("C", "D"),
    )


def path_sentence(words: str, path: PathAnswer) -> Worded:
    """Return a sentence about a path, with the fact of each day and length of its answer."""
    name = f"path.{path.code}"
    days = (
        (name, path.a_partir_du),
        (f"{name}.since", path.depuis),
        (f"{name}.until", path.jusqu_au),
        (f"{name}.reference", path.date_reference),
        *((f"{name}.{place}.met", one.remplie_le) for place, one in enumerate(path.conditions)),
    )
    dated = [figure(text.day(day), quantity, day) for quantity, day in days if day is not None]
    return placed(words, *_conditions(name, path.conditions), *dated)


def _conditions(name: str, conditions: tuple[PathCondition, ...]) -> list[Worded]:
    """Return what each condition asks for and finds: words that a table or the file gives."""
    parts = (
        (f"{name}.{place}.{what}", words)
        for place, one in enumerate(conditions)
        for what, words in (
            ("had", one.a),
            ("then", one.a_la_reference),
            ("needed", one.il_faut),
            ("when", one.au),
        )
    )
    return [figure(words, quantity, words) for quantity, words in parts if _is_figure(words)]


def _is_figure(words: str) -> bool:
    return any(letter.isdigit() for letter in words)
