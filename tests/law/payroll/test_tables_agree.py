"""The figures that the tables publish agree with what the rules compute from their sources."""

import re
from datetime import date

import numpy as np
import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.reference import written_rows
from iprof_kit.law.career.traitement import indice_majore, part_time_fraction, point_value
from iprof_kit.law.payroll import allowances
from iprof_kit.law.payroll.deductions import surcotisation_rate
from iprof_kit.law.payroll.gains import PaidMonth, allowance_line
from iprof_kit.law.payroll.overseas import correction_index, overseas_fact, overseas_increase
from iprof_kit.law.payroll.overtime import effective_hour, overtime_hour, scale_of
from iprof_kit.law.tables.cells import cell_code
from iprof_kit.law.tables.loading import table

ONE = np.array([1])
CENT = 0.011


def rows(name, **where):
    frame = table(name)
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return [
        pytest.param(row, id="-".join(str(row[c]) for c in frame.columns[:3]) + f"-{number}")
        for number, row in enumerate(frame.to_dict("records"))
    ]


def day_of(row):
    return row["valide_du"].date()


@pytest.mark.parametrize("row", rows("heures_supplementaires", code="HSA_HSE"))
def test_rates_of_overtime(row):
    on = day_of(row)
    corps, _, eps = row["corps"].split(";")[-1].partition("(")
    grade = "classe_normale" if row["groupe_grade"] == "classe_normale" else "hors_classe"
    scale = scale_of(corps, grade, on, hours=None, eps=bool(eps))
    ends = np.array([scale.first + scale.last])
    point = point_value(axis_of(on))
    hour = overtime_hour(ends, point, scale.hours, scale.promoted, on)[0]
    first = overtime_hour(ends, point, scale.hours, scale.promoted, on, first=True)[0]
    assert point == float(row["valeur_point"])
    assert hour == pytest.approx(float(row["hsa_annuel_brut"]), abs=CENT)
    assert first == pytest.approx(float(row["hsa_premiere_annuel_brut"]), abs=CENT)
    assert hour / 9 == pytest.approx(float(row["hsa_mensuel_oct_juin"]), abs=CENT)
    assert effective_hour(hour, on) == pytest.approx(row["hse_unitaire_brut"], abs=CENT)


@pytest.mark.parametrize("row", rows("heures_supplementaires", code="HSA_HSE"))
def test_indices_of_overtime_are_those_of_the_grid(row):
    corps = row["corps"].split(";")[-1].partition("(")[0]
    ends = np.array([cell_code(corps, "classe_normale", e) for e in (1, 11)])
    found = indice_majore(ends, axis_of(day_of(row)))
    assert found.tolist() == [row["indice_debut"], row["indice_fin"]]


@pytest.mark.parametrize("row", [
    p for p in rows("primes", periodicite="mensuel")
    if p.values[0]["montant_annuel_brut"] > 0 and p.values[0]["montant_mensuel"] > 0
])  # fmt: skip
def test_a_monthly_prime_is_the_twelfth_of_the_year(row):
    on = day_of(row)
    found = row["montant_annuel_brut"] / 12
    if row["code"] not in allowances.NOT_ALLOWANCES:
        keys = allowances.variants(row["code"], on)
        variant = next(text for text, key in keys.items() if key == row["parametres"])
        fact = allowances.find_allowance(row["code"], variant, None, on)
        found = allowance_line(fact, PaidMonth(on, ONE, ONE)).amount[0]
    assert found == pytest.approx(row["montant_mensuel"], abs=CENT)


@pytest.mark.parametrize("row", rows("temps_partiel", code="SURCOTISATION_TAUX_GLOBAL"))
def test_global_rate_of_the_surcotisation(row):
    asked = day_of(row).replace(month=7)  # once a rise applies to new requests
    found = 100 * surcotisation_rate([float(row["quotite_travaillee_pct"])], asked)[0]
    assert found == pytest.approx(float(row["quotite_remuneree_pct"]), abs=0.0011)


@pytest.mark.parametrize("row", rows("temps_partiel", code="QUOTITE"))
def test_fraction_paid(row):
    quotite = int(row["quotite_travaillee_pct"])
    top, bottom = part_time_fraction(quotite, row["type_temps_partiel"])
    assert 100 * top / bottom == pytest.approx(float(row["quotite_remuneree_pct"]), abs=1e-6)


@pytest.mark.parametrize("row", rows("point_indice"))
def test_monthly_value_of_the_point(row):
    found = float(point_value(axis_of(day_of(row)))) / 12
    assert found == pytest.approx(float(row["valeur_mensuelle_point"]), abs=1e-5)


@pytest.mark.parametrize("row", rows("outre_mer", code="MAJORATION_TRAITEMENT"))
def test_overseas_increase(row):
    fact = overseas_fact(row["code"], row["territoire"], day_of(row))
    paid = 1000 + overseas_increase(np.array([1000.0]), fact)[0]
    assert paid == pytest.approx(1000 * float(row["coefficient"]), abs=CENT)
    written = [int(n) for n in re.findall(r"(\d+) %", row["element"])]
    assert len(written) < 2 or sum(written) == row["taux_pct"]


def test_la_reunion_adds_about_53_percent():
    # regle_calcul_paie.md, outre-mer : × 1,35 × 1,138
    on, base = date(2024, 1, 1), np.array([1000.0])
    more = overseas_increase(base, overseas_fact("MAJORATION_TRAITEMENT", "La Reunion", on))
    index = correction_index(base + more, overseas_fact("INDEX_CORRECTION", "La Reunion", on))
    assert (more + index).tolist() == [536.30]


def test_the_value_of_the_point_is_written_in_one_table():
    holding = {
        file.stem
        for file in REFERENCE.glob("*.csv")
        for row in written_rows(file.stem)
        if "59.0734" in row.values()
    }
    # published rates of hours name the point they come from: no rule reads it there
    assert holding - {"heures_supplementaires"} == {"point_indice"}
