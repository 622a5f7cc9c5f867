"""A whole rendez-vous de carrière with four people: teacher, head, inspector, case manager."""

import re
from datetime import UTC, datetime

import pytest
import readable
from playwright.sync_api import expect
from waiting_threads import Base

from iprof_kit.services.access.accounts import NewAccount, NewPortfolio, create_account

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PASSWORD = "demonstration-libre"
HERS = "/services/rendez-vous"
SEANCE, CONSEILS = "Une séance construite, des élèves actifs.", "Présente à chaque conseil."


@pytest.fixture
def manager(portal, monkeypatch):
    """Return the account of a case manager who follows Léa Fontaine."""
    Base(portal.folder, monkeypatch)
    hers = NewPortfolio("25", None, "certifie", "Service du second degré (fictif)")
    new = NewAccount("gversailles", ("gestionnaire",), password=PASSWORD, demo=True,
                     portfolios=[hers])  # fmt: skip
    create_account(new, "test", NOW)
    return "gversailles"


def kept(page):
    """Wait until what was done is answered and kept."""
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.locator(".kept-line").first).to_have_text(re.compile("^Enregistré dans ce kit le"))


def prepared(visit, compte, interview, words, items):
    """Return the page of an evaluator who has written her project and shown it."""
    page = visit(viewport={"width": 1280, "height": 900}).log_in(compte, to="/evaluation")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Léa Fontaine").click()
    page.get_by_label("Votre entretien le").fill(interview)
    page.keyboard.press("Tab")
    kept(page)
    for name in items:  # by keyboard alone: a level with the arrows, then on to the next item
        page.locator(f"#ev-{name}-0").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(page.locator(f"#ev-{name}-2")).to_be_checked()
    kept(page)
    page.get_by_label("Votre appréciation").fill(words)
    expect(page.locator(".marks-sum b")).to_have_text(re.compile(rf"^{len(items)} sur "))
    kept(page)
    assert readable.faults(page) == []
    page.get_by_role("button", name="Montrer à la personne").click()
    expect(page.get_by_text(re.compile(r"^Projet montré, reçu n°\s\d+\.$"))).to_be_visible()
    return page


def dated(page, **days):
    """Type days of the procedure as the person does, each in its own line."""
    for name, day in days.items():
        field = page.locator(f"#rdv-{name}")
        drawer = page.locator("#rdv-drawer")
        if drawer.locator(f"#rdv-{name}").count() and drawer.get_attribute("open") is None:
            drawer.locator("> summary").click()
        line = page.locator(f"#rdv-s-{name}")
        if line.get_attribute("open") is None:
            line.locator("> summary").click()
        field.fill(day)
        page.keyboard.press("Tab")
        kept(page)


def test_four_people_go_through_a_whole_rendez_vous(visit, manager):
    teacher = visit(viewport={"width": 1280, "height": 900})
    hers = teacher.log_in("lfontaine", to=HERS)
    expect(hers.get_by_text("Ce que vos évaluateurs préparent")).to_have_count(0)
    dated(hers, notification="01/10/2026", entretien="20/10/2026", second="10/11/2026")
    expect(hers.locator("main .lead")).to_contain_text("Vous attendez le compte rendu")

    inspector = prepared(visit, "iinspectrice", "20/10/2026", SEANCE,
                         ["inspection-1", "inspection-2", "ensemble-1"])  # fmt: skip
    head = prepared(visit, "cchef", "10/11/2026", CONSEILS, ["chef-1"])
    expect(head.locator("main")).not_to_contain_text(SEANCE)
    expect(head.locator("#ev-inspection-1-0")).to_have_count(0)

    hers = teacher.open(HERS)
    for part in ("Inspection", "Chef d’établissement"):
        fold(hers, f"{part}, deuxième rendez-vous, 2026-2027").click()
    expect(hers.get_by_text(SEANCE)).to_be_visible()
    expect(hers.get_by_text(CONSEILS)).to_be_visible()
    inspector.reload()
    expect(inspector.get_by_text(re.compile(r"^Projet\s: lu le 25 novembre 2026"))).to_be_visible()

    desk = visit(viewport={"width": 1280, "height": 900}).log_in(
        manager, to="/bureau/portefeuille"
    )  # fmt: skip
    desk.get_by_role("button", name="Dossier").first.click()
    desk.get_by_label("Pourquoi ouvrez-vous ce dossier ?").fill("suivre un rendez-vous")
    desk.get_by_role("button", name="Ouvrir le dossier").click()
    expect(desk.locator("main h1")).to_have_text(re.compile("Léa.Fontaine"))
    for words in (SEANCE, CONSEILS):
        expect(desk.locator("main")).not_to_contain_text(words)

    dated(hers, compte_rendu="20/11/2026")
    expect(hers.locator("main .lead")).to_contain_text("Vos observations sont possibles jusqu’au")
    letter(hers, "observations", "Écrire mes observations", "Je précise un point.")
    dated(hers, observations="23/11/2026", notifiee="24/11/2026")
    expect(hers.locator("main .lead")).to_contain_text("Un recours gracieux est possible jusqu’au")
    letter(hers, "recours", "Écrire un recours gracieux", "Je demande une révision.")

    read = teacher.go("/consultations")
    expect(read.locator("main")).to_contain_text("préparer un avis (inspection)")
    expect(read.locator("main")).to_contain_text("préparer un avis (chef d’établissement)")
    expect(read.locator("main")).to_contain_text("suivre un rendez-vous")
    fold(inspector, "Effacer ce projet").click()
    inspector.get_by_role("button", name="Effacer maintenant").click()
    expect(inspector.get_by_text("Projet effacé.")).to_be_visible()
    hers = teacher.go(HERS)
    expect(fold(hers, "Chef d’établissement, deuxième rendez-vous, 2026-2027")).to_be_visible()
    expect(fold(hers, "Inspection, deuxième rendez-vous, 2026-2027")).to_have_count(0)


def fold(page, question):
    """Return the line of a fold."""
    return page.locator("summary", has_text=question)


def letter(page, name, question, words):
    """Write a letter and take it as a PDF."""
    fold(page, question).click()
    page.locator(f"#lettre-{name}").fill(words)
    with page.expect_download() as waited:
        page.locator(f"form[data-intent=lettre_{name}] button[type=submit]").click()
    assert waited.value.suggested_filename.endswith(".pdf")
