"""A campaign in the analyst's words: whom a position sets aside, what parts two people, options."""

from datetime import date

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.base.errors import InputError

from .test_campagne import gens, ouvrir


def test_whom_a_position_excludes_is_named_with_its_text_and_an_unknown_one_is_asked():
    table = gens(position=["Disponibilité", "Radié", "xyz", "En activité", "En activité", ""])
    c = ouvrir(table)
    assert c.promouvables()["numero"].tolist() == ["D0003", "D0004", "D0005"]
    assert set(c.tableau()["numero"]) == {"D0003", "D0004", "D0005"}
    held = c.positions().set_index("numero")
    assert held["decision"].to_dict() == {
        "D0000": "exclue",
        "D0001": "exclue",
        "D0002": "à demander",
        "D0005": "gardée, à vérifier",
    }
    assert "CGFP, art. L514-1" in held.loc["D0000", "pourquoi"]
    assert "CGFP, art. L550-1" in held.loc["D0001", "pourquoi"]
    caption = iprof_kit.legende(c.tableau()).replace("\u00a0", " ")
    assert "exclus par leur position : 1" in caption
    assert "position inconnue des tables de ce kit" in caption
    assert "xyz" not in caption
    assert c.contingent()["promouvables"].item() == 3
    answered = ouvrir(table, positions={"xyz": "Détachement"})
    assert "D0002" in answered.promouvables()["numero"].tolist()
    assert "position inconnue lue « Détachement »" in answered.hypotheses


@pytest.mark.parametrize("leave", ["Congé de longue durée", "CLM", "Congé pour maladie grave"])
def test_p03_a_leave_of_health_has_no_nature_in_what_an_analyst_reads_of_positions(leave):
    table = gens(
        position=[leave, "Radié", *["En activité"] * 4],
        a_verifier=["1", "", "", "", "", ""],
    )
    c = ouvrir(table)
    rows = c.positions().set_index("numero")
    assert rows.loc["D0000", "position"] == "absente, congé"
    assert rows.loc["D0001", "position"] == "Radié"


@pytest.mark.parametrize("word", ["ALD 30", "Post-op", "CRCT"])
def test_p03_a_word_that_the_tables_do_not_know_is_read_by_no_analyst(word):
    c = ouvrir(gens(position=[word, "Détachement", *["En activité"] * 4]))
    rows = c.positions().set_index("numero")
    assert rows.loc["D0000", "position"] == "position inconnue"
    caption = iprof_kit.legende(c.tableau())
    assert word not in f"{c.positions().to_csv()}{caption}{c.classement().to_csv()}"
    supposed = ouvrir(
        gens(position=[word, *["En activité"] * 5]), positions={word: "En activité"}
    ).hypotheses
    assert word not in " ".join(supposed)


def test_p03_the_column_position_of_promouvables_names_no_leave_of_health():
    leave = ["Congé de longue durée", "En activité", "Détachement", *["En activité"] * 3]
    motive = ["", "CMO", "", *[""] * 3]
    c = ouvrir(gens(position=leave, position_motif=motive))
    listed = c.promouvables().set_index("numero")
    assert listed["position"].tolist()[:3] == ["absente, congé", "absente, congé", "Détachement"]
    assert listed["position_motif"].tolist()[:2] == ["", ""]
    ranked = c.classement().set_index("numero")
    assert ranked.loc["D0000", "position"] == "absente, congé"
    # a table that was read so is opened again without losing anybody
    again = ouvrir(gens(position=listed.reindex([f"D000{n}" for n in range(6)])["position"]))
    assert len(again.promouvables()) == len(listed)


def test_a_disponibilite_with_a_motive_that_keeps_rights_or_over_excludes_nobody():
    # CGFP L514-2: rights kept for whoever raises a child; L514-1: one that is over
    days = pd.to_datetime(["2025-03-01", "2024-09-01", "2025-03-01", "NaT", "NaT", "NaT"])
    table = gens(
        position=["Disponibilité"] * 3 + ["En activité"] * 3,
        position_motif=["élever un enfant", "convenances", "convenances", "", "", ""],
        position_debut=days,
        position_fin=pd.to_datetime(["NaT", "2025-06-30", "NaT", "NaT", "NaT", "NaT"]),
    )
    assert ouvrir(table).ecartees["numero"].tolist() == ["D0002"]


def test_whoever_has_left_the_corps_is_not_listed():
    left = pd.to_datetime(["2025-08-31", "2025-09-01", *["NaT"] * 4])
    c = ouvrir(gens(date_sortie=left))
    assert c.ecartees["numero"].tolist() == ["D0000"]


def test_a_doubt_of_the_table_itself_is_kept():
    c = ouvrir(gens(a_verifier=["1", "0", "", "", "", ""], position="En activité"))
    assert c.promouvables()["a_verifier"].tolist() == [True] + [False] * 5
    assert c.classement().set_index("numero")["a_verifier"]["D0000"]


def test_what_parts_two_people_is_said_criterion_by_criterion():
    told = ouvrir(gens(appreciation=["excellent", "satisfaisant", *["excellent"] * 4])).pourquoi(
        "D0000", "D0001"
    )
    assert told.phrases[0].startswith("D0000 est au rang 1, D0001 au rang 6")
    # 120 and 80 for the appréciation, 30 for one year at the 10e (sections.se-unsa.org/88)
    assert "barème (150 points contre 110 points)" in told.phrases[1]
    assert told.criteres["departage"].tolist()[0] == "décide"
    same = gens(entree_corps=pd.Timestamp("2000-09-01"))
    assert "Aucun critère ne les sépare" in ouvrir(same).pourquoi("D0000", "D0001").phrases[1]
    apart = ouvrir(
        gens(departement=["063", "003", *["063"] * 4]), par=["departement"], contingent=1
    )
    with pytest.raises(InputError, match="sur deux listes"):
        apart.pourquoi("D0000", "D0001")


def test_the_table_says_what_follows_and_its_caption_who_decides_when_and_how():
    table = ouvrir().tableau()
    assert set(table["statut"]) == {"PROJET"}
    # durees_echelon.csv: 2 years 6 months in the 3e of the hors classe; 400 days are kept
    assert set(table["echelon_suivant"]) == {"4"}
    assert set(table["date_echelon_suivant"].dt.date) == {date(2027, 1, 21)}
    caption = iprof_kit.legende(table).replace(" ", " ")
    for words in (
        "L’autorité décide : recteur de l’académie",
        "Situations au 31 août 2025",
        "entier inférieur, décimale reportée",
        "règles vérifiées jusqu’au",
    ):
        assert words in caption


@pytest.mark.parametrize(
    ("options", "words"),
    [({"corps": ["pe"]}, "un seul corps"), ({"corp": "pe"}, "corp.*Vouliez-vous dire.*corps"),
     ({"annee": "2027"}, "2027.*pas une année")],
)  # fmt: skip
def test_an_option_that_does_not_fit_is_said_in_french(options, words):
    gens = iprof_kit.exemple_promouvables(9).assign(position="En activité")
    with pytest.raises(InputError, match=words):
        iprof_kit.analyser(1, gens, **options)
