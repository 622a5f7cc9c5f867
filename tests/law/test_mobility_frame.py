"""What both movements share: criteria by campaign, borders, bars, dates, local rules."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import BadTable, InputError, LawError, PeriodNotCovered
from iprof_kit.base.words import points_text
from iprof_kit.law.mobility.bars import compare, last_bar
from iprof_kit.law.mobility.calendar import stages
from iprof_kit.law.mobility.criteria import (
    Asked,
    Criteria,
    academie,
    academies_touch,
    departement,
    departements_touch,
    without_overlap,
)
from iprof_kit.law.mobility.local import local_rules, local_score
from iprof_kit.law.tables.loading import table

FOLDER = Path(__file__).parent / "cases"
FIRST = Criteria("mouvement_interdepartemental_1d")
SECOND = Criteria("mouvement_interacademique_2d")


def asked(critere, sous_critere, points, block=""):
    row = FIRST.read(2025, critere, sous_critere)
    return Asked(row.line(critere, points, ""), row, block or critere)


def test_a_campaign_without_row_names_the_covered_ones():
    with pytest.raises(PeriodNotCovered, match="campagne 2023 non couverte ; campagnes couv"):
        FIRST.find(2023, "cimm", "dom")


def test_a_criterion_unknown_in_a_campaign_names_the_others():
    with pytest.raises(PeriodNotCovered, match=r"2018.*2024, 2025, 2026, 2027"):
        FIRST.read(2018, "cimm", "dom")
    with pytest.raises(LawError, match="critère inconnu"):
        FIRST.read(2025, "cimm", "lune")


def test_a_ceiling_is_a_number_or_nothing():
    ceilings = {row.sous_critere: row.ceiling() for row in SECOND.cases(2026, "voeu_preferentiel")}
    assert ceilings == {"par_an": 100}
    assert FIRST.read(2026, "cimm", "dom").ceiling() is None


def test_of_two_that_exclude_each_other_the_better_is_kept():
    lines, aside = without_overlap([asked("cimm", "dom", 600), asked("voeux_lies", "regle", 0)])
    assert [line.critere for line in lines] == ["cimm"]
    assert aside[0].critere == "voeux_lies"


def test_what_the_person_chose_is_kept_even_when_it_gives_less():
    both = [asked("cimm", "dom", 600), asked("voeux_lies", "regle", 0)]
    lines, aside = without_overlap(both, chosen=("voeux_lies",))
    assert [line.critere for line in lines] == ["voeux_lies"]
    assert aside[0].motif.endswith("choisi")


def test_lines_of_a_block_stand_or_fall_together():
    family = [
        asked("rapprochement_conjoints", "forfait", 150, "famille"),
        asked("annees_separation", "4_an", 500, "famille"),
    ]
    lines, aside = without_overlap([asked("cimm", "dom", 600), *family])
    assert sum(line.points for line in lines) == 650
    assert [one.critere for one in aside] == ["cimm"]


def test_two_cases_of_one_criterion_exclude_each_other_by_name():
    one, other = asked("handicap", "boe", 100, "a"), asked("handicap", "dossier_dasen", 800, "b")
    lines, _ = without_overlap([one, other])
    assert [line.points for line in lines] == [800]


@given(
    st.permutations(
        [
            ("cimm", "dom", 600),
            ("rapprochement_conjoints", "forfait", 150),
            ("handicap", "boe", 100),
            ("handicap", "dossier_dasen", 800),
            ("education_prioritaire", "rep", 45),
        ]
    )
)
def test_the_order_of_criteria_changes_no_total(order):
    items = [asked(*row, block=f"{row[0]} {row[1]}") for row in order]
    lines, _ = without_overlap(items)
    assert sum(line.points for line in lines) == 1445


def test_borders():
    assert departements_touch("44", "49")
    assert departements_touch("49", "44")
    assert not departements_touch("44", "75")
    assert departements_touch("2A", "2B")
    assert not departements_touch("971", "972")


def test_every_border_of_departements_csv_is_in_limitrophes_csv():
    written = {
        (row["code_insee"], other)
        for row in table("departements").to_dict("records")
        for other in filter(None, row["departements_limitrophes"].split(";"))
    }
    assert {pair for pair in written if not departements_touch(*pair)} == set()
    codes = list(table("departements")["code_insee"])
    found = {(a, b) for a in codes for b in codes if departements_touch(a, b)}
    assert found == written


def test_borders_of_academies_are_those_of_their_departements():
    rows = table("limitrophes")
    written = {
        frozenset((row["code_1"], row["code_2"]))
        for row in rows[rows["niveau"] == "academie"].to_dict("records")
    }
    now = table("academies")
    codes = list(now[now["date_fin"] == ""]["code_academie"])
    found = {frozenset((a, b)) for a in codes for b in codes if a < b and academies_touch(a, b)}
    assert found == written


@pytest.mark.parametrize("other", ["Rennes", "Nantes", "Orléans-Tours", "Rouen"])
def test_a_former_academy_has_neighbours(other):
    """The academies of Caen and Rouen (before 2020) are computed from their départements."""
    assert academies_touch("Caen", other)
    assert not academies_touch("Caen", "Amiens")
    assert not academies_touch("Caen", "Caen")


def test_unknown_places_list_the_known_ones():
    with pytest.raises(InputError, match=r"inconnu.*99.*Codes connus.*2A"):
        departement("99")
    with pytest.raises(InputError, match=r"Académies connues.*Créteil"):
        academie("Lutèce")


@pytest.mark.parametrize(
    ("points", "text"),
    [(1.83, "1,83"), (281.0, "281"), (1702, "1\u00a0702"), (0.1, "0,1"), (0, "0")],
)
def test_points_are_written_in_french(points, text):
    assert points_text(points) == text


def test_a_score_against_every_published_bar():
    cases = yaml.safe_load((FOLDER / "mouvement_barres.yml").read_text("utf-8"))
    for name, expected in cases["ecarts"].items():
        year, kind = name.split(" ")
        bars = {code: last_bar("1d", kind, departement=code, annee=int(year)) for code in expected}
        gaps = {code: compare(cases["bareme"], bar, code).ecart for code, bar in bars.items()}
        assert gaps == pytest.approx(expected)
    entrants = cases["entrants_2021"]
    found = {code: last_bar("1d", "entree", departement=code, annee=2021) for code in entrants}
    assert {code: bar.nb_entrants for code, bar in found.items()} == entrants


def test_a_bar_that_its_source_left_out_is_not_zero():
    """Mayenne, 2021: seven people in, no score published."""
    assert last_bar("1d", "entree", departement="53") is None


def test_bars_of_2024():
    """Finistère 1515 in, Mayotte 1702 out, Loiret 431 out and 26 in (s2de.fr, FSU-SNUipp 45)."""
    assert last_bar("1d", "entree", departement="29").bareme == 1515
    assert last_bar("1d", "sortie", departement="976").bareme == 1702
    assert last_bar("1d", "sortie", departement="45").bareme == 431
    assert last_bar("1d", "entree", departement="45").bareme == 26


def test_the_last_bar_known_may_be_older():
    bar = last_bar("1d", "entree", departement="04")
    assert (bar.annee, bar.bareme) == (2021, 517.67)


def test_a_comparison_is_an_if():
    found = compare(281, last_bar("1d", "entree", departement="37"), "Indre-et-Loire")
    assert found.ecart == -423
    assert found.phrase.startswith("Si la barre d’entrée de 2024 pour Indre-et-Loire (704 points)")
    assert "serait 423 points au-dessous" in found.phrase
    assert "vous serez" not in found.phrase


@pytest.mark.parametrize(("total", "words"), [(704, "l’égalerait"), (705.5, "de 1,5 points")])
def test_a_score_at_or_over_a_bar(total, words):
    assert words in compare(total, last_bar("1d", "entree", departement="37"), "37").phrase


def test_a_score_that_is_a_minimum_says_so():
    bar = last_bar("1d", "sortie", departement="93")
    assert "au moins" in compare(100, bar, "93", complete=False).phrase


def test_no_bar_known_no_number():
    found = compare(281, last_bar("1d", "sortie", departement="44"), "Loire-Atlantique")
    assert (found.bar, found.ecart) == (None, None)
    assert not any(sign.isdigit() for sign in found.phrase)
    assert last_bar("2d", "entree", academie="24", discipline="lettres") is None


def test_calendar_of_2026():
    """SNUDI-FO 93, FSU-SNUipp: from 5 to 26 November 2025 at noon, results on 11 March 2026."""
    found = {(stage.phase, stage.etape): stage for stage in stages("1d", 2026)}
    entry = found["interdepartemental", "saisie_voeux_siam"]
    assert (entry.debut, entry.fin, entry.heure_fin) == (
        date(2025, 11, 5),
        date(2025, 11, 26),
        "12:00",
    )
    assert found["interdepartemental", "resultats"].debut == date(2026, 3, 11)
    assert found["interdepartemental", "annulation_participation"].fin == date(2026, 2, 3)
    assert found["pop", "resultats"].debut == date(2026, 2, 18)
    assert found["ineat_exeat", "fenetre"].debut is None


def test_stages_are_in_the_order_of_their_days():
    days = [stage.debut or stage.fin or date.max for stage in stages("1d", 2026)]
    assert days == sorted(days)


def test_a_campaign_without_dates_says_what_is_usual():
    (stage,) = [stage for stage in stages("1d", 2027) if stage.phase == "interdepartemental"]
    assert stage.debut is None
    assert "aucune date trouvée" in stage.note
    with pytest.raises(PeriodNotCovered, match=r"calendrier 2022 non trouvé.*2013, 2015, 2024"):
        stages("1d", 2022)


def test_local_dates_only_where_asked():
    assert {stage.portee for stage in stages("2d", 2026)} == {"national"}
    mine = {stage.etape: stage.fin for stage in stages("2d", 2026, ("Toulouse",))}
    assert mine["contestation_bareme"] == date(2026, 1, 28)
    days = {stage.etape: stage.debut for stage in stages("1d", 2024, ("83",))
            if stage.portee == "83"}  # fmt: skip
    assert days == {  # FSU-SNUipp 83
        "saisie_voeux_siam": date(2024, 3, 29), "ar_sans_bareme": date(2024, 4, 19),
        "ar_definitif": date(2024, 5, 17), "resultats": date(2024, 5, 24),
        "ajustement": date(2024, 7, 1),
    }  # fmt: skip


LOCAL = {
    "degre": "1d", "territoire": "99", "campagne": 2026, "source": "exemple fictif",
    "confiance": "D",
    "criteres": [
        {"cle": "anciennete", "libelle": "Ancienneté", "points": 1.5, "unite": "année",
         "plafond": 30},
        {"cle": "direction", "libelle": "Direction d’école", "points": 10, "non_cumul": ["zil"]},
        {"cle": "zil", "libelle": "Remplacement", "points": 4},
    ],
    "departage": ["ancienneté générale"],
}  # fmt: skip
"""A fictitious département: no rule of a real one."""


@pytest.fixture
def write(tmp_path):
    def file(changes=(), name="1d_99_2026"):
        content = yaml.safe_dump({**LOCAL, **dict(changes)}, allow_unicode=True)
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
        return tmp_path

    return file


def test_a_described_territory(write):
    rules = local_rules("1d", "99", 2026, write())
    score = local_score(rules, {"anciennete": 12, "direction": 1, "zil": 1}, "école")
    assert score.total == 12 * 1.5 + 10
    assert score.confidence == "D"
    assert [aside.critere for aside in score.ecartes] == ["zil"]
    assert rules.departage == ("ancienneté générale",)
    assert local_score(rules, {"anciennete": 25}).total == 30


def test_a_territory_without_file_is_not_covered(write):
    with pytest.raises(LawError, match=r"non couvert.*Maine-et-Loire en 2026.*1d 99 2026.*DSDEN"):
        local_rules("1d", "49", 2026, write())
    with pytest.raises(LawError, match=r"non couvert.*Nantes"):
        local_rules("2d", "Nantes", 2026)


def test_an_unknown_local_criterion_lists_the_known_ones(write):
    rules = local_rules("1d", "99", 2026, write())
    with pytest.raises(InputError, match=r"Critères connus.*anciennete, direction, zil"):
        local_score(rules, {"age": 1})
    with pytest.raises(InputError, match="positif"):
        local_score(rules, {"anciennete": -1})


CRITERION = LOCAL["criteres"][0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"degre": "3d"}, "1d ou 2d"),
        ({"confiance": "E"}, "A, B, C ou D"),
        ({"campagne": "2026"}, "mal formée"),
        ({"campagne": 2025}, "doit s’appeler 1d_99_2025.yml"),
        ({"couleur": "bleu"}, "champ inconnu"),
        ({"criteres": [CRITERION, CRITERION]}, "deux fois"),
        ({"criteres": [{**CRITERION, "non_cumul": ["lune"]}]}, "critère inconnu"),
        ({"criteres": [{"cle": "a", "libelle": "A"}]}, "champ absent"),
        ({"criteres": ["a"]}, "champs attendus"),
        ({"criteres": [{**CRITERION, "points": True}]}, "mal formée"),
    ],
)
def test_a_malformed_file_is_refused(write, changes, message):
    with pytest.raises(BadTable, match=message):
        local_rules("1d", "99", 2026, write(changes))


def test_a_file_that_is_not_yaml_is_refused(tmp_path):
    (tmp_path / "1d_99_2026.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(BadTable, match="ne peut pas être lu"):
        local_rules("1d", "99", 2026, tmp_path)
