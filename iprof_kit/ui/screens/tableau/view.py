"""The prepared tableau of a campaign for a decision-maker: what the page shows, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.why import Explication
from iprof_kit.ui.screens.tableau import points
from iprof_kit.ui.screens.tableau.pyramide import NARROW, WIDE, Pyramid, pyramid
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.parts import Field, Page

FIRST, LAST, AFTER = 3, 2, 3
"""Rows shown at the top, before the end of the contingent, and after it."""
_BARE = {"F": ("femme", "proposée", "non proposée"), "H": ("homme", "proposé", "non proposé")}


@dataclass(frozen=True)
class Key:
    """One figure at the head of the page."""

    label: str
    value: str
    note: str
    verify: bool = False


@dataclass(frozen=True)
class Result:
    """One figure of the strip above the points."""

    label: str
    value: str
    kind: str = ""
    verify: bool = False


@dataclass(frozen=True)
class Reason:
    """Why somebody is at her rank: sentences, then her criteria beside her neighbours’."""

    sentences: tuple[str, ...]
    rows: tuple[tuple[str, str, str, str], ...]
    sources: str


@dataclass(frozen=True)
class Row:
    """One person of the table."""

    id: str
    rank: str
    number: str
    sex: str
    echelon: str
    seniority: str
    corps_seniority: str
    appreciation: str
    score: str
    parts: str
    after: str
    kept: str
    gain: str
    outcome: str
    reason: Reason
    cut: str = ""
    """Said above this row: the end of the contingent."""
    skipped: str = ""
    """Said above this row: rows that are not shown."""


@dataclass(frozen=True)
class TableauView(Page):
    """The page."""

    fields: tuple[Field, ...] = ()
    keys: tuple[Key, ...] = ()
    rows: tuple[Row, ...] = ()
    cut_after: str = ""
    """Said below the last row, where everybody shown is proposed."""
    score: str = ""
    caption: str = ""
    doubt: str = ""
    """Why the procedure is to verify."""
    order: str = ""
    hypotheses: tuple[str, ...] = ()
    expanded: bool = False
    pyramids: tuple[Pyramid, ...] = ()
    """The same one, for a wide page and for a phone."""
    strong: str = ""
    """Places and promouvables, the first words of the lead."""
    results: tuple[Result, ...] = ()
    strips: tuple[points.Strip, ...] = ()
    """The points of the ranking, for a wide page and for a phone; none without barème."""
    decides: str = ""
    """Who decides, outside of the kit."""
    places: str = ""
    """How the number of places is made, in a few words."""


def tableau(
    campaign: Campagne, fields: Sequence[Field], *, expanded: bool, ages: pd.DataFrame
) -> TableauView:
    """Return the page of a campaign of one list.

    Parameters
    ----------
    campaign : Campagne
    fields : sequence of Field
        The perimeter, as it was asked.
    expanded : bool
        Whether every proposed person is shown.
    ages : DataFrame
        See `Campagne.pyramide`; a count that is missing is secret.
    """
    ranking = campaign.classement()
    (counts,) = campaign.contingent().to_dict("records")
    provenance = ranking.attrs
    totals = int(counts["promouvables"]), int(counts["proposes"])
    ranked = ranking[ranking["erreur"] == ""]
    bar = _bar_points(counts)
    both = (points.strip(ranked, campaign.titre, bar, s) for s in (points.WIDE, points.NARROW))
    return TableauView(
        title=text.sentence(campaign.titre).rstrip("."),
        strong=text.french(f"{_places(counts)} pour {counts['promouvables']} promouvables."),
        lead=text.french(_bar_words(counts)),
        decides=text.french(
            f"L’autorité décide, par un acte pris hors de ce kit : {campaign.decideur}."
        ),
        results=_results(campaign, counts),
        strips=tuple(each for each in both if each is not None),
        places=_places_note(campaign, counts),
        fields=tuple(fields),
        keys=_keys(campaign, counts),
        rows=_rows(campaign, ranking, counts, expanded=expanded),
        score="Barème" if "bareme" in ranking else "Critère premier",
        caption=text.french(
            f"Source : {provenance['source']}, {text.day(campaign.le)}. iprof-kit "
            f"{provenance['version']}."
        ),
        doubt=str(provenance["doute"]),
        order=text.french(
            f"Départage : {campaign.procedure.order_text}. Étapes : {campaign.procedure.steps_text}"
        ),
        hypotheses=tuple(
            text.french(text.sentence(hypothesis))
            for hypothesis in (*provenance["hypotheses"], *provenance["avertissements"])
        ),
        expanded=expanded,
        pyramids=tuple(pyramid(ages, campaign.titre, *totals, size) for size in (WIDE, NARROW)),
    )


def keys_of(campaign: Campagne) -> tuple[Key, ...]:
    """Return the figures at the head of the page of a campaign."""
    (counts,) = campaign.contingent().to_dict("records")
    return _keys(campaign, counts)


def _places(counts: Mapping[Any, Any]) -> str:
    count = int(counts["contingent"])
    return f"{count} place{'s' if count > 1 else ''}"


def _bar_points(counts: Mapping[Any, Any]) -> float | None:
    """Return the points of the bar: « 160 points » → 160; None where it is no number of points."""
    number, _, unit = str(counts["barre"]).partition(" ")
    try:
        return float(number.replace(",", ".")) if unit.startswith("point") else None
    except ValueError:
        return None


def _bar_words(counts: Mapping[Any, Any]) -> str:
    """Say where the bar falls, and how many of those who are on it are proposed."""
    if not counts["barre"]:
        return ""
    yes, no = int(counts["ex_aequo_proposes"]), int(counts["ex_aequo_non_proposes"])
    falls = f"La barre tombe à {counts['barre']}"
    if not no:
        return f"{falls}."
    verb = "est proposée" if yes == 1 else "sont proposées"
    return f"{falls}, où {yes or 'aucune'} personne{'s' if yes > 1 else ''} sur {yes + no} {verb}."


def _results(campaign: Campagne, counts: Mapping[Any, Any]) -> tuple[Result, ...]:
    women = campaign.equilibre().set_index("sexe").loc["F"]
    rate_assumed = any(t.startswith(("taux", "contingent")) for t in campaign.hypotheses)
    return tuple(
        Result(label, text.french(value), verify=verify)
        for label, value, verify in (
            ("Promouvables", str(counts["promouvables"]), False),
            ("Places", str(counts["contingent"]), rate_assumed),
            ("Barre", str(counts["barre"]) or "aucune", False),
            ("Femmes proposées", f"{_number(women['part_proposes'])} %", False),
        )
    )


def _places_note(campaign: Campagne, counts: Mapping[Any, Any]) -> str:
    share = campaign.reglages.share
    if share is None:
        return "contingent donné"
    carried = f" + {_number(counts['report'])}" if counts["report"] else ""
    rate = f"{_number(share / 100)} %"
    return text.french(f"{counts['promouvables']} × {rate}{carried} = {_number(counts['calcul'])}")


def _keys(campaign: Campagne, counts: Mapping[Any, Any]) -> tuple[Key, ...]:
    year, share = campaign.annee, campaign.reglages.share
    women = campaign.equilibre().set_index("sexe").loc["F"]
    rate_assumption = next(
        (t for t in campaign.hypotheses if t.startswith(("taux", "contingent"))), ""
    )
    exact = "donné, sans taux"
    if share is not None:
        carried = f", dont {_number(counts['report'])} reporté" if counts["report"] else ""
        exact = f"{_number(counts['calcul'])}{carried} ; reste {_number(counts['reste'])}"
    ties = int(counts["ex_aequo_non_proposes"])
    bar, _, unit = str(counts["barre"]).partition(" ")
    return (
        Key("Promouvables", str(counts["promouvables"]), f"au 31 août {year}"),
        Key("Contingent", str(counts["contingent"]), exact),
        Key(
            "Taux appliqué",
            "sans objet" if share is None else f"{_number(share / 100)} %",
            rate_assumption or "taux publié",
            verify=bool(rate_assumption),
        ),
        Key(
            "Part des femmes",
            f"{_number(women['part_proposes'])} %",
            f"des proposés ; {_number(women['part_promouvables'])} % des promouvables",
        ),
        Key("Barre", bar or "aucune", f"{unit}, avec départage" if ties else unit or "sans objet"),
    )


def _rows(
    campaign: Campagne, ranking: pd.DataFrame, counts: Mapping[Any, Any], *, expanded: bool
) -> tuple[Row, ...]:
    ranked = ranking[ranking["erreur"] == ""].reset_index(drop=True)
    size = min(int(counts["contingent"]), len(ranked))
    first = list(range(min(FIRST, size)))
    if expanded or size <= FIRST + LAST:
        shown = list(range(size))
    else:
        shown = [*first, *range(size - LAST, size)]
    shown += range(size, min(size + AFTER, len(ranked)))
    after = campaign.reclassement().set_index("numero")
    rows = []
    for n in shown:
        record: dict[str, Any] = {str(k): v for k, v in ranked.iloc[n].to_dict().items()}
        placed = {str(k): v for k, v in after.loc[record["numero"]].to_dict().items()}
        hidden = n == size - LAST and not expanded and size > FIRST + LAST
        rows.append(
            _row(
                record,
                placed,
                campaign.pourquoi(str(record["numero"])),
                cut=_cut(counts) if n == size else "",
                skipped=f"{FIRST + 1} à {size - LAST}" if hidden else "",
            )
        )
    return tuple(rows)


def _cut(counts: Mapping[Any, Any]) -> str:
    bar = f"Barre à {counts['barre']}, " if counts["barre"] else ""
    tie = f"départagée par : {counts['departage']}." if counts["departage"] else ""
    return text.french(f"Fin du contingent : {counts['contingent']} propositions. {bar}{tie}")


def _row(
    record: Mapping[Any, Any],
    placed: Mapping[Any, Any],
    explanation: Explication,
    *,
    cut: str,
    skipped: str,
) -> Row:
    sex, yes, no = _BARE.get(str(record.get("sexe")), ("", "proposé(e)", "non proposé(e)"))
    motif = str(record["motif"])
    extra = f", {motif}" if motif not in ("", "rang") else ""
    extra += ", position à vérifier" if record.get("a_verifier") and record.get("position") else ""
    points = ("points_appreciation", "points_plage")
    with_parts = all(name in record for name in points)
    known = not pd.isna(placed["indice_apres"])
    kept = 0 if not known else int(placed["anciennete_conservee_jours"])
    return Row(
        id=f"r-{int(record['rang'])}",
        rank=str(int(record["rang"])),
        number=str(record["numero"]),
        sex=sex,
        echelon=text.nth(str(record["echelon"])),
        seniority=text.elapsed(int(record["anciennete_jours"])),
        corps_seniority=text.elapsed(int(record["anciennete_corps"]))
        if "anciennete_corps" in record
        else "",
        appreciation=text.sentence(
            text.appreciation_label(str(record.get("appreciation", "")))
        ).rstrip("."),
        score=str(record.get("bareme", explanation.criteres["valeur"].iloc[0])),
        parts=" + ".join(str(int(record[name])) for name in points) if with_parts else "",
        after=text.nth(str(placed["echelon_apres"])) if known else "règle non couverte",
        kept=text.elapsed(kept) if kept else "sans reliquat",
        gain=f"+ {int(placed['gain_points'])} points, {text.money(placed['gain_brut_mensuel'])}"
        if known
        else "",
        outcome=(yes if record["propose"] else no) + extra,
        reason=_reason(explanation),
        cut=cut,
        skipped=skipped,
    )


def _reason(explanation: Explication) -> Reason:
    names = ["critere", "valeur", "precedente", "suivante"]
    return Reason(
        tuple(text.sentence(sentence) for sentence in explanation.phrases),
        tuple(tuple(map(str, row)) for row in explanation.criteres[names].to_numpy().tolist()),  # type: ignore[misc]
        " ; ".join(explanation.sources),
    )


def _number(value: Any) -> str:
    """« 149,42 », without needless decimals."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".").replace(".", ",")
