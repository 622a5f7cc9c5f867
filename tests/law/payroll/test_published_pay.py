"""The published cases of pay: each expected value is that of its source, never our own output."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from iprof_kit.base.calendar import axis_of
from iprof_kit.law.career.traitement import gross_monthly, indice_majore, point_value
from iprof_kit.law.payroll import allowances, deductions
from iprof_kit.law.payroll.deductions import EMPLOYER, surcotisation_rate
from iprof_kit.law.payroll.family import family_supplement
from iprof_kit.law.payroll.gains import PaidMonth, allowance_line, attractivity_line
from iprof_kit.law.payroll.overtime import effective_hour, overtime_hour
from iprof_kit.law.payroll.payslip import payslip
from iprof_kit.law.payroll.people import Habits, Payees
from iprof_kit.law.pension.parameters import number
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.rules import RULES

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "paie.yml").read_text("utf-8"))
ONE = np.array([1])
EURO = 1.0


def of_kind(*starts):
    kept = [case for case in CASES if case["id"].startswith(tuple(f"REM-{s}" for s in starts))]
    assert kept
    return pytest.mark.parametrize("case", kept, ids=lambda case: case["id"])


def column(value):
    return np.array([value], dtype=np.int64)


def day_of(case):
    return date.fromisoformat(case["entree"]["date"])


def cell_of(given):
    return column(cell_code(given["corps"], given["grade"], given["echelon"]))


def gains_of(given, on):
    """Lines of the published elements, primes by twelfths as published tables do."""
    lines = []
    for element in given["elements"]:
        code = element.removesuffix("/12")
        if code == "PRIME_ATTRACTIVITE":
            lines.append(attractivity_line(cell_of(given), PaidMonth(on, ONE, ONE)))
        elif code != "TPP":
            row = allowances.find_allowance(code, None, given["corps"], on)
            part = given.get("quotite_service_eleves", 100) if code == "ISAE_FIXE" else 100
            lines.append(allowance_line(row, PaidMonth(on, ONE, ONE, smoothed=True), part=part))
    return tuple(lines)


def slip_of(given, on, zone):
    habits = Habits(
        capped=given.get("rafp_plafonnee", False),
        limited_transfer=not given.get("tpp_sans_limite_de_primes", False),
    )
    return payslip(
        Payees(
            on,
            column(given["indice_majore"]),
            ONE,
            ONE,
            column(zone),
            column(0),
            column(0),
            column(0),
            gains=gains_of(given, on),
            habits=habits,
        )
    )


def check(case, key, found):
    wanted = case["attendu"][key]
    tolerance = case["attendu"]["tolerance_eur"]
    if float(wanted) == int(wanted) and key == "traitement_brut_mensuel":
        tolerance = EURO  # published in whole euros
    assert float(found) == pytest.approx(wanted, abs=tolerance + 1e-9), key


@of_kind("BRUT", "CGT1607", "CRPE2201", "MEN", "SNES2309-IM")
def test_pay_and_net(case):
    given, on = case["entree"], day_of(case)
    if "corps" in given:
        assert indice_majore(cell_of(given), axis_of(on)).tolist() == [given["indice_majore"]]
    point = point_value(axis_of(on))
    gross = gross_monthly([given["indice_majore"]], point)[0]
    if "traitement_brut_mensuel" in case["attendu"]:
        check(case, "traitement_brut_mensuel", gross)
    for zone in given.get("zones", [3]):
        key = f"net_zone{zone}" if "zones" in given else "net_mensuel"
        if key in case["attendu"]:
            check(case, key, slip_of(given, on, zone).net[0])
    if "indemnites_brutes_mensuelles" in case["attendu"]:
        slip = slip_of(given, on, 3)
        check(case, "indemnites_brutes_mensuelles", slip.gross[0] - gross - slip.transfer[0])


@of_kind("DIR2207", "DIR2309")
def test_school_head(case):
    given, on = case["entree"], day_of(case)
    coefficient = allowances.direction_coefficient(
        given["education_prioritaire"], on, interim=given.get("interim", False)
    )
    bands = (("DIR_ISS_FIXE", None), ("DIR_ISS_VARIABLE", given["nb_classes"]))
    lines = [
        allowance_line(
            allowances.find_allowance(code, band, "pe", on),
            PaidMonth(on, ONE, ONE),
            coefficient=coefficient,
        )
        for code, band in bands
    ]
    month = sum(line.amount[0] for line in lines)
    if "annuel_brut" in case["attendu"]:
        check(case, "annuel_brut", sum(line.annual[0] for line in lines))
        check(case, "mensuel_brut", month)
    if "supplement_brut_mensuel" in case["attendu"]:
        rows = (
            allowances.find_allowance("DIR_BI", given["nb_classes"], "pe", on),
            allowances.find_allowance("DIR_NBI", None, "pe", on),
        )
        points = gross_monthly(
            [sum(row.whole("points_indice") for row in rows)], point_value(axis_of(on))
        )
        check(case, "supplement_brut_mensuel", month + points[0])


@of_kind("HSA")
def test_overtime_hour(case):
    given = case["entree"]
    on = max(day_of(case), date(2009, 10, 1))  # the point of 2008 is given with the case
    ends = column(given["indice_debut"] + given["indice_fin"])
    promoted = given["grade"] != "classe_normale"
    hour = overtime_hour(ends, given["valeur_point"], given["ors"], promoted, on)
    first = overtime_hour(ends, given["valeur_point"], given["ors"], promoted, on, first=True)
    check(case, "hsa_annuel", hour[0])
    check(case, "hsa_premiere_annuel", first[0])
    if "hse_unitaire" in case["attendu"]:
        check(case, "hse_unitaire", effective_hour(hour, on)[0])


def net_of(gross, on, *, additional):
    """Net of a prime alone: CSG and CRDS, and the retraite additionnelle where asked."""
    codes = ("CSG_DED", "CSG_NON_DED", "CRDS")
    social = sum(deductions.social_contribution(gross, code, on) for code in codes)
    return gross - social - (deductions.additional_contribution(gross, on) if additional else 0)


@of_kind("NETPRIME")
def test_net_of_a_prime(case):
    on = day_of(case)
    code = {"ISAE": "ISAE_FIXE", "REP": "REP"}[case["entree"]["element"]]
    line = allowance_line(allowances.find_allowance(code, None, "pe", on), PaidMonth(on, ONE, ONE))
    check(case, "net_mensuel", net_of(line.amount, on, additional=False)[0])


@of_kind("PACTE")
def test_net_of_a_mission(case):
    on = day_of(case)
    gross = np.array([float(case["entree"]["montant_annuel_brut"])])
    net = net_of(gross, on, additional=True) + deductions.overtime_credit(gross, on)
    check(case, "net_annuel", net[0])


@of_kind("SNES2309-ATT")
def test_net_of_the_prime_dattractivite(case):
    given, on = case["entree"], day_of(case)
    cell = column(cell_code("pe", given["grade"], given["echelon"]))
    line = attractivity_line(cell, PaidMonth(on, ONE, ONE))
    check(case, "brut_mensuel", line.amount[0])
    check(case, "net_mensuel", net_of(line.amount, on, additional=True)[0])


@of_kind("SNES2309-SFT")
def test_family_supplement(case):
    on = day_of(case)
    full = gross_monthly([case["entree"]["indice_majore"]], point_value(axis_of(on)))
    found = [float(family_supplement(full, column(n), on, ONE, ONE)[0]) for n in range(5)]
    for children in (1, 2, 3):
        check(case, f"sft_{children}", found[children])
    check(case, "sft_par_enfant_supplementaire", found[4] - found[3])


@of_kind("SURCOT")
def test_surcotisation(case):
    given, on = case["entree"], day_of(case)
    found = 100 * surcotisation_rate([given["quotite"]], on)[0]
    assert found == pytest.approx(case["attendu"]["taux_pct"], abs=case["attendu"]["tolerance"])
    assert number(EMPLOYER, on) * 100 == pytest.approx(given["taux_employeur"])


def test_every_case_names_rules_that_exist():
    named = {name for case in CASES for name in case["regles"]}
    assert named <= set(RULES)
    assert len({case["id"] for case in CASES}) == len(CASES)
