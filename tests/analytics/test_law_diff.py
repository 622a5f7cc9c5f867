"""`iprof law diff`: the rows, the people and the examples that a decree changes."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner
from decree_entered import SOURCE, entered

from iprof_kit.analytics import storage
from iprof_kit.analytics.decree import effects
from iprof_kit.analytics.decree.effects import compared
from iprof_kit.analytics.population.build import build
from iprof_kit.analytics.storage import hand_over, save_population, taken_over
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.base.paths import REFERENCE
from iprof_kit.commands.law import law
from iprof_kit.law.tables.loading import table

PAID = {"corps": "pe", "grade": "classe_normale", "echelon": "11", "zone": 3, "date": "2027-01-15"}


@pytest.fixture(scope="module")
def decree(tmp_path_factory):
    return entered(tmp_path_factory.mktemp("decret") / "reference")


@pytest.fixture(scope="module")
def population(tmp_path_factory):
    """A teacher whose 7th échelon is shortened, one at the top of her grade, one on leave."""
    file = tmp_path_factory.mktemp("gens") / "population.parquet"
    rows = [("1", "pe", "7", "2025-09-01", 100), ("2", "certifie", "11", "2020-09-01", 100),
            ("3", "pe", "11", "2020-09-01", 0)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["numero", "corps", "echelon", "date_effet", "quotite"])
    frame = frame.assign(
        grade="classe_normale", chevron="", reliquat_jours=0, annee=2026,
        date_effet=pd.to_datetime(frame["date_effet"]),
        date_naissance=pd.Timestamp("1985-01-01"),
    )  # fmt: skip
    save_population(frame, file)
    return file


@pytest.fixture(scope="module")
def output(decree, population, tmp_path_factory):
    question = tmp_path_factory.mktemp("exemple") / "paie.json"
    question.write_text(json.dumps(PAID), encoding="utf-8")
    return run(
        str(REFERENCE),
        str(decree),
        "--population",
        str(population),
        "--exemple",
        "pay",
        str(question),
    )


def run(*arguments):
    ran = CliRunner().invoke(law, ["diff", *arguments])
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return ran.output.replace("\u00a0", " ")


def test_each_row_is_told_with_its_dates_and_its_source(output):
    assert "5 lignes de 3 tables :" in output
    assert "ajoutée : pe, classe_normale, 7, depuis le 1er septembre 2027" in output
    assert "valide_au : vide → 31 décembre 2026" in output
    assert f"source : {SOURCE} (confiance A)" in output


def test_the_people_and_the_euros_of_each_month_are_counted(output):
    # the point gives to both who are paid; the prime then takes more from the professeur des écoles
    january, september = (line for line in output.splitlines() if line.startswith("Paie du mois"))
    assert "1er janvier 2027 : 2 personnes, +" in january
    assert "(2 y gagnent, 0 y perd)" in january
    assert "1er septembre 2027 : 2 personnes" in september
    assert "(1 y gagne, 1 y perd)" in september
    assert january.endswith("Paie non calculée : 1 personne.")


def test_the_next_echelon_comes_sooner(output):
    # 36 months from 1 September 2025, or 30: 1 March 2028 instead of 1 September
    assert "Prochain échelon ou chevron : 1 personne, 184 jours plus tôt en moyenne" in output


def test_a_worked_example_follows(output):
    grid = table("grilles")
    top = grid[(grid["corps"] == "pe") & (grid["echelon"] == "11") & grid["valide_au"].isna()]
    (index,) = top["indice_majore"]
    before, after = (f"{index * point / 12:.2f}".replace(".", ",") for point in (59.0734, 60))
    assert f"lignes[1].montant : {before} → {after}" in output


def test_the_kit_says_what_it_supposed_and_that_it_decides_nothing(output):
    assert "Chacun garde sa position" in output
    assert "Le kit simule ; l’administration décide." in output.splitlines()


def test_the_law_of_this_process_stays_its_own(output):
    assert float(table("point_indice")["valeur_annuelle_point"].iloc[-1]) == 59.0734


def test_the_same_folder_twice_changes_nothing():
    assert run(str(REFERENCE), str(REFERENCE)).strip() == "Aucune ligne ne change."


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--population", "{text}"], "n’est pas du Parquet"),
        (["--exemple", "pay", "{text}"], "n’est pas une question en JSON"),
        (["--taille", "0"], "ne peuvent pas être tirées"),
        ([f"--le=2027-0{month}-01" for month in range(1, 8)], "7 dates sont demandées"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(decree, tmp_path, more, words):
    text = tmp_path / "texte.txt"
    text.write_text("non", encoding="utf-8")
    with pytest.raises(KitError, match=words):
        run(str(REFERENCE), str(decree), *(one.format(text=text) for one in more))


def test_a_population_out_of_all_measure_is_refused(decree, population, monkeypatch):
    monkeypatch.setattr(effects, "MOST_PEOPLE", 2)
    with pytest.raises(InputError, match="3 lignes"):
        compared(REFERENCE, decree, population, [pd.Timestamp("2027-01-01").date()])


def test_a_law_that_cannot_answer_is_named(decree, population, tmp_path):
    broken = tmp_path / "reference"
    entered(broken)
    (broken / "durees_echelon.csv").write_text("corps\n", encoding="utf-8")
    with pytest.raises(KitError) as refused:
        compared(REFERENCE, broken, population, [pd.Timestamp("2027-01-01").date()])
    assert str(broken) in str(refused.value)


def test_people_who_are_drawn_need_no_parquet(decree, monkeypatch):
    def refused(*_):
        raise Unavailable("pyarrow n’est pas installé.", remedy="Installez l’atelier.")

    monkeypatch.setattr(storage, "library", refused)
    output = run(str(REFERENCE), str(decree), "--taille", "40", "--le", "2027-01-01")
    assert "40 personnes fictives" in output


def test_a_population_is_the_same_once_handed_over(tmp_path):
    drawn = build(60, 1).table
    hand_over(drawn, tmp_path / "gens.csv")
    pd.testing.assert_frame_equal(taken_over(tmp_path / "gens.csv"), drawn)
