"""A row lost in a table: a refusal that names the table, or words that say what is missing.

Never another number in its place, and never a crash. Each table of the law that is read loses the
row that `test_every_table_is_followed` changes, or the one named here.
"""

import re
from collections import Counter

import asked_of_tables
import pytest
from emptied import without_row
from test_every_table_is_followed import BY_TABLE, NO_VALUE, OF_REASONS

from iprof_kit.base.errors import KitError

NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])")
NOW = {"valide_au": ""}
LOST = {name: (one.row, one.asked) for name, one in BY_TABLE.items()}
LOST |= {
    "durees_echelon": ({"corps": "pe", "grade": "classe_normale", "echelon": "7"}, "échelon"),
    "grilles": (NOW | {"corps": "pe", "grade": "classe_normale", "echelon": "7"}, "paie"),
    "point_indice": (NOW, "paie"),
    "temps_partiel": ({"code": "QUOTITE", "quotite_travaillee_pct": "80",
                       "type_temps_partiel": "sur_autorisation"}, "paie"),
    "parametres_carriere": ({"cle": "bonification_direction_mois_par_annee"}, "échelon"),
    "retraite_ages": ({"version": "V2026", "categorie": "sedentaire", "ne_du": "1964-01-01"},
                      "pension"),
    "bareme_hors_classe": ({"type": "eligibilite"}, "promotion"),
    "decideurs": ({"corps": "pe"}, "promotion"),
    "positions_avancement": ({"code": "disponibilite"}, "anciennetés"),
    "mouvement_interdepartemental_1d": ({"critere": "echelon", "campagne": "2026",
                                         "sous_critere": "pe_hors_classe_04"}, "mobilité 1d"),
    "parametres_mobilite": ({"cle": "1d_anciennete_tranche_annees"}, "mobilité 1d"),
    "mouvement_interacademique_2d": ({"critere": "anciennete_service", "campagne": "2026",
                                      "sous_critere": "classe_normale_par_echelon"},
                                     "mobilité 2d"),
    "parcours_conditions": ({"code": "LA_AGREGE", "rang": "2"}, "parcours"),
    "concours": ({"code": "LA_AGREGE"}, "parcours"),
    "cotisations": (NOW | {"code": "RAFP"}, "paie"),
    "parametres_paie": (NOW | {"cle": "tpp_annuel"}, "paie"),
    "primes": (NOW | {"code": "ISAE_FIXE"}, "paie"),
    "echeances_paie": ({"periodicite": "neuvieme_oct_juin"}, "paie"),
    "assiettes_paie": ({"famille": "sft"}, "paie"),
    "absences_paie": ({"absence": "greve", "famille": "sft"}, "grève"),
    "sft": (NOW | {"nb_enfants": "2"}, "paie"),
    "indemnite_residence": (NOW | {"zone": "1"}, "paie"),
    "outre_mer": ({"code": "MAJORATION_TRAITEMENT", "territoire": "La Reunion"},
                  "paie à La Réunion"),
    "jours_feries": ({"cle": "toussaint"}, "rendez-vous"),
    "vacances_scolaires": ({"zone": "A", "annee": "2026", "periode": "Noël"}, "rendez-vous"),
    "zones_vacances": ({"code_academie": "06"}, "rendez-vous"),
}  # fmt: skip
SAID = {
    "decideurs": "non calculé : période non couverte : qui décide (Professeurs des écoles), le "
    "1er septembre 2025 (table decideurs)",
    "ratios_promotion": "taux non trouvé",
    "rendez_vous_carriere_regles": "délais : non calculé : delai_franc",
    "rendez_vous_delais": "délais : non calculé : aucune valeur pour calendrier au",
    "parametres_parcours": "non calculé : naissance_taux_mois_1",
    "positions_avancement": '"valeur": "1 an", "a_verifier": true',
    "anciennetes_positions": '"valeur": "1 an", "a_verifier": true',
    "temps_partiel": "Fraction payée d’une quotité intermédiaire : formule non confirmée.",
    "mouvement_interdepartemental_1d": "au moins (un critère n’a pas de valeur connue)",
    "mouvement_interacademique_2d": "aucune valeur trouvée pour la campagne 2026",
    "primes": "ISAE, part fixe (suivi et accompagnement des élèves) : non calculé",
    "echeances_paie": "Part fonctionnelle (mission du Pacte) : non calculé, les totaux ne le "
    "comptent pas (neuvieme_oct_juin : clé inconnue (table echeances_paie))",
    "zones_vacances": "les vacances scolaires de ces jours sont inconnues de ce kit",
    "vacances_scolaires": "les vacances scolaires de ces jours sont inconnues de ce kit",
    "sft": "table sft",
    "indemnite_residence": "Indemnité de résidence : non calculé",
    "outre_mer": "table outre_mer",
    "retraite_ages": "génération absente des tables pour cette catégorie et cette date d’effet",
}
"""What is then said beside the rest of the answer: the table or the value that misses."""
OF_A_FIELD = {
    "departements": "a département that no row names cannot be asked for",
    "reprise_natures": "nor a nature of services",
    "parcours_natures": "nor another",
    "concours": "nor a path",
    "durees_echelon": "nor a position that lasts no time on that day: it is refused with its day",
}
"""What is refused as what was typed: the row gave the value its name."""
LISTED = {
    "primes_usuelles": "a prime that is not usual is not supposed",
    "promotions_stats": "bars that were published",
    "recours_promotion": "what one may do",
    "rendez_vous_evaluateurs": "one position of a corps",
    "rendez_vous_parties": "one part of a grid",
    "rendez_vous_recours": "no text known: it is shown as unknown",
    "rendez_vous_reports": "no report known",
    "jours_feries": "a day that no row says is a holiday is worked",
    "mouvement_calendrier": "dates that were published",
    "barres_mouvement": "bars that were published",
    "limitrophes": "who borders whom",
    "carte_scolaire": "what an academy says", "corrections_confirmation": "what it says",
    "extension_intra": "what it says", "preferences_remplacement": "what it says",
    "academies": "places", "carte_schematique": "a place without a tile",
    "retraite_carriere_longue": "doors to an early departure",
    "durees_echelon_projet": "an échelon that the project does not shorten",
    "parcours_autorites": "the authority of the kind of path, where it has none of its own",
    "reforme_concours_2026": "facts that are shown", "droits_dossier": "sentences",
    "anciennetes": "anciennetés", "anciennetes_affectations": "words of affectations",
    "glossaire": "words", "fuseaux": "places without an hour of their own",
    "analyses_rh": "analyses", "reperes_age": "classes", "tranches_anciennete": "classes",
    "salaires_stats": "published figures", "bornes_saisie": "bounds read at import",
    "criteres_regles": "rules read at import",
    "generateur_cibles": "published figures",
}  # fmt: skip
"""Tables whose rows are a list: what is lost is no longer in it, and no number takes its place."""
NAMES = {"corps", "corps_particularites", "corps_choix", "libelles", "feminins", "nomenclatures"}
"""Names of codes, read as they are written: `words` refuses a code without name."""


def test_every_table_of_the_law_loses_a_row():
    tables = {*BY_TABLE, *(one.table for one in OF_REASONS)}
    assert set(LOST) == tables
    assert (
        not (set(SAID) | set(OF_A_FIELD) | set(LISTED) | NAMES | set(NO_VALUE))
        - tables
        - set(NO_VALUE)
    )


@pytest.mark.parametrize("name", [name for name in LOST if name not in NAMES])
def test_a_lost_row_is_refused_or_said_and_no_number_takes_its_place(name, tmp_path, monkeypatch):
    row, asked = LOST[name]
    before, _ = asked_of_tables.words_of(asked)
    refusal = ""
    with without_row(name, row, tmp_path, monkeypatch):
        try:
            after, _ = asked_of_tables.words_of(asked)
        except KitError as error:
            refusal = str(error)
    if refusal:
        assert name in OF_A_FIELD or name in refusal
    elif name in SAID:
        assert SAID[name] in after
        assert SAID[name] not in before
    else:
        assert name in LISTED, f"une autre réponse, sans rien dire : {after[:300]}"
        assert not Counter(NUMBER.findall(after)) - Counter(NUMBER.findall(before))
