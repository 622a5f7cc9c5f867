"""The subject « eligibility »: words, refusals of contradictory questions, effects, training."""

import json
from datetime import date

import pytest

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.paths.calculation import SUBJECT
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.calculate.subjects import ask
from iprof_kit.law.paths.rows import paths

CERTIFIE = {
    "jour": "2026-11-25", "corps": "certifie", "grade": "classe_normale", "echelon": "8",
    "anciennete_echelon_jours": 400, "statut": "titulaire", "date_naissance": "1980-01-01",
    "date_entree_corps": "2012-09-01", "niveau_diplome": "7", "position": "activite",
    "enfants": [],
    "services": [
        {"nature": "enseignement", "jours": 5400, "en_cours": True},
        {"nature": "corps", "jours": 5000, "en_cours": True},
    ],
}  # fmt: skip


def one(code, **changes):
    return ask("eligibility", CERTIFIE | {"parcours": code} | changes).parcours[0]


def effect(answer, label):
    return next(e for e in answer.effets if e.libelle == label)


@pytest.mark.parametrize("code", [code for code in paths() if code.startswith("CRPE")])
def test_the_competition_of_ones_own_corps_in_the_first_degree_is_no_path(code):
    mine = one(code, corps="pe")
    assert mine.etat == "jamais"
    assert mine.phrase == "Sans objet : vous appartenez déjà à ce corps (Professeurs des écoles)."
    assert mine.manque == ("vous appartenez déjà à ce corps (Professeurs des écoles)",)
    assert "vous appartenez déjà" not in one(code).phrase


def test_the_competition_of_ones_own_corps_without_disciplines_is_no_path():
    # décret 70-738: one competition for every CPE, without sections
    assert one("CPE_INT", corps="cpe").etat == "jamais"
    assert one("CPE_INT").etat != "jamais"
    assert "vous appartenez déjà" not in one("CAPES_INT").phrase  # another discipline


def test_all_paths_and_all_complements_are_answered():
    answer = ask("eligibility", CERTIFIE)
    said = [p.code for p in answer.parcours] + [c.code for c in answer.complements]
    assert sorted(said) == sorted(paths())
    assert answer.session == 2027
    assert answer.formats_concours == ("bac+3", "bac+5")


def test_nobody_is_promised_anything_and_somebody_decides():
    answer = ask("eligibility", CERTIFIE)
    text = answer.model_dump_json()
    assert "vous serez" not in text.lower()
    assert "vous obtiendrez" not in text.lower()
    for path in answer.parcours:
        assert path.decide_par
        assert path.phrase.startswith(("Ouvert", "Dépend", "Fermé"))
        if path.etat != "jamais":
            assert "Décide" in path.phrase
        if path.famille == "concours" and path.etat == "ouvert":
            assert "jury" in path.decide_par


def test_an_open_path_has_no_condition_unmet_nor_unknown_outside_its_alternatives():
    for path in ask("eligibility", CERTIFIE).parcours:
        if path.etat == "ouvert":
            assert not path.manque
            assert not path.a_verifier_par_vous
        if path.etat == "depend":
            assert path.a_verifier_par_vous
        if path.etat == "jamais":
            assert path.manque


def test_each_condition_says_what_is_held_what_is_needed_and_when():
    answer = one("LA_AGREGE", date_naissance="1990-06-15")
    age = next(c for c in answer.conditions if c.condition == "âge")
    assert (age.a, age.il_faut, age.remplie) == ("36 ans 5 mois 10 jours", "40 ans", False)
    assert age.remplie_le == date(2030, 6, 15)
    assert age.au == "au 1er octobre 2027"
    assert all(c.alternative is None for c in answer.conditions)
    assert answer.session == 2030
    assert answer.date_reference == date(2030, 10, 1)
    assert answer.a_partir_du == date(2029, 9, 1)
    assert answer.date_reference_code == "10-01_ANNEE_LISTE"
    assert any("âge" in text and "40 ans" in text for text in answer.manque)
    assert answer.acte == "I-Prof (SIAP)"


def test_alternatives_are_grouped():
    said = {c.condition: c.alternative for c in one("CAFFA").conditions}
    assert said["être titulaire"] == "statut"
    assert said["corps détenu"] == "corps"


