"""The range of a promotion to the hors classe: published bars, and a drawn population."""

from datetime import date

import pytest

from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.promotion import situation
from iprof_kit.calculate.promotion.tirage import TirageQuestion, answer
from iprof_kit.law.promotion.statistics import observed_bars
from iprof_kit.law.tables.loading import load_reference

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
    [ratio] = [line for line in ninth.entrees if line.libelle == "Taux"]
    assert ratio.a_verifier
    assert ratio.valeur.startswith("taux non trouvé, dernier connu")


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
    plain = asked(tirer=False)
    assert {line.par_tirage for line in plain.lignes} == {None}
    assert plain.lignes[0].par_les_barres == ninth.lignes[0].par_les_barres


def test_what_the_draw_rests_on_is_said_and_marked(ninth):
    shares = [line for line in ninth.entrees if line.libelle.startswith("Appréciation")]
    assert sum(int(line.valeur.split()[0]) for line in shares) == 100
    assert all(line.a_verifier for line in ninth.entrees)
    assert "fictive" in ninth.methode


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
