"""Questions about pay: modes, refusals, what is unknown, columns."""

import json
import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.pay import SUBJECT, answer, answers
from iprof_kit.calculate.pay_question import PayQuestion
from iprof_kit.law.payroll.transport import transport_refund

PERSON = {
    "date": date(2024, 1, 1), "corps": "pe", "grade": "classe_normale", "echelon": "7", "zone": 3,
    "primes_usuelles": True,
}  # fmt: skip


def asked(**changes):
    return PayQuestion(**(PERSON | changes))


def amounts(lines):
    return {line.code: line.montant for line in lines}


def test_totals_follow_from_the_lines():
    found = answer(asked(enfants=2, zone=1, pacte=1, taux_pas=5))
    by = {}
    for line in found.lignes:
        by[line.nature] = by.get(line.nature, 0) + line.montant
    tax = amounts(found.lignes)["PAS"]
    net = by["gain"] - by["a_deduire"] - (by["retenue"] - tax) + by["credit"]
    assert found.totaux.brut == pytest.approx(by["gain"])
    assert found.totaux.net_avant_impot == pytest.approx(net)
    assert found.totaux.net_a_payer == pytest.approx(net - tax)
    assert found.totaux.cout_employeur == pytest.approx(
        by["gain"] - by["a_deduire"] + by["patronal"]
    )
    social = amounts(found.lignes)
    hours = social["PACTE"]
    exempted = hours - round(hours * 0.9825 * 0.068, 2)
    taxable = net + social["CSG_NON_DED"] + social["CRDS"] - exempted
    assert found.totaux.net_imposable == pytest.approx(taxable, abs=0.011)


