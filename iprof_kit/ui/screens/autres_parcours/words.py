"""French names of the rows of the tables of training and of the reform of the competitions."""

from __future__ import annotations

DOMAINS = {
    "obligation": "Obligations", "vacances": "Formation pendant les vacances",
    "cpf": "Compte personnel de formation (CPF)", "organisation": "Organisation de la formation",
    "certification": "Certifications",
}  # fmt: skip
"""The domains shown; hours of service and the use of GAIA belong to other screens."""
_LABELS = {
    "formation_continue_obligatoire": "Formation continue obligatoire",
    "plan_constellations": "Plans français et mathématiques",
    "formation_pendant_vacances": "Jours de formation", "allocation_formation": "Allocation",
    "alimentation_annuelle": "Alimentation du compte", "plafond": "Plafond du compte",
    "alimentation_avant_2020": "Alimentation avant 2020",
    "plafond_horaire_pedagogique": "Prise en charge, frais pédagogiques",
    "plafond_projet": "Prise en charge, par projet",
    "plafond_projet_inaptitude": "Prise en charge, prévention de l’inaptitude",
    "peu_qualifies": "Agents sans diplôme", "usage": "Usage du compte",
    "campagne_exemple": "Exemple de campagne", "campagne_exemple_2": "Autre exemple de campagne",
    "consultation": "Où consulter le compte", "eafc": "Qui forme",
    "parcours_duree": "Durée d’un parcours", "parcours_modalites": "Modalités",
    "fin_date_limite_unique": "Dates limites", "fit_min_inscrits": "Formation locale, inscrits",
    "pnf": "Plan national", "magistere": "Formation à distance (M@gistère)",
    "cappei_formation": "Formation au CAPPEI",
    "cafipemf_formation": "Formation au CAFIPEMF",
    "decret_reforme_jo": "Publication du décret",
    "premiere_session_bac3": "Première session à bac+3",
    "cohabitation_bac3_bac5": "Deux formats à la fois", "fin_format_bac5": "Fin du format à bac+5",
    "remuneration_m2e_annee1": "Rémunération, première année de M2E",
    "remuneration_m2e_annee2": "Rémunération, deuxième année de M2E",
    "remuneration_eleve_fonctionnaire": "Traitement de l’élève fonctionnaire",
    "engagement_servir": "Engagement de servir",
    "lpe_ouverture": "Ouverture de la licence professorat des écoles",
    "lpe_dispense_admissibilite": "Dispense d’écrits avec cette licence",
    "epreuves_bac3": "Épreuves à bac+3", "hors_reforme": "Concours hors de la réforme",
    "laureat_m1_meef": "Concours réussi avec un M1 MEEF",
    "laureat_m2_meef": "Concours réussi avec un M2 MEEF",
    "inscription_2025_enseignants": "Inscriptions 2025, enseignants",
    "inscription_2025_perdir": "Inscriptions 2025, personnels de direction",
    "inscription_2017": "Inscriptions 2017",
    "inscription_2026_bac5": "Inscriptions 2026, à bac+5",
    "inscription_2026_bac3": "Inscriptions 2026, à bac+3",
    "places_crpe_2026_bac5": "Places du CRPE 2026, à bac+5",
    "places_crpe_2026_bac3": "Places du CRPE 2026, à bac+3",
}  # fmt: skip


def label_of(key: str) -> str:
    """Return the French name of a row; the key in words for a new one."""
    return _LABELS.get(key, key.replace("_", " ").capitalize())
