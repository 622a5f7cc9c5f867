"""Each figure carries its fact in the page; those without one are counted, and only go down."""

import csv
import importlib
import sys
from datetime import date
from pathlib import Path

import pytest
import ui_people as people

from iprof_kit.ui.kit.fields import supposed_view
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.portal import RUBRIQUES, Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvEditor
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.menu import CV, routes
from iprof_kit.ui.shared.worded import (
    facts_of,
    figure,
    joined,
    kept_of,
    of_a_text,
    placed,
    worded,
)

TOOLS = Path(__file__).parents[2] / "tools"
CEILINGS = Path(__file__).with_name("figures_without_fact.csv")
HOME, PAY, TRIED = "/accueil", "/perspectives/ma-paie", "/perspectives/et-si"
SAMPLE = {dossier.numero: dossier for dossier in sample_people().values()}


PARTS = ("answers", "answers.page", "answers.people", "answers.mail", "answers.rooms",
         "answers.papers")  # fmt: skip


@pytest.fixture(scope="module")
def tool():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TOOLS)
        yield {name.partition(".")[2]: importlib.import_module(name) for name in PARTS}
    for name in PARTS:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def page(tool):
    return tool["page"]


@pytest.fixture(scope="module")
def screens(tool):
    """Return the portal and the CV of some people, each made once, with a thread of theirs."""
    made = {}

    def of(number):
        if number not in made:
            drawn = tool["people"].Drawn(1, SAMPLE[number], people.TODAY, {}, "")
            guichet = _WithThread(SAMPLE[number], tool["mail"], drawn)
            editor = CvEditor(lambda: guichet, Undrawn())
            made[number] = Portal(lambda: guichet), editor, guichet.thread.fil.id
        return made[number]

    return of


class _WithThread(people.FakeGuichet):
    """A guichet that holds one thread."""

    def __init__(self, dossier, mail, drawn):
        super().__init__(dossier)
        self.mail, self.thread = mail, mail.thread_of(drawn)

    def ask(self, op, **args):
        if op.startswith("cv"):
            return Understudy(self.dossier, people.TODAY).ask(op, **args)
        if op == "courrier":
            return self.mail.mail_of(self.thread)
        return self.thread if op == "courrier_fil" else super().ask(op, **args)


@pytest.fixture(scope="module")
def read(page, screens):
    """Return what a program reads of the screens of some people, each shown once."""
    shown = {}

    def one(number, address):
        if (number, address) not in shown:
            portal, editor, _ = screens(number)
            path, asks, query = address.partition("?")
            place = editor if path in routes(CV) else portal
            html = place.handle({"kind": "route", "path": path, "query": asks + query}).html
            assert UNAVAILABLE not in html, (number, address)
            shown[number, address] = page.read_page(html)
        return shown[number, address]

    return one


NET = figure("1 963 €", "net", 1963.31, "2026-12")


def test_a_sentence_is_read_as_a_text_and_written_with_its_facts():
    words = worded("Sur {} nets : {} & « b ».", NET, "a<b")
    assert words == "Sur 1 963 € nets : a<b & « b »."
    assert words.__html__() == (
        'Sur <data value="1963.31" data-quantity="net" data-moment="2026-12">1 963 €</data> '
        "nets : a&lt;b &amp; « b »."
    )


@pytest.mark.parametrize(
    "words",
    [
        text.sentence(worded("net de {}", NET)),
        text.marked(worded("{} nets", NET), True),
        joined(" ; ", ("brut", worded("{} nets", NET))),
        kept_of(NET, "1 963,31 €"),
        worded("{}", worded("dont {}", NET)),
        placed("Net de 1\u00a0963 €, en plus.", NET),
        text.without(worded("{} nets", NET), " nets"),
        supposed_view([Field("net", "Net")], ["net"], {}, lambda *_: NET, {}).lines[0].value,
    ],
)
def test_what_is_made_of_a_figure_keeps_its_fact(words):
    assert [(fact.quantity, fact.value) for fact in facts_of(words)] == [("net", "1963.31")]


