"""The real payslip beside the simulated one: which hypotheses, calculated again, explain the gap.

Nothing is guessed: an hypothesis is a change of the question, answered by `calculate`, and it is
kept only where every line typed then agrees.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayAnswer, PayQuestion
from iprof_kit.ui.own_situation.pay.fields import BULLETIN, LINES
from iprof_kit.ui.screens.ma_paie.guesses import KINDS, Amounts, Guess, guesses
from iprof_kit.ui.shared import text

TOLERANCE = 0.05
"""Euros: lines rounded one by one may differ by a few cents."""
_NEAR = 2.0
"""Euros: how far the sum of two effects may be from a gap before both are calculated together."""
_PATHS, _PAIRS = 5, 40


@dataclass(frozen=True)
class Line:
    """One line typed, beside what the kit calculates."""

    name: str
    read: float
    computed: float

    @property
    def gap(self) -> float:
        """Return the real line less the simulated one, in euros."""
        return round(self.read - self.computed, 2)

    @property
    def agrees(self) -> bool:
        """Tell whether the two lines are the same but for the rounding."""
        return abs(self.gap) <= TOLERANCE


@dataclass(frozen=True)
class Path:
    """Hypotheses taken together, and the payslip that they give."""

    guesses: tuple[Guess, ...]
    question: PayQuestion
    amounts: Amounts


@dataclass(frozen=True)
class Located:
    """The lines typed, the hypotheses that explain the gap, and the line that none explains."""

    lines: tuple[Line, ...]
    paths: tuple[Path, ...]
    unexplained: str = ""
    tried: Mapping[str, int] = field(default_factory=dict)
    """How many hypotheses of each kind were calculated."""

    @property
    def first_gap(self) -> Line | None:
        """Return the first line that differs."""
        return next((line for line in self.lines if not line.agrees), None)


def amounts_of(answer: PayAnswer) -> dict[str, float | None]:
    """Return the amounts of a simulated payslip under the names of the lines typed."""
    pay = sum(line.montant for line in answer.lignes if line.code == "TIB")
    totals = answer.totaux
    return {
        "traitement": pay,
        "brut": totals.brut,
        "net": totals.net_avant_impot,
        "paye": totals.net_a_payer,
    }


def locate(question: PayQuestion, read: Mapping[str, float]) -> Located:
    """Return where a real payslip leaves the simulated one, and what explains it.

    Parameters
    ----------
    question : PayQuestion
        Mode « mois ».
    read : mapping of str to float
        Some of `BULLETIN` → euros typed.
    """
    base = amounts_of(answer(question))
    names = [name for name in BULLETIN if name in read]
    lines = tuple(Line(name, read[name], _shown(base, name)) for name in names)
    paths = [Path((), question, base)]
    tried: Counter[str] = Counter()
    for place, name in enumerate(names):
        known = names[: place + 1]
        agreeing = [path for path in paths if _agrees(path.amounts, read, known)]
        agreeing = agreeing or _widened(paths, read, known, tried)
        if not agreeing:
            return Located(lines, tuple(path for path in paths if path.guesses), name, tried)
        paths = agreeing[:_PATHS]
    return Located(lines, tuple(path for path in paths if path.guesses), "", tried)


def _shown(amounts: Amounts, name: str) -> float:
    """Return an amount; without tax rate, what is paid is the net before tax."""
    value = amounts[name]
    return float(value if value is not None else amounts["net"] or 0)


def _agrees(amounts: Amounts, read: Mapping[str, float], names: list[str]) -> bool:
    return all(abs(_shown(amounts, name) - read[name]) <= TOLERANCE for name in names)


def _widened(
    paths: list[Path], read: Mapping[str, float], names: list[str], tried: Counter[str]
) -> list[Path]:
    """Return the paths that one more hypothesis, or else two, bring to agree."""
    agreeing: list[Path] = []
    agreed = BULLETIN.index(names[-2]) + 1 if len(names) > 1 else 0
    concerned = BULLETIN[agreed : BULLETIN.index(names[-1]) + 1]
    for path in paths:
        asked = guesses(path.question, path.amounts, read)
        made = list(_calculated(path, (g for g in asked if KINDS[g.kind] in concerned)))
        tried.update(one.guesses[-1].kind for one in made)
        fine = [one for one in made if _agrees(one.amounts, read, names)]
        if not fine:
            pairs = _calculated_pairs(path, made, read, names)
            fine = [one for one in pairs if _agrees(one.amounts, read, names)]
        agreeing += fine
    return agreeing


def _calculated(path: Path, more: Iterator[Guess]) -> Iterator[Path]:
    for guess in more:
        try:
            amounts = amounts_of(answer(guess.question))
        except KitError:  # an hypothesis that the law refuses explains nothing
            continue
        yield Path((*path.guesses, guess), guess.question, amounts)


def _calculated_pairs(
    path: Path, singles: list[Path], read: Mapping[str, float], names: list[str]
) -> Iterator[Path]:
    """Yield two hypotheses at once, where the sum of their effects comes near."""
    near = [
        (one, two)
        for one, two in itertools.combinations(singles, 2)
        if one.guesses[-1].kind != two.guesses[-1].kind
        and all(abs(_sum(path, one, two, name) - read[name]) <= _NEAR for name in names)
    ]
    near.sort(
        key=lambda pair: sum(abs(_sum(path, pair[0], pair[1], name) - read[name]) for name in names)
    )
    for one, two in near[:_PAIRS]:
        both = one.question.model_copy(update=_changes(path.question, two.question))
        try:
            amounts = amounts_of(answer(both))
        except KitError:
            continue
        yield Path((*one.guesses, two.guesses[-1]), both, amounts)


def _sum(path: Path, one: Path, two: Path, name: str) -> float:
    own = _shown(path.amounts, name)
    return _shown(one.amounts, name) + _shown(two.amounts, name) - own


def _changes(before: PayQuestion, after: PayQuestion) -> dict[str, Any]:
    names = type(before).model_fields
    return {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}


_LABELS = {name: line.label for name, line in LINES.items()}


@dataclass(frozen=True)
class GapView:
    """What a comparison with the real payslip says."""

    strong: str
    rest: str
    rows: tuple[tuple[str, Line, float | None], ...]
    """What each line typed is called, the line, and what the first explanation makes of it."""
    explanations: tuple[str, ...] = ()
    tried: str = ""


def gap_view(located: Located) -> GapView:
    """Return the comparison in sentences and in a table."""
    first = located.first_gap
    best = located.paths[0] if located.paths else None
    rows = tuple((_LABELS[one.name], one, _explained(one, best)) for one in located.lines)
    if first is None:
        agrees = "La ligne saisie concorde" if len(rows) == 1 else "Les lignes saisies concordent"
        return GapView(f"{agrees} avec ce calcul,", "à quelques centimes près.", rows)
    label = _LABELS[first.name]
    where = f"L’écart commence à la ligne « {label} » : {text.signed_money(first.gap)}."
    count = len(located.paths)
    if located.unexplained:
        rest = _unexplained(located)
    elif count == 1:
        rest = "Une hypothèse recalculée l’explique."
    else:
        rest = (
            f"{count} hypothèses recalculées l’expliquent également : votre bulletin dit laquelle "
            "est la vôtre."
        )
    return GapView(
        where,
        rest,
        rows,
        tuple(map(_words, located.paths)),
        _tried(located),
    )


def _explained(line: Line, best: Path | None) -> float | None:
    if best is None:
        return None
    amount = best.amounts[line.name]
    return best.amounts["net"] if amount is None else amount


def _words(path: Path) -> str:
    return text.sentence(", et ".join(guess.words for guess in path.guesses))


def _unexplained(located: Located) -> str:
    label = _LABELS[located.unexplained]
    before = (
        "Une hypothèse explique ce qui précède, mais aucune"
        if located.paths
        else "Aucune hypothèse"
    )
    return (
        f"{before} n’explique la ligne « {label} ». Un rappel, une absence, une ligne que ce kit "
        "ne calcule pas (la liste est plus bas) ou une valeur à corriger dans le formulaire "
        "peuvent en être la cause : votre gestionnaire de paie lit le détail."
    )


def _tried(located: Located) -> str:
    if not located.tried:
        return ""
    count = sum(located.tried.values())
    return f"{count} hypothèses recalculées une à une, puis par deux : {', '.join(located.tried)}."