def test_a_calendar_not_found_says_the_last_one_known():
    assert one("LA_AGREGE").calendrier == (
        "calendrier 2027 non trouvé ; dernier connu : session 2026, inscriptions du "
        "19 janvier 2026 au 20 février 2026"
    )
    assert one("CAPES_INT").calendrier == (
        "calendrier 2027 non trouvé ; dernier connu : session 2025, tous concours "
        "enseignants, inscriptions du 1er octobre 2024 au 7 novembre 2024"
    )
    # vousnousils, snuipp86 : session 2026, bac+5 du 18-09-2025, bac+3 du 14-10-2025, au 02-12-2025
    assert one("CAPES_EXT_M2").calendrier == (
        "calendrier 2027 non trouvé ; dernier connu : session 2026, même format, "
        "inscriptions du 18 septembre 2025 au 2 décembre 2025"
    )
    assert "du 14 octobre 2025 au 2 décembre 2025" in one("CRPE_EXT_L3").calendrier
    assert one("IA_IPR").calendrier == "calendrier 2027 non trouvé"
    known = one("PERDIR_INT", jour="2024-11-01", date_entree_corps="2012-09-01").calendrier
    assert known.startswith("session 2025 : inscriptions du 1er octobre 2024 au 21 novembre")


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("CAFIPEMF", "session 2025 (Mayotte), inscriptions du 13 mai 2024 au 7 juin 2024"),
        ("IEN", "session 2025, inscriptions dès octobre 2024"),
        ("CERTIF_COMPL", "2023 (Mayotte), inscriptions du 4 septembre 2023 au 2 octobre 2023"),
        ("AGREG_EXT", "2024 au 7 novembre 2024, épreuves à partir du 17 février 2025"),
        ("AGREG_INT", "2024 au 7 novembre 2024, épreuves à partir du 27 janvier 2025"),
        ("AGREG_EXT_SPE", "session 2025, épreuves à partir du 17 février 2025"),
        ("PERDIR_3C", "au 21 novembre 2024, épreuves à partir du 29 janvier 2025"),
    ],
)
def test_the_last_calendar_known(code, text):
    assert text in one(code).calendrier


@pytest.mark.parametrize(
    ("code", "first", "most"),
    [
        ("DET_CORPS", "12 (enseignants, première année)", "60"),
        ("DET_AEFE", "36", "72"),
        ("DISPO_CONVENANCES", "12", "120"),
        ("DISPO_ETUDES", "36", "72"),
        ("DISPO_ENTREPRISE", "24", "24"),
        ("CFP", "1", "36"),
        ("CONGE_NAISSANCE", "1", "2"),
        ("TP_ENTREPRISE", "36", "48"),
    ],
)
def test_how_long_it_may_last(code, first, most):
    answer = one(code)
    assert effect(answer, "durée initiale, en mois").texte == first
    assert effect(answer, "durée maximale, en mois").texte == most


@pytest.mark.parametrize(
    ("code", "months"),
    [("DISPO_CONJOINT", "36"), ("DISPO_ENFANT", "36"), ("DISPO_SOINS", "36"),
     ("DISPO_ADOPTION", "1,5"), ("MAD", "36"), ("TP_AUTORISATION", "12"), ("POP", "36"),
     ("DDFPT", "12"), ("CNED_POSTE_ADAPTE", "12 ou 48"), ("IRA", "6")],
)  # fmt: skip
def test_how_long_it_first_lasts(code, months):
    assert effect(one(code), "durée initiale, en mois").texte == months


@pytest.mark.parametrize(
    ("code", "act"),
    [("LA_DIRECTEUR", "DSDEN"), ("CAFIPEMF", "académie"), ("AGREG_EXT", "Cyclades"),
     ("CAPPEI_VAEP", "académie (livrets 1 et 2)"), ("CAPPEI_EXAMEN", "DSDEN (1D), rectorat (2D)"),
     ("HABIL_DDFPT", "Colibris ou dossier académique"), ("LA_CERTIFIE", "I-Prof")],
)  # fmt: skip
def test_where_the_act_is_made(code, act):
    assert one(code).acte == act


def test_what_completes_what():
    completes = {c.code: c.complete for c in ask("eligibility", CERTIFIE).complements}
    assert completes["DISPO_AVANCEMENT_4ANS"] == ("DISPO_CONVENANCES", "DISPO_ENTREPRISE")
    assert completes["CFP_ENGAGEMENT"] == ("CFP",)
    assert completes["LA_DIRECTEUR_VALIDITE"] == ("LA_DIRECTEUR",)
    assert effect(one("CFP"), "engagement de servir").montant == int(
        paths()["CFP_ENGAGEMENT"].text("duree_max_mois")
    )


def test_p21_what_an_adoption_does_to_the_post_is_said_once_and_is_to_verify():
    assert effect(one("DISPO_ADOPTION"), "poste").texte.startswith("conservé (à vérifier")
    assert "perte" in effect(one("DISPO_CONVENANCES"), "poste").texte


def test_a_condition_met_since_a_day():
    assert one("LA_AGREGE").depuis == date(2021, 11, 25)


