"""The dates of a movement, by degree and campaign, as they were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.base.sources import Source
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.lookups import day_or_none
from iprof_kit.law.tables.rules import rule

TABLE = "mouvement_calendrier"
NATIONAL = "national"
ANY_CAMPAIGN = "generale"
Degree = Literal["1d", "2d"]
_DATES = Facts(TABLE, ("degre", "phase", "campagne", "etape", "portee"))
_WORDS = {
    "interdepartemental": "Mouvement interdépartemental",
    "interacademique": "Mouvement interacadémique",
    "intra_departemental": "Mouvement départemental",
    "intra_academique": "Mouvement intra-académique",
    "pop": "Postes à profil",
    "ineat_exeat": "Ineat-exeat",
    "publication_note_service": "Publication de la note de service",
    "signature_note_service": "Signature de la note de service",
    "plateforme_info_mobilite": "Plateforme « Info mobilité »",
    "saisie_voeux_siam": "Saisie des vœux dans SIAM",
    "envoi_confirmations": "Envoi des confirmations",
    "retour_confirmations_pieces": "Retour des confirmations et des pièces",
    "demandes_tardives_rc": "Demandes tardives de rapprochement de conjoints",
    "demandes_tardives": "Demandes tardives",
    "demandes_tardives_et_annulations": "Demandes tardives et annulations",
    "affichage_baremes_initiaux": "Affichage des barèmes initiaux",
    "affichage_baremes_definitifs": "Affichage des barèmes définitifs",
    "affichage_baremes": "Affichage des barèmes",
    "affichage_contestation_baremes": "Affichage et contestation des barèmes",
    "correction_baremes": "Demandes de correction du barème",
    "verification_baremes": "Vérification des barèmes",
    "contestation_bareme": "Contestation du barème",
    "annulation_participation": "Annulation de la participation",
    "resultats": "Résultats",
    "saisie_candidatures": "Saisie des candidatures",
    "annulation_voeux": "Annulation des vœux",
    "classement_par_dsden": "Classement par les DSDEN",
    "confirmation": "Confirmation",
    "confirmation_telechargeable": "Confirmation à télécharger",
    "reouverture_voeu_mayotte": "Réouverture pour un vœu Mayotte",
    "rqth_tardive": "RQTH tardive",
    "ar_sans_bareme": "Accusé de réception sans barème",
    "ar_avec_bareme": "Accusé de réception avec barème",
    "fenetre": "Période",
    "toutes": "Toutes les étapes",
}


@dataclass(frozen=True)
class Stage:
    """One step of a campaign; a day that no source gives is None."""

    phase: str
    libelle_phase: str
    etape: str
    libelle: str
    debut: date | None
    fin: date | None
    heure_fin: str
    portee: str
    note: str
    papers: Source


@rule(
    name="mouvement_calendrier",
    sentence="Les étapes d’une campagne ont les dates publiées ; ce qu’aucune source ne dit reste "
    "vide.",
    source="notes de service annuelles du mouvement",
    since="2013-09-01",
    tables=(TABLE,),
)
def stages(
    degre: Degree, campagne: int, portees: tuple[str, ...] = (), today: date | None = None
) -> tuple[Stage, ...]:
    """Return the known steps of a campaign, in the order of their days.

    Parameters
    ----------
    degre : "1d" or "2d"
    campagne : int
        Year of the rentrée aimed at.
    portees : tuple of str
        Départements or academies whose own dates are wanted, beside the national ones.
    today : date, optional
        What a note guesses of a month is replaced once the month is past.

    Raises
    ------
    PeriodNotCovered
        No date was found for this campaign.
    """
    wanted = (str(campagne), ANY_CAMPAIGN)
    rows = [row for row in _DATES.in_force(None) if row.values["degre"] == degre]
    concerned = [
        row
        for row in rows
        if row.values["campagne"] in wanted and row.values["portee"] in (NATIONAL, *portees)
    ]
    if all(row.values["campagne"] == ANY_CAMPAIGN for row in concerned):
        known = sorted({str(row.values["campagne"]) for row in rows} - {ANY_CAMPAIGN})
        raise PeriodNotCovered(
            f"calendrier {campagne} non trouvé ; campagnes connues : {', '.join(known)}.",
            where="campagne",
        )
    dated = [_stage(row, today) for row in concerned]
    return tuple(sorted(dated, key=lambda stage: stage.debut or stage.fin or date.max))


def _stage(row: Fact, today: date | None) -> Stage:
    values = row.values
    holds = day_or_none(values["note_jusqu_au"])
    past = today is not None and holds is not None and today > holds
    note = "note_ensuite" if past else "note"
    begins, ends = day_or_none(values["date_debut"]), day_or_none(values["date_fin"])
    phase, step = str(values["phase"]), str(values["etape"])
    return Stage(
        phase,
        _WORDS.get(phase, phase),
        step,
        _WORDS.get(step, step),
        begins,
        ends,
        str(values["heure_fin"]),
        str(values["portee"]),
        row.text(note, f"{step}, note"),
        row.papers,
    )
