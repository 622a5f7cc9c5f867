"""The lever of the rate: places, bar and last proposed person at each of its stops.

They are all in the page, so that the slider answers while it is moved; the figure and the tables
follow once it is let go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.ui.shared import text

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
