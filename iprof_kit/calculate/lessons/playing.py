"""A lesson on a day: its values calculated, its sentences written, its claims checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import ValidationError

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.words import number_text, unaccented
from iprof_kit.calculate.atelier.seance import Seance, packed
from iprof_kit.calculate.guides.law.pages import rule_in_force
from iprof_kit.calculate.interface.official_texts import TO_VERIFY, official_texts
from iprof_kit.calculate.lessons.conditions import Condition
from iprof_kit.calculate.lessons.model import EcranEcrit, Lesson
from iprof_kit.calculate.lessons.played import (
    Ecran,
    LeconJouee,
    Question,
    Reponse,
    Revelation,
)
from iprof_kit.calculate.lessons.reading import UnknownError
from iprof_kit.calculate.lessons.values import ALWAYS, Computed, Values
from iprof_kit.calculate.lessons.writing import UNITS

T = TypeVar("T")
NAMED = re.compile(r"\{([^{}]*)\}")
Where = tuple[str | int, ...]
_MOST_SOURCES = 4
"""Texts that a reveal names: the rules' first."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a lesson: on which screen (None: the front matter), at which key."""

    screen: int | None
    where: Where
    what: str


class _FaultError(Exception):
    def __init__(self, where: Where, what: str) -> None:
        super().__init__(what)
        self.where, self.what = where, what


def played(lesson: Lesson, jour: date | None = None) -> LeconJouee:
    """Return a lesson ready to be played.

    Parameters
    ----------
    jour : date, optional
        The day of its euros and of its law, instead of that of the file.

    Raises
    ------
    InputError
        On this day the engine does not answer, or contradicts a sentence of the lesson.

    Examples
    --------
    >>> from iprof_kit.calculate.lessons import lessons
    >>> played(lessons()["hors_classe"]).titre
    'La hors classe'
    """
    made, wrong = _played(lesson, jour or lesson.jour)
    if made is None:
        first = wrong[0]
        screen = "" if first.screen is None else f", écran {first.screen + 1}"
        raise InputError(
            f"le {date_text(jour or lesson.jour)}, cette leçon ne tient pas : {first.what}.",
            where=f"{lesson.titre}{screen}",
            remedy="Choisissez un autre jour, ou reprenez le fichier de la leçon.",
        )
    return made


def faults(lesson: Lesson, jour: date | None = None) -> tuple[Fault, ...]:
    """Return what the engine says against a lesson on a day; nothing where it can be played."""
    return _played(lesson, jour or lesson.jour)[1]


def _played(lesson: Lesson, day: date) -> tuple[LeconJouee | None, tuple[Fault, ...]]:
    values = Values(lesson, day)
    wrong = _value_faults(lesson, values)
    screens: list[Ecran] = []
    for rank, written in enumerate(lesson.ecrans):
        try:
            screens.append(_Screen(lesson, values, written).made())
        except _FaultError as fault:
            wrong.append(Fault(rank, fault.where, fault.what))
    if wrong:
        return None, tuple(wrong)
    made = LeconJouee(
        id=lesson.id,
        titre=lesson.titre,
        minutes=lesson.minutes,
        jour=day,
        ecrans=tuple(screens),
    )
    return made, ()


def _value_faults(lesson: Lesson, values: Values) -> list[Fault]:
    """Return why some values are not calculated, each reason once."""
    wrong = []
    for name in lesson.valeurs:
        try:
            values[name]
        except UnknownError as reason:
            wrong.append(Fault(None, ("valeurs", name), str(reason)))
    return wrong


