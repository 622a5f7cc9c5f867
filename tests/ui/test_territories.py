"""A closed post and a replacement zone: her list beside the rule of her place, or none invented."""

from datetime import datetime

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.services.contract.dossier import AffectationTenue, EchelonTenu

POST = AffectationTenue(
    type="Affectation à titre définitif", etablissement="Collège des Coteaux",
    type_etablissement="collège", commune="Beaune", fonction="enseignement", debut="2014-09-01",
    source="AGAPE", lu_le=people.READ,
)  # fmt: skip


def teacher(academie, departement):
    """Return a certified teacher of the second degree somewhere."""
    step = EchelonTenu(
        corps="certifie", grade="classe_normale", echelon="8", mode="nomination",
        date_effet="2024-09-01", source="AGAPE", lu_le=people.READ,
    )  # fmt: skip
    return people.JEAN.model_copy(
        update={
            "corps": "certifie", "academie": academie, "departement": departement,
            "echelons": (step,), "affectations": (POST,),
        }
    )  # fmt: skip


DIJON, CLERMONT, BESANCON = teacher("07", "021"), teacher("06", "063"), teacher("03", "025")
NICE, VERSAILLES = teacher("23", "006"), teacher("25", "078")


class Screen(Visitor):
    def __init__(self, path, dossier, at=None, given=()):
        self.path = path
        guichet = people.FakeGuichet(dossier)
        guichet.services |= {
            "lu_a": at or datetime(2026, 11, 25, 12, tzinfo=PARIS), "ajoutees": given,
        }  # fmt: skip
        super().__init__(guichet=guichet)

    @property
    def seen(self):
        return self.page.text.replace("\u00a0", " ")


def closed_post(dossier):
    return Screen("/services/carte-scolaire", dossier)


def zone(dossier, **more):
    return Screen("/services/remplacement", dossier, **more)


def test_where_the_rule_is_known_the_staircase_is_of_her_own_places_with_its_points():
    seen = closed_post(DIJON).seen
    assert "Si votre poste est supprimé, 6 vœux ont la priorité." in seen
    assert "1. Collège des Coteauxancien établissement1 500 points" in seen
    assert "2. Beaunecommune de l’ancien établissement" in seen
    assert "3. Côte-d’Or" in seen
    assert "Ancienneté de poste depuis1er septembre 2014" in seen
    assert "Règle connue pour Dijon à la rentrée 2015" in seen


def test_the_missing_wishes_are_added_in_order_after_those_that_she_wrote():
    screen = closed_post(DIJON)
    screen.do("carte_voeux", **{"nature-1": "autre", "nom-1": "Lycée du Parc"})
    assert "Sans priorité." in screen.seen
    assert "L’ancienneté de poste et la bonification se perdent" in screen.seen
    screen.do("carte_remplir")
    kept = screen.guichet.carnets["carte_scolaire"].contenu["2027"]
    assert [kept[f"nom-{rank}"] for rank in range(1, 8)] == [
        "Lycée du Parc", "Collège des Coteaux", "Beaune", "Côte-d’Or", "Côte-d’Or", "Dijon",
        "Dijon",
    ]  # fmt: skip
    assert "Vœux prioritaires demandés6 sur 6" in screen.seen
    screen.do("carte_voeux", of="monter-3")
    assert "À placer avant un vœu prioritaire plus large." in screen.seen


def test_where_the_rule_is_not_known_what_others_share_is_shown_as_theirs_without_points():
    seen = closed_post(CLERMONT).seen
    assert "La règle de votre académie n’est pas connue de ce kit." in seen
    assert "Ailleurs (Besançon 2023, Dijon 2015), la priorité suit cet ordre." in seen
    assert "1 500" not in seen
    assert "Aucune règle de retour n’est connue de ce kit pour vous." in seen


def test_in_the_first_degree_an_unknown_departement_gets_no_staircase():
    seen = closed_post(people.JEAN).seen
    assert "Elle diffère ailleurs (Aisne 2025, Morbihan 2025)" in seen
    assert "Aucun vœu prioritaire n’est montré" in seen
    morbihan = people.JEAN.model_copy(update={"departement": "056", "academie": "14"})
    assert "200 points" in closed_post(morbihan).seen


def test_the_day_of_the_letter_is_kept_as_typed_and_what_is_wrong_is_said():
    screen = closed_post(DIJON)
    screen.do("carte_voeux", courrier_recu="31/02/2026")
    assert "Le 31/02/2026 n’existe pas." in screen.seen
    assert screen.guichet.carnets["carte_scolaire"].contenu["2027"]["courrier_recu"] == "31/02/2026"


def test_in_nice_a_sixth_preference_is_one_too_many_and_a_zone_is_no_preference():
    screen = zone(NICE)
    for rank in range(1, 7):
        fields = {f"nature-{rank}": "commune", f"nom-{rank}": f"Commune {rank}"}
        screen.do("remplacement_preferences", **fields)
    assert "Un vœu de trop : 5 au plus." in screen.seen
    screen.do("remplacement_preferences", **{"nature-1": "zone de remplacement"})
    assert "Pour Nice, choisissez : établissement, commune, groupe de communes." in screen.seen
    screen.do("remplacement_preferences", choix="suppleances")
    assert "Pour rester en suppléances, ne saisissez aucune préférence." in screen.seen


def test_a_preference_wider_than_the_next_is_said():
    screen = zone(CLERMONT)
    fields = {"nature-1": "département", "nom-1": "Puy-de-Dôme", "nature-2": "commune",
              "nom-2": "Riom", "zone": "Riom"}  # fmt: skip
    screen.do("remplacement_preferences", **fields)
    assert "Plus large que la suivante : elle sera lue avant elle." in screen.seen
    assert "Nombre inconnu pour votre académie" in screen.seen


