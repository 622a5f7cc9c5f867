"""Several CVs of the same facts: choose, retitle, order, hide; what a use expects; the letter."""

import pytest
from ui_cv import Hand, Kept

from iprof_kit.cv.lists import RUBRIQUES_LETTRE
from iprof_kit.cv.model import USAGES, Cv, shown_items
from iprof_kit.cv.sections import TITLES
from iprof_kit.cv.targets import choice_of
from iprof_kit.ui.screens.cv.preview import Press
from iprof_kit.ui.screens.cv.rows import progress


@pytest.fixture
def hand():
    hand = Hand()
    hand.add("formations", intitule="Première", debut__an="2020")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.go("/cv/edition")
    return hand


def stored(hand):
    return Cv.model_validate(hand.kept.cv)


def order(cible):
    return [choice.section for choice in cible.sections]


def test_another_cv_is_made_of_the_same_facts_and_shown(hand):
    hand.do("cv_creer")
    assert [one.titre for one in stored(hand).cibles] == ["Mon CV", "Nouveau CV"]
    assert "Nouveau CV montré ici" in hand.page.text
    hand.type(
        "cible", titre="Pour le mouvement", usage="mobilite", modele="moderne", coordonnees="oui"
    )
    first, second = stored(hand).cibles
    assert (first.titre, second.titre, second.modele) == ("Mon CV", "Pour le mouvement", "moderne")
    hand.do("cv_choisir", first.id)
    assert "Mon CV montré ici" in hand.page.text


def test_a_box_not_ticked_is_taken_as_such(hand):
    hand.type("cible", titre="Mon CV", usage="general", modele="classique", photo="oui")
    cible = stored(hand).cibles[0]
    assert (cible.photo, cible.coordonnees) == (True, False)


def test_a_cv_deleted_comes_back_and_the_last_one_stays(hand):
    hand.do("cv_retirer", hand.cv.cibles[0].id)
    assert len(hand.cv.cibles) == 1
    hand.do("cv_copier", hand.cv.cibles[0].id)
    copy = hand.cv.cibles[1]
    hand.do("cv_retirer", copy.id)
    assert len(stored(hand).cibles) == 1
    hand.do("cv_annuler_suppression")
    assert stored(hand).cibles[1] == copy


def filled(hand):
    """Return the sections of the list, in its order."""
    buttons = [one.get("id", "") for one in hand.page.all("button")]
    return [one.removeprefix("ouvrir-") for one in buttons if one.startswith("ouvrir-")]


def test_sections_move_among_those_that_are_filled_and_are_left_out(hand):
    assert filled(hand) == ["identite", "situation", "fonctions", "formations"]
    hand.do("cv_rubrique_placer", "formations", by="-1")
    assert filled(hand) == ["identite", "situation", "formations", "fonctions"]
    assert "Formations : place 2 sur 3" in hand.page.text.replace("\u00a0", " ")
    kept = order(stored(hand).cibles[0])
    assert kept.index("formations") < kept.index("fonctions")
    hand.do("cv_rubrique_montrer", "formations")
    assert not choice_of(stored(hand).cibles[0], "formations").visible
    assert "masquée" in hand.page.text


@pytest.mark.parametrize("by", ["", "0", "x", "1e3", "--1", "99999", "١"])
def test_a_move_by_nothing_sensible_changes_nothing(hand, by):
    before = hand.cv
    hand.do("cv_rubrique_placer", "formations", by=by)
    hand.do("cv_ligne_placer", f"formations:{hand.cv.faits.formations[0].id}", by=by)
    hand.do("cv_rubrique_placer", "nimp", by="1")
    hand.do("cv_ligne_placer", "nimp:1", by="1")
    assert hand.cv == before


def test_a_row_moved_farther_than_the_list_stops_at_its_end(hand):
    hand.do("cv_rubrique_placer", "situation", by="200")
    assert filled(hand)[-1] == "situation"


def test_a_press_on_the_handle_offers_two_buttons_for_who_neither_drags_nor_has_arrows(hand):
    hand.do("cv_deplacer", "fonctions")
    assert {"monter-fonctions", "descendre-fonctions"} <= set(hand.page.ids)
    hand.do("cv_deplacer", "fonctions")
    assert "monter-fonctions" not in hand.page.ids


