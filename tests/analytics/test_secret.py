"""Statistical secrecy, attacked: by margins, by differences of filters, by means times counts."""

import attacker
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iprof_kit import masquer, publier
from iprof_kit.analytics.publication.rules import rules, value
from iprof_kit.base.errors import InputError, Refused


@pytest.fixture(autouse=True)
def own_var(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))


SECRET, people_of = attacker.SECRET, attacker.people_of
WHY = "essai du secret statistique"
USUAL, STRICT = value("seuil"), value("seuil_renforce")


def see(table, by, measures="effectif", **more):
    return publier(table, by, measures, motif=WHY, source="essai", **more)


def cell(found, column="effectif", **labels):
    held = found.tableau
    for name, text in labels.items():
        held = held[held[name] == text]
    assert len(held) == 1
    return held[column].iloc[0]


TWO = {("x", "F"): 40, ("x", "H"): 20, ("y", "F"): 3, ("y", "H"): 9, ("z", "F"): 50, ("z", "H"): 25}


def test_the_rules_are_rows_with_their_source():
    assert (USUAL, STRICT, value("dominance"), value("etablissements")) == (5, 11, 80, 3)
    assert "à vérifier" in rules(STRICT).caption()
    assert "à vérifier" not in rules().caption()


def test_a_small_cell_is_secret_with_another_in_its_row_and_in_its_column():
    found = see(people_of(TWO), ["a", "b"])
    assert cell(found, a="y", b="F") == SECRET
    shown = found.tableau
    for name in ("a", "b"):
        hidden = shown[shown["effectif"] == SECRET].groupby(name).size()
        assert (hidden >= 2).all()
    assert cell(found, a="Ensemble", b="Ensemble") == 147
    assert cell(found, a="z", b="F") == 50


def test_a_table_of_large_cells_hides_nothing():
    found = see(people_of({("x", "F"): 8, ("x", "H"): 5, ("y", "F"): 7, ("y", "H"): 6}), ["a", "b"])
    assert not (found.tableau["effectif"] == SECRET).any()
    assert found.raisons == ()


def test_the_stricter_threshold_hides_cells_of_ten():
    table = people_of({("x",): 10, ("y",): 30, ("z",): 40})
    assert cell(see(table, "a"), a="x") == 10
    strict = see(table, "a", seuil=STRICT)
    assert cell(strict, a="x") == SECRET
    assert (strict.tableau["effectif"] == SECRET).sum() == 2


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    sizes=st.lists(st.integers(0, 14), min_size=6, max_size=12),
    threshold=st.sampled_from([5, 11]),
    wide=st.integers(2, 3),
)
def test_no_hidden_cell_is_determined_by_the_margins(sizes, threshold, wide):
    cells = {(f"r{n // wide}", f"c{n % wide}"): size for n, size in enumerate(sizes) if size}
    if not cells:
        return
    try:
        shown = see(people_of(cells), ["a", "b"], seuil=threshold).tableau
    except Refused:
        assert sum(cells.values()) < threshold or len(cells) < len(sizes)
        return
    places, matrix, sums = attacker.equations(shown, ["a", "b"])
    seen = shown[shown["effectif"] != SECRET]["effectif"]
    assert not ((seen > 0) & (seen < threshold)).any()
    for labels, target in attacker.hidden_targets(shown, ["a", "b"], places):
        if not cells.keys() & {p for p, t in zip(places, target, strict=True) if t}:
            continue
        assert not attacker.determined(matrix, target), labels
        assert attacker.span(matrix, sums, target) >= threshold - 1e-6, labels


def test_three_columns_hold_too():
    draw = np.random.default_rng(5)
    cells = {
        (f"r{i}", f"c{j}", f"d{k}"): int(draw.integers(1, 16))
        for i in range(3)
        for j in range(2)
        for k in range(3)
    }
    shown = see(people_of(cells), ["a", "b", "c"]).tableau
    places, matrix, sums = attacker.equations(shown, ["a", "b", "c"])
    targets = list(attacker.hidden_targets(shown, ["a", "b", "c"], places))
    assert targets
    for labels, target in targets:
        assert attacker.span(matrix, sums, target) >= USUAL - 1e-6, labels


