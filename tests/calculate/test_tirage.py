"""The range of a promotion to the hors classe: published bars, and a drawn population."""

from datetime import date, timedelta
from random import Random

import pytest
from changed_tables import plain

from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.promotion import situation, tirage
from iprof_kit.calculate.promotion.tirage import answer
from iprof_kit.calculate.promotion.tirage_question import Bornes, LigneTirage, TirageQuestion
from iprof_kit.law.promotion.statistics import observed_bars
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import load_reference
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 25)
BEST_FIRST = ["excellent", "tres_satisfaisant", "satisfaisant", "a_consolider"]


def asked(corps="pe", echelon="9", since=date(2025, 3, 1), **more):
    """By default a teacher whose first campaign is 2027, with 2 years at the 9e échelon."""
    return answer(
        TirageQuestion(
            corps=corps,
            grade="classe_normale",
            echelon=echelon,
            date_effet=since,
            aujourdhui=TODAY,
            **more,
        )
    )


def explained(**more):
    return asked(**{"tirer": False, "expliquer": True} | more).explication


@pytest.fixture(scope="module")
def ninth():
    return asked()


def test_the_first_campaign_is_the_one_of_the_law(ninth):
    assert ninth.premiere_campagne == 2027  # décret 90-680, art. 25: two years at the 9e
    assert [line.appreciation for line in ninth.lignes] == BEST_FIRST
    assert [line.points for line in ninth.lignes] == [120, 100, 80, 60]  # bareme, 9+2


def test_the_bars_give_the_campaigns_of_the_published_table(ninth):
    # Published bars since 2021: 130 (Mayenne 2023) to 140. At 9+2 in 2027 one is at 9+3 in 2028,
    # 10+0 in 2029, 10+1 in 2030, 10+2 in 2031, 10+3 in 2032, 11+0 in 2033.
    bars = load_reference("promotions_stats")
    mine = bars[(bars.corps == "pe") & (bars.annee >= 2021) & bars.barre_points.notna()]
    assert (mine.barre_points.min(), mine.barre_points.max()) == (130, 140)
    found = [
        (line.par_les_barres.au_plus_tot, line.par_les_barres.au_plus_tard) for line in ninth.lignes
    ]
    assert found == [(2028, 2029), (2030, 2031), (2032, 2033), (2033, 2034)]


def test_the_drawn_population_agrees_with_the_bars_that_were_published(ninth):
    for line in ninth.lignes:
        low, high = line.par_les_barres.au_plus_tot, line.par_les_barres.au_plus_tard
        assert low - 1 <= line.par_tirage.habituelle <= high + 1


def test_the_ratio_is_the_last_one_known_and_the_places_follow_it(ninth):
    assert (ninth.taux, ninth.annee_taux) == (23, 2025)
    for line in ninth.lignes:
        assert line.places == pytest.approx((line.sur - 1) * 0.23, abs=1)


def test_a_ratio_carried_forward_is_marked(ninth):
    # ratios_promotion.csv has no ratio in force for 2027
    assert ninth.taux_a_verifier
    lines = {line.libelle: line for line in explained(tirer=True).lignes}
    supposed = lines["Taux appliqué à chaque campagne"]
    assert (supposed.nature, supposed.a_verifier) == ("hypothese", True)
    assert supposed.valeur == "23 %, celui de 2025"


def test_time_that_does_not_count_gives_no_points():
    # 9e since March 2023; 18 months counted, two years of disponibilité, 12 months: 9+2, not 9+4
    away = Periode(
        position="Disponibilité", motif=None, debut=date(2024, 9, 1), fin=date(2026, 8, 31)
    )
    found = asked(since=date(2023, 3, 1), periodes=(away,), tirer=False)
    assert found.premiere_campagne == 2027
    assert [line.points for line in found.lignes] == [120, 100, 80, 60]


