"""The CV's pages without browser: lines added, edited, moved, hidden, deleted, taken back."""

import pytest
import ui_cv
import ui_people as people
from ui_cv import Hand, Kept

from iprof_kit.base.errors import Unavailable
from iprof_kit.cv.model import Cv
from iprof_kit.ui.screens.cv.preview import Press
from iprof_kit.ui.shared.menu import CV, routes

GEOMETRY = {"intitule": "Enseigner la géométrie", "debut__mois": "02", "debut__an": "2025",
            "role": "stagiaire", "heures": "18"}  # fmt: skip


def trainings(hand):
    return [one.intitule for one in hand.cv.faits.formations]


def stored(hand):
    return Cv.model_validate(hand.kept.cv)


@pytest.fixture
def hand():
    return Hand()


@pytest.mark.parametrize("path", routes(CV))
def test_every_address_of_the_cv_opens_its_page(path):
    hand = Hand(path=path)
    assert "Écran indisponible" not in hand.html
    assert hand.guichet.asked.count("cv") == 1
    assert not hand.kept.writes  # looking writes nothing


def test_what_the_dossier_knows_is_there_marked_and_said_once(hand):
    hand.go("/cv/activites")
    assert hand.page.text.count("Enseignant classe élémentaire repris de votre dossier") == 1
    assert "depuis septembre 2019" in hand.page.text
    hand.go("/cv/activites")
    assert len(hand.cv.faits.fonctions) == 1


def test_without_dossier_the_cv_opens_empty():
    hand = Hand(hidden=True)
    assert "Écran indisponible" not in hand.html
    assert hand.cv.faits.fonctions == ()


def test_a_line_added_is_saved_and_shown(hand):
    hand.add("formations", **GEOMETRY)
    assert "1 formation" in hand.page.text
    assert "Stagiaire, février 2025, 18 heures" in hand.page.text
    assert stored(hand).faits.formations[0].debut == "2025-02"
    assert "25 novembre 2026 à 10\u00a0h\u00a042, heure de Paris" in hand.html


def test_what_is_being_typed_is_saved_before_it_is_validated(hand):
    hand.do("cv_ajouter", "formations")
    hand.type(hand.open_form(), intitule="Prép")
    assert stored(hand).faits.formations[0].intitule == "Prép"
    assert "Ajouter une formation" in hand.page.text


def test_a_line_begun_and_left_blank_leaves_nothing(hand):
    hand.do("cv_ajouter", "formations")
    hand.go("/cv/diplomes")
    assert trainings(hand) == []
    assert not hand.kept.writes


