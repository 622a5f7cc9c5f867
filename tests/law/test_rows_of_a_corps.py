"""`iprof law corps`: the rows that a corps holds, those that it lacks, and what stays unknown."""

from datetime import date

import pytest
from click.testing import CliRunner

from iprof_kit.base.reference import known_codes, movement_of, those, written_rows
from iprof_kit.calculate import ask
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.paths.calculation import held_already
from iprof_kit.calculate.paths.question import EligibilityQuestion
from iprof_kit.commands.law import law
from iprof_kit.law.campaigns.files import services
from iprof_kit.law.paths.rows import paths
from iprof_kit.law.tables.by_corps import held_of
from iprof_kit.law.tables.shapes import SCHEMAS


def lines(*asked):
    done = CliRunner().invoke(law, ["corps", *asked])
    return done.exit_code, done.output.replace("\u00a0", " ").splitlines()


def test_k05_a_code_that_no_table_names_lacks_every_row_of_the_other():
    code, told = lines("nouveau", "--comme", "cpe")
    assert code == 0
    assert "rendez_vous_carriere.csv : aucune ligne" in told
    assert "  sans elle, non calculé : les rendez-vous de carrière" in told
    assert "  à écrire : 1 ; 2 ; 3" in told


def test_k05_a_known_corps_is_told_what_it_holds_and_what_another_has_besides():
    code, told = lines("chaire_sup", "--comme", "agrege", "--tout")
    assert code == 0
    assert "decideurs.csv : 1 ligne" in told
    assert "rendez_vous_carriere.csv : aucune ligne" in told
    assert any("interacademique_2d" in line for line in told)


def test_an_unknown_corps_to_compare_with_is_refused_with_the_known_ones():
    done = CliRunner().invoke(law, ["corps", "nouveau", "--comme", "vigie"])
    assert done.exit_code != 0
    assert "chaire_sup" in str(done.exception)


def test_every_table_that_names_corps_says_what_is_unknown_without_a_row():
    assert [name for name, shape in SCHEMAS.items() if shape.corps and not shape.without] == []


def test_a_corps_lacks_nothing_beside_itself():
    assert [one.table for one in held_of("plp", "plp") if one.missing] == []


@pytest.mark.parametrize(
    ("movement", "service"), [("1d", "interdepartemental_1d"), ("2d", "interacademique_2d")]
)
def test_k06_the_movement_of_a_corps_is_that_whose_campaign_names_it(movement, service):
    assert {one for one in known_codes() if movement_of(one) == movement} == set(
        services()[service].corps
    )


@pytest.mark.parametrize("corps", known_codes())
def test_k06_only_a_corps_with_a_meeting_at_an_echelon_may_suppose_it_shortened(corps):
    # décret 90-680, art. 24 II: the bonification follows the rendez-vous of its échelon
    rows = written_rows("rendez_vous_carriere")
    meetings = {row["echelon"] for row in rows if row["corps"] == corps}
    shortened = set(law_facts.shortened_echelons(corps))
    assert shortened <= meetings
    assert bool(shortened) == bool(meetings)


def test_what_a_text_says_of_some_corps_is_said_of_corps_that_exist():
    rows = [*written_rows("corps_particularites"), *written_rows("corps_choix")]
    named = {code for row in rows for code in those(row["cle"])}
    assert named <= set(known_codes())


def test_k05_what_this_kit_chooses_stands_in_no_table_of_the_law():
    said = {row["cle"]: row["source"] for row in written_rows("corps_particularites")}
    assert {key: why for key, why in said.items() if "choix de ce kit" in why} == {}
    assert all("choix de ce kit" in row["source"] for row in written_rows("corps_choix"))


def test_k05_hours_that_one_source_gives_to_a_corps_are_to_verify_on_its_payslip():
    person = {
        "corps": "pe",
        "grade": "classe_normale",
        "echelon": "7",
        "zone": 3,
        "hsa": 1,
        "ors": 21,
    }
    answer = ask("pay", {**person, "date": "2027-03-15"})
    [line] = [one for one in answer.lignes if one.code == "HSA"]
    assert line.a_verifier
    assert "une seule source" in line.remarque.lower()


def test_k05_a_competition_without_section_is_said_to_verify():
    asked = EligibilityQuestion(corps="cpe", jour=date(2027, 3, 1))
    own = next(path for path in paths().values() if path.text("corps_acces") == "cpe")
    assert "à vérifier" in held_already(own, asked)
