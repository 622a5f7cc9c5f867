"""What the file of a person gives to a request for mobility, with where each fact comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from iprof_kit.base.calendar import school_year
from iprof_kit.base.reference import movement_of
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier, EchelonTenu
from iprof_kit.services.contract.posts import is_titular, posts_of
from iprof_kit.ui.kit.parts import Fact
from iprof_kit.ui.screens.anciennetes.view import years_in_post
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

Degree = Literal["1d", "2d"]

SERVICES = {"1d": "interdepartemental_1d", "2d": "interacademique_2d"}
"""The service whose wishes are places of the tables, by degree."""
degree_of = movement_of
_BY_CLASSEMENT = ("nomination", "reclassement_ppcr", "changement_corps")
_ABSENCES = {
    "disponibilité": "disponibilite",
    "congé parental": "conge_parental",
    "détachement": "detachement",
    "congé de longue durée": "cld",
    "congé de longue maladie": "clm",
    "congé de formation professionnelle": "conge_formation",
    "hors cadres": "hors_cadres",
}


@dataclass(frozen=True)
class Absence:
    """A period out of class, as the movement names it."""

    motif: str
    libelle: str
    debut: date
    fin: date | None


@dataclass(frozen=True)
class MovementFacts:
    """The facts of a file that a score needs; what is None is asked.

    Attributes
    ----------
    lieu : str
        Key of the present place: code of the département (1d), label of the academy (2d).
    depuis : date or None
        Arrival in the département as titulaire (1d) or in the post or the zone (2d), as the file
        shows it.
    poste : AffectationTenue or None
        What she is titular of: the zone of a TZR, never her post of the year; else where she works.
    """

    degre: Degree
    campagne: int
    corps: str
    echelon: EchelonTenu | None
    lieu: str
    departement: str
    academie: str
    stagiaire: bool
    depuis: date | None
    poste: AffectationTenue | None
    absences: tuple[Absence, ...]
    source: str
    lu_le: date
    aujourdhui: date | None = None
    years_in_post: int | None = None
    """Complete years in the post or zone held when the campaign counts; None if unknown."""

    @property
    def echelon_par(self) -> str:
        """How the échelon was taken, in the words of the movement."""
        by = self.echelon is not None and self.echelon.mode in _BY_CLASSEMENT
        return "classement" if by else "promotion"

    def own_place(self, key: str) -> bool:
        """Tell whether a place cannot be asked for because the person is there already."""
        return key == self.lieu and not (self.degre == "2d" and self.stagiaire)


def next_campaign(degre: Degree, today: date) -> int:
    """Return the next campaign that the tables cover: its year is that of the rentrée aimed at."""
    known = mobility_places.campaigns(degre)
    coming = school_year(today) + 1
    return coming if coming in known else known[-1]


def offered_campaigns(degre: Degree, today: date) -> tuple[int, ...]:
    """Return the campaigns that a screen offers: the coming one, and those just before it."""
    coming = next_campaign(degre, today)
    known = mobility_places.campaigns(degre)
    return tuple(year for year in reversed(known) if coming - 3 < year <= coming)


def start_of(dossier: Dossier, campagne: int, today: date) -> MovementFacts | None:
    """Return what a file gives for a campaign; None where its corps has no movement here."""
    degre = degree_of(dossier.corps)
    if degre is None or dossier.corps is None:
        return None
    departement = mobility_places.departement_named(dossier.departement or "")
    academie = mobility_places.academie_named(dossier.academie)
    posts = posts_of(dossier, today)
    poste = posts.own or posts.works_at
    return MovementFacts(
        degre=degre,
        campagne=campagne,
        corps=dossier.corps,
        echelon=_seen(dossier.echelons, campagne),
        lieu=departement if degre == "1d" else academie,
        departement=departement,
        academie=academie,
        stagiaire="stagiaire" in dossier.statut.lower(),
        depuis=_in_departement(dossier, departement) if degre == "1d" else _since(poste),
        poste=poste,
        absences=tuple(_absences(dossier)),
        source=dossier.source,
        lu_le=dossier.lu_le,
        aujourdhui=today,
        years_in_post=_years_in_post(dossier, poste, campagne, today) if degre == "2d" else None,
    )


def counted_to(degre: Degree, campagne: int) -> date:
    """Return the last day whose seniority the movement of a campaign counts."""
    return mobility_places.seniority_day(degre, campagne) - timedelta(1)


def _years_in_post(
    dossier: Dossier, poste: AffectationTenue | None, campagne: int, today: date
) -> int | None:
    """Return the years in the post as Anciennetés counts them: a disponibilité is no time in it."""
    if poste is None or not is_titular(poste):
        return None
    return years_in_post(dossier, counted_to("2d", campagne), today)


def prefilled(start: MovementFacts) -> dict[str, str]:
    """Return the fields that the file fills in, as they would be typed."""
    if start.degre == "1d":
        return {"departement_depuis": text.typed_day(start.depuis)} if start.depuis else {}
    years = start.years_in_post
    return {} if years is None else {"poste_annees": str(years)}


def _seen(echelons: Iterable[EchelonTenu], campagne: int) -> EchelonTenu | None:
    """Return the échelon that the campaign looks at: a classement counts on the day itself."""
    day = mobility_places.echelon_day(campagne)
    before = [
        line
        for line in echelons
        if line.date_effet < day or (line.date_effet == day and line.mode in _BY_CLASSEMENT)
    ]
    return before[-1] if before else None


def _since(posting: AffectationTenue | None) -> date | None:
    return posting.debut if posting else None


def _in_departement(dossier: Dossier, departement: str) -> date | None:
    """Return since when the postings of the file are in the département, as titulaire."""
    first = None
    for posting in reversed(dossier.affectations):
        if posting.uai and mobility_places.departement_named(posting.uai) != departement:
            break
        first = posting.debut
    if first is None or dossier.titularisation is None:
        return None
    return max(first, dossier.titularisation)


def _absences(dossier: Dossier) -> Iterable[Absence]:
    for position in dossier.positions:
        motif = _ABSENCES.get(position.position.replace("’", "'").lower())
        if motif:
            yield Absence(motif, position.position, position.debut, position.fin)


def filed(start: MovementFacts) -> str:
    """Return « D’après votre dossier : AGAPE, lu le 12 novembre 2026. »."""
    day = text.dated(start.lu_le, "file.read")
    return worded("D’après votre dossier : {}, lu le {}.", start.source, day)


def facts_of(start: MovementFacts, place: str) -> tuple[Fact, ...]:
    """Return what is read in the file, with the day on which the campaign looks at it.

    Where and when it was read is said once, by `filed`.
    """
    seen = mobility_places.echelon_day(start.campagne)
    campaign = f"{start.campagne}"
    eve = text.dated(seen - timedelta(1), "movement.echelon_on", campaign)
    label = worded("Échelon détenu au {}", eve)
    if start.echelon is None:
        echelon = Fact(label, None)
    else:
        line = start.echelon
        since = text.dated(line.date_effet, "echelon.held_since", campaign)
        echelon = Fact(
            label,
            text.position_label(line.grade, line.echelon, line.chevron),
            since=(worded("depuis le {}", since),),
            note=worded(
                "Pris par classement ou reclassement : vu au {}.",
                text.dated(seen, "movement.reclassed_on", campaign),
            )
            if start.echelon_par == "classement"
            else "",
        )
    where = "Département" if start.degre == "1d" else "Académie"
    facts = [
        Fact(f"{where} actuel" + ("le" if start.degre == "2d" else ""), place or None),
        echelon,
        Fact(
            "Ancienneté comptée jusqu’au",
            text.dated(counted_to(start.degre, start.campagne), "movement.counted_to", campaign),
            source="Règle du mouvement",
        ),
    ]
    facts += [
        Fact(absence.libelle, _span(absence, rank))
        for rank, absence in enumerate(start.absences, 1)
        if start.degre == "1d"
    ]
    return tuple(facts)


def _span(absence: Absence, rank: int) -> str:
    first = text.dated(absence.debut, f"absence.{rank}.from")
    if absence.fin is None:
        return worded("du {}, en cours", first)
    return worded("du {} au {}", first, text.dated(absence.fin, f"absence.{rank}.to"))