def test_p02_a_day_is_found_in_the_words_of_a_rule_and_never_within_another():
    seen = text.dated(date(2032, 5, 5), "seen")
    words = placed("Du 15 mai 2032 au 5 mai 2032, le 5 mai 2032.", seen)
    assert words == "Du 15 mai 2032 au 5 mai 2032, le 5 mai 2032."
    assert words.__html__().count("<data") == 2  # each place where it is said
    assert words.__html__().startswith('Du 15 mai 2032 au <data value="2032-05-05"')
    assert facts_of(placed("Aucun jour.", seen)) == ()


def test_p02_the_day_on_which_a_campaign_looks_is_the_eve_of_its_rentree():
    words = text.seen("au 31 août 2033, puis au 31 août 2034", 2034, None)
    assert [(fact.value, fact.moment) for fact in facts_of(words)] == [("2034-08-31", "2034")]


@pytest.mark.parametrize(("head", "without"), [("2 points", []), ("3 points", ["3 points"])])
def test_p02_the_head_of_a_fold_counts_its_own_lines_and_nothing_else(page, head, without):
    fold = f"<details><summary>De côté {head}</summary><ul><li>a</li><li>b</li></ul></details>"
    assert [one.partition("  ")[0] for one in page.read_page(fold).without] == without
    assert page.read_page(f"<p>{head}</p>").without


def test_p02_the_day_a_text_was_verified_is_no_day_of_hers(page):
    words = "<p>Traitement réduit (vérifié le 3 mars 2027), repris le 4 mars 2027</p>"
    assert len(page.read_page(words).without) == 1


def test_what_a_hypothesis_or_a_moment_holds_cannot_leave_its_attribute():
    hostile = figure("3", "n", '"><b>', '" onclick="x', ['" <i>'])
    assert "<b>" not in hostile.__html__()
    assert 'onclick="' not in hostile.__html__()


def test_bounds_are_one_value_and_equal_bounds_an_amount():
    both = (
        figure("1 à 2 €", "pension.gross", (1.0, 2.5)),
        figure("1 €", "pension.gross", (1.0, 1.0)),
    )
    assert [facts_of(one)[0].value for one in both] == ["1.0/2.5", "1.0"]


def test_a_figure_is_found_where_a_calculation_wrote_it_and_nowhere_else():
    day = figure("1er mai 2031", "due", date(2031, 5, 1))
    short, long = figure("5 jours", "length", 5), figure("45 jours", "other", 45)
    said = "Au 1er mai 2031, dans 45 jours ; le 21er mai 2031, 1,5 jours."
    words = placed(said, short, long, day)
    assert [(fact.quantity, fact.value) for fact in facts_of(words)] == [
        ("due", "2031-05-01"),
        ("other", "45"),
    ]


def test_a_figure_already_told_is_not_told_again():
    told = worded("{} nets", NET)
    assert facts_of(placed(told, figure("963", "n", 963))) == facts_of(told)


def test_each_figure_of_a_text_of_the_law_has_its_number_in_it():
    said = "Du 3 mars 2030 : 1\u00a0204,50\u00a0€, 12 jours, 4 000 euros ; bac+5, 2024 90 points."
    words = of_a_text(said, "row")
    assert [(fact.quantity, fact.value) for fact in facts_of(words)] == [
        ("row.1", "2030-03-03"),
        ("row.2", "1204.5"),
        ("row.3", "12"),
        ("row.4", "4000"),
        ("row.5", "90"),
    ]


def test_a_line_of_what_is_supposed_keeps_the_figure_it_shows():
    field = Field("jour", "Jour", value="02/02/2031")
    day = figure("2 février 2031", "jour", date(2031, 2, 2))
    shown = supposed_view([field], (), {}, lambda name, value: day, {})
    assert [facts_of(shown.others[0].value), facts_of(shown.note)] == [facts_of(day)] * 2


def _opened(page, number, path, act):
    """Return the figures without a fact of a screen on which something was opened or typed."""
    portal = Portal(lambda: people.FakeGuichet(SAMPLE[number]))
    portal.handle({"kind": "route", "path": path})
    for name, values in act:
        portal.handle({"kind": "intent", "name": name, "values": values, "path": path,
                       "changed": next(iter(values))})  # fmt: skip
    return page.read_page(portal.handle({"kind": "route", "path": path}).html)