def test_one_row_is_open_at_a_time_and_its_line_is_edited_in_place(hand):
    hand.do("cv_ouvrir", "formations")
    assert "Deuxième : modifier" in hand.page.text.replace("\u00a0", " ")
    hand.do("cv_ouvrir", "situation")
    assert "Deuxième : modifier" not in hand.page.text.replace("\u00a0", " ")
    assert 'name="libelle_corps"' in hand.html
    first, second = hand.cv.faits.formations
    hand.do("cv_modifier", f"formations:{first.id}")
    hand.type(f"formations:{first.id}", intitule="Deuxième, revue")
    hand.do("cv_modifier", f"formations:{second.id}")
    assert hand.html.count('id="saisie"') == 1
    assert stored(hand).faits.formations[0].intitule == "Deuxième, revue"
    assert 'name="libelle_corps"' not in hand.html


def test_a_line_begun_and_left_for_another_leaves_nothing(hand):
    hand.do("cv_ajouter_a", "diplomes")
    hand.do("cv_ajouter_a", "publications")
    assert hand.cv.faits.diplomes == ()
    assert len(hand.cv.faits.publications) == 1


def test_the_progress_counts_the_sections_that_hold_something(hand):
    assert "3 rubriques sur 9" in hand.page.text.replace("\u00a0", " ")  # the nine of `TITLES`
    assert len(TITLES) == 9
    hand.do("cv_ajouter_a", "publications")
    hand.type(hand.open_form(), titre="Un article")
    assert "4 rubriques sur 9" in hand.page.text.replace("\u00a0", " ")


def test_a_cv_saved_before_a_section_existed_is_offered_every_section():
    kept = Kept()
    first = Hand(kept)
    first.add("formations", intitule="Stage", debut__an="2020")
    old = kept.cv["cibles"][0]
    old["sections"] = [one for one in old["sections"]
                       if one["section"] not in ("references", "formations")]  # fmt: skip
    hand = Hand(kept, path="/cv/edition")
    assert "ajouter-references" in hand.page.ids
    assert "ouvrir-formations" in hand.page.ids  # its lines are there, left out as they were
    assert not choice_of(hand.editor.session.cible, "formations").visible
    hand.do("cv_ajouter_a", "references")
    hand.type(hand.open_form(), nom="Mme Roy")
    assert choice_of(stored(hand).cibles[0], "references").visible
    hand.do("cv_rubrique_montrer", "formations")
    assert choice_of(stored(hand).cibles[0], "formations").visible


def test_a_line_added_elsewhere_to_such_a_section_is_printed():
    kept = Kept()
    Hand(kept).add("formations", intitule="Stage", debut__an="2020")
    old = kept.cv["cibles"][0]
    old["sections"] = [one for one in old["sections"] if one["section"] != "engagements"]
    hand = Hand(kept, path="/cv/activites")
    hand.add("engagements", intitule="Chorale", debut__an="2020")
    assert "masqué dans ce CV" not in hand.page.text
    assert choice_of(stored(hand).cibles[0], "engagements").visible


def test_the_pages_alone_are_seen_at_an_address_of_their_own(hand):
    hand.editor.handle({"kind": "route", "path": "/cv/edition", "query": "?apercu=oui"})
    hand.do("cv_deplacer", "fonctions")  # what one does there leaves it as it is
    assert 'cv-editor seen"' in hand.html
    hand.go("/cv/edition")
    assert 'cv-editor seen"' not in hand.html


def test_the_model_is_chosen_beside_the_page_and_nothing_else_changes(hand):
    before = stored(hand).cibles[0]
    hand.do("cv_modele", modele="moderne")
    assert stored(hand).cibles[0] == before.model_copy(update={"modele": "moderne"})
    hand.do("cv_modele", modele="inconnu")
    assert stored(hand).cibles[0].modele == "moderne"


@pytest.mark.parametrize("usage", [code for code, _ in USAGES])
def test_a_letter_starts_from_the_model_of_its_use_and_claims_nothing(hand, usage):
    hand.type("cible", titre="Un CV", usage=usage)
    hand.go("/cv/edition/lettre")
    hand.do("cv_lettre_modele")
    letter = stored(hand).cibles[0].lettre
    assert "Professeur des écoles" in letter.texte
    assert letter.objet
    asked = [line for line in letter.texte.split("\n\n") if line.startswith("[")]
    assert len(asked) >= 2
    if usage == "liste_aptitude_agreges":  # nomenclatures.csv, `lettre_motivation_agrege_rubrique`
        assert asked == [f"[{one}]" for one in RUBRIQUES_LETTRE]


