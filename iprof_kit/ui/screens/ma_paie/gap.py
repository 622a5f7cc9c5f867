"""The real payslip beside the calculation: where they part, and which hypotheses explain it."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.ui.screens.ma_paie.form import BULLETIN_FIELDS
from iprof_kit.ui.screens.ma_paie.hypotheses import Line, Located, Path
from iprof_kit.ui.shared import text

_LABELS = {name: label for name, label, _ in BULLETIN_FIELDS}


@dataclass(frozen=True)
class GapRow:
    """One line typed, beside the calculation, and beside the first explanation."""

    label: str
    read: str
    computed: str
    gap: str
    agrees: bool
    explained: str = ""


@dataclass(frozen=True)
class GapView:
    """What a comparison with the real payslip says."""

    strong: str
    rest: str
    rows: tuple[GapRow, ...]
    explanations: tuple[str, ...] = ()
    tried: str = ""


def gap_view(located: Located) -> GapView:
    """Return the comparison in sentences and in a table."""
    first = located.first_gap
    best = located.paths[0] if located.paths else None
    rows = tuple(_row(line, best) for line in located.lines)
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


def _row(line: Line, best: Path | None) -> GapRow:
    shown = best.amounts[line.name] if best else None
    if best and shown is None:
        shown = best.amounts["net"]
    again = f"avec l’hypothèse : {text.money(shown)}" if shown is not None else ""
    return GapRow(
        _LABELS[line.name],
        text.money(line.read),
        text.money(line.computed),
        text.signed_money(line.gap),
        line.agrees,
        again,
    )


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
