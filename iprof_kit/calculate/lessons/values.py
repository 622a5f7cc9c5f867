"""What a lesson names, calculated: of a person, of a question, of a table, or of two values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import KitError
from iprof_kit.base.explanation import AppliedRule, Trace, explain
from iprof_kit.base.plain import Plain
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import counted
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.model import Persona, Phrase
from iprof_kit.calculate.atelier.sentences import FACTS, Lived, Statement
from iprof_kit.calculate.et_si.gap import apart
from iprof_kit.calculate.guides.facts import facts
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.lessons.conditions import Comparable, Condition
from iprof_kit.calculate.lessons.model import Lesson, Personne, Valeur, Written
from iprof_kit.calculate.lessons.reading import UnknownError, comparable, read
from iprof_kit.calculate.lessons.writing import OF_UNITS, in_words
from iprof_kit.calculate.subjects import subject
from iprof_kit.law.tables.loading import table

HUNDRED = 100
ALWAYS = ("jour", "annee")
"""The names that every lesson has: the day on which it is played, and its year."""
_WORDS = frozenset(
    {
        "prenom",
        "grade",
        "position",
        "repris",
        "echelon_avant_2017",
        "echelon_apres_2017",
    }
)
"""The facts of a person that are words; all the others are numbers or days."""
_PLACED = frozenset({"repris", "echelon", "position", "indice"})
"""The facts that the reprise of services decides, for who entered by it."""
_NUMBERS: dict[str, Callable[[Statement], Comparable]] = {
    "le": lambda claim: claim.day,
    "depart": lambda claim: claim.one.depart,
    "echelon": lambda claim: _digits(claim.piece.echelon),
    "indice": lambda claim: float(claim.piece.indice_majore),
    "indice_contre": lambda claim: float(claim.piece_of_other.indice_majore),
    "quotite": lambda claim: float(claim.piece.quotite),
    "net": lambda claim: claim.piece.net,
    "brut": lambda claim: claim.piece.brut,
    "net_contre": lambda claim: claim.piece_of_other.net,
    "ecart": lambda claim: claim.gap.net,
    "ecart_du_mois": lambda claim: claim.gap_of_the_month,
    "ecart_de_pension": lambda claim: claim.pension_gap,
    "pension": lambda claim: _pension(claim),
    "horizon": lambda claim: float(claim.lived.until.year),
    "indice_avant_2017": lambda claim: _digits(FACTS["indice_avant_2017"](claim)),
    "indice_apres_2017": lambda claim: _digits(FACTS["indice_apres_2017"](claim)),
    "mois_d_ecart": lambda claim: _months_apart(claim),
}
PERSON_FACTS = (*FACTS, *(name for name in _NUMBERS if name not in FACTS))
"""What `lit` may name of a person."""


@dataclass(frozen=True)
class Computed:
    """One value: to compare, to read, and the papers on which it rests."""

    value: Comparable
    text: str
    written: Written = "texte"
    sources: tuple[str, ...] = ()
    doubtful: bool = False
    line_doubtful: bool = False
    """The very line that was read is to verify, whatever the other rules say."""
    steps: tuple[AppliedRule, ...] = ()
    """The rules applied to find it, each with the rows that it read."""

    def papers(self, rules: Collection[str]) -> tuple[tuple[str, ...], bool]:
        """Return the sources of what some rules read to find it, and whether one is doubtful.

        Of a value that none of these rules gave, its own.
        """
        read_by = [one for step in self.steps if step.rule in rules for one in step.parameters]
        if not read_by:
            return self.sources, self.doubtful
        return (
            tuple(dict.fromkeys(one.source for one in read_by)),
            self.line_doubtful or any(to_verify(one.confidence) for one in read_by),
        )


class Values:
    """The values of a lesson on a day, each calculated once, when it is first named."""

    def __init__(self, lesson: Lesson, day: date) -> None:
        self.lesson, self.day = lesson, day
        self._known: dict[str, Computed] = {}
        self._open: list[str] = []
        self._lived: dict[str, Lived] = {}
        self._answers: dict[str, tuple[Plain, Trace]] = {}
        self._known["jour"] = Computed(day, date_text(day), "date")
        self._known["annee"] = Computed(float(day.year), str(day.year), "nombre")

    def __getitem__(self, name: str) -> Computed:
        """Return a value by its name.

        Raises
        ------
        UnknownError
            The engine does not answer on this day, or the value names itself.
        """
        if name not in self._known:
            if name in self._open:
                raise UnknownError(f"« {name} » se calcule à partir d’elle-même")
            self._open.append(name)
            try:
                self._known[name] = self._calculated(self.lesson.valeurs[name])
            except KitError as error:
                raise UnknownError(f"{error.message} {error.remedy}".strip(" .")) from error
            except OverflowError as error:
                raise UnknownError("un nombre de la question est trop grand") from error
            finally:
                self._open.remove(name)
        return self._known[name]

    def holds(self, condition: Condition) -> bool:
        """Tell whether a condition is true on this day.

        Raises
        ------
        UnknownError, ValueError
            One of its values is not known, or the two cannot be compared.
        """
        known = condition.right in (*ALWAYS, *self.lesson.valeurs)
        right = self[condition.right].value if known else condition.constant()
        return condition.holds(self[condition.left].value, right)

    def persona(self, name: str) -> Persona:
        """Return somebody of the lesson as she is shown: her scenarios, on the day of the lesson.

        Raises
        ------
        KitError
            The law does not answer about her.
        """
        here = self.lesson.personnes.get(name, Personne(persona=name))
        persona = personas()[here.persona]
        return persona.model_copy(
            update={
                "jour": self.day,
                "horizon": here.horizon or persona.horizon,
                "scenarios": here.scenarios or persona.scenarios,
            }
        )

    def lived(self, name: str) -> Lived:
        """Return what the engine answers about somebody of the lesson.

        Raises
        ------
        KitError, UnknownError
            The law does not answer, or refuses an event.
        """
        if name not in self._lived:
            lived = Lived.of(self.persona(name))
            for scenario in lived.answer.scenarios:
                for refusal in scenario.refus:
                    reason = f"le droit refuse un événement ({scenario.nom}) : {refusal.motif}"
                    raise UnknownError(reason.strip(" ."))
            self._lived[name] = lived
        return self._lived[name]

    def answer(self, name: str) -> tuple[Plain, Trace]:
        """Return what the engine answers to a question of the lesson, and how it came to it.

        Raises
        ------
        KitError
            The question is wrong, or the law does not answer.
        """
        if name not in self._answers:
            chosen = subject(self._subject(name))
            asked = self._replaced(self._question(name))
            question = question_of(chosen.question, json.dumps(asked, default=str))
            with explain() as trace:
                self._answers[name] = chosen.one(question), trace
        return self._answers[name]

    def _subject(self, name: str) -> str:
        here = self.lesson.demandes[name]
        return self._subject(here.comme) if here.comme else here.sujet

    def _question(self, name: str) -> dict[str, Any]:
        here = self.lesson.demandes[name]
        return {**(self._question(here.comme) if here.comme else {}), **here.question}

    def _replaced(self, value: Any) -> Any:
        """Return the same with the day of the lesson where `{jour}` or `{annee}` is written."""
        if isinstance(value, list):
            return [self._replaced(each) for each in value]
        if isinstance(value, dict):
            return {key: self._replaced(each) for key, each in value.items()}
        return {"{jour}": self.day.isoformat(), "{annee}": self.day.year}.get(str(value), value)

    def _calculated(self, asked: Valeur) -> Computed:
        if asked.personne:
            return self._of_a_person(asked, asked.personne)
        if asked.demande:
            return self._of_an_answer(asked, asked.demande)
        return self._of_a_table(asked) if asked.table else self._of_two(asked)

    def _of_a_person(self, asked: Valeur, name: str) -> Computed:
        phrase = Phrase(
            texte="-", scenario=asked.scenario, contre=asked.contre, le=asked.le or self.day
        )
        claim = Statement(self.lived(name), phrase)
        try:
            if asked.lit in _WORDS:
                words = FACTS[asked.lit](claim)
                return Computed(words, words, doubtful=_doubtful(claim, asked.lit))
            value = _NUMBERS[asked.lit](claim)
            text = FACTS[asked.lit](claim) if asked.lit in FACTS else ""
        except KitError:
            raise
        except ValueError as missing:
            raise UnknownError(str(missing)) from missing
        written = asked.en or _of_fact(asked.lit)
        if asked.en or asked.arrondi or not text:
            value, text = in_words(value, written, asked.arrondi)
        return Computed(value, text, written, doubtful=_doubtful(claim, asked.lit))

    def _of_an_answer(self, asked: Valeur, name: str) -> Computed:
        answer, trace = self.answer(name)
        value, unit, holder = read(answer, asked.lit)
        written = asked.en or OF_UNITS.get(unit, "nombre")
        known = comparable(value, asked.lit)
        if asked.divise_par and isinstance(known, float):
            known /= asked.divise_par
        made, text = in_words(known, written, asked.arrondi)
        own = getattr(holder, "a_verifier", None)
        doubtful = bool(getattr(answer, "a_verifier", False)) if own is None else bool(own)
        line = doubtful and hasattr(holder, "confiance")
        return Computed(
            made, text, written, _sources_of(holder), doubtful, line, tuple(trace.steps)
        )

    def _of_a_table(self, asked: Valeur) -> Computed:
        name = str(asked.table)
        columns = list(table(name).columns) if asked.somme else [asked.lit]
        rows = facts(name, columns, on=self.day, where=asked.ou).rows
        rows = tuple(row for row in rows if row.values[asked.lit])
        if not rows or (len(rows) > 1 and not asked.somme):
            raise UnknownError(
                f"la table {name} donne {counted(len(rows), 'valeur')} pour ce choix le "
                f"{date_text(self.day)} : une seule est attendue (précisez « ou »)"
            )
        value = self._cells([row.values[asked.lit] for row in rows], asked)
        written = asked.en or ("texte" if isinstance(value, str) else "nombre")
        made, text = in_words(value, written, asked.arrondi)
        sources = tuple(dict.fromkeys(row.source for row in rows))
        doubtful = any(to_verify(row.confidence) for row in rows)
        return Computed(made, text, written, sources, doubtful)

    @staticmethod
    def _cells(cells: list[str], asked: Valeur) -> Comparable:
        """Return what cells hold: their total, or the only one, as a number where it is one."""
        if not all(map(_is_number, cells)):
            if len(cells) > 1 or asked.divise_par:
                raise UnknownError(f"la colonne « {asked.lit} » n’a pas que des nombres")
            return cells[0]
        return sum(map(float, cells)) / (asked.divise_par or 1)

    def _of_two(self, asked: Valeur) -> Computed:
        first = self[str(asked.de)]
        other = self[str(asked.moins or asked.plus or asked.sur)]
        if not (isinstance(first.value, float) and isinstance(other.value, float)):
            raise UnknownError("ces deux valeurs ne sont pas des nombres")
        written: Written = asked.en or ("pour_cent" if asked.sur else first.written)
        if asked.sur and not other.value:
            raise UnknownError("une part de rien ne se calcule pas")
        if asked.sur:
            value = HUNDRED * first.value / other.value
        else:
            value = first.value - other.value if asked.moins else first.value + other.value
        value /= asked.divise_par or 1
        made, text = in_words(round(value, 2), written, asked.arrondi)
        sources = tuple(dict.fromkeys((*first.sources, *other.sources)))
        return Computed(
            made,
            text,
            written,
            sources,
            first.doubtful or other.doubtful,
            first.line_doubtful or other.line_doubtful,
            (*first.steps, *other.steps),
        )


def _of_fact(name: str) -> Written:
    if name in {"le", "depart"}:
        return "date"
    if name == "mois_d_ecart":
        return "mois"
    if name == "quotite":
        return "pour_cent"
    return "nombre" if name.startswith(("indice", "echelon", "horizon")) else "euros"


def _sources_of(holder: Plain) -> tuple[str, ...]:
    """Return the texts of a line or of an answer."""
    if isinstance(single := getattr(holder, "source", None), str):
        return (single,)
    return tuple(one.texte for one in getattr(holder, "sources", ()))


def _doubtful(claim: Statement, name: str) -> bool:
    """Tell whether a fact of a person rests on something to verify."""
    persona = claim.lived.persona
    if name.endswith("_2017") and persona.avant_2017:
        return persona.avant_2017.placed().a_verifier
    if name in _PLACED and persona.entree:
        return persona.entree.placed().a_verifier
    if name in {"ecart", "mois_d_ecart"}:
        return any(one.first.a_verifier or one.second.a_verifier for one in claim.parted)
    if name in {"pension", "ecart_de_pension"}:
        both = (claim.one, claim.other) if name == "ecart_de_pension" else (claim.one,)
        return any(one.pension.a_verifier for one in both if one.pension)
    if name in {"net", "brut", "net_contre", "ecart_du_mois"}:
        return claim.piece.a_verifier or (
            name in {"net_contre", "ecart_du_mois"} and claim.piece_of_other.a_verifier
        )
    return False


def _pension(claim: Statement) -> float:
    amount = claim.one.pension.brute if claim.one.pension else None
    if amount is None:
        raise ValueError("la pension n’est pas calculée, ou seulement entre deux bornes")
    return amount


def _months_apart(claim: Statement) -> float:
    """Return during how many months the two scenarios are not paid the same."""
    return float(round(sum(one.months for run in apart(claim.parted) for one in run)))


def _digits(text: str) -> Comparable:
    return float(text) if text.isdigit() else text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