def test_an_end_before_the_start_is_said_at_the_field_and_kept(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    typed = {"intitule": "Stage", "debut-mois": "09", "debut-an": "2022", "fin-mois": "06",
             "fin-an": "2021", "role": "stagiaire"}  # fmt: skip
    hand.do("cv_valider", of, **typed)
    assert "Fin : La fin (juin 2021) précède le début (septembre 2022)." in hand.page.text.replace(
        "\u00a0", " "
    )
    end = next(one for one in hand.page.all("input") if one.get("id") == "f-fin-an")
    assert (end["value"], end["aria-invalid"], end["aria-describedby"]) == (
        "2021",
        "true",
        "f-fin-h f-fin-e",
    )
    assert stored(hand).faits.formations[0].fin == "2021-06"
    hand.do("cv_valider", of, **{**typed, "fin-an": "2023"})
    assert "septembre 2022 à juin 2023" in hand.page.text


def test_errors_wait_until_a_field_is_left(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.type(of, intitule="Stage", debut__an="20")
    assert "msg" not in {one.get("class") for one in hand.page.all("p")}
    hand.type(of, changed="debut-an", intitule="Stage", debut__an="20")
    assert "msg" in {one.get("class") for one in hand.page.all("p")}


def test_a_line_with_errors_may_be_kept_as_it_is(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.do("cv_valider", of, intitule="Stage", **{"debut-an": "bientôt"})
    assert "Garder ainsi" in hand.page.text
    hand.do("cv_fermer", of)
    assert stored(hand).faits.formations[0].debut == "bientôt"
    assert "À corriger" in hand.page.text


def test_cancelling_puts_a_line_back_as_it_was(hand):
    of = hand.add("formations", **GEOMETRY)
    hand.do("cv_modifier", of)
    hand.type(of, intitule="Autre chose", heures="200")
    hand.do("cv_annuler", of)
    assert trainings(hand) == ["Enseigner la géométrie"]
    assert stored(hand).faits.formations[0].heures == "18"


def test_cancelling_a_new_line_removes_it(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.type(of, intitule="Un essai")
    hand.do("cv_annuler", of)
    assert trainings(hand) == []
    assert stored(hand).faits.formations == ()


def test_a_line_moves_by_buttons_and_the_focus_follows_it(hand):
    first = hand.add("formations", intitule="Première", debut__an="2020")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.add("formations", intitule="Troisième", debut__an="2022")
    assert trainings(hand) == ["Troisième", "Deuxième", "Première"]
    hand.do("cv_monter", first)
    assert trainings(hand) == ["Troisième", "Première", "Deuxième"]
    where = next(one for _tag, one in hand.page.tags if "data-focus" in one)["data-focus"]
    key = first.replace(":", "-")
    assert where == f"monter-{key} descendre-{key}"
    assert f"monter-{key}" in hand.page.ids
    hand.do("cv_monter", first)
    assert f"monter-{key}" not in hand.page.ids  # first: only « Descendre » is left
    assert f"descendre-{key}" in hand.page.ids


def test_a_copy_stands_under_its_line_and_opens(hand):
    of = hand.add("formations", **GEOMETRY)
    hand.do("cv_dupliquer", of)
    assert trainings(hand) == ["Enseigner la géométrie"] * 2
    assert hand.open_form() != of


def test_a_line_deleted_comes_back_to_its_place(hand):
    of = hand.add("formations", intitule="Première", debut__an="2020")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.do("cv_supprimer", of)
    assert trainings(hand) == ["Deuxième"]
    assert "« Première » : formation supprimée." in hand.page.text.replace("\u00a0", " ")
    hand.do("cv_annuler_suppression")
    assert trainings(hand) == ["Deuxième", "Première"]


def test_a_prefilled_line_deleted_does_not_come_back_and_undone_does(hand):
    hand.go("/cv/activites")
    item = hand.cv.faits.fonctions[0]
    hand.do("cv_supprimer", f"fonctions:{item.id}")
    assert Hand(hand.kept).cv.faits.fonctions == ()
    hand.do("cv_annuler_suppression")
    assert hand.cv.faits.fonctions == (item,)
    assert Hand(hand.kept).cv.faits.fonctions == (item,)


def test_a_prefilled_line_completed_is_no_longer_marked(hand):
    hand.go("/cv/activites")
    of = f"fonctions:{hand.cv.faits.fonctions[0].id}"
    hand.do("cv_modifier", of)
    hand.do("cv_valider", of, description="Cours moyen, double niveau")
    assert "repris de votre dossier" not in hand.page.text
    again = Hand(hand.kept).cv.faits.fonctions
    assert [one.description for one in again] == ["Cours moyen, double niveau"]
    assert again[0].debut == "2019-09-01"  # the day that the form does not show is kept


def test_a_line_hidden_stays_in_the_facts_and_leaves_this_cv_only(hand):
    of = hand.add("formations", **GEOMETRY)
    hand.go("/cv/edition")
    hand.do("cv_creer")
    hand.go("/cv/formations")
    hand.do("cv_masquer", of)
    assert "masqué dans ce CV" in hand.page.text
    first, second = hand.cv.cibles
    shown = {one.section: one.items for one in second.sections}["formations"]
    assert shown == ()
    assert {one.section: one.items for one in first.sections}["formations"] is None
    hand.do("cv_montrer", of)
    assert "masqué dans ce CV" not in hand.page.text


def test_a_new_line_is_shown_in_a_cv_that_names_its_lines(hand):
    of = hand.add("formations", **GEOMETRY)
    hand.do("cv_masquer", of)
    hand.add("formations", intitule="Secours", debut__an="2021")
    assert hand.page.text.count("masqué dans ce CV") == 1


@pytest.mark.parametrize(
    "name",
    ["cv_modifier", "cv_supprimer", "cv_monter", "cv_masquer", "cv_dupliquer", "cv_valider",
     "cv_retirer", "cv_choisir"],
)  # fmt: skip
@pytest.mark.parametrize("of", ["", "formations", "formations:absent", "nimp:1", "faits:x", ":"])
def test_what_names_nothing_changes_nothing(hand, name, of):
    before = hand.cv
    hand.do(name, of)
    assert "Écran indisponible" not in hand.html
    lines = [one for one in hand.cv.faits.formations if one.id != "absent"]
    assert lines == list(before.faits.formations)


def test_hostile_text_is_text(hand):
    hand.add("formations", intitule=people.HOSTILE, debut__an="2020")
    assert "<script>" not in hand.html
    assert "&lt;script&gt;" in hand.html


def test_what_was_typed_comes_back_as_it_was_typed(hand):
    text = "Un\n\n  deux : trois ?\n« quatre »"
    of = hand.add("formations", intitule="Stage", debut__an="2020", description=text)
    hand.do("cv_modifier", of)
    at = hand.html.index('name="description"')
    area = hand.html[at : hand.html.index("</textarea>", at)]
    for sign in (" ", "\n"):
        area = area.replace(f"&#{ord(sign)};", sign)
    assert area.endswith(text)


def test_ten_thousand_characters_are_kept_whole(hand):
    of = hand.add("formations", intitule="Stage", debut__an="2020", description="é" * 10_000)
    assert stored(hand).faits.formations[0].description == "é" * 10_000
    assert of


def test_when_the_server_does_not_answer_what_is_typed_stays_and_is_saved_later(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.guichet.down = True
    hand.do("cv_valider", of, intitule="Stage", **{"debut-an": "2020"})
    assert "Le brouillon n’est pas enregistré." in hand.page.text
    assert trainings(hand) == ["Stage"]
    hand.guichet.down = False
    hand.do("cv_enregistrer")
    assert stored(hand).faits.formations[0].intitule == "Stage"
    assert "n’est pas enregistré" not in hand.page.text


def test_a_page_opened_again_takes_what_was_typed_once_more(hand):
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.type(of, intitule="Stage", debut__an="2020")
    again = Hand(hand.kept)  # a new kernel, told again the last draft
    again.type(of, intitule="Stage de", debut__an="2020")
    assert trainings(again) == ["Stage de"]


def test_the_server_away_at_the_opening_is_said_with_a_way_back():
    kept = Kept()

    class Down(ui_cv.CvGuichet):
        def ask(self, op, **args):
            raise Unavailable("le serveur ne répond pas.")

    editor = ui_cv.CvEditor(lambda: Down(kept), ui_cv.NoPress())
    html = editor.handle({"kind": "route", "path": "/cv/formations"}).html
    assert "Écran indisponible" in html
    assert 'href="/cv/formations"' in html


def test_a_post_of_the_dossier_typed_again_is_said_to_be_printed_once(hand):
    hand.go("/cv/activites")
    known = hand.cv.faits.fonctions[0]
    hand.add(
        "fonctions",
        nature="affectation",
        etablissement=known.etablissement.upper(),
        intitule="Mon poste",
        debut__mois="09",
        debut__an="2019",
    )
    assert hand.page.text.count("Une ligne que vous avez saisie dit la même chose") == 1


def test_an_open_mission_typed_after_stands_before_what_is_over(hand):
    hand.go("/cv/activites")
    hand.add("activites", intitule="Jury", debut__an="2010", fin__an="2012")
    hand.add("activites", intitule="Tutrice", debut__mois="09", debut__an="2019")
    hand.add("activites", intitule="Atelier", debut__an="2013", fin__an="2015")
    names = [one.intitule for one in hand.cv.faits.activites]
    assert names == ["Tutrice", "Atelier", "Jury"]
    assert [one.intitule for one in stored(hand).faits.activites] == names


def test_a_reload_shows_the_cv_that_was_shown(hand):
    hand.go("/cv/edition")
    hand.do("cv_creer")
    hand.type("cible", titre="Pour le mouvement")
    again = Hand(hand.kept, path="/cv/formations", carnets=hand.guichet.carnets)
    assert again.editor.session.cible.titre == "Pour le mouvement"
    again.do("cv_choisir", hand.cv.cibles[0].id)
    assert Hand(hand.kept, carnets=hand.guichet.carnets).editor.session.cible.titre == "Mon CV"


def test_the_cv_shown_is_a_convenience_that_stops_nothing(hand):
    class Forgetful(ui_cv.CvGuichet):
        def ask(self, op, **args):
            if op.startswith("carnet"):
                raise Unavailable("le serveur ne répond pas.")
            return super().ask(op, **args)

    editor = ui_cv.CvEditor(lambda: Forgetful(hand.kept), ui_cv.NoPress())
    html = editor.handle({"kind": "route", "path": "/cv/formations"}).html
    assert "Écran indisponible" not in html


def test_what_does_not_hold_on_one_page_and_what_cannot_be_drawn_is_said_before_printing():
    class Long(Press):
        def _draw(self, made, model):
            return ["<svg/>"] * 3

    hand = Hand(path="/cv/edition/identite", press=Long())
    hand.type("identite", titre="Élève de 中村")
    hand.go("/cv/edition")
    assert "ne tient pas sur une page" not in hand.page.text
    hand.type("cible", titre="Mon CV", modele="une_page")
    said = hand.page.text.replace("\u00a0", " ")
    assert "Ce CV ne tient pas sur une page : il en fait 3" in said
    assert "Les caractères « 中 », « 村 » ne peuvent pas être imprimés" in said
