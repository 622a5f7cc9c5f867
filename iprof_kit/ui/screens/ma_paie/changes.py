"""What changes between two payslips: a sentence, then the lines that move, then the totals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iprof_kit.calculate.career.by_right import pronounced_on
from iprof_kit.calculate.career.question import CareerAnswer, Step
from iprof_kit.calculate.pay.question import PayAnswer, PayComparaison, PayLigne, PayQuestion
from iprof_kit.ui.screens.ma_paie.slip import doubtful_total
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import capital
from iprof_kit.ui.shared.worded import Worded, figure, joined, kept_of, worded

_SHOWN = 3
_ORDER = ("gain", "a_deduire", "retenue", "credit", "patronal")
ATTRACTIVITY = "PRIME_ATTRACTIVITE"
_TOTALS = (
    ("brut", "Total brut"),
    ("net_avant_impot", "Net avant impôt"),
    ("net_a_payer", "Net à payer"),
)


@dataclass(frozen=True)
class ChangeRow:
    """One line in two payslips, or one of their totals; `of` names it."""

    of: str
    label: str
    before: float
    after: float
    kind: str = ""
    total: bool = False


@dataclass(frozen=True)
class Change:
    """Two payslips compared; `more` says what moves most, `when` what the caller adds."""

    strong: str
    rest: str
    more: tuple[str, ...]
    heads: tuple[str, str]
    rows: tuple[ChangeRow, ...]
    caption: str
    gap: float
    """Of the net."""
    when: tuple[str, ...] = ()
    falls: str = ""
    """Why the prime d'attractivité takes back a part of the gain, where it does."""
    doubt: bool = False


def change(
    answer: PayAnswer,
    *,
    subject: str,
    heads: tuple[str, str],
    caption: str,
    more: Iterable[str] = (),
) -> Change:
    """Return what a compared answer says.

    Parameters
    ----------
    answer : PayAnswer
        With its `comparaison`.
    subject : str
        Head of the sentence: « De septembre 2026 à novembre 2026 ».
    heads : tuple of str
        Names of the two columns.
    """
    compared = answer.comparaison
    if compared is None:
        raise ValueError("an answer without second payslip")
    gap = compared.ecart_totaux.net_avant_impot
    about = _About(f"{heads[0]} {heads[1]}")
    rows = (*_rows(answer, compared), *_total_rows(answer, compared))
    before, after = answer.totaux.net_avant_impot, compared.totaux.net_avant_impot
    if not [row for row in rows if not row.total]:
        strong = f"{subject}, rien ne change :"
        rest = worded("{} nets avant impôt", about(before, "net"))
    else:
        gained = about(gap, "net_gap", text.signed_money)
        strong = worded("{}, {} nets avant impôt par mois", subject, gained)
        if not gap:
            strong = worded("{}, le net avant impôt reste le même", subject)
        rest = worded(": de {} à {}", about(before, "net"), about(after, "net_after"))
    doubt = doubtful_total((*answer.lignes, *compared.lignes), "net_avant_impot")
    return Change(
        worded("{}", strong),
        worded("{}.", text.marked(rest, doubt)),
        _movers(answer, compared, about),
        heads,
        rows,
        caption,
        gap,
        when=tuple(worded("{}", one) for one in more),
        falls=_attractivity(answer, compared, about),
        doubt=doubt,
    )


@dataclass(frozen=True)
class _About:
    """Two payslips that are compared: what a figure of theirs is about."""

    heads: str

    def __call__(
        self, amount: float, what: str, write: Callable[[float], str] = text.money
    ) -> Worded:
        """Return a figure of the comparison, with its fact."""
        return figure(write(amount), f"change.{what}", amount, self.heads)


def _rows(answer: PayAnswer, compared: PayComparaison) -> Iterator[ChangeRow]:
    first, second = _by_code(answer.lignes), _by_code(compared.lignes)
    codes = dict.fromkeys((*first, *second))
    for code in sorted(codes, key=lambda c: _ORDER.index((second.get(c) or first[c]).nature)):
        one, two = first.get(code), second.get(code)
        line = two or one
        if line is None or line.nature == "patronal":
            continue
        before, after = one.montant if one else 0.0, two.montant if two else 0.0
        if round(after - before, 2):
            kind = {"gain": "", "credit": "crédit"}.get(line.nature, "retenue")
            yield ChangeRow(code, line.libelle, before, after, kind)


def _total_rows(answer: PayAnswer, compared: PayComparaison) -> Iterator[ChangeRow]:
    for name, label in _TOTALS:
        one, two = getattr(answer.totaux, name), getattr(compared.totaux, name)
        if one is not None and two is not None:
            yield ChangeRow(name, label, one, two, total=True)


