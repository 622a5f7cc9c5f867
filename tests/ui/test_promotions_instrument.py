"""Promotions answers in one look: a sentence, three results, a figure that is read, few levers."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_html import check
from ui_visitor import Visitor

from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.ui.kit.asking import Comparison
from iprof_kit.ui.kit.levers import Dial
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.scenarios.table import moments
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.promotions.instrument import LONGEST, instrument, leading
from iprof_kit.ui.screens.promotions.view import promotions

PATH = "/perspectives/promotions"
MOCKUP = instrument(people.MOCKUP, {"excellent": "2035", "à consolider": "2051"})
DATE_OR_EURO = re.compile(r"20\d\d|€")


def plain(words):
    return words.replace("\u00a0", " ")


class Screen(Visitor):
    path = PATH

    def moves(self, changed, **values):
        self.shown({"kind": "intent", "name": "scenarios", "values": values, "changed": changed,
                    "path": PATH})  # fmt: skip
        return plain(self.page.text)


def test_the_sentence_answers_in_few_words_with_a_date_or_an_amount():
    for name, dossier in list(sample_people().items())[::4]:
        base = situation_of(dossier, people.TODAY)
        strong, rest = leading(Comparison(base, people.TODAY).answer())
        said = plain(f"{strong} {rest}").replace(" :", "").replace(" ,", ",")
        assert len(said.split()) <= LONGEST, (name, said)
        assert DATE_OR_EURO.search(said), (name, said)
        assert not strong.startswith("Vous n’"), "what is possible comes first"


def test_jean_reads_when_and_who_decides():
    # design/instruments/promotions.html
    assert plain("".join(leading(people.MOCKUP))) == (
        "La hors classe devient possible en 2033, sur décision du recteur. D’ici là, vos échelons "
        "viennent seuls : le 8e en 2027, le 9e en 2031."
    )


def test_the_results_are_in_euros_above_the_figure():
    assert [(plain(one.label), plain(one.value)) for one in MOCKUP.results] == [
        ("Hors classe en 2033, d’ici 2046", "+ 53 799 €"),
        ("Par mois, dès septembre 2033", "+ 143 €"),
        ("Par mois, en fin de carrière", "+ 624 €"),
    ]


def test_each_rentree_can_be_read_and_says_what_the_table_says():
    assert [one.year for one in MOCKUP.readings] == list(range(2027, 2046))
    for one in MOCKUP.readings:
        day = date(one.year, 9, 1)
        _, steps = [each for each in moments(people.MOCKUP.scenarios) if each[0] <= day][-1]
        amounts = [f"{round(step.traitement):,} €".replace(",", " ") for step in steps]
        assert [plain(amount) for _, amount, _ in one.amounts] == list(dict.fromkeys(amounts))
        assert bool(one.gap) == (steps[0].traitement != steps[1].traitement)


def test_four_levers_at_most_and_a_usual_year_is_offered_where_the_law_allows_it():
    dial, gained, hours = MOCKUP.controls
    assert isinstance(dial, Dial)
    assert (dial.first, dial.last, dial.value, dial.now) == (2033, 2041, 2033, "2033")
    assert [(one.label, one.value) for one in dial.proposals] == [
        ("excellent", "2035"),
        ("à consolider", ""),
    ]
    assert [one.label for one in gained.options] == ["non", "oui, si accordée"]
    assert [one.value for one in hours.options if one.selected] == ["80"]
    for dossier in list(sample_people().values())[::6]:
        base = situation_of(dossier, people.TODAY)
        assert len(instrument(Comparison(base, people.TODAY).answer()).controls) <= 4


def test_hours_are_those_of_both_scenarios_and_other_levers_those_of_b():
    screen = Screen()
    screen.moves("quotite", quotite="100")
    kept = screen.guichet.carnets["promotions"].contenu["scenarios"]
    assert [one["quotite"] for one in kept] == [100, 100]
    screen.moves("gagne-B", **{"gagne-B": "8", "hors_classe-B": "jamais", "quotite": "100"})
    first, second = screen.guichet.carnets["promotions"].contenu["scenarios"]
    assert not {"hors_classe", "bonification_8"} & set(first)
    assert "hors_classe" not in second
    assert second["bonification_8"]
    assert "Bonification de 1 an, d’ici 2058" in plain(screen.page.text)


def test_a_year_that_the_law_refuses_comes_back_and_says_why():
    screen = Screen()
    text = screen.moves("hors_classe-B", **{"hors_classe-B": "2030"})
    assert "Hors classe en 2030 refusée pour le scénario B." in text
    assert 'value="2033" data-never="jamais"' in screen.html


def test_what_an_old_carnet_supposed_in_a_is_kept_and_said():
    guichet = people.FakeGuichet()
    old = {"scenarios": [{"hors_classe": 2035, "quotite": 80}, {"quotite": 60}]}
    guichet.carnets["promotions"] = people.CarnetLu(sujet="promotions", contenu=old, revision=3)
    screen = Screen(guichet=guichet)
    text = plain(screen.page.text)
    assert "Scénario A : temps de travail de 80 %, hors classe en 2035." in text
    assert "Différent : 80 % pour A, 60 % pour B." in text
    screen.moves("hors_classe-B", **{"hors_classe-B": "2036"})
    first, second = guichet.carnets["promotions"].contenu["scenarios"]
    assert (first["hors_classe"], first["quotite"]) == (2035, 80)
    assert (second["hors_classe"], second["quotite"]) == (2036, 60)


def blocks(html):
    """Return the instrument, the dates and each fold, by its id."""
    found = {"instrument": html.split('class="instrument figure-first"')[1].split("</section>")[0],
             "dates": html.split('id="dates-t"')[1].split("</section>")[0]}  # fmt: skip
    folds = html.split('id="comprendre-t"')[1].split("</section>")[0]
    for part in re.split(r"<details(?= id=\"[\w-]+\"[^>]*><summary><b>)", folds)[1:]:
        found[re.match(r' id="([\w-]+)"', part)[1]] = part
    return found


def test_letters_of_confidence_are_in_rules_and_sources_alone_and_a_page_has_its_mark():
    person = list(sample_people().values())[4]  # amounts to verify
    html = Portal(lambda: people.FakeGuichet(person)).handle({"kind": "route", "path": PATH}).html
    found = blocks(html)
    assert {"quand", "ma-date", "un-par-un", "sources"} <= set(found)
    assert "(confiance\u00a0A)" in found.pop("sources").replace(
        "(confiance A)", "(confiance\u00a0A)"
    )
    for name, part in found.items():
        words = re.sub(r"<[^>]+>", " ", part)
        assert "confiance" not in words, name
        unmarked = re.sub(r"[\w.-]+ \(à vérifier\)", "", words)
        assert not re.search(r"\b[\w-]+\.(csv|fr|com|org|net)\b", unmarked), name
        shown = re.sub(
            r'<(tr|details) class="why.*?</\1>', "", part, flags=re.S
        )  # reasons are closed
        assert shown.count('class="mark verify"') <= 1, name


def test_a_source_is_said_by_its_official_text_else_by_the_page_to_verify():
    since = "en vigueur depuis le 1er mars 2022"
    given = [f"CGFP, art. L216-1 ; blog.example.net 2022, {since} (confiance B)",
             "syndicat.example.fr 2024 (confiance C)"]  # fmt: skip
    code = "code général de la fonction publique, art. L216-1"
    assert officials(given) == (f"{code}, {since}",)
    assert officials(given[1:]) == ("syndicat.example.fr (à vérifier)",)
    assert officials(["notes de calcul (confiance D)"]) == ("à vérifier",)
    assert officials([]) == ()


@pytest.mark.parametrize("role", ["wide", "narrow"])
def test_the_figure_has_its_reading_and_its_window(role):
    svg = MOCKUP.charts[role == "narrow"]
    assert svg.count('class="reading"') == 1
    assert "2027 " in svg.split('data-places="')[1].split('"')[0]


def test_without_a_next_grade_the_screen_still_answers():
    page = check(
        render("promotions", promotions(people.MOCKUP.model_copy(update={"eligibilites": ()})))
    )
    assert "vient de plein droit en" in plain(page.text)
    assert "Votre grade est le dernier de votre corps." in page.text


def test_p02_the_name_of_a_line_does_not_stand_on_the_words_of_the_departure():
    """Somebody past her age limit: the axis is short, and its line ends high."""
    born = people.JEAN.identite.model_copy(update={"date_naissance": date(1958, 2, 3)})
    dossier = people.JEAN.model_copy(update={"identite": born})
    portal = Portal(lambda: people.FakeGuichet(dossier))
    html = portal.handle({"kind": "route", "path": "/perspectives/promotions"}).html
    heights = [
        [float(y) for y in re.findall(rf'y="([\d.]+)"[^>]*>{words}[^<]*</text>', html)]
        for words in ("départ possible", "à l’ancienneté")
    ]
    assert heights[0]
    for leaving, line in zip(*heights, strict=True):
        assert abs(leaving - line) > 10
