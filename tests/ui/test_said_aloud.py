"""What a screen says to who does not see it, as the transcripts of the reader were heard."""

import re

import pytest
from ui_html import Page

from iprof_kit.base.clock import paris_today
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.ui.agenda.coming import paper_of
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy

HIDDEN = re.compile(r'<(\w+)[^>]* aria-hidden="true"[^>]*>.*?</\1>', re.DOTALL)
STARRED = ("/guides/temps-partiel-conges", "/dossier/carriere", "/dossier/anciennetes")


@pytest.fixture(scope="module")
def jean():
    dossier = next(one for one in sample_dossiers() if one.numero == "D0001")
    portal = Portal(lambda: Understudy(addressed(dossier), paris_today()))
    return lambda path: portal.handle({"kind": "route", "path": path}).html


@pytest.mark.parametrize("path", STARRED)
def test_a_doubtful_value_is_said_in_words_and_its_asterisk_is_not(jean, path):
    html = jean(path)
    heard = Page(HIDDEN.sub("", html)).text
    assert "*" in Page(html).text
    assert ", à vérifier" in heard
    assert "*" not in heard


def test_no_field_of_the_coordinates_is_said_necessary(jean):
    heard = Page(jean("/dossier/perso")).text
    assert "Aucun champ n’est obligatoire" in heard
    assert "nécessaire" not in heard


@pytest.mark.parametrize("path", ["/dossier/synthese", "/dossier/perso", "/mes-donnees"])
def test_no_fact_has_an_empty_part_to_be_heard(jean, path):
    assert not re.findall(r"<dd(?![^>]*aria-hidden)[^>]*>\s*</dd>", jean(path))


def test_what_is_under_the_name_of_a_row_is_a_word_of_its_own(jean):
    assert not re.findall(r"[^\s>]<small|</strong><small", jean("/dossier/carriere"))


@pytest.mark.parametrize("screen", ["ma-paie", "promotions", "et-si"])
def test_each_column_has_a_head_of_its_own(jean, screen):
    head = re.search(r"<thead.*?</thead>", jean(f"/perspectives/{screen}"), re.DOTALL)
    heard = HIDDEN.sub("", head[0])
    names = [Page(one).text.strip() for one in re.findall(r"<th\b.*?</th>", heard, re.DOTALL)]
    assert "<td" not in heard
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_date_of_the_first_page_names_an_official_text_else_a_page_to_verify():
    assert paper_of("décret 90-680, art. 24 II ; sundep-paris.org") == "décret 90-680, art. 24 II"
    assert paper_of("sundep-paris.org 25AN0142 ; 47.snuipp.fr") == "sundep-paris.org (à vérifier)"
    assert paper_of("SNUDI-FO 02, campagne 2026") == "SNUDI-FO 02 (à vérifier)"
    assert paper_of("retraitesdeletat.gouv.fr (lu)") == "retraitesdeletat.gouv.fr"
    assert paper_of("CJA, art. R421-1") == "code de justice administrative, art. R421-1"
    assert paper_of("durees_echelon.csv, note") == "à vérifier"
