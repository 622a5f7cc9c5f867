"""`iprof taille`: sizes from figures of the page of measures, each said to be what it is."""

import re
from itertools import pairwise

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT
from iprof_kit.base.words import number_text
from iprof_kit.commands.host.sizing import bottleneck, measures, sizes, table_of, taille

PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
MEASURED = {key: one for key, one in measures().items() if one.kind == "mesure"}
CONNECTIONS = 40


def section(heading):
    [_, after] = PAGE.split(f"## {heading}\n")
    return after.split("\n## ")[0]


def said(*words):
    done = CliRunner().invoke(taille, words)
    return done, done.output.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("key", MEASURED)
def test_each_measure_stands_on_the_page_of_measures_with_its_value(key):
    one = MEASURED[key]
    standing = re.sub(r"~~.*?~~", "", section(one.source))
    written = {str(one.value), f"{one.value:g}", {2.0: "two cores"}.get(one.value, "")}
    assert any(re.search(rf"(?<![\d.]){re.escape(w)}(?![\d])", standing) for w in written if w)


def test_a_figure_is_measured_somewhere_or_says_that_it_is_not():
    for key, one in measures().items():
        assert one.kind in {"mesure", "fait", "hypothese"}, key
        assert (one.kind == "hypothese") == (not one.source), key


@pytest.mark.parametrize(("people", "peak"), [(30_000, 2_000), (900_000, 20_000)])
def test_the_page_holds_what_the_command_says(people, peak):
    table = "\n".join(table_of(sizes(people, peak, CONNECTIONS)))
    assert table in section("On paper: 2,000 and 20,000 at once")


def test_two_copies_at_least_and_one_more_than_serve():
    assert [sizes(30_000, peak, CONNECTIONS).copies for peak in (1, 200, 201, 2_000)] == [
        2, 2, 3, 11,
    ]  # fmt: skip


def test_sizes_are_those_of_the_figures_by_hand():
    asked = sizes(1_000, 400, CONNECTIONS)
    controls, pages, entries = 400 / 20 * 0.063, 400 / 300 * 0.209, 400 / 1800 * 0.82 / 15
    assert asked.processors == pytest.approx((controls + pages + entries) / 0.6)
    assert asked.memory_of_a_copy == pytest.approx((0.420 + 200 * 0.0236) * 1.25)
    assert asked.connections == 3 * CONNECTIONS + 10
    assert asked.disk == pytest.approx(1_000 * (2.2 + 500 * 5 * 0.33) / 1e6)


def test_more_people_never_ask_for_less():
    for fewer, more in pairwise(sizes(50_000, peak, CONNECTIONS) for peak in range(1, 5_000, 97)):
        assert fewer.copies <= more.copies
        assert fewer.processors < more.processors
        assert fewer.connections <= more.connections


def test_what_ends_first_is_named():
    assert "processeur" in bottleneck(sizes(30_000, 2_000, CONNECTIONS))
    assert "connexions à PostgreSQL" in bottleneck(sizes(30_000, 2_000, 200))


def test_it_says_what_it_extrapolates_supposes_and_does_not_know():
    done, words = said("--personnes", "30000", "--pointe", "2000")
    assert done.exit_code == 0
    for one in ("Ce qui manque d’abord : le processeur", "Extrapolé", "Non mesuré"):
        assert one in words
    assert words.count("(hypothèse)") == sum(one.kind == "hypothese" for one in measures().values())
    assert words.count("benchmarks.md") == 1
    assert number_text(30_000).replace("\u00a0", " ") in words


@pytest.mark.parametrize(
    "words",
    [("--personnes", "0", "--pointe", "1"), ("--personnes", "beaucoup", "--pointe", "1"),
     ("--personnes", "30000"), ("--personnes", "99999999", "--pointe", "1")],
)  # fmt: skip
def test_what_is_no_number_of_people_is_refused(words):
    assert said(*words)[0].exit_code == 2


def test_more_at_once_than_there_are_is_refused():
    with pytest.raises(InputError, match="plus de personnes à la fois"):
        sizes(100, 101, CONNECTIONS)
