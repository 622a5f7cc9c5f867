"""A campaign of each movement: wishes in order, a late request, a refusal, an appeal."""

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
AT_REST = "() => !document.querySelector('.screen[aria-busy]')"
LOCAL = """\
id: intra_departemental_1d_2026
service: intra_departemental_1d
annee: 2026
etapes:
  - {etape: saisie_voeux_siam, du: 2026-04-01, au: 2026-04-15, heure_au: "12:00", portee: "03",
     source: circulaire fictive, confiance: D}
  - {etape: correction_voeux, au: 2026-04-30, portee: "03",
     source: circulaire fictive, confiance: D}
  - {etape: ar_avec_bareme, du: 2026-05-12, au: 2026-05-26, portee: "03",
     source: circulaire fictive, confiance: D}
  - {etape: resultats, du: 2026-06-10, portee: "03", source: circulaire fictive, confiance: D}
"""
MOVEMENTS = {
    "departmental": ("jdupont2", "intra_departemental_1d_2026", "correction_voeux",
                     ["École Curie, adjoint", "Secteur est"], "2026-06-10", "11 août 2026"),
    "interdepartmental": ("jdupont2", "interdepartemental_1d_2026", "demandes_tardives_rc",
                          ["69", "42"], "2026-03-11", "12 mai 2026"),
    "inter-academic": ("ichevalier", "interacademique_2d_2026", "annulation_participation",
                       ["Rennes", "Lyon"], "2026-03-11", "12 mai 2026"),
    "intra-academic": ("ichevalier", "intra_academique_2d_2024", "confirmation",
                       ["Lycée Curie, Moulins", "ZR Allier nord"], "2024-06-03", "5 août 2024"),
}  # fmt: skip
"""Who, which campaign, the step that is late, wishes, the day of the result; CJA, R421-1: the last
day of an appeal two clear months later, the Monday where that is a Sunday."""


@pytest.fixture(scope="module")
def given(portal, tmp_path_factory):
    """The dates of a department, as its academy gives them."""
    file = tmp_path_factory.mktemp("campagne") / "campagne.yml"
    file.write_text(LOCAL, encoding="utf-8")
    command = [sys.executable, "-m", "iprof_kit", "campagne", "ajouter", str(file)]
    subprocess.run(
        command, env=os.environ | {"IPROF_VAR": str(portal.folder)}, check=True, capture_output=True
    )


def add(page, wish):
    place = page.locator("#voeu-lieu")
    if place.count():
        place.select_option(wish)
    else:
        page.locator("#voeu-nom").fill(wish)
    before = page.locator(".vx li").count()
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.locator(".vx li")).to_have_count(before + 1)
    page.wait_for_function(AT_REST)


def note(page, step, words):
    """Note that a step is done; its fold may be among the steps that are done by choice."""
    for fold in ("#dates", f"details[id^='noter-{step}-']"):
        if page.locator(fold).count() and page.locator(f"{fold}:not([open])").count():
            part = page.locator(fold)
            if fold == "#dates" and not part.locator(f"[id^='noter-{step}-']").count():
                continue
            part.locator("> summary").click()
    form = page.locator(f"form[data-key^='etape_faite-{step}-']")
    form.get_by_label(re.compile("vos mots")).fill(words)
    form.get_by_role("button", name="Noter").click()
    page.get_by_text(words).first.wait_for()


@pytest.mark.parametrize("movement", MOVEMENTS)
def test_a_movement_is_played_from_its_wishes_to_the_appeal(visit, given, movement):
    compte, campaign, late, wishes, result, until = MOVEMENTS[movement]
    visitor = visit(viewport={"width": 1280, "height": 900})
    page = visitor.log_in(compte, to=f"/services/siam?campagne={campaign}")
    expect(page.locator(".lead")).to_contain_text("est close")
    for wish in wishes:  # the deadline is missed: what she asked for is copied
        add(page, wish)
    first, second = page.locator(".vx li .nm").all_inner_texts()
    up = page.get_by_role("button", name=f"Monter : {second}")
    up.press("Enter")
    expect(page.locator(".vx li .nm").first).to_have_text(second)
    expect(page.get_by_role("button", name=f"Descendre : {second}")).to_be_focused()
    page.wait_for_function(AT_REST)
    page.get_by_role("button", name=f"Déplacer {second}").press("ArrowDown")
    expect(page.locator(".vx li .nm").first).to_have_text(first)

    note(page, late, "demande tardive, par courriel")
    expect(page.locator(".my-notes").filter(has_text="par courriel")).to_contain_text(
        "après la clôture de l’étape"
    )
    page.get_by_role("link", name=re.compile("^Barème (initial|affiché)$")).click()
    page.wait_for_function(AT_REST)
    row = page.locator(".ct tbody tr").first
    if row.locator("input").count() > 1:
        row.locator("input").first.fill("14")
        row.locator("input").first.press("Tab")
        page.wait_for_function(AT_REST)
    row.locator("input").last.fill("1")
    row.locator("input").last.press("Tab")
    expect(row).to_have_class("dif")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Préparer la lettre de contestation").click()
    assert taken.value.suggested_filename == "lettre-bareme.pdf"

    page.locator("#resultat > summary").click()
    page.locator("#resultat-i").select_option("Pas satisfaction")
    page.locator("#resultat-le").fill(result)
    page.get_by_role("button", name="Noter le résultat").click()
    expect(page.locator("#recours td").first).to_contain_text(until)
    visitor.check()
    for wish in (first, second):  # her list is that of other tests too
        page.get_by_role("button", name=f"Retirer : {wish}").click()
        page.get_by_text(f"Vœu retiré : {wish}").wait_for()
        page.wait_for_function(AT_REST)

    page.locator("#resultat").get_by_role("link", name="lettres et délais").click()
    page.locator("main h1", has_text="Recours contre le résultat d’un mouvement").wait_for()
    day = "/".join(reversed(result.split("-")))
    expect(page.get_by_label("Résultat publié ou notifié le")).to_have_value(day)
    page.get_by_text("Recours gracieux", exact=True).click()
    with page.expect_download() as taken:
        page.locator("#pli-lettre-recours_mutation-gracieux").get_by_role(
            "button", name="Télécharger la lettre (PDF)"
        ).click()
    assert taken.value.suggested_filename.endswith(".pdf")
    visitor.check()
