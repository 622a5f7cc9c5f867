"""« Tableaux et listes »: those of the year, the opinions, the campaigns of other years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.ui.kit.parts import Lanes, Link, Page, Result
from iprof_kit.ui.screens.avancement.ahead import First, coming, lanes_of
from iprof_kit.ui.screens.avancement.opinions import Opinions
from iprof_kit.ui.screens.avancement.standing import PlaceInCampaign
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.campaigns.reading import Campaigns
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

TITLE, ADDRESS = "Tableaux et listes", "/services/avancement"
HIGHER = "hors_classe"
"""The grade whose tableau looks at the appréciation."""


@dataclass(frozen=True)
class Row:
    """One tableau or list: what is expected of her with its date, where she stands."""

    title: str
    path: str
    says: str
    standing: str
    open: bool
    verify: bool


@dataclass(frozen=True)
class AvancementView(Page):
    """The list of one year."""

    year: int = 0
    empty: str = ""
    results: tuple[Result, ...] = ()
    rows: tuple[Row, ...] = ()
    lanes: Lanes | None = None
    opinions: Opinions | None = None
    past: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()


def without_corps(lanes: Lanes | None = None) -> AvancementView:
    """Return the screen of a person who has no corps: nobody promotes a contract.

    Parameters
    ----------
    lanes : Lanes, optional
        Where she works, as her file says it.
    """
    return AvancementView(
        TITLE,
        "Tableaux d’avancement et listes d’aptitude concernent les fonctionnaires d’un corps.",
        "Pas de corps, donc pas de tableau d’avancement.",
        empty="Votre contrat fixe votre rémunération ; votre service répond de son réexamen.",
        lanes=lanes,
    )


def avancement_view(
    campaigns: Sequence[CampagneVue],
    standings: Mapping[str, PlaceInCampaign],
    opinions: Opinions,
    read: Campaigns,
    level: str,
    ahead: Sequence[First],
    today: date,
) -> AvancementView:
    """Return the list of one rentrée.

    Parameters
    ----------
    campaigns : sequence of CampagneVue
        Tableaux and lists of the year that look at the person.
    standings : mapping
        Where she stands, by the id of the campaign.
    opinions : Opinions
    read : Campaigns
        What was read, the other years with it.
    level : str
        The appréciation that counts for the hors classe, in words; "" while there is none.
    ahead : sequence of First
        The first year of each tableau and list; none for a year of the past.
    today : date
    """
    year = read.answer.annee
    strong, rest = _sentence(campaigns, standings, year, ahead)
    rows = tuple(_row(one, standings[one.id], read) for one in campaigns)
    return AvancementView(
        TITLE,
        rest,
        strong,
        year=year,
        empty=""
        if rows
        else "Votre grade est le dernier de votre corps, ou aucune campagne de "
        "promotion de cette année n’est connue de ce kit.",
        results=tuple(_results(campaigns, standings, level)),
        rows=rows,
        lanes=lanes_of(ahead, year, today) if ahead else None,
        opinions=opinions,
        past=tuple(
            Link(f"{ADDRESS}?annee={one}", f"Rentrée {one}", "ses règles et ses dates d’alors")
            for one in read.answer.annees
            if one != year
        ),
        sources=tuple(dict.fromkeys(s for one in standings.values() for s in one.sources)),
    )


def _sentence(
    campaigns: Sequence[CampagneVue],
    standings: Mapping[str, PlaceInCampaign],
    year: int,
    ahead: Sequence[First],
) -> tuple[str, str]:
    acts = [one for one in campaigns if one.avancement and not one.avancement.sans_acte]
    opened = [one for one in campaigns if standings[one.id].open]
    tableau = next((one for one in opened if one.avancement and one.avancement.grade), None)
    if tableau:
        strong = f"Vous êtes promouvable au tableau {year} : {tableau.titre.lower()}."
        rest = "Aucun acte n’est requis : vérifiez votre dossier. L’autorité décide."
        return strong, rest
    candidate = next((one for one in acts if one in opened), None)
    if candidate:
        strong = f"Vous pouvez candidater : {candidate.titre[:1].lower()}{candidate.titre[1:]}."
        return strong, "Rien n’est automatique : sans candidature, pas d’examen."
    first = next((standings[one.id] for one in campaigns), None)
    if first is None:
        return f"Aucune campagne de promotion {year} pour votre situation.", ""
    soon = next(coming(ahead, year), "")
    if soon and not acts:
        return worded("Au plus tôt : {}.", soon), f"Rien à faire pour {year}."
    rest = "Une liste d’aptitude demande une candidature." if acts else "Rien n’est à faire."
    if soon:
        return worded("Au plus tôt : {}.", soon), rest
    return f"Vous n’êtes promouvable à aucun tableau {year}.", rest


def _results(
    campaigns: Sequence[CampagneVue], standings: Mapping[str, PlaceInCampaign], level: str
) -> Iterator[Result]:
    for one in campaigns[:2]:
        yield Result(one.titre, standings[one.id].short)
    if any(one.avancement and one.avancement.grade == HIGHER for one in campaigns):
        yield Result("Appréciation pour la hors classe", level or "pas encore connue")


def _row(campaign: CampagneVue, standing: PlaceInCampaign, read: Campaigns) -> Row:
    promotion = campaign.avancement
    act = next((one for one in campaign.etapes if one.acte and not one.facultatif), None)
    no_act = promotion.sans_acte if promotion else ""
    first, what, _ = words.next_date(campaign, read)
    usual = " ; d’ordinaire : " if campaign.etat == "inconnue" else " : "
    when = usual.join(part for part in (first, what) if part)
    return Row(
        campaign.titre,
        f"{campaign.adresse}?campagne={campaign.id}",
        f"{no_act or (act.acte if act else campaign.titre)}. {text.sentence(when)}",
        standing.short,
        standing.open is True,
        standing.verify,
    )
