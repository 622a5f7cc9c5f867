"""Analysis 21: the campaigns to come; and what is true of the thirty analyses together."""

import inspect

import pandas as pd
import pytest

import iprof_kit
from iprof_kit.analytics.analyses.model import usages
from iprof_kit.analytics.columns import needed_for
from iprof_kit.base.errors import InputError


@pytest.fixture(scope="module")
def gens():
    return iprof_kit.generate(3_000, seed=1)


@pytest.fixture(scope="module")
def pe(gens):
    willing = gens.assign(opposition=0)
    return iprof_kit.analyser(21, willing, corps="pe", annees=2, taux=100.0)


def test_a_ratio_of_all_promotes_everybody_and_the_next_list_is_those_who_come(pe):
    table = pe.table[pe.table["corps"] == "pe"].set_index(["scenario", "annee"])
    known, tried = (table.loc[name] for name in ("derniers taux connus", "taux essayé"))
    assert tried["promus"].iloc[0] == tried["promouvables"].iloc[0]
    assert known["promouvables"].iloc[0] == tried["promouvables"].iloc[0]  # the same first list
    assert tried["promouvables"].iloc[1] < known["promouvables"].iloc[1]


def test_the_first_campaign_is_that_of_the_observation_and_each_year_follows(pe):
    assert pe.table["annee"].unique().tolist() == [2026, 2027]


def test_the_whole_has_no_bar_since_each_corps_has_its_points(pe):
    assert pe.table.loc[pe.table["corps"] == "Ensemble", "barre"].isna().all()


def test_what_is_supposed_is_told_with_its_confidence(pe):
    assert "hypothèses de la projection" in pe.legende
    assert "taux de 100,0 % à toutes les campagnes" in pe.legende.replace("\u00a0", " ")
    assert "à vérifier" in pe.details["hypotheses"]["a_verifier"].tolist()


def test_it_reads_no_more_than_the_columns_it_asks_for(gens):
    bare = gens[needed_for(21)]
    bare.attrs.update(gens.attrs)
    assert len(iprof_kit.analyser(21, bare, corps="pe", annees=1).table) == 2


def test_row_order_has_no_effect(gens):
    one, other = (
        iprof_kit.analyser(21, people, corps="pe", annees=1).table
        for people in (gens, gens.sample(frac=1, random_state=3))
    )
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"taux": 120.0}, "un taux va de 0 à 100\u00a0%"),
        ({"annees": 0}, "au moins une campagne"),
        ({"annees": 500}, "ne peut pas être projetée"),
        ({"academie": "99"}, "groupe est vide"),
    ],
)
def test_what_cannot_be_projected_says_what_to_do(gens, options, said):
    with pytest.raises(InputError, match=said):
        iprof_kit.analyser(21, gens, **options)


@pytest.mark.parametrize("usage", usages(), ids=lambda one: one.nom)
def test_each_usual_analysis_is_there_with_its_options_typed(usage):
    function = iprof_kit.analyse_de(usage.numero)
    assert function.__name__ == usage.nom
    options = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in options)
    assert all(one.annotation is not inspect.Parameter.empty for one in options)
    missing = pd.DataFrame({"rien": [1]})
    if needed_for(usage.numero):
        with pytest.raises(InputError, match="il manque"):
            function(missing)