def test_of_two_bars_the_usual_one_is_not_the_highest():
    # promotions_stats.csv: agrégés, 185 in 2018 and 175 in 2019
    for line in asked(corps="agrege", tirer=False).lignes:
        assert line.par_les_barres.habituelle == line.par_les_barres.au_plus_tot


def test_a_better_appreciation_is_ranked_before_and_never_later(ninth):
    ranks = [line.rang for line in ninth.lignes]
    assert ranks == sorted(ranks)
    assert all(1 <= line.rang <= line.sur for line in ninth.lignes)
    years = [line.par_tirage.habituelle for line in ninth.lignes]
    assert years == sorted(years)


def test_the_same_seed_gives_the_same_and_nothing_is_drawn_unless_asked(ninth):
    assert asked().lignes == ninth.lignes
    bare = asked(tirer=False)
    assert {line.par_tirage for line in bare.lignes} == {None}
    assert bare.lignes[0].par_les_barres == ninth.lignes[0].par_les_barres


def test_what_the_draw_rests_on_is_said_and_marked():
    reason = explained(tirer=True)
    shares = [line for line in reason.lignes if line.libelle.endswith(", supposée")]
    assert sum(int(line.valeur.split()[0]) for line in shares) == 100
    assert all((line.nature, line.a_verifier) == ("hypothese", True) for line in shares)
    bars = [line for line in reason.lignes if line.libelle.startswith("Barre ")]
    assert {line.nature for line in bars} == {"donnee"}
    assert "fictive" in reason.regle


def test_without_a_draw_nothing_of_it_is_supposed():
    kinds = {plain(line.libelle): line.nature for line in explained().lignes}
    supposed = [label for label, kind in kinds.items() if kind == "hypothese"]
    assert all(label.endswith("par les barres") for label in supposed)
    assert "fictive" not in explained().regle


def test_nothing_is_explained_unless_it_is_asked(ninth):
    assert ninth.explication is None


@pytest.mark.parametrize(
    ("corps", "echelon"),
    [("pe", "9"), ("certifie", "10"), ("agrege", "9"), ("cpe", "9"), ("plp", "11"), ("psyen", "8")],
)
@pytest.mark.parametrize("own", [None, "satisfaisant"])
def test_the_last_line_of_the_reason_is_the_campaigns_shown(corps, echelon, own):
    found = asked(corps=corps, echelon=echelon, tirer=False, appreciation=own, expliquer=True)
    bare = asked(corps=corps, echelon=echelon, tirer=False, appreciation=own)
    assert found.model_copy(update={"explication": None}) == bare
    last = found.explication.lignes[-1]
    assert last.libelle == "Campagnes"
    assert last.valeur == (bare.phrase or "au-delà de celles qui sont regardées")


def test_with_her_own_appreciation_the_campaigns_are_the_usual_one():
    found = asked(tirer=False, appreciation="satisfaisant")
    usual = next(one for one in found.lignes if one.appreciation == "satisfaisant")
    assert found.phrase == (
        f"d’ordinaire en {usual.par_les_barres.habituelle}, avec votre appréciation"
    )


def test_the_points_are_told_by_the_two_rows_that_give_them():
    # bareme_hors_classe.csv, pe : excellent 120 ; 9+2 : 0
    lines = {plain(line.libelle): plain(line.valeur) for line in explained().lignes}
    assert lines["Appréciation « excellent »"] == "120 points"
    assert lines["Plage d’appel : 9e échelon, 2 ans au moins"] == "0 points"
    years = "2028 à 2029, d’ordinaire 2029"
    assert lines["Excellent, 120 points en 2027 : par les barres"] == years
    assert not any("_" in label or "_" in value for label, value in lines.items())


def test_what_does_not_count_is_in_the_reason_with_its_rule():
    away = Periode(
        position="Disponibilité", motif=None, debut=date(2024, 9, 1), fin=date(2026, 8, 31)
    )
    reason = explained(since=date(2023, 3, 1), periodes=(away,))
    away_line = next(line for line in reason.lignes if "non comptés" in line.valeur)
    assert away_line.nature == "donnee"
    assert "counted_time" in reason.regles
    assert "counted_time" not in explained().regles