def test_doubtful_tables_are_said():
    assert one("IRA_INT").a_verifier
    assert "non confirmé" in one("IRA_INT").motif_a_verifier
    assert not one("LA_AGREGE").a_verifier
    assert "à vérifier" in one("LA_AGREGE").decide_par
    later = one("LA_AGREGE", jour="2028-11-25")
    assert "24 novembre 2026" in later.motif_a_verifier


def test_the_divergence_of_the_directors_list_stays_to_verify():
    assert one("LA_DIRECTEUR", corps="pe").a_verifier
    assert any("2 ans" in text or "5 ans" in text for text in one("LA_DIRECTEUR").a_savoir)


def test_the_rupture_shows_the_floor_and_the_ceiling_of_its_indemnity():
    answer = one("RUPTURE_CONV", remuneration_brute_annuelle=36000, anciennete_rupture_annees=20)
    assert effect(answer, "indemnité de rupture, plancher").montant == 21000
    assert effect(answer, "indemnité de rupture, plafond").montant == 60000


def test_an_indemnity_without_its_data_is_said_not_computed():
    answer = effect(one("RUPTURE_CONV", anciennete_rupture_annees=20), "indemnité de rupture")
    assert answer.montant is None
    assert answer.texte == "non calculée : rémunération brute annuelle à donner"


def test_part_time_shows_what_each_quotite_is_paid():
    answer = one("TP_AUTORISATION")
    amounts = {e.libelle: e.montant for e in answer.effets if "traitement brut" in e.libelle}
    full = amounts["traitement brut à 50 %"] * 2
    assert amounts["traitement brut à 80 %"] == pytest.approx(full * 6 / 7, abs=0.01)
    assert amounts["traitement brut à 90 %"] == pytest.approx(full * 32 / 35, abs=0.01)
    unknown = one("TP_AUTORISATION", corps=None, grade=None, echelon=None)
    assert effect(unknown, "traitement brut à 80 %").montant is None


def test_the_training_leave_shows_its_allowance_and_its_commitment():
    answer = one("CFP", indemnite_residence=0)
    assert effect(answer, "engagement de servir").montant == 36
    assert effect(answer, "mois indemnisés").texte == "12 mois à 85 %"
    paid = effect(answer, "indemnité mensuelle au taux réduit")
    assert paid.montant == pytest.approx(562 * 59.0734 / 12 * 0.85, abs=0.01)
    priority = one("CFP_PUBLICS_PRIORITAIRES")
    assert effect(priority, "mois indemnisés").texte == "12 mois à 100 % puis 12 mois à 85 %"


def test_a_change_of_corps_shows_the_classement():
    """8e de certifié et 400 jours : 5 620 jours x 135 / 175 = 4 335, soit le 7e et 195 jours."""
    found = effect(one("LA_AGREGE"), "classement au jour demandé")
    assert found.texte == "7e échelon, ancienneté conservée : 6 mois 15 jours"
    missing = effect(one("LA_AGREGE", anciennete_echelon_jours=None), "classement au jour demandé")
    assert missing.montant is None
    assert "manquante" in missing.texte


def test_a_change_of_corps_without_a_rule_says_so():
    found = effect(one("CRPE_EXT_L3"), "classement au jour demandé")
    assert "règle non couverte" in found.texte


def test_what_a_laureate_at_bac3_becomes():
    texts = [e.texte for e in one("CAPES_EXT_L3", master="M1_MEEF").effets]
    assert any("M2E 2e année" in text for text in texts)
    paid = [e for e in one("CAPES_EXT_L3", master="autre").effets if "1400" in e.texte]
    assert paid[0].unite == "euros nets par mois"


def test_the_effects_of_a_row_are_told():
    labels = {e.libelle: e.texte for e in one("DISPO_CONJOINT").effets}
    assert labels["poste"] == "perte du poste"
    assert labels["rémunération"] == "aucune"
    assert {"avancement", "pension", "durée initiale, en mois"} <= set(labels)


def test_an_effect_says_whether_it_is_pay():
    assert {e.libelle for e in one("CFP", indemnite_residence=0).effets if e.paie} == {
        "rémunération",
        "mois indemnisés",
        "indemnité mensuelle au taux réduit",
    }
    assert [e.paie for e in one("CAPES_EXT_L3", master="autre").effets if "1400" in e.texte] == [
        True
    ]
    assert not effect(one("DISPO_CONJOINT"), "poste").paie


def test_leaves_are_asked_outside_iprof():
    for code in ("CFP", "DISPO_CONJOINT", "TP_DROIT"):
        assert one(code).acte.startswith("Colibris (DELTA à Paris), hors I-Prof")
    assert one("CAPES_INT").acte == "Cyclades"


