"""The sentences of a persona: their numbers come from the engine, what they claim is checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iprof_kit.base.calendar import date_text, rentree_day
from iprof_kit.base.words import NBSP, echelon_label, grade_words, nth, position_label
from iprof_kit.calculate.atelier.model import LETTERS, Attendu, Avant2017, Persona, Phrase
from iprof_kit.calculate.et_si.answer import EtSiAnswer, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.gap import Parts, Stretch, stretches, summed

_NAMED = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GRADES = ("classe_normale", "grade_unique")
_YEARS_AHEAD = 10
_WAYS = {"plus": "plus", "moins": "moins", "egal": "autant"}


@dataclass(frozen=True)
class Lived:
    """A persona and what the engine answers of her scenarios.

    Examples
    --------
    >>> from iprof_kit.calculate.atelier.files import personas
    >>> claire = Lived.of(personas()["claire_vasseur"])
    >>> len(claire.answer.scenarios) > 1
    True
    """

    persona: Persona
    answer: EtSiAnswer

    @staticmethod
    def of(persona: Persona) -> Lived:
        """Ask the engine.

        Raises
        ------
        InputError, LawError
            The law does not answer about her.
        """
        return Lived(persona, answer(persona.question(persona.scenarios, persona.jour)))

    @property
    def until(self) -> date:
        """The first day after the horizon."""
        return horizon_day(self.persona.horizon or self.persona.jour.year + _YEARS_AHEAD)

    def scenario(self, letter: str) -> ScenarioCalcule | None:
        """Return a scenario by its letter; None where there is none."""
        rank = LETTERS.index(letter)
        return self.answer.scenarios[rank] if rank < len(self.answer.scenarios) else None


def horizon_day(year: int) -> date:
    """Return the first day that is not counted: that of the rentrée of the year."""
    return rentree_day(year)


def typed_numbers(words: str) -> list[str]:
    """Return the numbers that a sentence types itself; years are dates, and stay.

    Examples
    --------
    >>> typed_numbers("Reclassé en 2017, il passe du 7 au {echelon}.")
    ['7']
    """
    plain = _NAMED.sub("", words)
    return [number for number in _NUMBER.findall(plain) if not _YEAR.fullmatch(number)]


def unknown_names(words: str) -> list[tuple[str, str]]:
    """Return the names between braces that nothing bears, each with the nearest one or ""."""
    wrong = [name for name in _NAMED.findall(words) if name not in FACTS]
    return [(name, next(iter(difflib.get_close_matches(name, FACTS, 1)), "")) for name in wrong]


class Statement:
    """One sentence of a persona, between her scenarios and a day."""

    def __init__(self, lived: Lived, phrase: Phrase) -> None:
        self.lived, self.phrase = lived, phrase
        self.day = phrase.le or lived.persona.jour

    @cached_property
    def one(self) -> ScenarioCalcule:
        """The scenario of which the sentence speaks."""
        return self._named(self.phrase.scenario)

    @cached_property
    def other(self) -> ScenarioCalcule:
        """The one with which it compares: by default, the first that is not the same."""
        default = LETTERS[1] if self.phrase.scenario == LETTERS[0] else LETTERS[0]
        return self._named(self.phrase.contre or default)

    def _named(self, letter: str) -> ScenarioCalcule:
        named = self.lived.scenario(letter)
        if named is None:
            raise _MissingError(f"il n’y a pas de scénario {letter}")
        return named

    @cached_property
    def piece(self) -> Tranche:
        """Where she is paid on the day."""
        return self._piece(self.one)

    @cached_property
    def piece_of_other(self) -> Tranche:
        """Where the other scenario is paid on the day."""
        return self._piece(self.other)

    def _piece(self, one: ScenarioCalcule) -> Tranche:
        pieces = [piece for piece in one.tranches if piece.debut <= self.day < one.depart]
        if not pieces:
            raise _MissingError(f"le {date_text(self.day)} est hors de la carrière simulée")
        return pieces[-1]

    @cached_property
    def parted(self) -> tuple[Stretch, ...]:
        """What parts the two scenarios up to the horizon."""
        return stretches(self.one, self.other, self.lived.until)

    @property
    def gap(self) -> Parts:
        """What parts them in all."""
        return summed(self.parted)

    @property
    def gap_of_the_month(self) -> float:
        """What parts the net of a month, on the day."""
        return round(self.piece.net - self.piece_of_other.net, 2)

    @property
    def index_gap(self) -> float:
        """What parts the indices on the day."""
        return self.piece.indice_majore - self.piece_of_other.indice_majore

    @property
    def pension_gap(self) -> float:
        """What parts the pensions: by the amount, or by the lower bounds."""
        amounts = []
        for one in (self.one, self.other):
            pension = one.pension
            amount = None if pension is None else pension.brute or pension.basse
            if amount is None:
                reason = pension.motif if pension else "date de naissance inconnue"
                raise _MissingError(f"la pension n’est pas calculée ({reason})")
            amounts.append(amount)
        return round(amounts[0] - amounts[1], 2)

    def text(self) -> str:
        """Return the sentence with the engine's numbers.

        Raises
        ------
        ValueError
            The engine does not know one of them; the message says why.
        """
        return _NAMED.sub(lambda name: FACTS[name[1]](self), self.phrase.texte)

    def faults(self) -> list[str]:
        """Return what the sentence says that the engine does not, in French."""
        try:
            self.text()
            return self._against(self.phrase.attendu) if self.phrase.attendu else []
        except _MissingError as missing:
            return [str(missing)]

    def _against(self, claimed: Attendu) -> list[str]:
        where = f"scénario {self.phrase.scenario}, le {date_text(self.day)}"
        faults = []
        for name in ("grade", "echelon", "chevron", "quotite"):
            wanted = getattr(claimed, name)
            if wanted is not None and wanted != (got := getattr(self.piece, name)):
                faults.append(
                    f"la phrase attend « {name} : {wanted} », le calcul donne « {got} » ({where})"
                )
        gaps: dict[str, Callable[[], float]] = {
            "ecart": lambda: self.gap.net,
            "ecart_du_mois": lambda: self.gap_of_the_month,
            "indice": lambda: self.index_gap,
            "pension": lambda: self.pension_gap,
        }
        for name, gap in gaps.items():
            wanted = getattr(claimed, name)
            if wanted is not None and (got := _way(gap())) != wanted:
                faults.append(
                    f"la phrase attend « {name} : {wanted} », le calcul donne "
                    f"« {_WAYS[got]} » ({where})"
                )
        return faults


class _MissingError(ValueError):
    """What a sentence names and the engine does not have."""


def _way(gap: float) -> str:
    return "egal" if not gap else "plus" if gap > 0 else "moins"


def _euros(amount: float) -> str:
    """Return « 8 405 € »: a sentence speaks to the euro."""
    return f"{round(abs(amount)):,}{NBSP}€".replace(",", NBSP)


def _departure(claim: Statement) -> str:
    return date_text(claim.one.depart)


def _pension(claim: Statement) -> str:
    pension = claim.one.pension
    if pension is None or (pension.brute is None and pension.basse is None):
        raise _MissingError("la pension n’est pas calculée")
    if pension.brute is not None:
        return _euros(pension.brute)
    return f"de {_euros(pension.basse or 0)} à {_euros(pension.haute or 0)}"


def _of_2017(claim: Statement) -> Avant2017:
    before = claim.lived.persona.avant_2017
    if before is None:
        raise _MissingError("cette persona ne dit pas son échelon d’avant 2017 (« avant_2017 »)")
    return before


def _after_2017(claim: Statement) -> str:
    there = _of_2017(claim).placed()
    return echelon_label(there.echelon, there.chevron)


def _indices_2017(claim: Statement) -> tuple[int, int]:
    indices = _of_2017(claim).indices()
    if indices is None:
        raise _MissingError("les tables n’ont pas l’indice de cet échelon d’avant 2017")
    return indices


def _credited(claim: Statement) -> str:
    words = claim.lived.persona.credited()
    if not words:
        raise _MissingError("cette persona n’a pas de reprise de services (« entree »)")
    return words


FACTS: dict[str, Callable[[Statement], str]] = {
    "prenom": lambda claim: claim.lived.persona.prenom,
    "le": lambda claim: date_text(claim.day),
    "echelon": lambda claim: nth(claim.piece.echelon),
    "grade": lambda claim: grade_words(claim.piece.grade),
    "position": lambda claim: position_label(
        claim.piece.grade, claim.piece.echelon, claim.piece.chevron
    ),
    "indice": lambda claim: str(claim.piece.indice_majore),
    "indice_contre": lambda claim: str(claim.piece_of_other.indice_majore),
    "quotite": lambda claim: f"{claim.piece.quotite}{NBSP}%",
    "net": lambda claim: _euros(claim.piece.net),
    "brut": lambda claim: _euros(claim.piece.brut),
    "net_contre": lambda claim: _euros(claim.piece_of_other.net),
    "ecart": lambda claim: _euros(claim.gap.net),
    "ecart_du_mois": lambda claim: _euros(claim.gap_of_the_month),
    "horizon": lambda claim: str(claim.lived.until.year),
    "depart": _departure,
    "pension": _pension,
    "ecart_de_pension": lambda claim: _euros(claim.pension_gap),
    "repris": _credited,
    "echelon_avant_2017": lambda claim: echelon_label(_of_2017(claim).echelon),
    "echelon_apres_2017": _after_2017,
    "indice_avant_2017": lambda claim: str(_indices_2017(claim)[0]),
    "indice_apres_2017": lambda claim: str(_indices_2017(claim)[1]),
}
"""What a sentence may name between braces."""