def test_a_letter_that_is_begun_is_not_written_over(hand):
    hand.go("/cv/edition/lettre")
    hand.type("lettre", texte="À moi.")
    assert "Partir d’un modèle" not in hand.page.text
    hand.do("cv_lettre_modele")
    assert stored(hand).cibles[0].lettre.texte == "À moi."


def test_a_section_takes_a_title_and_the_usual_one_is_not_stored(hand):
    hand.type("titres", **{"titre-formations": "Stages", "titre-diplomes": "Diplômes et titres"})
    cible = stored(hand).cibles[0]
    assert choice_of(cible, "formations").titre == "Stages"
    assert choice_of(cible, "diplomes").titre == ""


def test_the_field_of_a_title_comes_on_demand_and_goes_once_validated(hand):
    assert "titre-formations" not in hand.page.ids
    hand.do("cv_renommer", "formations")
    assert "titre-formations" in hand.page.ids
    hand.type("titres", **{"titre-formations": "Stages suivis"})
    assert "titre-formations" in hand.page.ids  # saved as one types, the field stays
    hand.do("cv_enregistrer_titres", "titres", **{"titre-formations": "Stages suivis"})
    assert "titre-formations" not in hand.page.ids
    assert "Stages suivis" in hand.page.text


def test_the_identity_is_changed_in_its_row_and_what_the_row_does_not_ask_stays(hand):
    hand.do("cv_ouvrir", "identite")
    born = hand.cv.faits.identite.date_naissance
    hand.type("identite", prenom="Jeanne", nom="Dupont", titre="")
    hand.type("contact", courriel="jeanne@example.org", telephone="", ville="Lyon")
    kept = stored(hand).faits
    assert (kept.identite.prenom, kept.identite.date_naissance) == ("Jeanne", born)
    assert (kept.contact.courriel, kept.contact.rue) == (
        "jeanne@example.org",
        hand.cv.faits.contact.rue,
    )
    assert born
    assert kept.contact.rue


def test_the_identity_folds_what_the_dossier_knows_and_marks_what_is_needed(hand):
    hand.go("/cv/edition/identite")
    assert {"connu-identite", "connu-contact", "connu-situation"} <= set(hand.page.ids)
    assert hand.page.text.count("(nécessaire)") == 2  # the first name and the name
    assert "facultatif" not in hand.page.text
    fold = hand.html[hand.html.index('id="connu-identite"') :]
    summary = fold[: fold.index("</summary>")]
    assert "Jean, Dupont" in summary
    hand.type("identite", prenom="Jeanne", nom="Dupont")  # it stays there while it is changed
    assert "connu-identite" in hand.page.ids


def test_lines_take_an_order_in_this_cv_only(hand):
    item = hand.cv.faits.formations[1]
    hand.do("cv_ligne_placer", f"formations:{item.id}", by="-1")
    cv = stored(hand)
    shown = shown_items(cv.faits, choice_of(cv.cibles[0], "formations"))
    assert [one.intitule for one in shown] == ["Première", "Deuxième"]
    assert [one.intitule for one in cv.faits.formations] == ["Deuxième", "Première"]
    hand.do("cv_ordre_usuel", "formations")
    assert choice_of(stored(hand).cibles[0], "formations").items is None


def test_the_statutory_use_brings_its_model_and_states_each_condition(hand):
    hand.type("cible", titre="Agrégés", usage="liste_aptitude_agreges", modele="classique")
    assert stored(hand).cibles[0].modele == "statutaire"
    said = hand.page.text.replace("\u00a0", " ")
    # Décret 72-580, article 5: forty years on 1 October, ten years of services, five in the corps.
    for words in ("40 ans", "10 ans", "5 ans", "au 1er octobre 2027", "décret 72-580"):
        assert words in said
    assert "Décide : " in said
    assert "vous serez" not in said.lower()
    for site in ("SNALC", "SNES", ".gouv.fr"):  # the file of the conditions names every source
        assert site not in said


def test_no_application_is_asked_for_the_hors_classe(hand):
    assert "aucune candidature n’est demandée" in hand.page.text


