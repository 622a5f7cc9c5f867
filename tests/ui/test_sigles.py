"""Every sigle of every screen is explained where it is read; the glossary knows them all."""

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
SILENT = {"code", "desc", "script", "style", "textarea", "title"}
EVERYDAY = {term.term for term in terms() if term.kind == "courant"}
HOLDS_NO_MARK = {"option", "svg"}
"""Choices of a list and figures: the sigle need only be known to the glossary."""


class Words(HTMLParser):
    """The texts that a person reads, one by one; what she typed herself is apart."""

    def __init__(self, html):
        super().__init__()
        self.open, self.texts, self.titles, self.joined = [], [], [], False
        self.after = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "img", "input", "hr", "wbr", "link", "meta"}:
            own = "data-own" in dict(attrs) or "vh" in (dict(attrs).get("class") or "").split()
            self.open.append((tag, own))
        self.joined = tag == "abbr" and self.after == "data"
        self.after = "tag"
        if tag == "abbr":
            self.titles.append(dict(attrs)["title"])

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        self.open.pop()
        self.joined, self.after = tag == "abbr", "tag"

    def handle_data(self, data):
        if data.strip() and not any(own or tag in SILENT for tag, own in self.open):
            before = self.texts.pop()[0] if self.joined and self.texts else ""
            self.texts.append((before + data, any(t in HOLDS_NO_MARK for t, _ in self.open)))
        self.joined, self.after = False, "data"


def unexplained(html):
    """Return the words in capitals that the page leaves unexplained, with where they are."""
    words = Words(html)
    read = plain(" ".join([*(text for text, _ in words.texts), *words.titles]))
    for text, holds_no_mark in words.texts:
        for token in TOKEN.finditer(text):
            for part in parts(token[0], text, token.end()):
                term = meaning(part, text, token.end())
                if term is None and part in EVERYDAY:
                    continue
                if term is None or (not holds_no_mark and plain(term.expansion) not in read):
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


def noted(sigle):
    return f'<abbr title="{said(sigle)}" tabindex="0">{sigle}</abbr>'


def test_a_sigle_is_explained_once_where_it_is_first_read():
    html = page("<p>Votre NUMEN.</p><p>Le NUMEN encore.</p>")
    assert f"<p>Votre {noted('NUMEN')}.</p><p>Le NUMEN encore.</p>" in html


@pytest.mark.parametrize("sigle", ["PDF", "CSV", "ZIP", "CV"])
def test_what_everybody_says_is_explained_by_the_glossary_alone(sigle):
    assert "<abbr" not in page(f"<p>Votre {sigle}</p>")


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
    ("before", "after"),
    [('<a href="/x">Le ', "</a>"), ("<button>", "</button>"), ("<summary>", "</summary>")],
)
def test_where_a_tap_does_something_else_the_mark_takes_no_focus(before, after):
    html = page(f"{before}NUMEN{after}<p>NUMEN</p><p>NUMEN</p>")
    assert f'{before}<abbr title="{said("NUMEN")}">NUMEN</abbr>{after}' in html
    assert f"<p>{noted('NUMEN')}</p><p>NUMEN</p>" in html


@pytest.mark.parametrize(
    "where", ["<svg><text>NUMEN</text></svg>", "<select><option>NUMEN</option></select>"]
)
def test_choices_and_figures_hold_no_mark(where):
    assert f"{where}<p>{noted('NUMEN')}</p>" in page(f"{where}<p>NUMEN</p>")


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
    assert f"En {noted('REP+')}. En {noted('REP')}." in html
    assert f"{noted('NUMEN')}+" in page("<p>NUMEN+RNE</p>")


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


def test_a_word_made_of_two_sigles_is_explained_by_each():
    assert page("<p>CSG-CRDS</p>").count("<abbr") == 2
