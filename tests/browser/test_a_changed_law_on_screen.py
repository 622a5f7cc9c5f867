"""A portal on a copy of the tables: number, sentence and source of each screen are the copy's."""

import re
import shutil

import pytest
from changed_tables import Change, plain, rewrite
from playwright.sync_api import expect

from iprof_kit.base.paths import OTHER_TABLES, REFERENCE

pytestmark = pytest.mark.browser
NOW = {"valide_au": ""}
CHANGES = (
    Change("point_indice", NOW, "valeur_annuelle_point", "60.0000"),
    Change("primes", NOW | {"code": "ISAE_FIXE"}, "montant_annuel_brut", "2640",
           more={"montant_mensuel": "220.00"}),
    Change("bareme_hors_classe", {"type": "eligibilite", "groupe_corps": "tous"},
           "anciennete_annees_revolues", "3"),
    Change("retraite_ages", {"version": "V2026", "categorie": "sedentaire", "ne_au": ""},
           "age_ouverture_mois", "770"),
    Change("barres_mouvement", {"degre": "1d", "annee": "2021", "type_barre": "entree",
           "code_departement": "44"}, "bareme", "500"),
    Change("rendez_vous_delais", NOW | {"cle": "calendrier"}, "valeur", "20"),
    Change("formation", {"cle": "animations_et_formation"}, "valeur", "20"),
    Change("anciennetes", {"code": "corps"}, "regle", "Règle changée dans la copie."),
)  # fmt: skip
SHOWN = {
    "/perspectives/ma-paie": {
        "point_indice": "Valeur annuelle du point60,0000 €",
        "primes": "Montant annuel du texte2 640 € par an",
    },
    "/perspectives/promotions": {
        "bareme_hors_classe": "3 ans au 9e échelon de la classe normale",
        "point_indice": "60,0000 €",
    },
    "/perspectives/retraite": {"retraite_ages": "64 ans 2 mois"},
    "/perspectives/autres-affectations": {"barres_mouvement": "500"},
    "/services/rendez-vous": {"rendez_vous_delais": "Notification20 jours avant"},
    "/services/formation": {"formation": "compte 20 heures par an"},
    "/dossier/anciennetes": {"anciennetes": "Règle changée dans la copie."},
}
"""On each screen, what the changed row of a table reads once every reason is open."""
UNCITED = {"rendez_vous_delais", "formation"}
"""Read on their screen, and cited there by no reason yet."""
UNFOLD = """() => {
  for (const fold of document.querySelectorAll(".screen details")) fold.open = true;
}"""
MOST = 6
"""Reasons opened on a screen, the first ones."""
RESTS = "() => !document.querySelector('.screen[aria-busy]')"
ANSWERED = "() => !document.querySelector('.screen details[open][data-asks]')"
"""Every reason that a fold holds has come."""


@pytest.fixture(scope="module")
def screens(chromium, makers, tmp_path_factory):
    """Return the words of each screen of Jean Dupont, every reason open, under a changed law."""
    open_portal, visitor_of = makers
    copy = tmp_path_factory.mktemp("droit") / "reference"
    shutil.copytree(REFERENCE, copy)
    for change in CHANGES:
        rewrite(copy / f"{change.table}.csv", change)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(OTHER_TABLES, str(copy))
        portal = open_portal(tmp_path_factory.mktemp("portal"))
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(60_000)
    visitor = visitor_of(context, portal.address)
    visitor.log_in()
    try:
        yield {path: _read(visitor, path) for path in SHOWN}
    finally:
        context.close()
        portal.stop()


def _read(visitor, path):
    """Return the words of a screen; its reasons are asked one after the other."""
    page = visitor.go(path)
    page.wait_for_function(RESTS)
    page.evaluate(UNFOLD)
    page.wait_for_function(ANSWERED)
    closed = page.locator(".screen .whybtn[aria-expanded=false]:visible")
    for _ in range(min(closed.count(), MOST)):
        name = closed.first.get_attribute("aria-controls")
        closed.first.click()
        body = page.locator(f"#{name}")
        expect(body).not_to_contain_text("La raison se calcule")
    return re.sub(r"\s+", " ", plain(page.locator(".screen").text_content()))


@pytest.mark.parametrize("path", SHOWN)
def test_a_screen_shows_the_number_and_the_source_of_the_changed_row(screens, path):
    shown = screens[path]
    for table, words in SHOWN[path].items():
        assert words in shown
        if table not in UNCITED:
            assert f"texte changé dans la copie, {table}" in shown
