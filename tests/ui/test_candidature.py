"""A movement outside the score: its wishes, letters, papers, opinions, all kept as typed."""

import json
import re
from datetime import datetime

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import Unavailable
from iprof_kit.services.contract.cv import CvLu, CvVersion
from iprof_kit.services.contract.dossier import EchelonTenu, SituationParticuliere

SPECIFIC, PROFILE = "specifique_national_2d_2027", "pop_1d_2027"
GIVEN = {
    "id": PROFILE, "service": "pop_1d", "annee": 2027,
    "etapes": [
        {"etape": "saisie_candidatures", "du": "2026-11-04", "au": "2026-11-25",
         "heure_au": "12:00", "source": "note de service d’essai", "confiance": "A"},
        {"etape": "annulation_voeux", "au": "2027-01-20", "source": "note de service d’essai",
         "confiance": "A"},
    ],
}  # fmt: skip
TEACHER = people.JEAN.model_copy(
    update={
        "corps": "agrege",
        "echelons": (
            EchelonTenu(
                corps="agrege", grade="classe_normale", echelon="5", mode="nomination",
                date_effet="2024-09-01", source="AGAPE", lu_le=people.READ,
            ),
        ),
    }
)  # fmt: skip
BEFORE, AFTER = (
    datetime.fromisoformat(f"2026-11-25T{hour}").replace(tzinfo=PARIS)
    for hour in ("11:59", "12:00")
)


class Guichet(people.FakeGuichet):
    """A guichet with a CV, or one that cannot be read."""

    cv: CvLu | None = CvLu(cv=None, revision=0)

    def ask(self, op, **args):
        if op != "cv":
            return super().ask(op, **args)
        if self.cv is None:
            raise Unavailable("la base ne répond pas.")
        return self.cv


class Candidate(Visitor):
    path = "/services/candidature"

    def __init__(self, campaign, dossier=people.JEAN, at=BEFORE, given=(), cv=Guichet.cv):
        guichet = Guichet(dossier)
        guichet.cv = cv
        guichet.services |= {"lu_a": at, "ajoutees": given}
        self.query = f"?campagne={campaign}" if campaign else ""
        super().__init__(guichet=guichet)

    def shown(self, message):
        return super().shown({**message, "query": self.query})

    @property
    def seen(self):
        return self.page.text.replace("\u00a0", " ")

    @property
    def kept(self):
        return self.guichet.carnets["candidatures"].contenu

    def wish(self, rank, name, **more):
        more = {f"{key}-{rank}": value for key, value in more.items()}
        self.do("candidature_voeux", **{f"nom-{rank}": name}, **more)


def test_a_candidate_on_specific_posts_has_fifteen_wishes_and_a_letter_for_each_movement():
    screen = Candidate(SPECIFIC, TEACHER)
    assert "0 sur 15 au plus, 1 au moins pour que la candidature compte" in screen.seen
    screen.wish(1, "Lycée du Parc", nature="établissement", mouvement="CPGE")
    screen.wish(2, "Rhône", nature="département", mouvement="CPGE")
    screen.wish(3, "Lycée du Parc", nature="établissement", mouvement="BTS")
    assert "3 sur 15 au plus." in screen.seen
    assert "Lettres écrites0 sur 2" in screen.seen
    screen.do("candidature_garder", **{"lettre.cpge": "Madame, Monsieur, je candidate."})
    assert "Lettres écrites1 sur 2" in screen.seen
    assert "Déjà demandé" not in screen.seen  # the same school in two movements is two wishes


def test_a_wish_too_many_and_the_same_one_twice_are_said_and_stay_written():
    screen = Candidate(PROFILE)
    for rank in range(1, 8):
        screen.wish(rank, "École de la Source" if rank in (1, 3) else f"École {rank}")
    assert "Déjà demandé au rang 1. Retirez l’un des deux." in screen.seen
    assert "Un vœu de trop : 6 au plus. Il reste noté ici, retirez-en un." in screen.seen
    assert screen.kept[PROFILE]["nom-7"] == "École 7"


def test_the_order_changes_by_buttons_and_each_wish_keeps_its_words():
    screen = Candidate(SPECIFIC, TEACHER)
    screen.wish(1, "Lyon", nature="commune", mouvement="CPGE")
    screen.wish(2, "Riom", nature="établissement", mouvement="BTS")
    screen.do("candidature_voeux", of="monter-2")
    assert [screen.kept[SPECIFIC][f"{name}-1"] for name in ("nom", "nature", "mouvement")] == [
        "Riom", "établissement", "BTS",
    ]  # fmt: skip
    screen.do("candidature_voeux", of="retirer-1")
    assert (screen.kept[SPECIFIC]["nom-1"], screen.kept[SPECIFIC].get("nom-2")) == ("Lyon", None)
    screen.do("candidature_voeux", of="monter-99")
    assert screen.kept[SPECIFIC]["nom-1"] == "Lyon"


