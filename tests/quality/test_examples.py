"""Worked examples of the rules: asked of the rule itself, in words that say every input."""

import re
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from iprof_kit.calculate.guides.examples import declared
from iprof_kit.calculate.guides.law.pages import rules
from iprof_kit.law.tables.loading import at

UNSAID = {
    "key", "num", "den", "exempted", "untaxed", "worked", "invalidite", "trois_a_cinquante",
    "recul", "avpf", "enfants", "eleve_depuis", "toutes_liquidees", "duree_atteinte", "categorie",
    "earliest", "duration", "code", "exempte", "externe_experience", "at_11th", "day",
    "notified", "type_temps_partiel", "days", "sick", "part",
}  # fmt: skip
"""Inputs that a question says in words, or leaves out where they are none."""
IN_WORDS = {
    "seniority": {"kind", "stays", "begin", "end"},
    "index_before_ppcr": {"chevron"},
    "campagne_etat": {"campaign"},
    "campagne_dates": {"campaign", "step"},
    "campagne_semaines": {"campaign", "step", "campaigns", "places"},
    "mouvement_barre": {"bar"},
    "mouvement_calendrier": {"degre", "portees"},
    "inter_2d_extension": {"person", "wishes", "scores"},
    "carte_scolaire_voeux": {"degree", "places"},
    "intra_2d_extension_parcours": {"places", "way"},
    "installation_bonus": {"row"},
    "subject_to": {"base"},
    "pay_coefficient": {"accessories"},
    "corsica_transport": {"partner"},
    "scale_of": {"eps", "hours"},
    "laureate_path": {"master"},
    "session_reference_day": {"reference"},
    "coefficient": {"surcote", "taux_surcote", "parentale", "taux_parentale"},
    "services": {"handicap", "people"},
    "bareme_classe_exceptionnelle": {"appreciation"},
    "function_years": {"people"},
    "grid": {"model"},
    "absence_base": {"absence"},
    "early_parent": {"people"},
    "days_outside_holidays": {"academie"},
}
"""The same, of one rule: what its own words say (« second degré »), or what is none there."""


@pytest.mark.parametrize("name", declared())
def test_an_example_is_calculated_by_its_rule_and_says_what_it_is_given(name):
    example = declared()[name]
    worked = [one.example for one in rules()[name] if one.example]
    assert worked
    assert all(one.answer and one.question for one in worked)
    named = set(re.findall(r"\{(\w+)", example.enonce))
    assert set(example.entrees) - named <= UNSAID | IN_WORDS.get(name, set())


@pytest.mark.parametrize(
    ("name", "table", "column", "where"),
    [("point_value", "point_indice", "valeur_annuelle_point", {}),
     ("indice_majore", "grilles", "indice_majore",
      {"corps": "pe", "grade": "classe_normale", "echelon": "7"}),
     ("part_time_fraction", "temps_partiel", "fraction_remuneree",
      {"type_temps_partiel": "sur_autorisation", "quotite_travaillee_pct": "80"})],
)  # fmt: skip
def test_what_a_rule_only_reads_is_what_its_row_says(name, table, column, where):
    frame: pd.DataFrame = at(table, date(2026, 9, 1))
    for key, text in where.items():
        frame = frame[frame[key].astype(str).str.removesuffix(".0") == text]
    wanted = str(frame[column].iloc[0])
    answer = rules()[name][-1].example.answer.replace(",", ".").replace("\u00a0€", "")
    assert answer == wanted if "/" in wanted else Decimal(answer) == Decimal(wanted)


def test_an_example_of_a_former_wording_is_not_shown_for_the_one_in_force():
    former, now = rules()["classe_exceptionnelle_open"]
    assert (former.example is None) != (now.example is None)
