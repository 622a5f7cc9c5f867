"""One row changed in every table: what is answered where it is read says the new row."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

import asked_of_tables
import pytest
import test_pay_follows_the_tables
import test_why_follows_the_tables
from changed_tables import Change, rewrite

from iprof_kit.base.paths import REFERENCE, ROOT

IN_ANSWER, IN_TRACE, NOWHERE = "answer", "trace", ""


@dataclass(frozen=True)
class Row(Change):
    """A change, what the answer of `asked` then says, and where its source is cited."""

    asked: str = ""
    says: tuple[str, ...] = ()
    cited: str = IN_ANSWER


def row(table, key, column, value, asked, *says, cited=IN_ANSWER, **more):
    return Row(table, key, column, value, asked=asked, says=says, cited=cited, more=more)


NOW = {"valide_au": ""}
ROWS = [
    row("heures_supplementaires", NOW | {"corps": "certifie;plp", "groupe_grade": "classe_normale"},
        "indice_debut", "400", "heures", "400", "163,28 €"),
    row("libelles_paie", {"code": "HSA"}, "libelle", "Heures changées", "heures",
        "Heures changées", cited=NOWHERE),
    row("conges_paie", NOW | {"conge": "CLM", "part": "primes", "mois_du": "1"}, "part_pct", "34",
        "maladie", '"part_primes": 34.0'),
    row("conges_sante", {"conge": "CMO", "cle": "decompte_annee"}, "valeur", "11", "maladie",
        "sur les 11 mois qui finissent"),
    row("fraction_saisissable", {"cle": "personne_a_charge"}, "montant", "1000", "trop-perçu",
        "1 000 €"),
    row("primes_usuelles", {"code": "DOC_ISP"}, "usage", "comprise", "heures",
        '"code": "DOC_ISP"'),
    row("bareme_classe_exceptionnelle", {"corps": "certifie", "campagne_du": "2024",
        "element": "eligibilite"}, "valeur", "6", "classe exceptionnelle",
        "il faut au moins le 6e échelon de la hors classe"),
    row("parametres_promotion", {"cle": "vivier2_agrege_annees"}, "valeur", "4", "vivier",
        "4 ans dans le 4e échelon"),
    row("promotions_stats", {"source": "47.snuipp.fr Integration-dans-la-Hors-Classe-2022",
        "corps": "pe"}, "barre_points", "150", "tirage", "150 points"),
    row("ratios_promotion", {"annee": "2025", "corps": "pe", "grade_cible": "hors_classe"},
        "ratio_pct", "24", "promotion", "24 % (2025)", '"contingent": 161', cited=IN_TRACE),
    row("recours_promotion", {"cle": "tribunal"}, "texte", "Saisir un juge", "tirage",
        "Saisir un juge"),
    row("reclassement", {"id": "R4", "corps": "pe"}, "anciennete_conservee",
        "anciennete_origine - 20", "classement", "avec 1 an d’ancienneté"),
    row("reclassement_phrases", {"id": "R4"}, "phrase", "Phrase changée.", "classement",
        "Phrase changée.", cited=NOWHERE),
    row("coefficients_reprise", {"corps_accueil": "certifie;pe;peps;plp;cpe;psyen",
        "nature_services": "AED, AESH"}, "coefficient", "1", "entrée", '"jours_repris": 360'),
    row("reprise_natures", {"code": "aed"}, "libelle", "assistant changé", "entrée",
        "assistant changé"),
    row("rendez_vous_carriere", {"corps": "pe", "rdv": "2"}, "promu_echelon_du", "N-1-02-01",
        "rendez-vous", '"promu_du": "2031-02-01"', promu_echelon_au="N-01-31",
        anciennete_min_mois_au_31_08="19", anciennete_max_mois_au_31_08="31"),
    row("rendez_vous_carriere_regles", {"cle": "delai_franc"}, "valeur", "compte changé",
        "rendez-vous", "Compte changé."),
    row("rendez_vous_delais", NOW | {"cle": "calendrier"}, "valeur", "20", "rendez-vous",
        "20 jours"),
    row("rendez_vous_reports", NOW | {"cle": "appreciation"}, "jour", "10-20", "rendez-vous",
        "2027-10-20"),
    row("rendez_vous_evaluateurs", {"corps": "pe", "position": "ecole"}, "inspection",
        "une autre personne", "évaluateurs", "une autre personne", cited=IN_TRACE),
    row("rendez_vous_parties", {"modele": "education", "partie": "inspection"}, "nombre", "6",
        "grille d’éducation", '"count": 6'),
    row("rendez_vous_grille", {"modele": "enseignant", "partie": "chef", "rang": "1"}, "libelle",
        "Compétence changée", "grille", "Compétence changée", cited=IN_TRACE),
    row("rendez_vous_recours", {"corps": "pe"}, "texte", "texte du recours changé", "recours",
        "texte du recours changé", cited=IN_TRACE),
    row("vacances_scolaires", {"zone": "C", "annee": "2026", "periode": "Noël"}, "valide_au",
        "2027-01-01", "rendez-vous", '"jours": 11'),
    row("zones_vacances", {"code_academie": "06"}, "zone", "C", "rendez-vous", '"jours": 11'),
    row("jours_feries", {"cle": "onze_novembre"}, "jour", "11-02", "rendez-vous", "2027-11-03",
        cited=IN_TRACE),
    row("mouvement_calendrier", {"degre": "1d", "campagne": "2026",
        "etape": "annulation_participation"}, "date_fin", "2026-02-05", "mobilité 1d",
        "2026-02-05"),
    row("barres_mouvement", {"degre": "1d", "annee": "2021", "type_barre": "entree",
        "code_departement": "44"}, "bareme", "500", "mobilité 1d", "(500 points)"),
    row("limitrophes", {"niveau": "departement", "code_1": "35", "code_2": "50"}, "code_2", "06",
        "mobilité 2d", "Vœu 2, Nice : 199,2 points", libelle_2="Alpes-Maritimes"),
    row("carte_scolaire", {"degre": "2d", "portee": "national", "nature": "priorite"}, "libelle",
        "Priorité changée.", "carte scolaire", "Priorité changée."),
    row("corrections_confirmation", {"portee": "Lille", "quoi": "Ajouter un vœu"}, "possible",
        "non", "corrections", '["Ajouter un vœu", false'),
    row("extension_intra", {"portee": "Besançon", "cle": "garde"}, "valeur", "Garde changée.",
        "extension", "Garde changée."),
    row("preferences_remplacement", {"portee": "Nice", "cle": "nombre"}, "valeur", "7",
        "préférences", '"most": 7'),
    row("departements", {"code_insee": "44"}, "nom", "Département changé", "mobilité 1d",
        "Département changé", cited=NOWHERE),
    row("academies", {"code_academie": "23"}, "est_dom", "oui", "académies",
        '"overseas": true}, {"key": "Créteil"', cited=NOWHERE),
    row("carte_schematique", {"niveau": "departement", "code": "44"}, "colonne", "20",
        "départements", '"tile": [20, ', cited=NOWHERE),
    row("retraite_parametres", {"code": "taux_liquidation_max"}, "valeur", "0.8", "pension",
        '"taux_liquidation_pct": 69.6471'),
    row("parametres_pension", {"cle": "bonif_enfant_interruption_min"}, "valeur", "6", "enfant",
        '"trimestres_bonifications": 0', cited=IN_TRACE),
    row("retraite_carriere_longue", {"version": "V2026", "ne_du": "1964-01-01"},
        "age_depart_mois", "750", "carrière longue", '"age_carriere_longue": 750', cited=IN_TRACE),
    row("durees_echelon_projet", {"corps": "pe", "echelon": "7"}, "duree_projet_mois", "24",
        "projet", '{"date": "2026-12-01"'),
    row("parcours", {"code": "TP_AUTORISATION"}, "duree_initiale_mois", "14", "temps partiel",
        '"texte": "14"'),
    row("parcours_autorites", {"cle": "LA_AGREGE"}, "decide_par", "une autre autorité", "parcours",
        "une autre autorité"),
    row("parcours_natures", {"nature": "enseignement"}, "libelle", "services changés", "parcours",
        "services changés", cited=NOWHERE),
    row("parametres_parcours", {"cle": "naissance_taux_mois_1"}, "valeur", "72", "naissance",
        "soit 1 991,95 €"),
    row("reforme_concours_2026", {"cle": "premiere_session_bac3"}, "valeur", "2027", "réforme",
        '"valeur": "2027"'),
    row("dossiers_concours", {"dossier": "raep_enseignement", "rang": "2"}, "titre",
        "Titre changé", "dossier", "Titre changé"),
    row("demandes_delais", {"cle": "mediation"}, "valeur", "3", "demande", "2027-01-18"),
    row("formation", {"cle": "animations_et_formation"}, "valeur", "20", "formation",
        "compte 20 heures par an", '"heures_dues": 20.0'),
    row("anciennetes", {"code": "corps"}, "sert_a", "usage changé", "anciennetés", "usage changé"),
    row("anciennetes_positions", {"anciennete": "poste", "position": "disponibilite"}, "effet",
        "compte", "anciennetés", '"jours": 3600'),
    row("anciennetes_affectations", {"mots": "tzr"}, "mots", "provisoire", "poste",
        '"depuis": "2016-09-01"'),
    row("droits_dossier", {"cle": "papier"}, "texte", "Texte changé.", "droits", "Texte changé."),
    row("glossaire", {"terme": "AAH"}, "developpe", "sigle changé", "glossaire", "sigle changé"),
    row("corps", {"corps": "pe"}, "libelle", "Maîtres des écoles", "mots", "Maîtres des écoles",
        cited=NOWHERE),
    row("corps_particularites", {"cle": "services_actifs"}, "valeur", "actifs changés", "mots",
        "actifs changés", cited=NOWHERE),
    row("corps_choix", {"cle": "discipline_des_barres", "corps": "cpe"}, "valeur",
        "Éducation changée", "mots", "Éducation changée", cited=NOWHERE),
    row("libelles", {"type": "corps", "code": "pe"}, "libelle", "Maître des écoles", "mots",
        '"Maître des écoles"', cited=NOWHERE),
    row("feminins", {"masculin": "Professeur certifié"}, "feminin", "Certifiée", "mots",
        "Certifiée", cited=NOWHERE),
    row("nomenclatures", {"liste": "type_etablissement", "code": "CLG"}, "libelle",
        "Collège changé", "mots", "Collège changé", cited=NOWHERE),
    row("fuseaux", {"departement": "971"}, "lieu", "aux Antilles", "heure", "aux Antilles",
        cited=NOWHERE),
    row("analyses_rh", {"numero": "1"}, "titre", "Titre d’analyse changé", "usages",
        "Titre d’analyse changé"),
    row("reperes_age", {"usage": "classe", "age": "60"}, "age", "61", "âges", "61 ans et plus",
        cited=NOWHERE),
    row("tranches_anciennete", {"annees": "1"}, "libelle", "débutants", "tranches", "débutants",
        cited=NOWHERE),
    row("salaires_stats", {"annee": "2023", "corps": "tous", "indicateur": "moyenne",
        "quotite": "toutes"}, "valeur", "2921", "salaires", "2921.0"),
    row("criteres_regles", {"regle": "inter_1d_voeu_repete"}, "phrase", "Phrase changée.",
        "critères", "Phrase changée.", cited=NOWHERE),
    row("bornes_saisie", {"cle": "enfants"}, "maximum", "19", "bornes", '"maximum": 19',
        cited=NOWHERE),
    row("secret_statistique", {"cle": "seuil"}, "valeur", "6", "secret", '"threshold": 6',
        cited=NOWHERE),
    row("generateur", {"parametre": "effectif", "corps": "pe"}, "valeur", "335001", "générateur",
        "335001", cited=NOWHERE),
    row("generateur_cibles", {"indicateur": "part_corps", "corps": "pe"}, "valeur", "47.4",
        "cibles", "47.4"),
]  # fmt: skip
OF_REASONS = [*test_why_follows_the_tables.CHANGES, *test_pay_follows_the_tables.CHANGES]
NO_VALUE = {
    "verifie": "the day of each table: it has neither source nor value of the law",
    "procedures_classement": "written from data/procedures by `iprof law procedures`",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What is answered with every change at once, in a copy of the tables, and its trace."""
    copy = tmp_path_factory.mktemp("droit") / "reference"
    shutil.copytree(REFERENCE, copy)
    for one in ROWS:
        rewrite(copy / f"{one.table}.csv", one)
    run = subprocess.run(
        [sys.executable, asked_of_tables.__file__],
        cwd=ROOT, env={**os.environ, "IPROF_REFERENCE": str(copy)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


BY_TABLE = {one.table: one for one in ROWS}


@pytest.mark.parametrize("name", BY_TABLE)
def test_a_changed_row_changes_what_is_answered(answers, name):
    one = BY_TABLE[name]
    (before, _), ((after, _), _) = asked_of_tables.words_of(one.asked), answers[one.asked]
    for text in one.says:
        assert text not in before
        assert text in after


@pytest.mark.parametrize("name", [one.table for one in ROWS if one.cited != NOWHERE])
def test_a_changed_row_is_cited_where_it_is_read(answers, name):
    one = BY_TABLE[name]
    (answer, trace), _ = answers[one.asked]
    assert one.source in (answer if one.cited == IN_ANSWER else trace)


@pytest.mark.parametrize("name", asked_of_tables.ASKED)
def test_a_reason_is_the_same_when_it_is_asked_again(answers, name):
    first, again = answers[name]
    assert again == first


def test_every_table_is_in_the_list():
    changed = {one.table for one in (*ROWS, *OF_REASONS)} | set(NO_VALUE)
    assert changed == {file.stem for file in REFERENCE.glob("*.csv")}