@pytest.mark.parametrize("code", ["CONGE_NAISSANCE", "CPE_INT", "PERDIR_INT"])
def test_a_path_that_is_opened_shows_no_figure_without_its_fact(page, code):
    asked = [("parcours_voir", {"of": code})]
    shown = _opened(page, "D0001", "/perspectives/autres-parcours", asked)
    assert shown.without == []
    assert "Où se fait l’acte" in shown.text


def test_a_wish_and_its_bars_carry_their_facts(page):
    wished = [("lieu", {"lieu": "35"}), ("voeu_ajouter", {"of": "35"})]
    shown = _opened(page, "D0013", "/perspectives/autres-affectations", wished)
    assert shown.without == []
    assert {"points.35", "bar.entry.35", "points.gap.35"} <= {one.quantity for one in shown.facts}


def test_a_meeting_that_is_noted_carries_its_days_and_delays(page):
    noted = [("rdv_dates", {"compte_rendu": "03/11/2026"})]
    shown = _opened(page, "D0006", "/services/rendez-vous", noted)
    assert shown.without == []
    assert "meeting.delay.recours" in {one.quantity for one in shown.facts}


def test_a_page_says_whose_its_figures_are(read):
    assert {fact.person for fact in read("D0019", HOME).facts} == {"D0019"}


@pytest.mark.parametrize("number", ["D0019", "D0031"])
def test_the_net_of_accueil_is_that_of_ma_paie_in_their_attributes(read, number):
    found = {
        path: {
            (fact.moment, fact.value)
            for fact in read(number, path).facts
            if fact.quantity == "net" and not fact.given
        }
        for path in (HOME, PAY)
    }
    assert len(found[HOME]) == 1
    assert found[HOME] == found[PAY]


def test_the_ordinary_month_of_et_si_says_that_it_is_one(read):
    month = {fact.moment for fact in read("D0019", PAY).facts if fact.quantity == "net"}
    now = [f for f in read("D0019", TRIED).facts if f.quantity == "net" and f.moment in month]
    assert now
    assert all("mois moyen" in fact.given for fact in now)


def ceilings():
    with CEILINGS.open(encoding="utf-8", newline="") as file:
        return {row["adresse"]: int(row["au_plus"]) for row in csv.DictReader(file)}


def test_p02_every_screen_of_hers_is_counted_guides_and_help_say_the_law():
    of_the_law = ("/guides/textes", "/aide", "/accessibilite")
    hers = {path for path in RUBRIQUES if not path.startswith(of_the_law)} | set(routes(CV))
    opened = {path for path in ceilings() if "?" in path}
    assert hers - {"/guides"} == set(ceilings()) - opened  # an address of the list of guides
    assert {path.partition("?")[0] for path in opened} <= hers


def addresses_of(number, path, tool, screens):
    """Return the addresses of a screen: those that another one opens, where a `?` says so."""
    portal, _, thread = screens(number)
    if path.endswith("?fil"):
        return [f"{path}={thread}"]
    if path.endswith("?campagne"):
        every = tool["papers"].campaigns_of(tool["rooms"].Rooms(portal, number))
        return [one for one in every if one.startswith(f"{path}=")]
    return [path]


@pytest.mark.parametrize("path", ceilings())
def test_no_screen_shows_more_figures_without_their_fact_than_before(read, tool, screens, path):
    shown = [
        read(number, address)
        for number in ("D0019", "D0013")
        for address in addresses_of(number, path, tool, screens)
    ]
    found = [one for page in shown for one in page.without]
    assert shown
    assert len(found) <= ceilings()[path], "\n".join(found)


LATE = people.JEAN.model_copy(
    update={
        "echelons": (people.held("6", date(2020, 3, 12), "anciennete"),),
        "positions": (
            people.JEAN.positions[-1].model_copy(
                update={"position": "Disponibilité", "debut": date(2026, 9, 1), "fin": None}
            ),
        ),
    }
)


@pytest.mark.parametrize(
    "path",
    [HOME, "/perspectives/promotions", PAY, TRIED, "/services/avancement", "/guides/avancement"],
)
def test_p02_what_is_said_of_a_late_file_and_of_a_position_carries_its_days(page, path):
    portal = Portal(lambda: people.FakeGuichet(LATE))
    shown = page.read_page(portal.handle({"kind": "route", "path": path}).html)
    assert shown.without == []
    if not path.startswith("/guides"):
        assert "2020-03-12" in {one.value for one in shown.facts}