def with_share(sizes):
    """Return people of cells {a: (how many, how many promoted)}."""
    table = people_of({(name,): size for name, (size, _) in sizes.items()})
    promoted = table["a"].map({name: yes for name, (_, yes) in sizes.items()})
    return table.assign(promu=(table.groupby("a").cumcount() < promoted).astype(int))


@pytest.mark.parametrize(("size", "promoted"), [(20, 0), (20, 20), (20, 4), (20, 16)])
def test_a_share_of_nobody_everybody_or_few_is_secret(size, promoted):
    found = see(
        with_share({"x": (size, promoted), "y": (50, 25), "z": (40, 12)}), "a", "part:promu"
    )
    assert cell(found, a="x") == size
    assert cell(found, "part_promu", a="x") == SECRET
    assert (found.tableau["part_promu"] == SECRET).sum() >= 2


def test_a_hidden_share_is_not_given_by_the_others():
    found = see(
        with_share({"x": (20, 0), "y": (50, 25), "z": (40, 12), "t": (60, 30)}), "a", "part:promu"
    ).tableau
    told = [
        SECRET if SECRET in (share, count) else count * share / 100
        for share, count in zip(found["part_promu"], found["effectif"], strict=True)
    ]
    places, matrix, _ = attacker.equations(found, ["a"], told=told)
    for labels, target in attacker.hidden_targets(found, ["a"], places, "part_promu"):
        assert not attacker.determined(matrix, target), labels


def test_means_times_counts_do_not_give_a_hidden_sum():
    table = people_of(TWO).assign(indice_majore=lambda t: 500 + 3 * np.arange(len(t)))
    shown = see(table, ["a", "b"], "moyenne:indice_majore").tableau
    assert (shown.loc[shown["effectif"] == SECRET, "moyenne_indice_majore"] == SECRET).all()
    told = [
        SECRET if SECRET in (mean, count) else mean * count
        for mean, count in zip(shown["moyenne_indice_majore"], shown["effectif"], strict=True)
    ]
    places, matrix, _ = attacker.equations(shown, ["a", "b"], told=told)
    targets = list(attacker.hidden_targets(shown, ["a", "b"], places, "moyenne_indice_majore"))
    assert targets
    for labels, target in targets:
        assert not attacker.determined(matrix, target), labels


def test_a_sum_that_one_person_dominates_is_secret_and_not_found_again():
    table = people_of({("x",): 10, ("y",): 30, ("z",): 40})
    table["prime"] = 100.0 + table.index % 3
    table.loc[0, "prime"] = 100_000.0
    found = see(table, "a", "somme:prime")
    assert cell(found, a="x") == 10
    assert cell(found, "somme_prime", a="x") == SECRET
    assert cell(found, "somme_prime", a="Ensemble") == SECRET  # she holds 93 % of it too
    assert cell(found, "somme_prime", a="y") == 3030


def test_a_sum_by_place_needs_three_establishments_none_above_all():
    sizes = {("063",): 12, ("003",): 12, ("015",): 12, ("043",): 12}
    table = people_of(sizes).rename(columns={"a": "departement"}).assign(indice_majore=600)
    rank = table.groupby("departement").cumcount()
    table["uai"] = "U" + (rank % 4).astype(str) + table["departement"]
    table.loc[(table["departement"] == "063") & (rank % 4 > 1), "uai"] = "U0063"
    found = see(table, "departement", "moyenne:indice_majore")
    assert cell(found, departement="063") == 12
    assert cell(found, "moyenne_indice_majore", departement="063") == SECRET
    without = see(table.drop(columns="uai"), "departement", "moyenne:indice_majore")
    assert "uai" in without.avertissements[0]


@pytest.mark.parametrize("unknown", ["", "nan", None, pd.NA])
def test_people_of_no_known_establishment_are_in_the_sum_and_make_no_establishment(unknown):
    two = ["0630001A"] * 8 + ["0630002B"] * 8 + [unknown] * 8
    three = ["0630001A"] * 18 + ["0630002B", "0630003C"] + [unknown] * 4  # 90 % of the known, 75 %
    table = people_of({("063",): 24, ("003",): 24}).rename(columns={"a": "departement"})
    table = table.assign(indice_majore=600, uai=two + three)
    found = see(table, "departement", "moyenne:indice_majore")
    assert cell(found, departement="063") == 24
    assert cell(found, "moyenne_indice_majore", departement="063") == SECRET
    assert cell(found, "moyenne_indice_majore", departement="003") == SECRET  # else the difference
    alone = see(table[24:], "departement", "moyenne:indice_majore")
    assert cell(alone, "moyenne_indice_majore", departement="003") == 600


