"""The prepared tableau of a campaign for a decision-maker: what the page shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.standing import set_aside
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.ui.kit.fields import Supposed
from iprof_kit.ui.kit.parts import Field, Option, Page, Result
from iprof_kit.ui.screens.tableau import points
from iprof_kit.ui.screens.tableau.aside import Aside, aside
from iprof_kit.ui.screens.tableau.comparison import Comparison, RateLever, number
from iprof_kit.ui.screens.tableau.pyramide import NARROW, WIDE, Pyramid, pyramid
from iprof_kit.ui.screens.tableau.rows import Shown
from iprof_kit.ui.shared import text


@dataclass(frozen=True)
class Balance:
    """Women among the promouvables and among the proposed: words, and widths of two bars."""

    rows: tuple[tuple[str, str, str], ...]
    note: str


@dataclass(frozen=True)
class Export:
    """The form of the export: formats, the motive where one is asked, what was made."""

    formats: tuple[Option, ...] = ()
    motive: Field | None = None
    note: str = ""
    done: str = ""
    trouble: str = ""
    """Why nothing was made, where no field is to blame."""
    what: tuple[Option, ...] = ()
    """By name, or without any."""


@dataclass(frozen=True)
class Levers:
    """What may be changed: the rate by its slider, the rest by lines."""

    rate: RateLever | None
    supposed: tuple[Supposed, ...]


@dataclass(frozen=True)
class TableauView(Page):
    """The page."""

    levers: Levers = Levers(None, ())
    keys: tuple[Result, ...] = ()
    shown: Shown | None = None
    compared: Comparison | None = None
    turn: int = 0
    """Which comparison was asked from the table: the focus goes there once."""
    aside: Aside | None = None
    export: Export = Export()
    kept: str = ""
    """What was just recorded, and where."""
    score: str = ""
    caption: str = ""
    doubt: str = ""
    """Why the procedure is to verify."""
    order: str = ""
    hypotheses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """The official texts among the sources."""
    pyramids: tuple[Pyramid, ...] = ()
    """The same one, for a wide page and for a phone."""
    strong: str = ""
    """Places and promouvables, the first words of the lead."""
    results: tuple[Result, ...] = ()
    balance: Balance | None = None
    strips: tuple[points.Strip, ...] = ()
    """The points of the ranking, for a wide page and for a phone; none without barème."""
    decides: str = ""
    """Who decides, outside of the kit."""
    places: str = ""
    """How the number of places is made, in a few words."""
    steps: tuple[tuple[str, str], ...] = ()
    """What each step of the procedure changed."""
    steps_answer: str = ""


def tableau(campaign: Campagne, ranking: pd.DataFrame, ages: pd.DataFrame) -> TableauView:
    """Return the page of a campaign of one list; the desk adds what was asked of it.

    Parameters
    ----------
    campaign : Campagne
    ranking : DataFrame
        See `Campagne.classement`.
    ages : DataFrame
        See `Campagne.pyramide`; a count that is missing is secret.
    """
    (places,) = campaign.contingent().to_dict("records")
    provenance = campaign.provenance.attrs("Classement")
    totals = int(places["promouvables"]), int(places["proposes"])
    ranked = ranking[ranking["erreur"] == ""]
    bar = _bar_points(places)
    both = (points.strip(ranked, campaign.titre, bar, s) for s in (points.WIDE, points.NARROW))
    balance = campaign.equilibre().set_index("sexe")
    page = TableauView(
        title=text.sentence(campaign.titre).rstrip("."),
        strong=f"{_places(places)} pour {places['promouvables']} promouvables.",
        lead=_bar_words(places),
        decides=f"L’autorité décide, par un acte pris hors de ce kit : {campaign.decideur}.",
        results=_results(campaign, places, balance),
        balance=_balance(balance),
        strips=tuple(each for each in both if each is not None),
        places=_places_note(campaign, places),
        keys=keys_of(campaign),
        aside=aside(campaign.mis_a_part()),
        score="Barème" if "bareme" in ranking else "Critère premier",
        caption=(
            f"Source : {provenance['source']}, {text.day(campaign.le)}. iprof-kit "
            f"{provenance['version']}."
        ),
        doubt=str(provenance["doute"]),
        order=(
            f"Départage : {campaign.procedure.order_text}. Étapes : {campaign.procedure.steps_text}"
        ),
        hypotheses=tuple(
            text.sentence(words)
            for words in (*provenance["hypotheses"], *_not_said_elsewhere(campaign))
        ),
        pyramids=tuple(pyramid(ages, campaign.titre, *totals, size) for size in (WIDE, NARROW)),
    )
    return _explained(page, campaign)


def keys_of(campaign: Campagne) -> tuple[Result, ...]:
    """Return the figures of the number of places of a campaign."""
    (places,) = campaign.contingent().to_dict("records")
    year, share = campaign.annee, campaign.reglages.share
    women = campaign.equilibre().set_index("sexe").loc["F"]
    supposed = _supposed_rate(campaign)
    exact = "donné, sans taux"
    if share is not None:
        carried = f", dont {number(places['report'])} reporté" if places["report"] else ""
        exact = f"{number(places['calcul'])}{carried} ; reste {number(places['reste'])}"
    ties = int(places["ex_aequo_non_proposes"])
    bar, _, unit = str(places["barre"]).partition(" ")
    return (
        Result("Promouvables", str(places["promouvables"]), f"au 31 août {year}"),
        Result("Contingent", str(places["contingent"]), exact),
        Result(
            "Taux appliqué",
            "sans objet" if share is None else f"{number(share / 100)} %",
            supposed or "taux publié",
            verify=bool(supposed),
        ),
        Result(
            "Part des femmes",
            f"{number(women['part_proposes'])} %",
            f"des proposés ; {number(women['part_promouvables'])} % des promouvables",
        ),
        Result(
            "Barre", bar or "aucune", f"{unit}, avec départage" if ties else unit or "sans objet"
        ),
    )


def _explained(page: TableauView, campaign: Campagne) -> TableauView:
    """Return the page with its steps and its sources."""
    moved = campaign.etapes()
    balance = moved[moved["etape"].str.contains("équilibre")]
    swaps = int(balance["entrent"].sum())
    answer = "" if balance.empty else "personne n’a bougé"
    if swaps:
        answer = f"{swaps} permutation{'s' if swaps > 1 else ''}"
    sources = campaign.textes
    more = page.aside.sources if page.aside else ()
    return replace(
        page,
        steps=tuple(
            (text.sentence(str(row["etape"])).rstrip("."), _moves(row))
            for row in moved.to_dict("records")
        ),
        steps_answer=answer,
        sources=tuple(in_full(source) for source in (*sources, *more)),
        texts=tuple(
            dict.fromkeys(name for one in (*sources, *more) for name in official_texts(one))
        ),
    )


def _not_said_elsewhere(campaign: Campagne) -> tuple[str, ...]:
    """Return the warnings but those about positions, which « Qui est écarté » tells."""
    known = set_aside(campaign.ecartees)
    return tuple(words for words in campaign.provenance.avertissements if words not in known)


def _moves(row: Mapping[Any, Any]) -> str:
    enter, leave = int(row["entrent"]), int(row["sortent"])
    words = [f"{enter} entre{'nt' if enter > 1 else ''}"]
    words += [f"{leave} sort{'ent' if leave > 1 else ''}"] * bool(leave)
    return ", ".join(words)


def _places(places: Mapping[Any, Any]) -> str:
    count = int(places["contingent"])
    return f"{count} place{'s' if count > 1 else ''}"


def _bar_points(places: Mapping[Any, Any]) -> float | None:
    """Return the points of the bar: « 160 points » → 160; None where it is no number of points."""
    value, _, unit = str(places["barre"]).partition(" ")
    try:
        return float(value.replace(",", ".")) if unit.startswith("point") else None
    except ValueError:
        return None


def _bar_words(places: Mapping[Any, Any]) -> str:
    """Say where the bar falls, and how many of those who are on it are proposed."""
    if not places["barre"]:
        return ""
    yes, no = int(places["ex_aequo_proposes"]), int(places["ex_aequo_non_proposes"])
    falls = f"La barre tombe à {places['barre']}"
    if not no:
        return f"{falls}."
    verb = "est proposée" if yes == 1 else "sont proposées"
    return f"{falls}, où {yes or 'aucune'} personne{'s' if yes > 1 else ''} sur {yes + no} {verb}."


def _supposed_rate(campaign: Campagne) -> str:
    return next((h for h in campaign.hypotheses if h.startswith(("taux", "contingent"))), "")


def _results(
    campaign: Campagne, places: Mapping[Any, Any], balance: pd.DataFrame
) -> tuple[Result, ...]:
    women = balance.loc["F"]
    value, _, unit = str(places["barre"]).partition(" ")
    exact = "" if campaign.reglages.share is None else f"sur {number(places['calcul'])}"
    apart = abs(women["ecart"])
    gap = f"{'−' if women['ecart'] < 0 else '+'} {number(apart)} point{'s' if apart >= 2 else ''}"
    return tuple(
        Result(label, value, note, verify=verify)
        for label, value, note, verify in (
            ("Promouvables", str(places["promouvables"]), "", False),
            ("Places", str(places["contingent"]), exact, bool(_supposed_rate(campaign))),
            ("Barre", value or "aucune", unit, False),
            ("Femmes proposées", f"{number(women['part_proposes'])} %", gap, False),
        )
    )


def _balance(balance: pd.DataFrame) -> Balance:
    women, men = (_plain(balance.loc[sex]) for sex in ("F", "H"))
    shares = (women["part_promouvables"], women["part_proposes"])
    rows = tuple(
        (label, f"{number(share)}\u00a0%", f"{share:.1f}%")
        for label, share in zip(("promouvables", "proposées"), shares, strict=True)
    )
    counts = [
        f"{int(one['proposes'])} {name}{'s' if one['proposes'] > 1 else ''}"
        for one, name in ((women, "femme"), (men, "homme"))
    ]
    plural = "s" if women["proposes"] + men["proposes"] > 1 else ""
    return Balance(rows, f"{counts[0]} et {counts[1]} proposé{plural}.")


def _plain(row: Any) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _places_note(campaign: Campagne, places: Mapping[Any, Any]) -> str:
    share = campaign.reglages.share
    if share is None:
        return "contingent donné"
    carried = f" + {number(places['report'])}" if places["report"] else ""
    rate = f"{number(share / 100)} %"
    return f"{places['promouvables']} × {rate}{carried} = {number(places['calcul'])}"