def test_every_line_says_where_it_comes_from():
    found = answer(asked(enfants=1, zone=2, hsa=0, education_prioritaire="REP"))
    assert all(line.source and line.libelle for line in found.lignes)
    assert found.sources
    assert "fait foi" in found.rappel


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "avant ou depuis 2018"),
        ({"nomme_avant_2018": True}, "non calculée\u00a0: brut 2017 manquant"),
        ({"nomme_avant_2018": True, "brut_2017": 30000}, r"CES\) 2017 manquante"),
        ({"nomme_avant_2018": False}, "premier mois complet manquant"),
        ({"date": date(2026, 5, 1)}, "rémunération de référence"),
        ({"primes": "TUTORAT_STAGIAIRE"}, "mois de versement à indiquer"),
        ({"primes": [{"code": "HS_1D_SURVEILLANCE", "nombre": 2}]}, "valeur non trouvée"),
        ({"territoire": "Mayotte"}, "sujétion géographique"),
        ({}, "coût employeur"),
        ({}, "plafond de la RAFP apprécié sur ce seul mois"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_said(changes, said):
    texts = " | ".join(answer(asked(**changes)).non_calcules)
    assert re.search(said, texts)


def test_the_compensation_is_paid_when_its_facts_are_given():
    # 0,76 % de 2 500 € ; (30 000 × 1,6702 % − 250) × 1,1053 / 12
    since = answer(asked(nomme_avant_2018=False, brut_premier_mois=2500))
    before = answer(asked(nomme_avant_2018=True, brut_2017=30000, ces_2017=250))
    assert amounts(since.lignes)["IC_CSG"] == 19.0
    assert amounts(before.lignes)["IC_CSG"] == 23.12
    assert not any("compensatrice" in text for text in since.non_calcules)
    assert "compensatrice" in before.motif_a_verifier


def test_hours_of_the_first_degree_until_june_2022():
    found = answer(asked(date=date(2022, 6, 1), primes=[
        {"code": "HS_1D_ENSEIGNEMENT", "nombre": 2}, {"code": "HS_1D_ETUDE_SURVEILLEE"},
        {"code": "HS_1D_SURVEILLANCE"},
    ]))  # fmt: skip
    lines = amounts(found.lignes)
    # note de service 2017-030 : étude 90 %, surveillance 48 % du taux d'enseignement
    hour = lines["HS_1D_ENSEIGNEMENT"] / 2
    assert hour == pytest.approx(24.82)
    assert lines["HS_1D_ETUDE_SURVEILLEE"] == pytest.approx(hour * 0.9, abs=0.01)
    assert lines["HS_1D_SURVEILLANCE"] == pytest.approx(hour * 0.48, abs=0.01)
    assert "REDUC_HS" in lines


def said(found, word):
    return [text for text in found.non_calcules if word in text]


def test_a_prime_of_another_month_is_said_or_paid_where_it_is_asked():
    # décret 2020-1524 : 176 € par an, en janvier ; le bulletin de février l'a portée (sies.fr)
    november = answer(asked(date=date(2026, 11, 1)))
    assert said(november, "équipement informatique") == [
        "Prime d’équipement informatique\u00a0: rien en novembre 2026, versement en janvier"
    ]
    february = {"primes_usuelles": False, "date": date(2026, 2, 1)}
    moved = [{"code": "PRIME_INFORMATIQUE", "mois": 2}]
    assert amounts(answer(asked(primes=moved, **february)).lignes)["PRIME_INFORMATIQUE"] == 176
    january = answer(asked(primes=moved, primes_usuelles=False))
    assert said(january, "rien en janvier 2024, versement en février")
    # partagée entre plusieurs mois par son texte : le mois demandé ne la déplace pas
    shared = answer(asked(primes=[{"code": "PRIME_ENTREE_METIER", "mois": 1}], **february))
    assert amounts(shared.lignes)["PRIME_ENTREE_METIER"] == 750
    assert said(shared, "sans effet")
    summer = answer(asked(date=date(2024, 8, 1), hsa=1, ors=21, pacte=1))
    assert len(said(summer, "rien en août 2024, versement d’octobre à juin")) == 2


def test_a_year_only_says_what_no_month_pays():
    assert not said(answer(asked(mode="annee")), "rien en")


@pytest.mark.parametrize(
    ("day", "zone", "euros"),
    # traitement et indemnité de résidence de l'IB 500 : 2 080,26 € à Paris en 2022 (75.snuipp.fr) ;
    # 2 185,33 € en septembre 2023 (Créteil, au point mensuel tronqué) ; 2 039 € en zone 2 (Sgen)
    [
        (date(2021, 11, 1), 1, 2080.26),
        (date(2023, 9, 1), 1, 2185.33),
        (date(2021, 11, 1), 2, 2039.87),
    ],
)
def test_the_prime_speciale_dinstallation(day, zone, euros):
    prime = [{"code": "PRIME_SPECIALE_INSTALLATION", "mois": day.month}]
    found = answer(asked(date=day, zone=zone, echelon="2", primes=prime, quotite=80))
    assert amounts(found.lignes)["PRIME_SPECIALE_INSTALLATION"] == pytest.approx(euros, abs=0.05)
    unplaced = answer(asked(primes="PRIME_SPECIALE_INSTALLATION"))
    assert said(unplaced, "installation\u00a0: non placée")
    mean = answer(asked(primes=prime, mode="annualise"))
    assert said(mean, "versée une fois")
    with pytest.raises(InputError, match="agrege"):  # indice du dernier échelon au-dessus du seuil
        answer(asked(corps="agrege", primes=prime))


def test_primes_of_the_post_that_are_not_counted_are_listed_once():
    found = answer(asked())
    listed = said(found, "comptées seulement si vous les indiquez")
    assert len(listed) == 1
    assert "spéciale d’installation" in listed[0]
    assert "entrée dans le métier" in listed[0]
    assert "remplacement" in listed[0]
    agrege = "".join(said(answer(asked(corps="agrege")), "comptées seulement"))
    assert "installation" not in agrege
    assert not said(answer(asked(primes_usuelles=False)), "comptées seulement")
    # décret 2020-1299 : aucun montant dans les tables
    assert "Seine-Saint-Denis" in said(found, "primes non calculées")[0]


def test_children_by_their_births_count_month_by_month():
    # service-public F32513 : dès le mois qui suit la naissance ; plus rien du mois des vingt ans
    born = {"naissances_enfants": ["2004-06-27", "2015-03-12", "2024-01-13"]}
    january, may = answer(asked(**born)), answer(asked(date=date(2024, 5, 1), **born))
    two, three = answer(asked(enfants=2)), answer(asked(date=date(2024, 5, 1), enfants=3))
    assert amounts(january.lignes)["SFT"] == amounts(two.lignes)["SFT"]
    assert amounts(may.lignes)["SFT"] == amounts(three.lignes)["SFT"]
    june = answer(asked(date=date(2024, 6, 1), **born))
    assert amounts(june.lignes)["SFT"] == amounts(two.lignes)["SFT"]
    assert said(june, "comptés à charge")


def test_the_base_of_a_line_is_of_the_month_and_other_amounts_have_their_own_name():
    hours = [{"code": "ISSR", "variante": "<10 km", "nombre": 2}]
    found = answer(asked(hsa=1, hse=2, ors=21, primes=hours, enfants=2, zone=1))
    lines = {line.code: line for line in found.lignes}
    # ISAE : 2 550 € par an ; ISSR : 15,94 € par jour (arrêté du 27/08/2022)
    assert (lines["ISAE_FIXE"].base, lines["ISAE_FIXE"].montant_annuel) == (None, 2550)
    assert (lines["ISSR"].base, lines["ISSR"].montant_unitaire) == (None, 15.94)
    assert lines["HSE"].montant_unitaire * 2 == pytest.approx(lines["HSE"].montant, abs=0.011)
    assert lines["HSA"].montant_annuel / 9 == pytest.approx(lines["HSA"].montant, abs=0.011)
    for line in found.lignes:
        if line.base is not None and line.taux is not None and line.nature != "patronal":
            wide = 10.68 if line.code == "SFT" else 0.011  # SFT : part fixe de 10,67 € en plus
            assert line.base * line.taux / 100 == pytest.approx(line.montant, abs=wide), line.code
    schema = SUBJECT.answer.model_json_schema()["$defs"]["PayLigne"]["properties"]
    assert "mois" in schema["base"]["description"]
    assert schema["montant_annuel"]["anyOf"][0]["unite"] == "euros par an"


def test_the_total_of_the_indemnites():
    # ISAE 212,50 + attractivité 125,00 + informatique 176,00 en janvier
    found = answer(asked(zone=1, enfants=2, abonnement_transport=80))
    assert found.totaux.indemnites == pytest.approx(513.50)


def test_hours_of_a_month_before_the_table_need_the_indices_of_the_grid():
    # REM-HSA-2008-CERT : (349 + 658) / 2, 18 heures ; ici au point de 2013, 55,5635 €
    given = {"date": date(2013, 11, 1), "corps": "certifie", "echelon": None, "indice_majore": 467,
             "primes_usuelles": False, "hsa": 2}  # fmt: skip
    with pytest.raises(PeriodNotCovered):
        answer(asked(**given))
    found = answer(asked(**given, hsa_indices={"debut": 349, "fin": 658}))
    hour = 1007 / 2 * 55.5635 * 9 / 13 / 18
    line = next(line for line in found.lignes if line.code == "HSA")
    assert line.montant_annuel == pytest.approx(hour * 2.2, abs=0.02)


def test_the_refund_of_a_season_ticket():
    # service-public F12163 : trois quarts, 101,75 € au plus, moitié au-dessous du mi-temps,
    # exonéré d'impôt
    for ticket, quotite, euros in ((80, 100, 60), (80, 50, 60), (200, 100, 101.75)):
        found = answer(asked(date=date(2026, 3, 1), abonnement_transport=ticket, quotite=quotite))
        without = answer(asked(date=date(2026, 3, 1), quotite=quotite))
        assert amounts(found.lignes)["TRANSPORT"] == euros
        gained = found.totaux.net_avant_impot - without.totaux.net_avant_impot
        assert gained == pytest.approx(euros)
        assert found.totaux.net_imposable == pytest.approx(without.totaux.net_imposable)
    before = answer(asked(date=date(2023, 8, 1), abonnement_transport=80))
    assert said(before, "non calculé, taux connu depuis")


def test_the_refund_of_a_season_ticket_below_half_time():
    day = date(2024, 6, 1)
    found = transport_refund(np.array([80.0, 200.0]), np.array([40.0, 40.0]), day)
    assert found.tolist() == [30.0, 49.5]
    ceilings = [float(transport_refund(np.array([500.0]), np.array([100.0]), date(year, 12, 1))[0])
                for year in (2023, 2024, 2025)]  # fmt: skip
    assert ceilings == [96.36, 99.0, 101.75]


def test_the_line_read_on_a_payslip_gives_the_reference_of_the_health_cover():
    # 15,08 € fixes ; 22,62 € × brut / référence font le reste de la retenue lue
    read = answer(asked(date=date(2026, 11, 1), psc_retenue=34.08))
    lines = amounts(read.lignes)
    assert lines["PSC_FIXE"] + lines["PSC_SOLIDAIRE"] == pytest.approx(34.08, abs=0.011)
    assert not said(read, "rémunération de référence")
    gross = read.totaux.brut
    other = answer(asked(date=date(2026, 11, 1), psc_reference=round(22.62 * gross / 19, 2)))
    assert amounts(other.lignes)["PSC_SOLIDAIRE"] == lines["PSC_SOLIDAIRE"]
    later = {name: value for name, value in PERSON.items() if name != "date"} | {"echelon": "8"}
    two = answer(
        asked(date=date(2026, 11, 1), psc_retenue=34.08, mode="comparaison", comparee=later)
    )
    assert "PSC_SOLIDAIRE" in amounts(two.comparaison.lignes)


@pytest.mark.parametrize(
    ("quotite", "share"),
    # quatre jours : 5, 6 demi-journées sur 8 ; quatre jours et demi : SE-UNSA
    [(62.5, 5 / 8), (75, 6 / 8), (65.63, 0.6563), (78.13, 0.7813)],
)
def test_half_days_of_the_first_degree_are_quotites_even_by_right(quotite, share):
    full = amounts(answer(asked()).lignes)["TIB"]
    for kind in ("de_droit", "sur_autorisation"):
        part = answer(asked(quotite=quotite, type_temps_partiel=kind))
        assert amounts(part.lignes)["TIB"] == pytest.approx(full * share, abs=0.011)


def test_the_contribution_of_solidarity_is_net_of_the_transfer():
    # 1 % de 13,92 € : 0,14 € de moins que sans le transfert primes/points
    lines = {line.code: line for line in answer(asked(date=date(2017, 10, 1))).lignes}
    gross = sum(line.montant for line in lines.values() if line.nature == "gain")
    kept = gross - 13.92 - lines["PENSION_CIVILE"].montant - lines["RAFP"].montant
    assert lines["TPP"].montant == 13.92
    assert lines["CES"].base == pytest.approx(kept, abs=0.001)
    assert lines["CES"].montant == pytest.approx(kept / 100, abs=0.006)


def test_the_threshold_of_the_solidarity_leaves_the_primes_out():
    # fonds-de-solidarite.fr : traitement, NBI et indemnité de résidence, nets des retenues ;
    # à mi-temps, IM 548 : 1 283,97 € − 10,29 %, sous 1 466,73 € quelles que soient les primes
    part = {
        "date": date(2017, 10, 1),
        "quotite": 50,
        "echelon": "9",
        "education_prioritaire": "REP+",
    }
    found = answer(asked(**part, primes=[{"code": "TUTORAT_STAGIAIRE", "mois": 10}]))
    assert found.totaux.brut > 2000
    assert "CES" not in amounts(found.lignes)


def test_a_school_head():
    # 5 classes : 30 + 8 points à 4,92278 € ; ISS (1 970,62 + 1 400) × 1,2 / 12
    lines = amounts(answer(asked(direction_classes=5, education_prioritaire="REP")).lignes)
    assert (lines["BI"], lines["NBI"]) == (147.68, 39.38)
    assert lines["DIR_ISS_FIXE"] + lines["DIR_ISS_VARIABLE"] == pytest.approx(337.06)
    interim = amounts(answer(asked(direction_classes=5, direction_interim=True)).lignes)
    assert not {"BI", "NBI"} & set(interim)
    assert interim["DIR_ISS_FIXE"] == 246.33


@pytest.mark.parametrize(("classes", "euros"), [(1, 14.77), (2, 78.76), (5, 147.68), (10, 196.91)])
def test_bonus_points_of_a_school_head(classes, euros):
    # 3, 16, 30 ou 40 points
    assert amounts(answer(asked(direction_classes=classes)).lignes)["BI"] == euros


@pytest.mark.parametrize(
    ("code", "line", "euros"), [("BI_SEGPA", "BI", 246.14), ("NBI_ULIS_ECOLE", "NBI", 132.92)]
)
def test_other_bonus_points(code, line, euros):
    # 50 et 27 points à 4,92278 €
    assert amounts(answer(asked(primes=code)).lignes)[line] == euros


def test_an_eleve_fonctionnaire_is_paid_the_minimum():
    found = answer(PayQuestion(date=date(2026, 9, 1), eleve=True, zone=3))
    lines = amounts(found.lignes)
    # IM 366 : 1 801,74 € ; complément au salaire minimum, 65,28 €
    assert (lines["TIB"], lines["IND_DIFFERENTIELLE"]) == (1801.74, 65.28)
    with pytest.raises(LawError):
        answer(PayQuestion(date=date(2025, 9, 1), eleve=True, zone=3))


def test_a_stagiaire_at_half_time_before_pupils():
    found = answer(asked(echelon="1", service_devant_eleves=50, mode="annualise"))
    assert amounts(found.lignes)["ISAE_FIXE"] == 106.25
    assert amounts(found.lignes)["PRIME_ATTRACTIVITE"] == 177.50


@pytest.mark.parametrize(
    ("quotite", "fraction"),
    # 75 % : à l'identique ; 85 % : 85 × 4/7 + 40 = 88,57 % ; 14 heures sur 18
    [(75, 0.75), (85, 0.885714), (77.78, 0.7778), (80, 6 / 7), (90, 32 / 35)],
)
def test_part_time(quotite, fraction):
    full = amounts(answer(asked()).lignes)["TIB"]
    part = answer(asked(quotite=quotite))
    assert amounts(part.lignes)["TIB"] == pytest.approx(full * fraction, abs=0.011)


REFUSED = {
    "no position": ({"corps": None}, "corps"),
    "no échelon": ({"echelon": None}, "echelon"),
    "wrong index": ({"indice_majore": 600}, "indice_majore"),
    "élève with échelon": ({"eleve": True}, "eleve"),
    "interim without classes": ({"direction_interim": True}, "direction_classes"),
    "surcotisation at full time": ({"surcotisation": True}, "surcotisation"),
    "gross of 2017 since 2018": ({"nomme_avant_2018": False, "brut_2017": 1}, "brut_2017"),
    "first month before 2018": (
        {"nomme_avant_2018": True, "brut_premier_mois": 1}, "brut_premier_mois"),
    "quotité": ({"quotite": 45}, "quotite"),
    "intermediate quotité de droit": (
        {"quotite": 72, "type_temps_partiel": "de_droit"}, "quotite"),
    "half-days in the second degree": (
        {"quotite": 75, "type_temps_partiel": "de_droit", "corps": "certifie"}, "quotite"),
    "children twice": (
        {"enfants": 1, "naissances_enfants": ["2020-01-01"]}, "naissances_enfants"),
    "request without surcotisation": (
        {"surcotisation_demande": date(2024, 1, 1)}, "surcotisation_demande"),
    "cover read below its fixed part": (
        {"date": date(2026, 11, 1), "psc_retenue": 15.08}, "psc_retenue"),
    "zone": ({"zone": 5}, "zone"),
    "échelon outside the grid": ({"echelon": "15"}, "echelon"),
    "unknown prime": ({"primes": "PRIME_X"}, "primes"),
    "prime twice": ({"primes": "ISAE_FIXE"}, "primes"),
    "prime of another corps": ({"primes": "ISOE_FIXE"}, "primes"),
    "hours without service": ({"hsa": 1}, "ors"),
    "territory": ({"territoire": "Atlantide"}, "territoire"),
    "comparison with nothing": ({"mode": "comparaison"}, "comparee"),
    "second date without comparison": ({"date_comparee": date(2025, 1, 1)}, "comparee"),
    "year with absence": ({"mode": "annee", "absence": {"greve": 1}}, "mode"),
    "hours at part time in 2020": (
        {"date": date(2020, 1, 1), "quotite": 80, "hse": 1, "ors": 21}, "hsa"),
    "next step of the last": ({"mode": "gain_prochain_echelon", "echelon": "11"}, "echelon"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_missing_or_contradictory_is_refused(name):
    changes, where = REFUSED[name]
    with pytest.raises(InputError) as caught:
        answer(asked(**changes))
    assert caught.value.where == where
    assert caught.value.remedy


@pytest.mark.parametrize("changes", [
    {"quotite": float("nan")}, {"brut_2017": float("nan")}, {"zone": None}, {"enfants": -1},
    {"inconnu": 1}, {"mode": "jour"}, {"hsa": float("inf")}, {"taux_pas": 120},
])  # fmt: skip
def test_an_impossible_value_is_refused_by_the_question(changes):
    with pytest.raises(ValidationError):
        asked(**changes)


def test_a_month_before_the_grids_is_not_covered():
    with pytest.raises(PeriodNotCovered, match="période non couverte"):
        answer(asked(date=date(2015, 1, 1), primes_usuelles=False))


def test_an_annualised_month():
    found = answer(asked(mode="annualise"))
    assert amounts(found.lignes)["PRIME_INFORMATIQUE"] == 14.67
    assert found.totaux_annuels.brut == pytest.approx(12 * found.totaux.brut)


def test_a_year_month_by_month():
    found = answer(asked(mode="annee", echelon="3", zone=1))
    months = [month.totaux for month in found.douze_mois]
    assert len(months) == 12
    for name in ("brut", "net_avant_impot", "net_imposable", "cout_employeur"):
        total = sum(getattr(month, name) for month in months)
        assert getattr(found.totaux, name) == pytest.approx(total, abs=0.01)
    lines = amounts(found.lignes)
    # transfert : 389 € ; prime informatique : janvier ; RAFP : 5 % de 20 % du traitement de l'année
    assert lines["TPP"] == pytest.approx(389)
    assert lines["PRIME_INFORMATIQUE"] == 176
    assert lines["RAFP"] == pytest.approx(lines["TIB"] * 0.2 * 0.05, abs=0.12)
    assert months[0].brut - months[1].brut == pytest.approx(176)


def test_the_year_of_a_person_without_primes_gives_the_transfer_back():
    found = answer(asked(mode="annee", primes_usuelles=False, primes="TUTORAT_SOPA"))
    assert "TPP" not in amounts(found.lignes)


def test_two_months_compared():
    found = answer(asked(mode="comparaison", date_comparee=date(2023, 12, 1)))
    gap = found.comparaison.ecart_totaux.brut
    # cinq points de moins, sans prime informatique
    assert gap == pytest.approx(-5 * 59.0734 / 12 - 176, abs=0.02)
    assert {line.code for line in found.comparaison.ecarts} >= {"TIB", "PRIME_INFORMATIQUE"}


def test_two_situations_compared():
    second = {name: value for name, value in PERSON.items() if name != "date"} | {"quotite": 80}
    found = answer(asked(mode="comparaison", comparee=second))
    assert found.comparaison.totaux.brut < found.totaux.brut
    again = answer(asked(quotite=80))
    assert found.comparaison.totaux == again.totaux


def test_the_gain_of_the_next_echelon_counts_the_prime_that_falls():
    # 6e → 7e : 497 → 524 points ; prime d'attractivité 2 500 → 1 500 € par an
    found = answer(asked(mode="gain_prochain_echelon", echelon="6")).comparaison
    gaps = {line.code: line.ecart for line in found.ecarts}
    assert gaps["TIB"] == pytest.approx(27 * 59.0734 / 12, abs=0.01)
    assert gaps["PRIME_ATTRACTIVITE"] == pytest.approx(-1000 / 12, abs=0.01)
    assert 0 < found.ecart_totaux.net_avant_impot < gaps["TIB"] + gaps["PRIME_ATTRACTIVITE"]
    assert "7e échelon" in found.libelle


def test_the_cumul_since_january_moves_the_cap():
    alone = answer(asked(echelon="3")).totaux.net_avant_impot
    room = answer(asked(echelon="3", cumul={"traitement": 20000, "assiette_rafp": 0}))
    assert room.totaux.net_avant_impot < alone
    assert not any("seul mois" in text for text in room.non_calcules)


def test_the_explanation_shows_rules_and_parameters():
    with explain() as trace:
        answer(asked(enfants=2, zone=1, pacte=1, nbi=10))
    by_rule = {step.rule: step for step in trace.steps}
    assert by_rule.keys() >= {
        "gross_monthly", "residence_indemnity", "family_supplement", "attractivity", "due_share",
        "bonus_transfer", "pension_contribution", "additional_base", "social_contribution",
        "overtime_credit", "employer_contribution", "taxable",
    }  # fmt: skip
    values = [p.value for step in trace.steps for p in step.parameters]
    assert {366, 454, 722, 2550.0, 1500.0, 389.0, 11.1, 20.0, 5.0, 1.75, 6.8} <= set(values)


@pytest.mark.parametrize("changes", [
    {"direction_classes": 5, "education_prioritaire": "REP+"}, {"ors": 21, "hsa": 2, "hse": 1},
    {"quotite": 85, "surcotisation": True}, {"territoire": "La Reunion"},
    {"absence": {"cmo_trois_premiers_mois": 10, "carence": 1, "greve": 1}}, {"mode": "annee"},
    {"nomme_avant_2018": True, "brut_2017": 30000, "ces_2017": 250},
    {"date": date(2026, 5, 1), "psc_reference": 3000, "psc_plafond": 4000},
    {"territoire": "Corse (2A, 2B)", "date": date(2024, 3, 1)},
])  # fmt: skip
def test_an_explained_answer_is_the_same(changes):
    question = asked(**changes)
    with explain() as trace:
        explained = answer(question)
    assert explained == answer(question)
    assert all(step.sentence and step.source for step in trace.steps)
    used = {line.confiance for line in explained.lignes}
    assert used <= {p.confidence for step in trace.steps for p in step.parameters} | {"A"}


def test_a_question_goes_through_json():
    question = asked(primes=[{"code": "ISOE_MODULABLE", "variante": "haut"}])
    assert PayQuestion.model_validate_json(question.model_dump_json()) == question
    again = json.loads(answer(asked()).model_dump_json())
    assert SUBJECT.answer.model_validate(again) == answer(asked())
    assert PayQuestion(**(PERSON | {"primes": "aucune"})).primes == ()
    words = PayQuestion(**(PERSON | {"primes": "REP;REP_PLUS_MODULABLE=haut"}))
    assert [(p.code, p.variante) for p in words.primes] == [
        ("REP", None), ("REP_PLUS_MODULABLE", "haut")]  # fmt: skip


people = st.fixed_dictionaries(
    {},
    optional={
        "echelon": st.sampled_from([str(e) for e in range(1, 12)]),
        "quotite": st.sampled_from([100, 90, 80, 75, 50]),
        "zone": st.sampled_from([1, 2, 3]),
        "enfants": st.integers(0, 4),
        "nbi": st.sampled_from([0, 27]),
        "pacte": st.sampled_from([0, 1]),
        "mode": st.sampled_from(["mois", "annualise", "annee", "gain_prochain_echelon"]),
        "date": st.sampled_from([date(2024, 1, 1), date(2026, 11, 12)]),
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, min_size=1, max_size=8))
def test_a_column_is_one_person_after_another(changes):
    questions = [
        asked(**(change | {"echelon": "5"} if "gain" in change.get("mode", "") else change))
        for change in changes
    ]
    assert list(answers(questions)) == [answer(question) for question in questions]


def test_the_formula_of_an_intermediate_quotite_must_be_verified():
    assert "Traitement indiciaire brut" in answer(asked(quotite=85)).motif_a_verifier
    assert "Traitement" not in answer(asked(quotite=75)).motif_a_verifier


def test_a_month_to_come_uses_the_last_known_values_and_says_so():
    future, today = answer(asked(date=date(2031, 1, 1))), answer(asked(date=date(2026, 1, 1)))
    assert future.a_verifier
    assert "dernières valeurs connues" in future.motif_a_verifier
    assert "valeurs connues" not in today.motif_a_verifier
    assert amounts(future.lignes)["TIB"] == amounts(today.lignes)["TIB"]


def test_the_refund_of_the_health_cover_until_april_2026():
    # 15 € soumis à CSG et CRDS : 15 × (1 − 0,0953025) = 13,57 €
    without = answer(asked(date=date(2026, 4, 1))).totaux.net_avant_impot
    refunded = answer(asked(date=date(2026, 4, 1), primes="PSC_FORFAIT")).totaux.net_avant_impot
    assert refunded - without == pytest.approx(13.57, abs=0.02)
    with pytest.raises(PeriodNotCovered):
        answer(asked(date=date(2026, 5, 1), primes="PSC_FORFAIT"))


def test_the_surcotisation_says_when_it_has_no_object():
    texts = answer(asked(quotite=80, surcotisation=True)).non_calcules
    assert any("moins de trois ans" in text for text in texts)


def test_the_unconfirmed_base_of_the_rafp_overseas_is_said():
    there, here = answer(asked(territoire="La Reunion")), answer(asked())
    doubt = {line.code: line.remarque for line in there.lignes}
    assert "non confirmée" in doubt["RAFP"]
    assert "RAFP" not in {line.code for line in here.lignes if line.a_verifier}


def test_the_prime_of_a_psychologue_asks_for_her_speciality():
    given = {"corps": "psyen", "primes_usuelles": True}
    assert any("spécialité" in text for text in answer(asked(**given)).non_calcules)
    complete = answer(asked(primes="PSYEN_FONCTIONS=EDO", **given))
    assert not any("spécialité" in text for text in complete.non_calcules)
    # 3 338,16 € par an depuis 2024, comme en EDA (alignement)
    other = answer(asked(primes="PSYEN_FONCTIONS=EDA", **given))
    assert complete.totaux == other.totaux
    assert amounts(complete.lignes)["PSYEN_FONCTIONS"] == 278.18