def filtered(tmp_path, table, by, kept, **more):
    first = see(table, by, sortie=tmp_path / "a.csv")
    second = see(table[kept], by, sortie=tmp_path / "b.csv", **more)
    return (
        list(attacker.published_sets(table, first, by)),
        list(attacker.published_sets(table[kept], second, by)),
        second,
    )


def test_two_filters_that_differ_by_two_people_do_not_give_them(tmp_path):
    table = people_of({("x", "F"): 30, ("x", "H"): 25, ("y", "F"): 40, ("y", "H"): 35})
    kept = ~table["numero"].isin(["N00000", "N00060"])
    first, second, found = filtered(tmp_path, table, ["a", "b"], kept)
    assert not attacker.isolated(first, second, USUAL)
    assert any("déjà publié" in reason for reason in found.raisons)
    assert cell(found, a="x", b="H") == 25  # nothing changed there: it stays


def test_cells_added_up_do_not_isolate_either(tmp_path):
    table = people_of({("x",): 30, ("y",): 25, ("z",): 40}).assign(zone="nord")
    table.loc[table["a"] == "z", "zone"] = "sud"
    table.loc[0, "zone"] = "sud"
    first = see(table, "a", sortie=tmp_path / "a.csv")
    second = see(table, "zone", sortie=tmp_path / "b.csv")
    sets = [
        list(attacker.published_sets(table, one, by))
        for one, by in ((first, ["a"]), (second, ["zone"]))
    ]
    assert len(sets[0]) == 4
    assert not attacker.isolated(*sets, USUAL)
    assert cell(second, zone="nord") == SECRET


def test_a_table_that_would_only_isolate_is_refused_in_french(tmp_path):
    table = people_of({("x",): 30})
    see(table, [], sortie=tmp_path / "a.csv")
    with pytest.raises(Refused, match="rien de ce tableau ne peut être publié") as refusal:
        see(table.iloc[2:], [], sortie=tmp_path / "b.csv")
    assert "n° 1" in str(refusal.value)
    assert not (tmp_path / "b.csv").exists()


def test_a_difference_of_five_people_is_published(tmp_path):
    table = people_of({("x",): 30})
    see(table, [], sortie=tmp_path / "a.csv")
    found = see(table.iloc[5:], [], sortie=tmp_path / "b.csv")
    assert found.tableau["effectif"].tolist() == [25]


def test_the_source_read_again_with_one_person_less_is_held_against_the_first(tmp_path):
    table = people_of({("x",): 30, ("y",): 20})
    see(table, "a", sortie=tmp_path / "a.csv")
    later = table.iloc[1:].sample(frac=1, random_state=1)
    found = see(later, "a", sortie=tmp_path / "b.csv")
    assert cell(found, a="x") == SECRET
    assert cell(found, a="y") == 20


