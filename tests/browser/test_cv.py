"""The CV at a real browser: typed, seen, moved by keyboard, kept, shared, taken on two tabs."""

import json
import re

import pytest
from kernels import FOUND_IN_PROC, end_every_kernel
from measures import measured, too_much
from playwright.sync_api import expect

PAGES = ("diplomes", "formations", "activites", "edition", "edition/identite", "edition/lettre",
         "edition/versions", "edition/partage", "edition/fichiers")  # fmt: skip


@pytest.fixture
def someone_s_cv(visit):
    """Return a function that logs an account in, on its CV; each test takes another person."""

    def log_in(compte, to="/cv/formations"):
        visitor = visit()
        visitor.log_in(compte, to=to)
        visitor.page.locator(".cv-bar").wait_for()
        return visitor

    return log_in


def field(page, label):
    return page.get_by_label(re.compile(rf"^{label}( \(nécessaire\))?$"))


def add_training(page, title, year="2022"):
    page.get_by_role("button", name="Ajouter une formation").click()
    field(page, "Intitulé").fill(title)
    page.get_by_label("Début, année").fill(year)
    page.get_by_role("button", name="Valider").click()
    page.locator(".card-row h3", has_text=title).first.wait_for()


def titles(page):
    return page.locator(".card-row h3").all_inner_texts()


def saved(page):
    page.locator("#brouillon", has_text="Brouillon enregistré").wait_for()


def test_what_is_typed_is_drawn_saved_and_there_again(someone_s_cv):
    visitor = someone_s_cv("jdupont")
    page = visitor.page
    sheet = page.locator("img.sheet").first
    sheet.wait_for()
    before = sheet.get_attribute("src")
    page.get_by_role("button", name="Ajouter une formation").click()
    page.locator("#saisie-t").wait_for()
    field(page, "Intitulé").press_sequentially("Enseigner la géométrie au cycle 3", delay=20)
    expect(sheet).not_to_have_attribute("src", before)
    assert field(page, "Intitulé").input_value() == "Enseigner la géométrie au cycle 3"
    page.get_by_label("Début, mois").select_option(label="septembre")
    page.get_by_label("Début, année").fill("2022")
    page.get_by_label("Fin, mois").select_option(label="juin")
    page.get_by_label("Fin, année").fill("2021")
    page.get_by_role("button", name="Valider").click()
    page.locator(".err-sum").wait_for()
    expect(page.locator(".err-sum")).to_be_focused()
    assert "La fin (juin 2021) précède le début (septembre 2022)." in page.content()
    visitor.check()
    page.get_by_role("link", name=re.compile("^Fin")).click()
    expect(page.locator("#f-fin-an")).to_be_focused()
    page.get_by_label("Fin, année").fill("2023")
    page.get_by_role("button", name="Valider").click()
    page.locator(".card-row", has_text="septembre 2022 à juin 2023").wait_for()
    saved(page)
    visitor.open("/cv/formations")
    page.locator(".card-row", has_text="Enseigner la géométrie au cycle 3").wait_for()
    page.locator("summary", has_text="L’aperçu en texte").click()
    assert "Enseigner la géométrie au cycle 3" in page.locator(".words").inner_text()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Télécharger le PDF").click()
    assert taken.value.suggested_filename == "jean-dupont-cv.pdf"
    content = taken.value.path().read_bytes()
    assert content.startswith(b"%PDF-")


LATE_ENDS = """(() => {
  const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  Object.defineProperty(WebSocket.prototype, "onmessage", { set(hear) {
    set.call(this, hear && ((event) => {
      const ends = new TextDecoder().decode(event.data).includes('"done"');
      setTimeout(() => hear.call(this, event), ends ? 600 : 0);
    }));
  } });
})()"""
"""What ends an answer comes well after what it shows, as on a busy machine."""