def test_a_rank_left_empty_is_said_and_moves_nothing_under_the_fingers():
    screen = Candidate(PROFILE)
    screen.wish(1, "École A")
    screen.wish(2, "École B")
    screen.wish(1, "")
    assert "Rang vide. Écrivez-y un vœu, ou retirez-le." in screen.seen
    assert screen.kept[PROFILE]["nom-2"] == "École B"


def test_a_letter_whose_wish_is_gone_stays_in_sight():
    screen = Candidate(PROFILE)
    screen.wish(1, "École A")
    screen.do("candidature_garder", **{"lettre.école a": "Bonjour."})
    screen.wish(1, "École B")
    assert "gardée, sans vœu" in screen.seen
    assert "Bonjour." in screen.html


def test_the_letter_is_given_as_a_pdf_and_an_empty_one_is_refused():
    screen = Candidate(PROFILE)
    screen.wish(1, "École A")
    screen.do("candidature_lettre", of="lettre.école a")
    assert "Cette lettre est vide. Écrivez-la, puis téléchargez-la." in screen.seen
    screen.do("candidature_garder", **{"lettre.école a": "Madame, Monsieur."})
    message = {"kind": "intent", "name": "candidature_lettre", "values": {"of": "lettre.école a"},
               "changed": "", "path": screen.path, "query": screen.query}  # fmt: skip
    download = screen.portal.handle(message).download
    assert (download.name, download.content[:4]) == ("lettre-motivation.pdf", b"%PDF")


@pytest.mark.parametrize(
    ("at", "answer"), [(BEFORE, "oui"), (AFTER, "non")], ids=["11:59", "12:00"]
)
def test_at_the_hour_of_the_closing_nothing_more_can_change_on_the_official_site(at, answer):
    seen = Candidate(PROFILE, at=at, given=(GIVEN,)).seen
    assert f"Candidatures{answer}, " in seen
    assert "Annuler une candidatureoui, jusqu’au 20 janvier 2027" in seen


def test_a_candidate_of_reunion_reads_her_own_hour_too():
    there = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    seen = Candidate(PROFILE, there, given=(GIVEN,)).seen
    assert "12 h, heure de Paris (15 h à La Réunion)" in seen


def test_the_last_version_of_the_cv_is_dated_and_a_cv_that_cannot_be_read_stops_nothing():
    version = CvVersion(id="v1", nom="POP", creee_le=people.SAVED, revision=3)
    cv = CvLu(cv={}, revision=3, enregistre_le=people.SAVED, versions=[version])
    assert "Dernière version : « POP », 25 novembre 2026" in Candidate(PROFILE, cv=cv).seen
    assert "Aucun CV commencé dans ce kit." in Candidate(PROFILE).seen
    broken = Candidate(PROFILE, cv=None)
    assert "Votre CV n’a pas pu être lu à l’instant." in broken.seen
    assert "0 sur 6 au plus" in broken.seen


def test_a_missing_mail_or_phone_is_said_where_the_file_has_none():
    address = people.JEAN.adresse.model_copy(
        update=dict.fromkeys(
            ("telephone", "portable", "courriel_personnel", "courriel_professionnel")
        )
    )
    bare = people.JEAN.model_copy(update={"adresse": address})
    seen = Candidate(PROFILE, bare).seen
    assert "Aucun courriel dans vos coordonnées." in seen
    assert "Aucun téléphone dans vos coordonnées." in seen
    assert "Aucun téléphone" not in Candidate(PROFILE).seen


def test_an_opinion_is_noted_with_its_day_and_a_day_to_come_is_refused_in_its_place():
    screen = Candidate(SPECIFIC, TEACHER)
    screen.do("candidature_garder", **{"avis-1": "defavorable", "avis-le-1": "20/11/2026"})
    assert "1 noté, dont 1 défavorable" in screen.seen
    screen.do("candidature_garder", **{"avis-2": "favorable", "avis-le-2": "26/11/2026"})
    assert "Le 26 novembre 2026 est dans l’avenir." in screen.seen
    assert screen.kept[SPECIFIC]["avis-le-2"] == "26/11/2026"
    assert "2 notés, dont 1 défavorable" in screen.seen


def test_the_result_is_noted_as_for_any_movement():
    screen = Candidate(PROFILE)
    screen.do("resultat_note", issue="Satisfaction", le="2026-11-24", texte="École A",
              etape="resultats")  # fmt: skip
    assert "Satisfaction : École A" in screen.seen