def test_publishing_the_same_table_again_hides_no_more(tmp_path):
    table = people_of(TWO)
    first = see(table, ["a", "b"], sortie=tmp_path / "a.csv")
    again = see(table, ["a", "b"], sortie=tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(first.tableau, again.tableau)


def test_another_source_knows_nothing_of_the_first(tmp_path):
    table = people_of({("x",): 30})
    publier(table, motif=WHY, source="un", sortie=tmp_path / "a.csv")
    found = publier(table.iloc[2:], motif=WHY, source="deux", sortie=tmp_path / "b.csv")
    assert found.tableau["effectif"].tolist() == [28]


def test_one_source_has_one_ledger_whatever_its_case(tmp_path):
    table = people_of({("x",): 30}).assign(indice_majore=lambda t: 500 + np.arange(len(t)))
    publier(
        table, motif=WHY, source="Rect", mesures="somme:indice_majore", sortie=tmp_path / "a.csv"
    )
    with pytest.raises(Refused, match="isolerait"):
        publier(
            table.iloc[1:],
            motif=WHY,
            source="rect",
            mesures="somme:indice_majore",
            sortie=tmp_path / "b.csv",
        )


def test_a_new_source_whose_name_looks_like_a_known_one_is_said(tmp_path):
    table = people_of({("x",): 30})
    publier(table, motif=WHY, source="rectorat-63", sortie=tmp_path / "a.csv")
    found = publier(table, motif=WHY, source="rectorat63", sortie=tmp_path / "b.csv")
    assert "rectorat-63" in found.avertissements[0]
    other = publier(table, motif=WHY, source="dsden-974", sortie=tmp_path / "c.csv")
    assert other.avertissements == ()


@pytest.mark.parametrize("no_yes", [(0, 1), (1, 2), (0, 100), (-1, 1), (np.nan, 1)])
def test_the_mean_of_a_yes_or_no_written_otherwise_is_refused(no_yes):
    table = people_of({("x",): 30, ("y",): 40})
    table["code"] = np.where(table.index % 15 == 0, no_yes[1], no_yes[0])
    for measure in ("moyenne:code", "somme:code"):
        with pytest.raises(InputError, match="oui ou non"):
            see(table, "a", measure)


def test_a_sum_needs_enough_people_who_are_not_zero():
    table = people_of({("x",): 30, ("y",): 40, ("z",): 50})
    table["prime"] = np.where(table.index % 2 == 0, 100.0 + table.index, 0.0)
    table.loc[3:29, "prime"] = 0.0  # x: two people alone have a prime
    found = see(table, "a", ["somme:prime", "moyenne:prime"])
    assert cell(found, a="x") == 30
    assert cell(found, "somme_prime", a="x") == SECRET
    assert cell(found, "moyenne_prime", a="x") == SECRET
    assert any("zéro" in reason for reason in found.raisons)


def test_a_mean_near_the_usual_value_does_not_count_the_few_who_have_another():
    table = people_of({("x",): 30, ("y",): 40, ("z",): 50}).assign(quotite=100)
    table.loc[[0, 1], "quotite"] = 80  # two part-timers in x
    table.loc[30:42, "quotite"] = 50
    table.loc[70:90, "quotite"] = 80
    found = see(table, "a", "moyenne:quotite")
    assert cell(found, "moyenne_quotite", a="x") == SECRET
    assert cell(found, "moyenne_quotite", a="z") == pytest.approx(100 - 20 * 21 / 50, abs=0.05)


def test_a_counted_table_is_masked_for_a_page():
    ages = pd.DataFrame(
        {
            "age": list("xxyyzz"),
            "sexe": list("FHFHFH"),
            "promouvables": list(TWO.values()),
            "proposes": [10, 6, 0, 5, 20, 10],
        }
    )
    found = masquer(ages, ["age", "sexe"], "promouvables", ["proposes"], marque=None)
    assert found["promouvables"].isna().sum() == 4
    assert found["promouvables"].tolist()[4:] == [50, 25]
    assert found["proposes"].isna()[found["promouvables"].isna()].all()
    assert ages["promouvables"].notna().all()
    assert masquer(ages, ["age", "sexe"], "promouvables")["promouvables"][2] == SECRET


def test_a_count_that_is_none_is_refused_by_its_row():
    ages = pd.DataFrame({"age": ["x", "y"], "effectif": [4, "beaucoup"]})
    with pytest.raises(InputError, match="effectif, ligne 2"):
        masquer(ages, "age")


def test_a_share_is_not_told_for_the_two_people_whom_a_filter_leaves_out(tmp_path):
    table = with_share({"x": (40, 20), "y": (50, 25)})
    first = see(table, "a", "part:promu", sortie=tmp_path / "a.csv")
    second = see(table.iloc[2:], "a", "part:promu", sortie=tmp_path / "b.csv")
    assert cell(first, "part_promu", a="x") == 50.0
    assert cell(second, "part_promu", a="x") == SECRET
    assert cell(second, "part_promu", a="y") == 50.0


def test_a_mean_is_not_told_for_those_whose_pay_alone_is_missing(tmp_path):
    table = people_of({("x",): 40, ("y",): 50})
    table["prime"] = 100.0 + table.index % 3
    table.loc[0, "prime"] = 900.0
    see(table, "a", "moyenne:prime", sortie=tmp_path / "a.csv")
    table.loc[0, "prime"] = np.nan
    second = see(table, "a", "moyenne:prime", sortie=tmp_path / "b.csv")
    assert cell(second, a="x") == 40
    assert cell(second, "moyenne_prime", a="x") == SECRET
