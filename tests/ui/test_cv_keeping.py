"""Two devices, versions, links: nothing is overwritten silently, nothing is lost."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_cv import Hand, Kept

from iprof_kit.cv.model import Cv


def trainings(cv):
    return [one.intitule for one in cv.faits.formations]


def stored(kept):
    return Cv.model_validate(kept.cv)


@pytest.fixture
def two():
    """Two devices of one person, each with a line of its own typed since the same start."""
    kept = Kept()
    first = Hand(kept)
    first.add("formations", intitule="Commune", debut__an="2019")
    second = Hand(kept)
    first.add("formations", intitule="Du bureau", debut__an="2020")
    second.add("formations", intitule="Du téléphone", debut__an="2021")
    return first, second


def test_p18_two_devices_that_added_two_lines_keep_both_and_choose_nothing(two):
    first, second = two
    assert set(trainings(stored(first.kept))) == {"Commune", "Du bureau", "Du téléphone"}
    assert "modifié ailleurs" not in second.page.text
    first.add("formations", intitule="Encore", debut__an="2022")
    assert set(trainings(stored(first.kept))) >= {"Encore", "Du téléphone"}


@pytest.fixture
def clashing():
    """Two devices that changed one field of one line; the second another one too."""
    kept = Kept()
    first = Hand(kept)
    of = first.add("formations", intitule="Stage", debut__an="2019")
    second = Hand(kept)
    for hand, hours, more in ((first, "6", {}), (second, "12", {"intitule": "Stage long"})):
        hand.do("cv_modifier", of)
        hand.do("cv_valider", of, heures=hours, **more)
    return first, second


def test_p18_only_the_field_that_both_changed_waits_and_what_was_there_first_stays_there(clashing):
    first, second = clashing
    (line,) = stored(first.kept).faits.formations
    assert (line.heures, line.intitule) == ("6", "Stage long")
    question = second.page.text.partition("Votre CV a aussi été modifié ailleurs")[2]
    table = question.partition("Réunir les deux")[0]
    assert ("heures" in table.lower(), "Stage long" in table.replace("«", "")) == (True, True)
    assert table.count("12") == 1
    second.add("formations", intitule="Après", debut__an="2023")  # the rest is kept meanwhile
    assert "Après" in trainings(stored(first.kept))
    assert "modifié ailleurs" in second.page.text


@pytest.mark.parametrize(
    ("choice", "left"),
    [("cv_garder_ici", ["12"]), ("cv_prendre_autre", ["6"]), ("cv_garder_les_deux", ["12", "6"])],
)
def test_p18_the_person_chooses_between_the_fields_that_both_changed(clashing, choice, left):
    _, second = clashing
    second.do(choice)
    assert sorted(one.heures for one in stored(second.kept).faits.formations) == left
    assert "modifié ailleurs" not in second.page.text
    second.add("formations", intitule="Après", debut__an="2023")
    assert "Après" in trainings(stored(second.kept))


@pytest.mark.parametrize(
    ("choice", "left"),
    [("cv_garder_ici", ["12"]), ("cv_prendre_autre", ["6"]), ("cv_garder_les_deux", ["12", "6"])],
)
def test_p18_a_reload_before_the_choice_loses_neither(clashing, choice, left):
    first, _ = clashing
    again = Hand(first.kept)
    assert "modifié ailleurs" in again.page.text
    again.do(choice)
    assert sorted(one.heures for one in stored(first.kept).faits.formations) == left
    assert first.kept.waiting == []
    assert "modifié ailleurs" not in Hand(first.kept).page.text


def test_p18_a_line_deleted_here_and_changed_there_waits_for_a_choice():
    kept = Kept()
    first = Hand(kept)
    of = first.add("formations", intitule="Stage", debut__an="2019")
    second = Hand(kept)
    first.do("cv_modifier", of)
    first.do("cv_valider", of, heures="6")
    second.do("cv_supprimer", of)
    assert [one.heures for one in stored(kept).faits.formations] == ["6"]
    assert "modifié ailleurs" in second.page.text
    second.do("cv_prendre_autre")
    assert [one.heures for one in second.cv.faits.formations] == ["6"]


def test_the_same_line_changed_on_both_sides_is_kept_twice():
    kept = Kept()
    first = Hand(kept)
    of = first.add("formations", intitule="Stage", debut__an="2019")
    second = Hand(kept)
    for hand, hours in ((first, "6"), (second, "12")):
        hand.do("cv_modifier", of)
        hand.do("cv_valider", of, heures=hours)
    second.do("cv_garder_les_deux")
    assert sorted(one.heures for one in stored(kept).faits.formations) == ["12", "6"]


def test_put_together_a_line_of_the_dossier_completed_on_one_device_is_there_once():
    kept = Kept()
    first, second = (Hand(kept, path="/cv/activites") for _ in range(2))
    known = first.cv.faits.fonctions[0]
    first.go("/cv/formations")
    first.add("formations", intitule="Du bureau", debut__an="2020")  # saved with the line as it was
    of = f"fonctions:{known.id}"
    second.do("cv_modifier", of)
    second.do("cv_valider", of, description="Cours moyen, double niveau")
    second.do("cv_garder_les_deux")
    (only,) = stored(kept).faits.fonctions
    assert (only.id, only.description) == (known.id, "Cours moyen, double niveau")
    assert trainings(stored(kept)) == ["Du bureau"]


def test_a_device_where_nothing_waits_shows_what_the_other_wrote(two):
    first, second = two
    second.do("cv_garder_les_deux")
    first.go("/cv/formations")
    assert "Du téléphone" in first.page.text
    assert "modifié ailleurs" not in first.page.text


def test_a_write_whose_answer_was_lost_is_not_taken_for_somebody_else_s():
    hand = Hand()
    hand.guichet.mute = True
    hand.do("cv_ajouter", "formations")
    of = hand.open_form()
    hand.type(of, intitule="Stage")
    assert "n’est pas enregistré" in hand.page.text
    hand.type(of, intitule="Stage de géométrie")
    assert "modifié ailleurs" not in hand.page.text
    assert trainings(stored(hand.kept)) == ["Stage de géométrie"]


@pytest.fixture
def with_version():
    hand = Hand()
    hand.add("formations", intitule="Première", debut__an="2020")
    hand.go("/cv/edition/versions")
    hand.do("cv_garder_version", nom="Avant le mouvement")
    return hand


def test_a_version_is_kept_dated_and_compared(with_version):
    hand = with_version
    assert "Version gardée dans ce kit le 25 novembre 2026" in hand.page.text
    hand.go("/cv/formations")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.go("/cv/edition/versions")
    hand.do("cv_comparer", "v1")
    assert "« Deuxième »" in hand.page.text.replace("\u00a0", " ")
    assert "Version « Avant le mouvement » du 25 novembre 2026" in hand.page.text.replace(
        "\u00a0", " "
    )


def test_restoring_a_version_keeps_the_draft_as_another(with_version):
    hand = with_version
    hand.go("/cv/formations")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.go("/cv/edition/versions")
    hand.do("cv_reprendre", "v1")
    assert trainings(stored(hand.kept)) == ["Première"]
    assert trainings(Cv.model_validate(hand.kept.contents["v2"])) == ["Deuxième", "Première"]


def test_a_version_needs_a_name(with_version):
    with_version.do("cv_garder_version", nom="  ")
    assert "La version n’a pas de nom." in with_version.page.text
    assert len(with_version.kept.versions) == 1


def test_a_version_of_a_cv_only_prefilled_can_be_kept():
    hand = Hand(path="/cv/edition/versions")
    hand.do("cv_garder_version", nom="Tel quel")
    assert [one.nom for one in hand.kept.versions] == ["Tel quel"]


def test_somebody_else_s_version_is_refused_and_said(with_version):
    with_version.do("cv_comparer", "v99")
    assert "Écran indisponible" in with_version.page.text or "existe pas" in with_version.page.text
    with_version.go("/cv/formations")
    assert "Première" in with_version.page.text


def test_a_link_is_shown_once_and_revoked(with_version):
    hand = with_version
    hand.go("/cv/edition/partage")
    hand.do("cv_creer_lien", version="v1", cible="premier", jours="7")
    assert 'value="/cv/jeton-de-demonstration"' in hand.html
    assert hand.kept.links[0].coordonnees is False
    assert "sans vos coordonnées" in hand.page.text
    hand.go("/cv/formations")
    hand.go("/cv/edition/partage")
    assert "jeton-de-demonstration" not in hand.html
    hand.do("cv_revoquer", "l1")
    assert "Révoqué le 25 novembre 2026" in hand.page.text
    assert "Révoquer" not in hand.page.button_words


def test_k32_a_link_ends_by_the_day_of_the_server_not_by_the_clock_of_the_kernel(
    with_version, monkeypatch
):
    hand = with_version
    hand.go("/cv/edition/partage")
    hand.do("cv_creer_lien", version="v1", cible="premier", jours="7")
    assert "Ouvert jusqu’au 2 décembre 2026" in hand.page.text
    monkeypatch.setattr(people, "TODAY", date(2026, 12, 3))
    hand.go("/cv/edition/partage")
    assert "Expiré le 2 décembre 2026" in hand.page.text


def test_a_link_whose_address_was_lost_on_the_way_is_said(with_version, monkeypatch):
    hand = with_version
    answered = hand.guichet.ask

    def without_address(op, **args):
        answer = answered(op, **args)
        return answer.model_copy(update={"adresse": None}) if op == "cv_lien_creer" else answer

    monkeypatch.setattr(hand.guichet, "ask", without_address)
    hand.go("/cv/edition/partage")
    hand.do("cv_creer_lien", version="v1", cible="premier", jours="7")
    assert "Révoquez ce lien, puis créez-en un autre." in hand.page.text
    assert 'id="lien"' not in hand.html


def test_the_reader_s_pages_are_those_of_the_server(with_version):
    with_version.go("/cv/edition/partage")
    with_version.do("cv_apercu_lien")  # what the lists show: the newest version, this CV
    assert "Page 2 sur 2, comme le lecteur la verra" in with_version.html
    assert len(with_version.answer.pictures) == 2
    assert all(one.startswith("data:image/svg+xml;base64,") for one in with_version.answer.pictures)


def options(hand, name):
    """Return the labels of a list, the one chosen first."""
    start = hand.html.index(f'name="{name}"')
    list_ = hand.html[start : hand.html.index("</select>", start)]
    found = re.findall(r'<option value="([^"]*)"( selected)?>([^<]*)', list_)
    return [(value, label) for value, _, label in sorted(found, key=lambda one: not one[1])]


def test_what_is_shared_is_what_the_screen_shows_and_a_version_of_it_is_kept():
    hand = Hand(path="/cv/edition/partage")
    assert options(hand, "version")[0][0] == "ecran"
    hand.do("cv_creer_lien", version="ecran", cible="premier", jours="7")
    assert [one.nom for one in hand.kept.versions] == ["Pour un lien vers « Mon CV »"]
    assert Cv.model_validate(hand.kept.contents["v1"]) == hand.cv
    assert "jeton-de-demonstration" in hand.html
    chosen, *_ = options(hand, "version")
    assert chosen[0] == "v1"
    assert chosen[1].endswith("comme à l’écran")


def test_an_older_version_is_not_what_is_proposed_to_share(with_version):
    hand = with_version
    hand.go("/cv/edition/partage")
    assert options(hand, "version")[0][0] == "v1"
    hand.go("/cv/formations")
    hand.add("formations", intitule="Deuxième", debut__an="2021")
    hand.go("/cv/edition/partage")
    assert options(hand, "version")[0][0] == "ecran"
    hand.do("cv_choisir_lien", version="v1", cible="premier", jours="7")
    assert "Votre CV a changé depuis cette version" in hand.page.text
    hand.do("cv_apercu_lien", version="ecran", cible="premier", jours="7")
    assert trainings(Cv.model_validate(hand.kept.contents["v2"])) == ["Deuxième", "Première"]
    assert options(hand, "version")[0][0] == "v2"
