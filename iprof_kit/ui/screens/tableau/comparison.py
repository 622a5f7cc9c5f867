"""What could be otherwise: two people criterion by criterion, and the bar at each rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.aside import BY_RANK, NOT_PROPOSED
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.why import Explication
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.shared import text

FIRST, SECOND = "premier", "second"
Pair = tuple[str, str]
_TITLES = {
    ("F", "F"): "Pourquoi elle, et pas l’autre",
    ("H", "H"): "Pourquoi lui, et pas l’autre",
    ("F", "H"): "Pourquoi elle, et pas lui",
    ("H", "F"): "Pourquoi lui, et pas elle",
}
_UNKNOWN, _SAME_FATE = "Pourquoi cette personne, et pas l’autre", "Pourquoi l’une avant l’autre"


@dataclass(frozen=True)
class Line:
    """One criterion, and what it does: equal, the one that parts them, or not read."""

    criterion: str
    first: str
    second: str
    word: str
    kind: str = ""


@dataclass(frozen=True)
class Comparison:
    """The two people, the proposed one first, and where they part."""

    title: str
    strong: str
    sentences: tuple[str, ...]
    lines: tuple[Line, ...]
    pair: Pair
    ranks: Pair
    sources: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    chosen: bool = False
    """Whether somebody asked for these two."""


def person(typed: str, ranking: pd.DataFrame) -> str:
    """Return the number of the person meant by a rank, or by a number.

    Raises
    ------
    InputError
        Nobody of the ranking has it.
    """
    word = typed.strip()
    ranked = ranking[ranking["erreur"] == ""]
    if word.isdecimal() and 1 <= int(word) <= len(ranked):
        return str(ranked["numero"].iloc[int(word) - 1])
    numbers = ranked["numero"].astype(str)
    same = numbers[numbers.str.casefold() == word.casefold()]
    if same.empty:
        raise InputError(
            f"« {word[:40]} » n’est ni un rang ni un dossier de ce classement.",
            remedy=f"Les rangs vont de 1 à {len(ranked)}.",
        )
    return str(same.iloc[0])


def at_the_bar(ranking: pd.DataFrame) -> Pair | None:
    """Return the last one proposed by rank and the next one; None where there is nobody.

    Who is left out whatever her rank, or proposed by another step, says nothing of the bar.
    """
    ranked = ranking[(ranking["erreur"] == "") & ~ranking["motif"].isin(NOT_PROPOSED)]
    if len(ranked) < len(FIRST[:2]):
        return None
    numbers = ranked["numero"].astype(str).tolist()
    by_rank = (ranked["motif"] == BY_RANK).to_numpy().nonzero()[0]
    proposed = by_rank if by_rank.size else ranked["propose"].to_numpy(bool).nonzero()[0]
    last = min(int(proposed[-1]) if proposed.size else 0, len(numbers) - 2)
    return numbers[last], numbers[last + 1]


def comparison(campaign: Campagne, ranking: pd.DataFrame, pair: Pair) -> Comparison:
    """Return two people of the ranking side by side; « pourquoi » of the campaign parts them."""
    rows = ranking.assign(numero=ranking["numero"].astype(str)).set_index("numero").loc[[*pair]]
    rows = rows.sort_values(["propose", "rang"], ascending=[False, True])
    first, second = (str(number) for number in rows.index)
    explained = campaign.pourquoi(first, second)
    lines = _lines(explained)
    _, parting, *outcomes = explained.phrases
    unread = sum(line.kind == "unread" for line in lines)
    sentences = [*outcomes]
    if unread:
        sentences.insert(0, "Le critère suivant n’est pas lu." if unread == 1 else
                         "Les critères suivants ne sont pas lus.")  # fmt: skip
    if _against_the_ranks(rows):  # what parts them in the ranking is not why one is proposed
        sentences = [f"Au rang, {first_lower(parting)}", *outcomes]
        parting = "Le rang n’en décide pas seul."
    return Comparison(
        _title(rows),
        parting,
        tuple(sentences),
        lines,
        (first, second),
        (str(rows["rang"].iloc[0]), str(rows["rang"].iloc[1])),
        officials(explained.sources),
    )


def first_lower(words: str) -> str:
    """Return words to be put after others."""
    return words[:1].lower() + words[1:]


def _against_the_ranks(rows: pd.DataFrame) -> bool:
    return bool(rows["rang"].iloc[0] > rows["rang"].iloc[1])


def _title(rows: pd.DataFrame) -> str:
    if bool(rows["propose"].iloc[0]) == bool(rows["propose"].iloc[1]):
        return _SAME_FATE
    if "sexe" not in rows:
        return _UNKNOWN
    first, second = rows["sexe"].astype(str)
    return _TITLES.get((first, second), _UNKNOWN)


def _lines(explained: Explication) -> tuple[Line, ...]:
    table = explained.criteres
    deciding = (table["departage"] != "").to_numpy().nonzero()[0]
    parts = int(deciding[0]) if deciding.size else len(table)
    return tuple(
        Line(
            text.sentence(str(row["critere"])).rstrip("."),
            str(row["valeur"]),
            str(row["autre"]),
            *(("égal", "") if n < parts else ("départage", "parts") if n == parts else
              ("n’est pas lu", "unread")),
        )
        for n, row in enumerate(table.to_dict("records"))
    )  # fmt: skip


_STEP, _AROUND, _WHOLE = 50, 10, 10_000
"""Ten-thousandths: half a point between two stops, ten of them on each side of the law's rate."""


