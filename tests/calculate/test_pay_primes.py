"""Primes, indemnités, refunds and contributions of a month, line by line."""

from datetime import date

import numpy as np
import pytest
from pay_case import PERSON, amounts, asked

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.calculate.pay.calculation import SUBJECT, answer
from iprof_kit.law.payroll.transport import transport_refund


def test_the_compensation_is_paid_when_its_facts_are_given():
    # 0,76 % de 2 500 € ; (30 000 × 1,6702 % − 250) × 1,1053 / 12
    since = answer(asked(nomme_avant_2018=False, brut_premier_mois=2500))
    before = answer(asked(nomme_avant_2018=True, brut_2017=30000, ces_2017=250))
    assert amounts(since.lignes)["IC_CSG"] == 19.0
    assert amounts(before.lignes)["IC_CSG"] == 23.12
    assert not any("compensatrice" in text for text in since.non_calcules)
    assert "compensatrice" in before.motif_a_verifier


def test_hours_of_the_first_degree_until_june_2022():
    found = answer(
        asked(
            date=date(2022, 6, 1),
            primes=[
                {"code": "HS_1D_ENSEIGNEMENT", "nombre": 2},
                {"code": "HS_1D_ETUDE_SURVEILLEE"},
                {"code": "HS_1D_SURVEILLANCE"},
            ],
        )
    )
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
        "Prime d’équipement informatique : rien en novembre 2026, versement en janvier"
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
    assert said(unplaced, "installation : non placée")
    mean = answer(asked(primes=prime, mode="annualise"))
    assert said(mean, "versée une fois")
    with pytest.raises(InputError, match="agrege"):  # indice du dernier échelon au-dessus du seuil
        answer(asked(corps="agrege", primes=prime))


def test_primes_of_the_post_that_are_not_counted_are_listed_once():
    found = answer(asked())
    listed = said(found, "comptées seulement si elles sont indiquées")
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
    given = {
        "date": date(2013, 11, 1),
        "corps": "certifie",
        "echelon": None,
        "indice_majore": 467,
        "primes_usuelles": False,
        "hsa": 2,
    }
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
    ceilings = [
        float(transport_refund(np.array([500.0]), np.array([100.0]), date(year, 12, 1))[0])
        for year in (2023, 2024, 2025)
    ]
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