def test_one_campaign_never_writes_over_another():
    screen = Candidate(PROFILE)
    screen.wish(1, "École de 2027")
    screen.query = "?campagne=pop_1d_2026"
    screen.shown({"kind": "route", "path": screen.path})
    screen.wish(1, "École de 2026")
    assert screen.kept[PROFILE]["nom-1"] == "École de 2027"
    assert screen.kept["pop_1d_2026"]["nom-1"] == "École de 2026"


def test_an_address_without_campaign_opens_hers_and_an_unknown_one_leads_to_the_list():
    assert "Postes à profil (POP) 2027" in Candidate("").seen
    scored = Candidate("interdepartemental_1d_2027")
    assert "Vous n’avez pas encore de vœu ici." in scored.seen
    unknown = Candidate("pop_2d_2031").seen
    assert "Cette campagne n’est pas connue de ce kit." in unknown


def test_the_address_of_the_other_movements_leads_to_the_candidacy_and_never_opens_it_first():
    class Siam(Candidate):
        path = "/services/siam"

    linked = [one["href"] for one in Siam(PROFILE).page.all("a")]
    assert f"/services/candidature?campagne={PROFILE}" in linked
    opened = Siam("", given=(GIVEN,))  # its candidacies are the first of the list
    assert "Mouvement interdépartemental 2027" in opened.seen
    assert "Préparer votre candidature" not in Candidate(PROFILE).seen


def test_hostile_words_are_shown_as_words():
    screen = Candidate(SPECIFIC, TEACHER)
    screen.wish(1, people.HOSTILE, mouvement=people.HOSTILE[:60])
    screen.do("candidature_garder", **{"avis-1": people.HOSTILE, "piece-rapport": "\ud800\0"})
    assert "<script>alert" not in screen.html
    json.dumps(screen.kept).encode()


def test_no_health_reason_of_her_file_is_on_the_screen():
    ill = people.JEAN.model_copy(
        update={
            "situations": (
                SituationParticuliere(
                    nature="handicap", libelle="Bénéficiaire de l’obligation d’emploi",
                    source="AGAPE", lu_le=people.READ,
                ),
            )
        }
    )  # fmt: skip
    with_it, without = Candidate(PROFILE, ill), Candidate(PROFILE)
    assert with_it.seen == without.seen
    assert "Aucune pièce de santé n’est reçue ni nommée ici" in with_it.seen


@pytest.mark.parametrize(
    ("campaign", "dossier"),
    [(PROFILE, people.JEAN), (SPECIFIC, TEACHER)],
)
def test_a_refusal_outside_the_score_leads_to_the_letters_of_appeal_too(campaign, dossier):
    page = Candidate(campaign, dossier)
    page.do("resultat_note", etape="resultats", issue="Pas satisfaction", le="2026-11-20")
    assert "/services/demandes?demande=recours_mutation" in page.html
    kept = page.guichet.carnets["demandes"].contenu
    assert kept["recours_mutation"] == {"publication": "20/11/2026"}


def bars(screen):
    figure = screen.html.split('<figure class="in-time">', 1)[1].split("</figure>", 1)[0]
    return [re.findall(r'<i class="(\w+)"', row) for row in figure.split("<li>")[1:]]


def test_p28_the_steps_are_lanes_of_the_year_and_those_without_date_are_one_dashed_lane():
    assert bars(Candidate(PROFILE, given=(GIVEN,)))[0] == ["now"]
    assert bars(Candidate(PROFILE, given=(GIVEN,), at=AFTER))[0] == ["done"]
    unknown = Candidate(SPECIFIC, dossier=TEACHER)
    assert bars(unknown) == [["usual"], ["missing"]]
    assert "Confirmation, avis, résultat" in unknown.seen


def test_p28_what_is_ready_is_read_before_the_figure_and_once():
    screen = Candidate(SPECIFIC, dossier=TEACHER)
    screen.do("candidature_voeux", **{"nom-1": "Lycée du Parc", "mouvement-1": "BTS"})
    strip = screen.html.split("<figure", 1)[0]
    assert "1 sur 15" in strip.replace("\u00a0", " ")
    assert "0 sur 3" in strip.replace("\u00a0", " ")
    assert screen.seen.count("Dossier réuni") == 1


def test_p28_who_has_no_campaign_reads_where_she_works_and_what_she_may_prepare():
    nobody = people.JEAN.model_copy(update={"corps": None, "echelons": ()})
    screen = Candidate("", dossier=nobody)
    assert "Votre poste : École élémentaire Les Ormeaux" in screen.seen
    assert "Un concours, une formation, une demande se préparent" in screen.seen
    assert "Aucune campagne de mouvement pour votre situation." in screen.seen