def _by_code(lines: Iterable[PayLigne]) -> dict[str, PayLigne]:
    by_code: dict[str, PayLigne] = {}
    for line in lines:
        had = by_code.get(line.code)
        amount = line.montant + (had.montant if had else 0)
        by_code[line.code] = line.model_copy(update={"montant": round(amount, 2)})
    return by_code


def _movers(answer: PayAnswer, compared: PayComparaison, about: _About) -> tuple[str, ...]:
    """Return the gains that move most."""
    gains, doubtful, gaps = _gains(answer, compared)
    largest = sorted(gaps, key=lambda code: -abs(gaps[code]))[:_SHOWN]
    if not largest:
        return ()
    words = joined(
        " ; ",
        (
            text.marked(
                worded("{}, {}", gains[code], about(gaps[code], f"{code}.gap", text.signed_money)),
                code in doubtful,
            )
            for code in largest
        ),
    )
    return (worded("Ce qui change le plus dans le brut : {}.", words),)


def _attractivity(answer: PayAnswer, compared: PayComparaison, about: _About) -> str:
    """Return why the prime d'attractivité takes back a part of the gain; "" where it does not."""
    _, doubtful, gaps = _gains(answer, compared)
    fall = gaps.get(ATTRACTIVITY, 0.0)
    if fall >= 0:
        return ""
    lost = kept_of(about(fall, f"{ATTRACTIVITY}.gap"), text.money(-fall))
    amount = text.marked(worded("{} bruts", lost), ATTRACTIVITY in doubtful)
    return worded(
        "La prime d’attractivité baisse de {} : elle diminue quand "
        "l’échelon monte, et reprend une part du gain de traitement.",
        amount,
    )


def _gains(
    answer: PayAnswer, compared: PayComparaison
) -> tuple[dict[str, str], set[str], dict[str, float]]:
    """Return the gains of two payslips: their names, those to verify, their gaps."""
    lines = [line for line in (*answer.lignes, *compared.lignes) if line.nature == "gain"]
    names = {line.code: line.libelle for line in lines}
    gaps = {gap.code: gap.ecart for gap in compared.ecarts if gap.code in names}
    return names, {line.code for line in lines if line.a_verifier}, gaps


def next_step(answer: PayAnswer, question: PayQuestion, career: CareerAnswer) -> Change:
    """Return what the next échelon by seniority changes (mode « gain_prochain_echelon »)."""
    compared = answer.comparaison
    name = compared.libelle.split(" : ")[-1] if compared else ""
    present = text.position_label(question.grade or "", question.echelon or "", question.chevron)
    return change(
        answer,
        subject=capital(text.at_place(name)),
        heads=(present, name),
        caption=f"Règles et valeurs de {text.month(question.date)}, un mois moyen : primes de "
        "l’année réparties par douzièmes.",
        more=(_when(career, question),),
    )


def promoted(answer: PayAnswer, question: PayQuestion, before: Step, after: Step) -> Change:
    """Return what a promotion changes on the day on which it would take effect."""
    name = text.position_label(after.grade, after.echelon, after.chevron)
    first = figure(text.day(after.date), "grade.first_day", after.date, after.grade)
    who = text.of(after.sous_reserve_de) if after.sous_reserve_de else "de l’administration"
    return change(
        answer,
        subject=f"Avec une promotion au {text.day(after.date)} ({name})",
        heads=(text.position_label(before.grade, before.echelon, before.chevron), name),
        caption=f"Règles et valeurs de {text.month(question.date)}.",
        more=[
            worded(
                "Au plus tôt le {} d’après votre dossier, sous réserve d’une décision {}.",
                first,
                who,
            )
        ],
    )


def _when(career: CareerAnswer, question: PayQuestion) -> str:
    """Return when the échelon that follows the one of the month is due, by right."""
    for before, after in pairwise(career.scenarios[0].etapes):
        present = (before.grade, before.echelon, before.chevron)
        asked = (question.grade, question.echelon, question.chevron)
        if present == asked and after.nature in ("echelon", "chevron"):
            return _due(after, career.aujourdhui)
    return "L’avancement d’échelon est de plein droit ; sa date se lit dans « Promotions »."


def _due(step: Step, today: date) -> str:
    """Say when a step is due, and its effect where the months of a school head bring it forward."""
    due = pronounced_on(step)
    day = figure(text.day(due), "echelon.next", due)
    if due <= today:
        late = "d’après votre dossier, qui ne le montre pas encore"
        return worded(f"De plein droit depuis le {{}}, {late}.", day)
    if step.date == due:
        return worded("De plein droit à partir du {}, d’après votre dossier.", day)
    effect = figure(text.day(step.date), "echelon.effect", step.date)
    return worded(
        "De plein droit à partir du {}, avec effet au {}, d’après votre dossier.", day, effect
    )
