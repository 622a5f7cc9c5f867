"""What changes between two payslips: a sentence, then the lines that move, then the totals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iprof_kit.calculate.pay.question import PayAnswer, PayComparaison, PayLigne
from iprof_kit.ui.screens.ma_paie.slip import doubtful_total
from iprof_kit.ui.shared import text

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
    """One line in two payslips."""

    label: str
    before: str
    after: str
    gap: str
    kind: str = ""
    verify: bool = False
    total: bool = False


@dataclass(frozen=True)
class Change:
    """Two payslips compared; `more` says what moves most, `when` what the caller adds."""

    title: str
    strong: str
    rest: str
    more: tuple[str, ...]
    heads: tuple[str, str]
    rows: tuple[ChangeRow, ...]
    caption: str
    value: str = ""
    """The gap of the net, signed, to the euro."""
    less: bool = False
    when: tuple[str, ...] = ()
    falls: str = ""
    """Why the prime d'attractivité takes back a part of the gain, where it does."""
    doubt: bool = False


def change(
    answer: PayAnswer,
    *,
    title: str = "",
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
    rows = tuple(_rows(answer, compared))
    before, after = answer.totaux.net_avant_impot, compared.totaux.net_avant_impot
    if not [row for row in rows if not row.total]:
        strong, rest = f"{subject}, rien ne change :", f"{text.money(before)} nets avant impôt"
    else:
        strong = f"{subject}, {text.signed_money(gap)} nets avant impôt par mois"
        if not gap:
            strong = f"{subject}, le net avant impôt reste le même"
        rest = f": de {text.money(before)} à {text.money(after)}"
    doubt = doubtful_total((*answer.lignes, *compared.lignes), "net_avant_impot")
    return Change(
        title,
        text.french(strong),
        text.french(f"{text.marked(rest, doubt)}."),
        _movers(answer, compared),
        heads,
        rows,
        caption,
        value=text.signed_euros(gap),
        less=gap < 0,
        when=tuple(map(text.french, more)),
        falls=_attractivity(answer, compared),
        doubt=doubt,
    )


def _rows(answer: PayAnswer, compared: PayComparaison) -> Iterable[ChangeRow]:
    first, second = _by_code(answer.lignes), _by_code(compared.lignes)
    codes = dict.fromkeys((*first, *second))
    for code in sorted(codes, key=lambda c: _ORDER.index((second.get(c) or first[c]).nature)):
        one, two = first.get(code), second.get(code)
        line = two or one
        if line is None or line.nature == "patronal":
            continue
        before, after = one.montant if one else 0.0, two.montant if two else 0.0
        if round(after - before, 2):
            yield ChangeRow(
                text.french(line.libelle),
                text.money(before),
                text.money(after),
                text.signed_money(after - before),
                "" if line.nature == "gain" else "retenue" if line.nature != "credit" else "crédit",
                bool((one and one.a_verifier) or (two and two.a_verifier)),
            )
    yield from _total_rows(answer, compared)


def _total_rows(answer: PayAnswer, compared: PayComparaison) -> Iterable[ChangeRow]:
    lines = (*answer.lignes, *compared.lignes)
    for name, label in _TOTALS:
        one, two, gap = (
            getattr(each, name) for each in (answer.totaux, compared.totaux, compared.ecart_totaux)
        )
        if one is not None and two is not None and gap is not None:
            yield ChangeRow(
                label,
                text.money(one),
                text.money(two),
                text.signed_money(gap),
                verify=doubtful_total(lines, name),
                total=True,
            )


def _by_code(lines: Iterable[PayLigne]) -> dict[str, PayLigne]:
    by_code: dict[str, PayLigne] = {}
    for line in lines:
        had = by_code.get(line.code)
        amount = line.montant + (had.montant if had else 0)
        by_code[line.code] = line.model_copy(update={"montant": round(amount, 2)})
    return by_code


def _movers(answer: PayAnswer, compared: PayComparaison) -> tuple[str, ...]:
    """Return the gains that move most."""
    gains, doubtful, gaps = _gains(answer, compared)
    largest = sorted(gaps, key=lambda code: -abs(gaps[code]))[:_SHOWN]
    if not largest:
        return ()
    words = " ; ".join(
        text.marked(f"{gains[code]}, {text.signed_money(gaps[code])}", code in doubtful)
        for code in largest
    )
    return (text.french(f"Ce qui change le plus dans le brut : {words}."),)


def _attractivity(answer: PayAnswer, compared: PayComparaison) -> str:
    """Return why the prime d'attractivité takes back a part of the gain; "" where it does not."""
    _, doubtful, gaps = _gains(answer, compared)
    fall = gaps.get(ATTRACTIVITY, 0.0)
    if fall >= 0:
        return ""
    amount = text.marked(f"{text.money(-fall)} bruts", ATTRACTIVITY in doubtful)
    return text.french(
        f"La prime d’attractivité baisse de {amount} : elle diminue quand "
        "l’échelon monte, et reprend une part du gain de traitement."
    )


def _gains(
    answer: PayAnswer, compared: PayComparaison
) -> tuple[dict[str, str], set[str], dict[str, float]]:
    """Return the gains of two payslips: their names, those to verify, their gaps."""
    lines = [line for line in (*answer.lignes, *compared.lignes) if line.nature == "gain"]
    names = {line.code: line.libelle for line in lines}
    gaps = {gap.code: gap.ecart for gap in compared.ecarts if gap.code in names}
    return names, {line.code for line in lines if line.a_verifier}, gaps
