"""Reasons: one sentence and its equation, the rules, the whole trace."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from iprof_kit.calculate.interface.equations import Term
from iprof_kit.calculate.interface.explained import Explanation, Reference
from iprof_kit.calculate.interface.headline import Headline, headline
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Pair:
    """One line of a reason; `result` closes it, `kind` says what is not the law's."""

    label: str
    value: str
    verify: bool = False
    result: bool = False
    kind: str = ""


@dataclass(frozen=True)
class RulesRead:
    """The rules of one chapter of the texts: its title, the number and the address of each."""

    title: str
    links: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Why:
    """A reason that opens in place: question, rule, steps, sources."""

    question: str
    rule: str
    pairs: tuple[Pair, ...] = ()
    sources: tuple[str, ...] = ()
    rules: tuple[RulesRead, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    """What each row of a table gave, and the address at which the row is read."""
    opening: Headline = field(default_factory=lambda: Headline(""))
    """What is understood in ten seconds: one sentence, its equation or its time."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The boxes of the equation, in final text."""
        return tuple(Term(one.written, one.label, one.sign) for one in self.opening.terms)


@dataclass(frozen=True)
class Reason:
    """One line that has a reason; `why` once it was opened, by what is asked."""

    label: str
    asks: str
    why: Why | None = None


def discreet(why: Why) -> Why:
    """Return a reason that names official texts only: letters are in « Règles et sources »."""
    return replace(why, sources=each_once(officials(why.sources)))


def each_once(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out a text that another line names with the days on which it is in force.

    Examples
    --------
    >>> each_once(("décret 90-680", "décret 90-680, en vigueur depuis le 1er septembre 2017"))
    ('décret 90-680, en vigueur depuis le 1er septembre 2017',)
    """
    return tuple(
        one
        for one in sources
        if not any(other.startswith(f"{one}, en vigueur") for other in sources)
    )


_KINDS = {"donnee": "donnée", "hypothese": "hypothèse", "refus": "refus"}


def why_of(explanation: Explanation) -> Why:
    """Return a reason ready to show; its last line is the result."""
    last = len(explanation.lignes) - 1
    pairs = tuple(
        Pair(
            line.libelle,
            line.valeur,
            line.a_verifier,
            i == last,
            _KINDS.get(line.nature, ""),
        )
        for i, line in enumerate(explanation.lignes)
    )
    return Why(
        explanation.question,
        text.sentence(explanation.regle),
        pairs,
        tuple(reference_text(source) for source in explanation.sources),
        _rules_read(explanation.regles),
        tuple(
            (row.libelle, f"/guides/textes?table={row.table}&ligne={row.ligne}")
            for row in explanation.lignes_lues
        ),
        headline(explanation.lignes, explanation.question),
    )


def _rules_read(names: tuple[str, ...]) -> tuple[RulesRead, ...]:
    """Return where the rules of a reason are read, with their values and their dates."""
    if not names:
        return ()
    # the registry loads the whole law: only a reason that was opened needs it
    from iprof_kit.calculate.guides.law.pages import CHAPTERS, places

    by_chapter: dict[str, list[int]] = {}
    for name in names:
        if name in places():
            chapter, number = places()[name]
            by_chapter.setdefault(chapter, []).append(number)
    return tuple(
        RulesRead(
            CHAPTERS[chapter],
            tuple((number, f"/guides/textes/{chapter}#regle-{number}") for number in numbers),
        )
        for chapter, numbers in by_chapter.items()
    )


def reference_text(reference: Reference) -> str:
    """Return « décret 90-680, art. 25, en vigueur depuis le 6 août 2023 (confiance A) »."""
    since, until = reference.valide_du, reference.valide_au
    in_force = f", en vigueur {text.in_force(since, until)}" if since or until else ""
    return f"{in_full(reference.texte)}{in_force} (confiance {reference.confiance})"