@dataclass(frozen=True)
class Stop:
    """What one rate gives."""

    share: int
    label: str
    strong: str
    rest: str


@dataclass(frozen=True)
class RateLever:
    """The slider: its stops, where it stands, and where the law's own rate is."""

    stops: tuple[Stop, ...]
    value: int
    law: int
    """Place of the law's rate among the stops."""
    law_text: str

    @property
    def now(self) -> str:
        """« 23 % »."""
        return self.stops[self.value].label

    @property
    def law_label(self) -> str:
        """The law's own rate."""
        return self.stops[self.law].label

    @property
    def law_place(self) -> str:
        """Where it stands along the track, as a style."""
        return f"{self.law / max(len(self.stops) - 1, 1):.4f}"


def stops_around(law: int, asked: int) -> tuple[int, ...]:
    """Return the rates that may be tried: around the law's own, and the one that is asked."""
    usual = range(law - _AROUND * _STEP, law + (_AROUND + 1) * _STEP, _STEP)
    return tuple(sorted({asked, *(share for share in usual if 0 <= share <= _WHOLE)}))


def rate_lever(campaign: Campagne, law: int | None, supposed: str) -> RateLever | None:
    """Return the lever; None where places are given, or no rate is known.

    Parameters
    ----------
    campaign : Campagne
        Of one list, at the rate that is asked.
    law : int or None
        The rate that the tables give, in ten-thousandths.
    supposed : str
        What that rate supposes, nothing where it is that of the year.
    """
    asked = campaign.reglages.share
    if asked is None or law is None:
        return None
    shares = stops_around(law, asked)
    tried = campaign.selon_taux([share / 100 for share in shares])
    stops = tuple(_stop(share, row) for share, row in zip(shares, _rows(tried), strict=True))
    return RateLever(
        stops,
        shares.index(asked),
        shares.index(law),
        text.sentence(supposed or f"taux publié : {stops[shares.index(law)].label}").rstrip("."),
    )


def _rows(tried: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(name): value for name, value in row.items()} for row in tried.to_dict("records")]


def _stop(share: int, row: dict[str, object]) -> Stop:
    count = int(str(row["proposes"]))
    plural = "s" if count > 1 else ""
    strong = f"{count} proposé{plural}" if count else "Personne n’est proposé"
    rest = [f", barre à {row['barre']}"] * bool(row["barre"])
    if row["dernier"]:
        rest.append(f". Dernier dossier proposé : {row['dernier']}, rang {row['rang']}")
    return Stop(
        share,
        f"{number(share / 100)}\u00a0%",
        strong,
        "".join(rest) + ".",
    )


def number(value: Any) -> str:
    """« 149,42 », without needless decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")