def dated(last):
    return {
        "id": "intra_academique_2d_2027", "service": "intra_academique_2d", "annee": 2027,
        "etapes": [{"etape": "preferences_remplacement", "du": "2027-06-08", "au": last,
                    "heure_au": "12:00", "source": "circulaire d’essai", "confiance": "A"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "says"),
    [("11:59", "Vos préférences se saisissent d’ici au 22 juin 2027."),
     ("12:00", "La saisie des préférences est close depuis le 22 juin 2027.")],
)  # fmt: skip
def test_the_deadline_of_the_preferences_is_that_of_the_server_in_paris(hour, says):
    at = datetime.fromisoformat(f"2027-06-22T{hour}").replace(tzinfo=PARIS)
    screen = zone(VERSAILLES, at=at, given=(dated("2027-06-22"),))
    assert says in screen.seen
    screen.do("remplacement_preferences", **{"nom-1": "Riom"})
    assert ("Saisie close" in screen.seen) == (hour == "12:00")
    assert screen.guichet.carnets["remplacement"].contenu["preference.2027"]["nom-1"] == "Riom"


def test_overseas_the_deadline_is_told_in_the_hour_of_the_place_too():
    there = teacher("28", "974")
    at = datetime(2027, 6, 10, 12, tzinfo=PARIS)
    seen = zone(there, at=at, given=(dated("2027-06-22"),)).seen
    assert "12 h, heure de Paris (14 h à La Réunion)" in seen


def test_without_a_date_that_of_another_academy_is_told_as_another_s():
    assert "Les années passées : le 22 juin, ailleurs, en 2025." in zone(CLERMONT).seen


def test_the_extension_walks_her_own_order_and_no_table_is_invented():
    screen = zone(CLERMONT)
    assert "La table d’extension de votre académie n’est pas dans ce kit." in screen.seen
    places = {"nom-1": "Puy-de-Dôme", "nom-2": "Allier"}
    screen.do("remplacement_lieux", **places)
    assert "Dites comment votre circulaire parcourt ces lieux." in screen.seen
    screen.do("remplacement_lieux", parcours="lieu_par_lieu")
    walked = "Puy-de-Dôme postes en établissementPuy-de-Dôme zones de remplacementAllier postes"
    assert walked in screen.seen


def test_in_besancon_the_way_is_the_academy_s_and_is_not_asked():
    screen = zone(BESANCON)
    screen.do("remplacement_lieux", **{"nom-1": "Doubs", "nom-2": "Jura"})
    assert "ordre connu pour Besançon, 2023" in screen.seen
    assert "Doubs postes en établissementJura postes en établissementDoubs zones" in screen.seen
    assert 'name="parcours"' not in screen.html


def test_the_score_of_the_extension_is_the_least_without_what_is_tied_to_a_wish():
    screen = zone(CLERMONT)
    screen.do("remplacement_baremes", **{"nom-1": "Riom", "points-1": "174,2", "lie-1": "10"})
    assert "Barème d’extension : 164,2 points, ceux du vœu Riom." in screen.seen
    screen.do("remplacement_baremes", **{"nom-2": "Vichy", "points-2": "14"})
    assert "Barème d’extension : 14 points, ceux du vœu Vichy." in screen.seen
    screen.do("remplacement_baremes", **{"points-2": "14", "lie-2": "20"})
    assert "Les points liés au vœu dépassent son total." in screen.seen
    screen.do("remplacement_baremes", **{"points-2": "beaucoup", "lie-2": ""})
    assert "Barème d’extension : 164,2 points" in screen.seen


def test_the_zone_is_of_the_second_degree_and_who_has_no_corps_is_told_so():
    assert "celles des titulaires du second degré" in zone(people.JEAN).seen
    none = people.JEAN.model_copy(update={"corps": None, "echelons": ()})
    assert "Aucun mouvement de ce kit" in closed_post(none).seen


@pytest.mark.parametrize("open_screen", [closed_post, zone])
def test_no_health_reason_is_asked_or_shown(open_screen):
    seen = open_screen(DIJON).seen
    assert "Aucune pièce de santé n’est reçue ni nommée ici" in seen
    assert "handicap" not in seen.casefold()


@pytest.mark.parametrize("open_screen", [closed_post, zone])
def test_hostile_words_are_shown_as_words(open_screen):
    screen = open_screen(DIJON)
    for name in ("carte_voeux", "remplacement_preferences", "remplacement_lieux"):
        screen.do(name, **{"nom-1": people.HOSTILE, "nature-1": people.HOSTILE})
    assert "<script>alert" not in screen.html


@pytest.mark.parametrize(
    ("dossier", "links"),
    [(people.JEAN, ["/services/carte-scolaire"]),
     (DIJON, ["/services/carte-scolaire", "/services/remplacement"])],
)  # fmt: skip
def test_the_list_leads_to_what_is_prepared_apart(dossier, links):
    hrefs = [one["href"] for one in Screen("/services", dossier).page.all("a")]
    apart = ("/services/carte-scolaire", "/services/remplacement")
    assert [one for one in hrefs if one in apart] == links


class Movement(Screen):
    query = "?campagne=intra_academique_2d_2027"

    def shown(self, message):
        return super().shown({**message, "query": self.query})


def test_what_may_be_corrected_by_hand_is_of_her_academy_or_not_known():
    lille = Movement("/services/siam", teacher("09", "059")).seen
    assert "Ajouter un vœu : oui, à la main, sur la confirmation" in lille
    unknown = Movement("/services/siam", CLERMONT).seen
    assert "inconnu pour votre académie" in unknown
    assert "Ailleurs, on le sait pour : Lille 2023, Versailles 2024." in unknown
