"""What OpenFisca-France answers for people and months: run in its own environment.

python theirs.py QUESTIONS ANSWERS. Both are JSON: the births of each person's children, and months,
each with columns of equal length, one item a person. Nothing of the kit is imported here, nothing
of OpenFisca there.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

READ_FIRST = {
    "IR": "indemnite_residence",
    "SFT": "supplement_familial_traitement",
    "IC_CSG": "indemnite_compensatrice_csg",
}
THEN = {
    "PENSION_CIVILE": "pension_salarie",
    "RAFP": "rafp_salarie",
    "CSG_DED": "csg_deductible_salaire",
    "CSG_NON_DED": "csg_imposable_salaire",
    "CRDS": "crds_salaire",
    "CES": "contribution_exceptionnelle_solidarite",
    "CAS_PENSION_EMPLOYEUR": "pension_employeur",
    "ATI_EMPLOYEUR": "ati_atiacl",
    "MALADIE_EMPLOYEUR": "mmid_employeur",
    "RAFP_EMPLOYEUR": "rafp_employeur",
}
"""Their variable of each line of ours; the second ones are given our IR and SFT, so that a
difference there is of the line itself."""
GIVEN = {
    "tib": "traitement_indiciaire_brut",
    "nbi_euros": "nouvelle_bonification_indiciaire",
    "primes": "primes_fonction_publique",
}
POINT = "marche_travail.remuneration_dans_fonction_publique.indicefp.point_indice_en_nominal"


def people(system, births):
    """Give a simulation of households of one adult and her children."""
    persons, families, taxed, homes = {}, {}, {}, {}
    for number, days in enumerate(births):
        adult, children = f"a{number}", [f"a{number}e{rank}" for rank in range(len(days))]
        persons[adult] = {"date_naissance": {"ETERNITY": "1980-01-01"}}
        for child, day in zip(children, days, strict=True):
            persons[child] = {"date_naissance": {"ETERNITY": day}}
        families[f"f{number}"] = {"parents": [adult], "enfants": children}
        taxed[f"t{number}"] = {"declarants": [adult], "personnes_a_charge": children}
        homes[f"m{number}"] = {"personne_de_reference": [adult], "enfants": children}
    return SimulationBuilder().build_from_entities(
        system,
        {"individus": persons, "familles": families, "foyers_fiscaux": taxed, "menages": homes},
    )


def answers(system, births, months):
    """Give each line of each month, in euros, for each adult."""
    found = [points(system, month) for month in months]
    for wanted, more in ((READ_FIRST, {}), (THEN, READ_FIRST)):
        simulation = people(system, births)
        adults = np.array(["e" not in name for name in simulation.persons.ids])
        for month, lines in zip(months, found, strict=True):
            at = month["mois"]
            for ours, theirs in (GIVEN | more).items():
                simulation.set_input(theirs, at, column(adults, month[ours], 0.0, float))
            simulation.set_input("salaire_de_base", at, np.zeros(len(adults)))
            kind = numbers(system, "categorie_salarie")
            paid = column(adults, kind["public_titulaire_etat"], kind["non_pertinent"], np.int16)
            simulation.set_input("categorie_salarie", at, paid)
            zone = numbers(system, "zone_apl")
            zones = [zone[f"zone_{one}"] for one in month["zone"]]
            simulation.set_input("zone_apl", at, np.array(zones, np.int16))
            for line, variable in wanted.items():
                values = simulation.calculate(variable, at)[adults]
                lines[line] = [round(abs(float(value)), 6) for value in values]
    return found


def points(system, month):
    """Give what index points pay, by their value of the point."""
    point = at_date(system, POINT, month["mois"])
    return {
        line: [
            round(point * one / 12 * part, 6)
            for one, part in zip(month[columns], month["part"], strict=True)
        ]
        for line, columns in (("TIB", "indice"), ("NBI", "nbi"))
    }


def column(adults, values, others, kind):
    """Give a column of all persons: these values for the adults."""
    made = np.full(len(adults), others, kind)
    made[adults] = values
    return made


def numbers(system, variable):
    """Give the number of each value of a variable."""
    return {one.name: one.index for one in system.get_variable(variable).possible_values}


def at_date(system, name, month):
    """Read a parameter at the first of a month."""
    node = system.parameters(f"{month}-01")
    for part in name.split("."):
        node = getattr(node, part)
    return float(node)


def main():
    """Answer each month."""
    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    system = FranceTaxBenefitSystem()
    started = time.perf_counter()
    told = answers(system, asked["naissances"], asked["mois"])
    answer = {"secondes": time.perf_counter() - started, "mois": told}
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main()