def test_who_writes_before_an_answer_has_ended_keeps_the_focus(someone_s_cv):
    visitor = someone_s_cv("jdupont")
    page = visitor.page
    page.add_init_script(LATE_ENDS)
    visitor.open("/cv/formations")
    page.get_by_role("button", name="Ajouter une formation").click()
    page.locator("#saisie-t").wait_for()
    field(page, "Intitulé").focus()
    page.keyboard.type("En")
    expect(page.locator(".screen")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.type("seigner")
    expect(field(page, "Intitulé")).to_have_value("Enseigner")


def test_the_preview_grows_by_keyboard_and_its_size_stays(someone_s_cv):
    visitor = someone_s_cv("jdupont")
    page = visitor.page
    sheet, size = page.locator("img.sheet[src]").first, page.locator(".zoom output")
    whole = sheet.bounding_box()["width"]
    page.get_by_role("button", name="Agrandir").press("Enter")
    expect(size).to_have_text("125 %")
    assert sheet.bounding_box()["width"] == pytest.approx(whole * 1.25, abs=2)
    visitor.check()
    visitor.open("/cv/edition")
    expect(size).to_have_text("125 %")
    page.get_by_role("button", name="Réduire").press("Enter")
    expect(size).to_have_text("100 %")


def test_lines_move_are_deleted_and_come_back_by_keyboard_alone(someone_s_cv):
    page = someone_s_cv("jdupont2").page
    for title in ("Première", "Deuxième", "Troisième"):
        add_training(page, title)
    expect(page.locator(".card-row h3")).to_have_text(["Troisième", "Deuxième", "Première"])
    up = page.get_by_role("button", name="Monter : Première")
    up.focus()
    for order in (["Troisième", "Première", "Deuxième"], ["Première", "Troisième", "Deuxième"]):
        page.keyboard.press("Enter")
        expect(page.locator(".card-row h3")).to_have_text(order)
    page.locator("button:focus", has_text="Descendre").wait_for()
    page.get_by_role("button", name="Supprimer : Troisième").focus()
    page.keyboard.press("Enter")
    page.locator("#retablir:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator(".card-row h3", has_text="Troisième").wait_for()
    expect(page.locator(".card-row h3")).to_have_text(["Première", "Troisième", "Deuxième"])


def change_title(page, title, to):
    row = page.locator(".card-row", has_text=title)
    row.get_by_role("button", name=re.compile("^Modifier")).click()
    field(page, "Intitulé").fill(to)
    page.get_by_role("button", name="Valider").click()


def test_two_tabs_never_overwrite_each_other_and_the_person_chooses_where_both_changed_a_field(
    someone_s_cv,
):
    visitor = someone_s_cv("ichevalier")
    first = visitor.page
    add_training(first, "Du premier onglet")
    visitor.page = visitor.context.new_page()
    second = visitor.open("/cv/formations")
    second.locator(".card-row", has_text="Du premier onglet").wait_for()
    add_training(first, "Écrite ensuite au premier")
    add_training(second, "Écrite au second")
    second.locator(".card-row h3", has_text="Écrite ensuite au premier").wait_for()
    choice = second.get_by_role("alert").filter(has_text="Votre CV a aussi été modifié ailleurs")
    assert choice.count() == 0  # two lines added are both kept
    change_title(first, "Du premier onglet", "Renommée au premier")
    saved(first)
    change_title(second, "Du premier onglet", "Renommée au second")
    choice.wait_for()
    assert "Renommée au premier" in choice.inner_text()
    visitor.check()
    second.get_by_role("button", name="Réunir les deux").click()
    second.locator(".card-row h3", has_text="Renommée au premier").wait_for()
    assert any(one.startswith("Renommée au second") for one in titles(second))


def test_a_version_is_shared_by_a_link_that_shows_what_was_seen_and_is_revoked(
    someone_s_cv, visit, portal
):
    visitor = someone_s_cv("scohen", "/cv/edition/versions")
    page = visitor.page
    page.get_by_label("Nom de la version").fill("Pour le réseau")
    page.get_by_role("button", name="Garder une version").click()
    page.locator(".note.ok", has_text="Version gardée").wait_for()
    visitor.check()
    visitor.open("/cv/edition/partage")
    page.get_by_role("button", name="Voir ce que verra le lecteur").click()
    page.locator("#vu-t").wait_for()
    page.get_by_role("button", name="Créer le lien").click()
    address = page.get_by_label("Adresse du lien")
    address.wait_for()
    link = address.input_value()
    assert link.startswith(portal.address + "/cv/lien#")
    visitor.check()
    reader = visit()
    reader.page.goto(link)
    reader.page.locator("h1", has_text="Sarah Cohen, curriculum vitae").wait_for()
    assert re.fullmatch(re.escape(portal.address) + "/cv/lien/[0-9a-f]{24}", reader.page.url)
    text, sheet = reader.page.locator(".cv-read"), reader.page.locator("img.cv-page").first
    expect(sheet).to_be_visible()
    expect(text).to_be_hidden()
    reader.page.set_viewport_size({"width": 390, "height": 844})
    expect(text).to_be_visible()
    expect(sheet).to_be_hidden()
    reader.page.locator("summary", has_text="Voir les pages").click()
    expect(sheet).to_be_visible()
    reader.check()
    reader.page.reload()
    assert too_much("le CV partagé", measured(reader.page)) == []
    page.get_by_role("button", name=re.compile("^Révoquer")).click()
    page.locator(".mark", has_text="Révoqué").wait_for()
    reader.expected.append("/cv/lien/")  # the browser says of a refused page that it failed
    reader.page.goto(link)
    reader.page.locator("h1", has_text="Lien sans effet").wait_for()
    assert "Sarah Cohen" not in reader.page.content()


@FOUND_IN_PROC
def test_what_is_being_typed_outlives_its_kernel(someone_s_cv, portal):
    visitor = someone_s_cv("jdupont2")
    visitor.expected += ["/api/kernels/", "WebSocket"]  # the browser says that its kernel is gone
    page = visitor.page
    page.get_by_role("button", name="Ajouter une formation").click()
    field(page, "Intitulé").fill("Stage interrompu")
    saved(page)
    end_every_kernel(portal.process.pid)
    field(page, "Organisme").press_sequentially("INSPÉ")
    page.get_by_role("link", name="Rouvrir cet écran").click()
    page.locator(".screen-status", has_text="Votre saisie a été reprise.").wait_for()
    assert field(page, "Intitulé").input_value() == "Stage interrompu"
    assert field(page, "Organisme").input_value() == "INSPÉ"
    page.get_by_role("button", name="Annuler").click()
    page.locator("#saisie").wait_for(state="detached")


def test_files_are_shown_before_they_change_anything(someone_s_cv, tmp_path):
    visitor = someone_s_cv("jdupont2", "/cv/edition/fichiers")
    page = visitor.page
    resume = {"basics": {"name": "Julie Dupont"}, "education": [
        {"institution": "Université", "area": "Lettres", "studyType": "Licence", "endDate": "2015",
         "humeur": "gaie"}]}  # fmt: skip
    file = tmp_path / "resume.json"
    file.write_text(json.dumps(resume), encoding="utf-8")
    page.get_by_label("Choisir un fichier").set_input_files(file)
    page.locator("#import-t").wait_for()
    assert "gaie" in page.locator("main").inner_text()
    visitor.check()
    page.get_by_role("button", name="Importer", exact=True).click()
    page.locator(".note.ok", has_text="importé").wait_for()
    lie = tmp_path / "photo.png"
    lie.write_bytes(b"%PDF-1.7 not a picture")
    visitor.open("/cv/edition/identite")
    page.get_by_label("Choisir une photo").set_input_files(lie)
    page.locator(".note.lost", has_text="n’est pas une photo").wait_for()
    huge = tmp_path / "grande.png"
    huge.write_bytes(b"\x89PNG" + bytes(20_000_000))
    page.get_by_label("Choisir une photo").set_input_files(huge)
    page.locator(".note.lost", has_text="20,0").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_cv_is_as_readable(visit, scheme):
    visitor = visit(color_scheme=scheme)
    visitor.log_in("jdupont", to="/cv/formations")
    for name in PAGES:
        page = visitor.open(f"/cv/{name}")
        assert too_much(name, measured(page)) == []
    assert visitor.page.locator(".side .menu a[aria-current]").inner_text() == "Votre CV"


def pressed_slowly(page, button):
    """Press a button as a slow finger does: down, most of a second, up."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(700)
    page.mouse.up()


def test_a_press_is_not_lost_while_the_field_that_it_leaves_is_saved(someone_s_cv):
    page = someone_s_cv("jdupont2").page
    page.get_by_role("button", name="Ajouter une formation").click()
    page.get_by_label("Début, année").press_sequentially("20")
    pressed_slowly(page, page.get_by_role("button", name="Valider"))
    page.locator(".err-sum").wait_for()  # what the year lacks is said, and moves the button
    page.get_by_role("button", name="Annuler").click()
    page.locator("#saisie").wait_for(state="detached")


def rows(page):
    return page.locator(".rows > li[data-row] > .rw > .op b")


def test_sections_move_by_the_arrows_and_by_dragging_their_handle(someone_s_cv):
    visitor = someone_s_cv("ichevalier", "/cv/edition")
    page = visitor.page
    first, second, *_ = rows(page).all_inner_texts()
    page.locator("[data-moves=cv_rubrique_placer]").nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(rows(page).first).to_have_text(second)
    expect(page.locator("[data-moves=cv_rubrique_placer]").first).to_be_focused()
    page.locator("[data-moves=cv_rubrique_placer]").first.drag_to(rows(page).nth(1))
    expect(rows(page).first).to_have_text(first)
    saved(page)
    visitor.check()


def test_on_a_telephone_the_acts_stay_in_sight_and_the_preview_is_text(someone_s_cv):
    visitor = someone_s_cv("scohen", "/cv/edition")
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 844})
    see = page.get_by_role("link", name="Aperçu", exact=True)
    expect(see).to_be_in_viewport()
    expect(page.locator(".preview")).to_be_hidden()
    see.click()
    expect(page.locator(".preview .words")).to_contain_text("Sarah Cohen")
    expect(page.locator("img.sheet").first).to_be_hidden()
    expect(page.get_by_role("link", name="Saisie")).to_be_in_viewport()
    visitor.check()
    page.set_viewport_size({"width": 390, "height": 844})
    page.go_back()
    expect(page.locator("#ouvrir-identite")).to_be_visible()


def test_from_the_portal_to_the_cv_and_back(jean):
    jean.follow("Votre CV", "Diplômes")
    jean.follow("Édition du CV", "Mon CV")
    jean.page.go_back()
    jean.page.locator("main h1", has_text="Diplômes").wait_for()
    jean.follow("Accueil", "Bonjour")


def test_somebody_not_logged_in_is_sent_to_the_login(someone):
    someone.page.goto(someone.address + "/cv/edition")
    assert "/connexion?suite=/cv/edition" in someone.page.url