@pytest.mark.parametrize("rule", ["hors_classe_open", "promotion_ratio", "bareme_hors_classe"])
def test_a_rule_that_left_the_registry_makes_the_reason_fail(monkeypatch, rule):
    monkeypatch.delitem(RULES, rule)
    (refused,) = explained().lignes
    assert (refused.libelle, refused.nature) == ("Raison non donnée", "refus")
    assert rule in refused.valeur


def test_a_reason_that_finds_other_campaigns_is_not_given(monkeypatch):
    seen = []
    real = tirage.campaigns_text
    monkeypatch.setattr(
        tirage, "campaigns_text", lambda *words: real(*words) + " " * len(seen.append(1) or seen)
    )
    assert "est différent" in explained().lignes[-1].valeur


def test_the_campaigns_of_anybody_are_found_again():
    chance, count = Random(19), 0
    for _ in range(40):
        cell = chance.randrange(CELLS.count)
        corps, grade, echelon = CELLS.corps[cell], CELLS.grade[cell], CELLS.echelon[cell]
        if grade != "classe_normale":
            continue
        since = TODAY - timedelta(days=chance.randrange(1, 900))
        found = asked(corps=corps, echelon=echelon, since=since, tirer=False, expliquer=True)
        if found.lignes:
            last = found.explication.lignes[-1]
            assert (last.libelle, last.nature) == ("Campagnes", "loi")
            count += 1
    assert count > 5


def test_a_corps_whose_bars_are_not_published_has_the_draw_alone():
    found = asked(corps="cpe")
    assert {line.par_les_barres for line in found.lignes} == {None}
    assert found.lignes[0].par_tirage.habituelle >= 2027


def test_what_one_may_do_when_not_promoted_says_who_may_assist_and_the_delay(ninth):
    texts = " ".join(one.texte for one in ninth.recours)
    assert "représentant désigné par l’organisation syndicale de votre choix" in texts
    delays = [(one.delai_mois, one.a_verifier) for one in ninth.recours if one.delai_mois]
    assert delays == [(2, True), (2, True)]
    assert "L216-1" in ninth.recours[0].source.texte


def test_the_perimeter_of_a_published_bar_is_said_in_french():
    """promotions_stats.csv, pe, campaign 2022: a bar of 140 points in Lot-et-Garonne."""
    perimeters = {bar.perimeter for bar in observed_bars("pe", 2022)}
    assert "département 47" in perimeters
    assert not any("departement" in name or "academie" in name for name in perimeters)


def test_twenty_campaigns_are_read_in_one_walk(monkeypatch):
    walks = []
    walk = situation.project
    monkeypatch.setattr(
        situation, "project", lambda *words, **more: walks.append(1) or walk(*words, **more)
    )
    assert asked(tirer=False).lignes[0].par_les_barres is not None
    assert len(walks) <= 3  # this campaign, the first one, and all of them together


def line(usual):
    """An appréciation whose usual campaign by the bars is this one, None for one beyond."""
    bounds = Bornes(au_plus_tot=2033, habituelle=usual, au_plus_tard=None)
    return LigneTirage.model_construct(
        appreciation=str(usual), par_les_barres=bounds, par_tirage=None
    )


@pytest.mark.parametrize(
    ("usual", "words"),
    [((2035, 2040, 2037), "d’ordinaire entre 2035 et 2040, selon l’appréciation"),
     ((2035, 2035), "d’ordinaire en 2035"),
     ((None, 2035), "d’ordinaire à partir de 2035, selon l’appréciation"),
     ((None,), "2033 au plus tôt, selon l’appréciation"), ((), "")],
)  # fmt: skip
def test_the_usual_campaigns_are_never_said_more_surely_than_the_bars_say_them(usual, words):
    assert tirage.campaigns_text(map(line, usual), None) == words