def test_a_complement_asked_answers_the_path_it_completes():
    answer = ask("eligibility", CERTIFIE | {"parcours": "ISRC_0_10"})
    assert [p.code for p in answer.parcours] == ["RUPTURE_CONV"]
    assert "ISRC_0_10" in [c.code for c in answer.complements]


def test_rights_to_training():
    answer = ask("eligibility", CERTIFIE | {"heures_cpf": 140})
    assert answer.heures_cpf_fin_annee == 150
    assert "service_1d" not in {fact.domaine for fact in answer.formation}
    first = ask("eligibility", CERTIFIE | {"corps": "pe"})
    assert {"service_1d", "cpf", "gaia"} <= {fact.domaine for fact in first.formation}


CONTRADICTIONS = {
    "parcours": {"parcours": "INCONNU"},
    "corps": {"corps": "boulanger"},
    "grade": {"corps": None},
    "echelon": {"grade": None},
    "statut": {"statut": "stagiaire", "date_titularisation": "2012-09-01"},
    "date_naissance": {"date_naissance": "2027-01-01"},
    "date_titularisation": {"date_titularisation": "1970-01-01"},
    "enfants": {"enfants": [{"naissance": "2027-01-01"}]},
    "services": {
        "services": [
            {"nature": "enseignement", "jours": 10, "en_cours": True},
            {"nature": "en_classe", "jours": 20, "en_cours": True},
        ]
    },
    "faits": {"faits": {"milliardaire": True}},
    "mois_pris": {"mois_pris": {"vacances": 3}},
    "nature": {"services": [{"nature": "vie", "jours": 1, "en_cours": True}]},
}


@pytest.mark.parametrize("field", CONTRADICTIONS)
def test_a_contradiction_names_the_field(field):
    with pytest.raises(InputError) as error:
        ask("eligibility", CERTIFIE | CONTRADICTIONS[field])
    assert field in str(error.value)


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({"parcours": "INCONNU"}, "RUPTURE_CONV"),
        ({"corps": "boulanger"}, "agrege"),
        ({"faits": {"milliardaire": True}}, "trois_enfants"),
        ({"mois_pris": {"vacances": 3}}, "conge_formation"),
        ({"niveau_diplome": "9"}, "8"),
    ],
)
def test_an_unknown_code_lists_the_known_ones(change, known):
    with pytest.raises(InputError) as error:
        ask("eligibility", CERTIFIE | change)
    assert known in str(error.value)


def test_a_nature_given_twice_is_refused():
    twice = [{"nature": "prive", "jours": days, "en_cours": False} for days in (1, 2)]
    with pytest.raises(InputError, match="deux fois"):
        ask("eligibility", CERTIFIE | {"services": twice})


def test_a_day_before_the_tables_is_not_covered():
    with pytest.raises(PeriodNotCovered):
        ask("eligibility", CERTIFIE | {"jour": "2024-08-31"})
    assert ask("eligibility", CERTIFIE | {"jour": "2024-09-01"}).session == 2025


def test_the_explanation_holds_each_rule_and_what_it_read():
    with explain() as trace:
        one("LA_AGREGE")
    rules = {step.rule: [p.value for p in step.parameters] for step in trace.steps}
    assert rules["path_age"] == [40]
    assert [1800] in [[p.value for p in s.parameters] for s in trace.steps]
    assert "aptitude_list_open" in rules


def test_the_question_publishes_units_and_descriptions():
    schema = json.loads(json.dumps(EligibilityQuestion.model_json_schema()))
    for field in schema["properties"].values():
        assert field["description"]
    assert SUBJECT.question is EligibilityQuestion


def test_p21_a_first_day_says_of_which_list_and_when_its_age_is_looked_at():
    # décret 72-580, art. 5-2 : quarante ans au 1er octobre de l’année de la liste
    mine = one("LA_AGREGE", date_naissance="1995-09-20")
    assert mine.session == 2035
    assert "à partir du 1er septembre 2034 (liste 2035, conditions au 1er octobre 2035)" in (
        mine.phrase.replace("\u00a0", " ")
    )
    assert one("LA_AGREGE", date_naissance="1995-10-02").session == 2036


def test_p21_capeps_is_not_open_before_its_own_qualifications_are_known():
    # circulaire 2019-100 : sauvetage aquatique et secourisme
    silent = one("CAPEPS_INT")
    assert silent.etat == "depend"
    told = " ; ".join(silent.a_verifier_par_vous)
    assert "sauvetage aquatique" in told
    assert "secourisme" in told
    held = one("CAPEPS_INT", faits={"sauvetage_aquatique": True, "secourisme": True})
    assert held.etat == "ouvert"
    assert one("CAPEPS_INT", faits={"secourisme": False}).etat == "jamais"
