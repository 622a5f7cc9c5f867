"""What people read is French: accents, plurals, apostrophes, spaces, on every screen.

The whole reading is done by somebody, on what `tools/sentences.py` writes; these are the kinds of
faults that it found, looked for on the screens of four different people.
"""

import re
import runpy

import pytest
from ui_html import Page

from iprof_kit.base.clock import paris_today
from iprof_kit.base.paths import ROOT
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.shared.a_venir import help_text
from iprof_kit.ui.shared.menu import answered

PEOPLE = {one.numero: one for one in sample_dossiers()}
ASKED = ("D0001", "D0005", "D0017", "D0042")
"""A teacher, a CPE (rules by analogy), an institutrice, an agent without corps."""
FAULTS = {
    "a plural after one": r"\b1 (?:an|mois|jour|trimestre|point) ont\b"
    r"|(?<![\d,])1 (?:ans|jours|points)\b",
    "a plural after none or one": r"(?<![\d,\u202f\u00a0])[01][ \u00a0](?:comptes|dossiers|sessions"
    r"|lignes|signalements|propos[ée]+s|places|propositions|personnes|textes|jours|entrent)\b",
    "a missing accent": r"\b(?:decrets?|arretes?|departements?|academies?|annees?|durees?|echelons?"
    r"|education|anciennetes?|memoire|interministeriel|indemnites?|eleves|modifie par)\b"
    r"(?!\.(?:gouv|csv))",
    "a sign in place of words": r"[<>]=|->",
    "an ASCII apostrophe": r"[a-zà-ÿ]'[a-zà-ÿ]",
    "parentheses inside parentheses": r"\([^()]*\([^()]*\)\)",
    "a source that says « idem »": r"\b[Ii]dem\b",
    "a breaking space before a sign": r"[ \u202f][;:!?%€»]|« ",
    "no space before a sign": r"[^\s\u00a0;!?.…»][;!?](?=\s|$)",
    "two colons": r"\u00a0: [^.:]{0,40} : non calcul",
    "« le hors classe »": r"\b[Ll]e hors classe\b",
}
TEXTS = ("/aide", "/accessibilite", "/guides")
RAW = "/guides/textes/"
"""Whole tables of the law, as they are typed: for who checks them."""


def screens(numero):
    portal = Portal(lambda: Understudy(addressed(PEOPLE[numero]), paris_today()))
    for path in answered():
        if not path.startswith((RAW,) if numero == "D0001" else TEXTS):
            yield path, Page(portal.handle({"kind": "route", "path": path}).html).text


def faults(pages):
    return [
        f"{path}: {fault}: …{words[max(0, hit.start() - 40) : hit.end() + 20]}…"
        for path, words in pages
        for fault, pattern in FAULTS.items()
        for hit in list(re.finditer(pattern, words))[:2]
    ]


@pytest.mark.parametrize("numero", ASKED)
def test_no_screen_has_a_fault_of_french(numero):
    met = faults(screens(numero))
    assert not met, "\n".join(met)


SENTENCES = runpy.run_path(str(ROOT / "tools" / "sentences.py"))


@pytest.mark.parametrize("role", SENTENCES["ROLES"])
def test_no_screen_of_a_role_has_a_fault_of_french(role):
    pages = list(SENTENCES["pages_of_role"](role, texts=False))
    assert [path for path, _ in pages].count("/accueil") == 3  # nothing waits, one thing, several
    met = faults((path, Page(html).text) for path, html in pages)
    assert not met, "\n".join(met)


@pytest.mark.parametrize("name", ["Assistance informatique", "Cellule d’aide"])
def test_the_assistance_of_an_academy_is_named_once(name):
    academie = Academie(code="06", nom="Clermont-Ferrand", assistance_nom=name)
    assert help_text(academie).count("Assistance") == 1


def test_the_reading_gives_each_way_of_saying_once_with_who_reads_it():
    ways_of, page = SENTENCES["ways_of"], "<p>{} places pour <b>{}</b></p><p>Barre</p>"
    pages = [("/a", "analyste", page.format(0, 1)), ("/b", "formateur", page.format(12, 648))]
    assert ways_of(pages) == (
        "0 places pour 1\n    [/a (analyste)]\nBarre\n    [/a (analyste) +1]\n"
        "12 places pour 648\n    [/b (formateur)]\n"
    )


def test_an_echelon_that_months_bring_forward_is_due_on_its_own_day_with_an_earlier_effect():
    """The head of a school: nothing is late before the day on which the échelon is pronounced."""
    words = dict(screens("D0014"))
    due = "De plein droit à partir du 1er mars 2027, avec effet au 1er juin 2026"
    assert due in words["/perspectives/ma-paie"]
    assert "pas encore enregistré" not in words["/dossier/carriere"]
    assert "vient de plein droit le 1er mars 2027" in words["/accueil"]


def test_an_institutrice_has_one_opening_of_her_right_and_dates_after_it():
    """Services of an instituteur are those of her file: Promotions and Retraite agree."""
    words = dict(screens("D0017"))
    assert "est ouvert depuis le 30 mai 2025, à 57 ans 6 mois" in words["/perspectives/retraite"]
    assert "à 57 ans 6 mois" in words["/perspectives/promotions"]
    assert "droit non ouvert" not in words["/perspectives/retraite"]