def test_the_letter_goes_with_one_cv(hand):
    hand.go("/cv/edition/lettre")
    hand.type("lettre", texte="Madame,\n\nJe suis candidat.", destinataire="Le rectorat")
    assert stored(hand).cibles[0].lettre.texte == "Madame,\n\nJe suis candidat."
    assert "1 page" in hand.page.text
    hand.go("/cv/edition")
    hand.do("cv_creer")
    hand.go("/cv/edition/lettre")
    assert hand.cv.cibles[1].lettre.texte == ""


def test_the_identity_changed_here_changes_the_cv_and_its_mark(hand):
    hand.go("/cv/edition/identite")
    assert hand.page.text.count("repris de votre dossier") == 3
    hand.type(
        "identite",
        changed="date_naissance",
        prenom="Jean",
        nom="Dupond",
        date_naissance="31/02/1991",
    )
    kept = stored(hand).faits.identite
    assert (kept.nom, kept.date_naissance, kept.source) == ("Dupond", "1991-02-31", "saisie")
    assert hand.page.text.count("repris de votre dossier") == 2
    born = next(one for one in hand.page.all("input") if one.get("name") == "date_naissance")
    assert (born["value"], born["aria-invalid"]) == ("31/02/1991", "true")


def test_each_condition_says_its_own_day_what_is_missing_and_the_calendar(hand):
    hand.type("cible", titre="Agrégés", usage="liste_aptitude_agreges")
    said = hand.page.text.replace("\u00a0", " ")
    assert "Calendrier 2027 non trouvé ; dernier connu : session 2026" in said
    assert "Votre CV dit, à cette date" in said
    assert "vérifiez les règles de classement" in said  # before the field of the discipline
    assert hand.html.index("règles de classement") < hand.html.index('name="discipline"')


def test_the_corps_typed_in_the_identity_is_the_one_that_is_judged(hand):
    hand.go("/cv/edition/identite")
    hand.type("situation", libelle_corps="Professeure certifiée d’anglais")
    situation = stored(hand).faits.situation
    assert (situation.corps, situation.libelle_corps) == (
        "certifie",
        "Professeure certifiée d’anglais",
    )
    hand.type("situation", libelle_corps="Maître de conférences")
    assert stored(hand).faits.situation.corps == ""
    again = Hand(hand.kept, path="/cv/edition")  # the dossier fills in nothing behind the name
    assert again.cv.faits.situation.corps == ""
    again.type("cible", titre="Agrégés", usage="liste_aptitude_agreges")
    assert "ne reconnaît pas le corps" in again.page.text


class TwoPages(Press):
    """Draws two pages, the second with as many lines as asked."""

    def __init__(self, lines):
        super().__init__()
        self._lines = lines

    def _draw(self, made, model):
        line = '<g transform="matrix(1 0 0 -1 0 {})"><use href="#g"/></g>'
        return ["<svg/>", "".join(line.format(40 + 14 * n) for n in range(self._lines))]


@pytest.mark.parametrize(("lines", "words"), [(1, "de 1 ligne."), (14, "de 14 lignes.")])
def test_what_goes_beyond_a_page_is_said_in_lines_with_the_model_that_holds_more(lines, words):
    hand = Hand(path="/cv/edition", press=TwoPages(lines))
    assert f"Votre CV dépasse une page {words}" in hand.page.text.replace("\u00a0", " ")
    hand.do("cv_une_page")
    assert hand.cv.cibles[0].modele == "une_page"
    assert (
        "une-page" not in hand.page.ids
    )  # it is the model: what does not hold is said at the page
    assert "ne tient pas sur une page" in hand.page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("section", ["formations", "engagements"])
def test_p14_a_line_that_is_only_opened_fills_no_section(section):
    hand = Hand(path="/cv/edition")
    before = hand.editor.session.cv.faits
    assert not getattr(before, section)
    count, _ = progress(before)
    hand.go("/cv/formations" if section == "formations" else "/cv/activites")
    hand.do("cv_ajouter", section)
    assert len(getattr(hand.cv.faits, section)) == 1  # the line is there, to be written
    assert progress(hand.cv.faits)[0] == count
    (line,) = getattr(hand.cv.faits, section)
    named = line.model_copy(update={line.named_by: "Médiation scientifique"})
    assert progress(hand.cv.faits.model_copy(update={section: (named,)}))[0] == count + 1
