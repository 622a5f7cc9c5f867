"""Every sigle of every screen is explained on it, and none is unknown to the glossary."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
import ui_people as people
from ui_cv import Hand

from iprof_kit.calculate.guides.glossary import terms
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import Desk
from iprof_kit.ui.screens.ma_situation.screen import MySituation
from iprof_kit.ui.shared.menu import CV, answered
from iprof_kit.ui.shared.sigles import TOKEN, expand, meaning

NO_SIGLE = re.compile(
    r"[IVXLC]+"  # Roman numbers
    r"|[A-Z]{1,2}\d.*"  # articles of codes and scenarios: L612, A100, DET14
    r"|(JORFTEXT|LEGIARTI|MEN[A-Z]|TFPF)\d+[A-Z]?"  # references of texts
    r"|\d*[A-Z]+\d{4,}.*"
    r"|PACTE|PROMOTIONS|SURCOTISATION"  # plain words that a source writes in capitals
    r"|AAAA|MM|JJ"  # how a date is typed
)
"""Capitals that are no sigle: numbers, references, words."""
SILENT = {"code", "desc", "option", "script", "style", "textarea", "title"}


class Words(HTMLParser):
    """The texts that a person reads, one by one; what she typed herself is apart."""

    def __init__(self, html):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "img", "input", "hr", "wbr", "link", "meta"}:
            own = "data-own" in dict(attrs) or "vh" in (dict(attrs).get("class") or "").split()
            self.open.append((tag, own))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if data.strip() and not any(own or tag in SILENT for tag, own in self.open):
            self.texts.append(data)


def unexplained(html):
    """Return the words in capitals that the page leaves unexplained, with where they are."""
    texts = Words(html).texts
    read = plain(" ".join(texts))
    for text in texts:
        for found in TOKEN.finditer(text):
            after = re.sub(r"^ \([^)]*\)", "", text[found.end() :])
            around = text[: found.end()] + after
            for part in parts(found[0], around, found.end()):
                term = meaning(part, around, found.end())
                if term is None or plain(term.expansion) not in read:
                    yield f"{part} : {text.strip()[:120]}"


def parts(token, read, end):
    """A compound is known as a whole, or by each of its parts."""
    if NO_SIGLE.fullmatch(token):
        return []
    if meaning(token, read, end):
        return [token]
    return [
        part for part in re.split("[-–]", token) if len(part) > 1 and not NO_SIGLE.fullmatch(part)
    ]


def plain(text):
    return " ".join(unescape(text).replace("’", "'").split()).lower()


@pytest.mark.parametrize("person", [people.JEAN, people.SANS_CORPS], ids=["jean", "sans corps"])
def test_every_sigle_of_every_screen_of_the_portal_is_explained(person):
    portal = Portal(lambda: people.FakeGuichet(person))
    faults = {}
    for path in answered():
        html = portal.handle({"kind": "route", "path": path}).html
        if found := sorted(set(unexplained(html))):
            faults[path] = found
    assert faults == {}


@pytest.mark.parametrize("path", answered(CV))
def test_every_sigle_of_the_pages_of_the_cv_is_explained(path):
    assert sorted(set(unexplained(Hand(path=path).html))) == []


def test_every_sigle_is_explained_without_account_and_at_the_trainers_desk():
    alone = MySituation(lambda: people.TODAY, people.answer)
    desk = Desk({"Jean Dupont": people.JEAN, "Sam": people.SANS_CORPS}, people.TODAY, people.answer)
    for screen in (alone, desk):
        html = screen.handle({"kind": "route", "path": ""})
        assert sorted(set(unexplained(html))) == []


def page(inside):
    return expand(f'<div class="screen-page"><h1>Titre</h1>{inside}</div>')


def said(sigle):
    return next(term.expansion for term in terms() if term.term == sigle)


def test_a_sigle_is_explained_once_where_it_is_first_read():
    html = page("<p>Votre NUMEN.</p><p>Le NUMEN encore.</p>")
    assert html.count(said("NUMEN")) == 1
    assert f"Votre NUMEN ({said('NUMEN')})." in html


def test_what_the_author_explains_is_left_as_it_is():
    for words in (
        f"NUMEN ({said('NUMEN')})",
        f"le {said('NUMEN')} (NUMEN)",
        f"NUMEN : {said('NUMEN').replace('’', '&#39;')}",
    ):
        assert (
            page(f"<p>{words}</p>")
            == f'<div class="screen-page"><h1>Titre</h1><p>{words}</p></div>'
        )


@pytest.mark.parametrize(
    "where",
    ['<a href="/x">Le NUMEN</a>', "<button>NUMEN</button>", "<svg><text>NUMEN</text></svg>",
     "<select><option>NUMEN</option></select>"],
)  # fmt: skip
def test_a_sigle_read_only_where_nothing_can_be_added_is_explained_at_the_end(where):
    html = page(where)
    assert where in html
    assert f"<dt>NUMEN</dt><dd>{said('NUMEN')}</dd>" in html
    assert page(f"{where}<p>NUMEN</p>").count(said("NUMEN")) == 1


def test_a_reason_that_opens_in_place_explains_its_own():
    html = page("<div hidden><p>NUMEN, NUMEN</p></div><details><p>NUMEN</p></details><p>NUMEN</p>")
    assert html.count(said("NUMEN")) == 3
    assert page("<p>NUMEN</p><div hidden>NUMEN</div>").count(said("NUMEN")) == 1


def test_what_a_person_typed_is_never_touched():
    for own in (
        "<p data-own>CAP petite enfance</p>",
        "<textarea>CAP</textarea>",
        "<p>CAP&#32;petite&#32;enfance</p>",
    ):
        assert own in page(own)
        assert "commission" not in page(own)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("CE 2019-09-25 n° 413850", "Conseil d’État"), ("(CE, 27 avril 2011)", "Conseil d’État"),
     ("le 2e échelon de la CE", "classe exceptionnelle"),
     ("de la CE, 2 ans au moins", "classe exceptionnelle"),
     ("question écrite AN n°12285", "Assemblée nationale"),
     ("amendement AN 1907/2686", "Assemblée nationale"), ("promotion AN", "ancienneté"),
     ("CAP, BEP", "certificat d’aptitude"), ("1re, terminale pro ou CAP", "certificat d’aptitude"),
     ("1re annee CAP,bac pro", "certificat d’aptitude"), ("avis de la CAP", "commission")],
)  # fmt: skip
def test_what_stands_around_a_sigle_of_two_meanings_chooses(words, expected):
    assert expected in page(f"<p>{words}</p>")


def test_rep_plus_is_another_sigle_than_rep():
    html = page("<p>En REP+. En REP.</p>")
    assert "REP+ (réseau d’éducation prioritaire renforcé). En REP (réseau d’éducation p" in html
    assert "NUMEN (" in page("<p>NUMEN+RNE</p>")


def test_the_entries_of_a_glossary_are_not_explained_twice():
    entries = "<dl><dt data-defined>CAP</dt><dd>Deux sens.</dd></dl>"
    assert f"{entries}<p>CAP</p>" in page(f"{entries}<p>CAP</p>")


def test_a_chevron_is_explained_by_its_letter():
    assert "HEB2" in page("<p>au HEB2</p>")
    assert said("HEB") in page("<p>au HEB2</p>")


def test_each_sigle_has_one_usual_reading_and_each_entry_its_source():
    usual = [t.term for t in terms() if not t.followed_by]
    assert len(usual) == len(set(usual))
    assert all(t.source and (t.expansion or t.definition) for t in terms())


def test_a_sigle_inside_a_parenthesis_is_explained_without_another_one():
    html = expand("<p>Retraite additionnelle (RAFP)</p>")
    assert html == (
        "<p>Retraite additionnelle (RAFP\u00a0: retraite additionnelle de la fonction publique)</p>"
    )