class _Screen:
    """One screen on the day: what it names is remembered, for its sources and its doubts."""

    def __init__(self, lesson: Lesson, values: Values, written: EcranEcrit) -> None:
        self.lesson, self.values, self.written = lesson, values, written
        self.named: dict[str, Computed] = {}

    def made(self) -> Ecran:
        """Return the screen.

        Raises
        ------
        _FaultError
            The engine does not answer, or contradicts it.
        """
        one = self.written
        self._check_claims()
        question = self._question() if one.forme else None
        answer = self._answer(question) if question else None
        try:
            return Ecran(
                titre=self._words(one.titre, ("titre",)),
                texte="" if question else self._prose(one.avant, one.apres),
                question=question,
                revelation=None if answer is None else self._reveal(answer),
                figure=self._figure(one.figure) if one.figure else "",
                retenir=tuple(
                    (
                        self._words(line.chiffre, ("retenir", rank)),
                        self._words(line.texte, ("retenir", rank)),
                    )
                    for rank, line in enumerate(one.retenir)
                ),
            )
        except ValidationError as error:
            raise _FaultError(("titre",), _too_long(error)) from error

    def _check_claims(self) -> None:
        for rank, claim in enumerate(self.written.verifie):
            if not self._holds(claim, ("verifie", rank)):
                raise _FaultError(
                    ("verifie", rank),
                    f"l’écran affirme « {claim} », le calcul donne {self._given(claim)}",
                )

    def _holds(self, claim: str, where: Where) -> bool:
        """Tell whether a claim is true; the values that it names are then those of the screen."""
        condition = self._asked(lambda: Condition.read(claim), where)
        for name in (condition.left, condition.right):
            if name in self.lesson.valeurs:
                self._value(name, where)
        return self._asked(lambda: self.values.holds(condition), where)

    def _given(self, claim: str) -> str:
        condition = Condition.read(claim)
        names = [condition.left]
        if condition.right in (*ALWAYS, *self.lesson.valeurs):
            names.append(condition.right)
        return ", ".join(f"{name} = {self.values[name].text}" for name in names)

    def _value(self, name: str, where: Where) -> Computed:
        self.named[name] = self._asked(lambda: self.values[name], where)
        return self.named[name]

    def _asked(self, ask: Callable[[], T], where: Where) -> T:
        try:
            return ask()
        except KitError as error:
            raise _FaultError(where, error.message.strip(" .")) from error
        except ValueError as reason:
            raise _FaultError(where, str(reason)) from reason

    def _words(self, words: str, where: Where) -> str:
        return NAMED.sub(lambda name: self._value(name[1], where).text, words)

    def _prose(self, *parts: str) -> str:
        return "\n\n".join(self._words(part, ("texte",)) for part in parts if part)

    def _question(self) -> Question:
        one, slider = self.written, self.written.curseur
        choices = tuple(
            self._words(choice.texte, ("choix", rank)) for rank, choice in enumerate(one.choix)
        )
        same = _equal(choices)
        if same is not None:
            raise _FaultError(("choix", same), f"deux choix sont égaux : « {choices[same]} »")
        try:
            return Question(
                forme=one.forme or "choix",
                texte=self._words(one.titre, ("titre",)),
                precision=self._prose(one.avant),
                choix=choices,
                minimum=slider.minimum if slider else None,
                maximum=slider.maximum if slider else None,
                pas=slider.pas if slider else None,
                unite=self._unit(),
                secondes=one.secondes,
            )
        except ValidationError as error:
            raise _FaultError(("forme",), _too_long(error)) from error

    def _unit(self) -> str:
        """Return the unit of the slider: that of the answer, where the file says none."""
        if self.written.curseur is None or not self.written.reponse:
            return ""
        answer = self._value(self.written.reponse, ("reponse",))
        return self.written.curseur.unite or UNITS.get(answer.written, "")

    def _answer(self, question: Question) -> Reponse:
        if question.forme == "estimation":
            return self._estimated(question)
        if question.forme == "ordre":
            return self._ordered()
        right = self._right()
        if question.forme == "choix" and len(right) != 1:
            raise _FaultError(
                ("choix",), f"un seul choix doit être juste, le calcul en donne {len(right)}"
            )
        if not right:
            raise _FaultError(("choix",), "aucun choix n’est juste d’après le calcul")
        if len(right) == len(question.choix):
            raise _FaultError(("choix",), "tous les choix sont justes d’après le calcul")
        return Reponse(choix=right)

    def _right(self) -> tuple[int, ...]:
        """Return the choices that are right: those that name the answer, or whose claim holds."""
        one = self.written
        if one.reponse:
            self._value(one.reponse, ("reponse",))
            name = f"{{{one.reponse}}}"
            return tuple(rank for rank, each in enumerate(one.choix) if name in each.texte)
        return tuple(
            rank
            for rank, each in enumerate(one.choix)
            if self._holds(each.si, ("choix", rank, "si"))
        )

    def _estimated(self, question: Question) -> Reponse:
        name = self.written.reponse or ""
        answer = self._value(name, ("reponse",))
        low, high = question.minimum or 0.0, question.maximum or 0.0
        if not isinstance(answer.value, float):
            raise _FaultError(("reponse",), f"« {name} » n’est pas un nombre")
        value = abs(answer.value)  # as its words say it: « 45 € de moins »
        if not low <= value <= high:
            raise _FaultError(
                ("curseur",),
                f"la réponse, {answer.text}, est hors du curseur "
                f"({number_text(low)} à {number_text(high)})",
            )
        return Reponse(valeur=round(value, 2))

    def _ordered(self) -> Reponse:
        one = self.written
        ranks = [
            self._value(each.rang or "", ("choix", rank)).value
            for rank, each in enumerate(one.choix)
        ]
        if len({type(rank) for rank in ranks}) > 1:
            raise _FaultError(("choix",), "ces valeurs ne se rangent pas ensemble")
        if len(set(ranks)) < len(ranks):
            raise _FaultError(("choix",), "deux choix sont à la même place d’après le calcul")
        places = sorted(
            range(len(ranks)),
            key=lambda rank: ranks[rank],
            reverse=one.sens == "decroissant",
        )
        if places == sorted(places):
            raise _FaultError(("choix",), "les choix sont déjà dans l’ordre : mélangez-les")
        return Reponse(choix=tuple(places))

    def _reveal(self, answer: Reponse) -> Revelation:
        one, day = self.written, self.values.day
        value = self._words(one.revele or self._right_words(answer), ("revele",))
        heading = self._words(one.chapeau, ("chapeau",))
        text = self._prose(one.apres)
        papers = [each.papers(one.regles) for each in self.named.values()]
        rules = [rule_in_force(name, day).source for name in one.regles]
        read_by_rules = [text for texts, _ in papers for text in texts]
        try:
            return Revelation(
                juste=answer,
                valeur=value,
                chapeau=heading,
                texte=text,
                sources=_texts((*rules, *read_by_rules)),
                droit_du=day,
                a_verifier=any(doubtful for _, doubtful in papers),
            )
        except ValidationError as error:
            raise _FaultError(("revele",), _too_long(error)) from error

    def _right_words(self, answer: Reponse) -> str:
        """Return what the file would have to say: the choices that are right, or the value."""
        if self.written.forme == "estimation":
            return f"{{{self.written.reponse}}}"
        between = " → " if self.written.forme == "ordre" else " ; "
        return between.join(self.written.choix[rank].texte for rank in answer.choix)

    def _figure(self, name: str) -> str:
        persona = self._asked(lambda: self.values.lived(name).persona, ("figure",))
        letters = packed(Seance.of(persona))
        if not letters:
            raise _FaultError(("figure",), "ces scénarios sont trop longs pour être montrés")
        return letters


def _texts(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the official texts that sources name, each once, the first ones."""
    named = dict.fromkeys(text for source in sources for text in official_texts(source))
    return tuple(named)[:_MOST_SOURCES] or (TO_VERIFY,)


def _equal(choices: tuple[str, ...]) -> int | None:
    """Return the place of a choice that says what an earlier one says."""
    bare = [re.sub(r"[\s\u00a0\u202f.]+", "", unaccented(one).lower()) for one in choices]
    return next((rank for rank, one in enumerate(bare) if one in bare[:rank]), None)


def _too_long(error: ValidationError) -> str:
    """Return the first thing that a screen cannot be, in French."""
    first = error.errors()[0]
    if first["type"] == "string_too_long":
        return f"ce texte est trop long : {first['ctx']['max_length']} signes au plus"
    if first["type"] == "value_error":
        return str(first["msg"]).removeprefix("Value error, ")
    return "une valeur n’est pas possible"
