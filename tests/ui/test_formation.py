"""Formation: hours, the plan, the list in order and its closing, what was followed, the CV."""

import re
from datetime import date, datetime

import pytest
import ui_people as people
from ui_cv import CvGuichet
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.base.errors import Unavailable
from iprof_kit.services.contract.carnet import CarnetLu
from iprof_kit.services.contract.formation import MOST_CHOSEN, FormationLue, FormationsLues
from iprof_kit.ui.screens.formation.kept import Kept, read_kept

CAMPAIGN = {
    "id": "formation_1d_2027",
    "service": "formation_1d",
    "annee": 2027,
    "etapes": [
        {"etape": "inscription_1", "du": "2026-11-16", "au": "2026-12-11",
         "source": "calendrier d’essai", "confiance": "A"},
    ],
}  # fmt: skip
LIRE = FormationLue(
    cle="06.2026.26a1.41003..s1", dispositif="26A1", module="41003", session="S1",
    intitule="Lire des albums", theme="Français", debut=date(2027, 1, 12), fin=date(2027, 1, 12),
    heure_debut="09:00", heure_fin="12:00", heures=3, lieu="Moulins", modalite="presentiel",
    public="individuelle",
)  # fmt: skip
CODER = LIRE.model_copy(update={
    "cle": "06.2026.26a2.41004..s1", "dispositif": "26A2", "module": "41004",
    "intitule": "Écrire du code", "heure_debut": "11:00", "heure_fin": "16:00",
})  # fmt: skip
PAST = LIRE.model_copy(update={
    "cle": "06.2026.26a3.41005..s1", "module": "41005", "intitule": "Chanter en chœur",
    "debut": date(2026, 10, 7), "fin": date(2026, 10, 7),
})  # fmt: skip
CALLED = LIRE.model_copy(update={
    "cle": "06.2026.26a4.41006..s1", "intitule": "Direction d’école", "public": "designe",
})  # fmt: skip
PLAN = FormationsLues(
    formations=(LIRE, CODER, PAST, CALLED), total=4, sessions=300, themes=("Français",),
    importe_le=people.SAVED, dernier=2026,
)  # fmt: skip
TRAINED = {"suivie_intitule": "Albums", "suivie_jour": "07/10/2026", "suivie_heures": "6"}


class Formation(Visitor):
    path = "/services/formation"

    def __init__(self, dossier=people.JEAN, plan=PLAN, at=None, guichet=None, given=CAMPAIGN):
        if guichet is None:
            guichet = CvGuichet(dossier=dossier)
            guichet.plan = plan
            guichet.services["ajoutees"] = (given,) if given else ()
            guichet.services["lu_a"] = at or datetime(2026, 11, 25, 14, 32, tzinfo=PARIS)
        super().__init__(guichet=guichet)

    @property
    def seen(self):
        return " ".join(self.page.text.replace("\u00a0", " ").split())

    @property
    def kept(self) -> Kept:
        return read_kept(self.guichet.carnets["formation"].contenu)

    def choose(self, *sessions):
        for one in sessions:
            self.do("formation_choisir", of=one.cle)
        return self

    def reloaded(self):
        return Formation(guichet=self.guichet)


@pytest.fixture
def screen():
    return Formation()


def test_the_first_line_says_the_hours_that_count_and_when_applications_close(screen):
    assert (
        "0 h sur 18 h comptées cette année. Les candidatures ferment le 11 décembre 2026."
        in screen.seen
    )


def test_a_part_time_that_no_source_gives_is_to_be_verified_once(screen):
    assert screen.seen.count("a part due à 80 % n’a pas de source") == 1


def test_in_the_second_degree_no_hour_is_due_and_the_hours_followed_are_said():
    certified = people.JEAN.model_copy(update={"corps": "certifie"})
    screen = Formation(
        certified, given=CAMPAIGN | {"id": "formation_2d_2027", "service": "formation_2d"}
    )
    screen.do("formation_noter", **TRAINED)
    assert "6 h suivies cette année." in screen.seen
    assert "sur 18 h" not in screen.seen


def test_whoever_has_no_corps_has_a_whole_screen():
    screen = Formation(people.SANS_CORPS)
    screen.choose(LIRE)
    assert "Lire des albums" in screen.seen
    assert "formation_clore" not in screen.html  # no campaign is hers


def test_without_a_plan_the_screen_says_so_and_keeps_the_rest():
    screen = Formation(plan=FormationsLues(dernier=2025))
    assert "Aucun plan de cette année scolaire" in screen.seen
    assert "Le dernier importé est celui de 2025-2026." in screen.seen
    screen.do("formation_noter", **TRAINED)
    assert "6 h sur 18 h" in screen.seen


def test_the_search_asks_the_plan_of_her_degree_page_by_page(screen):
    asked = []
    true_ask = screen.guichet.ask
    screen.guichet.ask = lambda op, **args: (asked.append((op, args)), true_ask(op, **args))[1]
    screen.do("formation_chercher", texte="albums", theme="Français", du="01/12/2026")
    screen.do("formation_page", of="2")
    searches = [args for op, args in asked if op == "formation_chercher"]
    assert searches[0]["texte"] == "albums"
    assert (searches[0]["du"], searches[0]["degre"]) == (date(2026, 12, 1), "1d")
    assert [one["page"] for one in searches] == [1, 2]


def test_a_day_that_cannot_be_is_said_beside_its_field_and_stays(screen):
    screen.do("formation_chercher", du="31/02/2027")
    assert "n’existe pas" in screen.seen
    assert 'value="31/02/2027"' in screen.html


def test_a_session_of_a_called_public_cannot_be_chosen(screen):
    assert "sur convocation" in screen.seen
    assert f'data-intent="formation_choisir" data-of="{CALLED.cle}"' not in screen.html


def test_the_list_is_kept_in_its_order_and_read_again_by_another_device(screen):
    screen.choose(LIRE, CODER)
    screen.do("formation_placer", of=CODER.cle, by="-1")
    assert screen.reloaded().kept.order == (CODER.cle, LIRE.cle)
    screen.do("formation_retirer", of=CODER.cle)
    assert screen.kept.order == (LIRE.cle,)


def test_what_falls_at_the_same_time_is_said(screen):
    screen.choose(LIRE, CODER)
    screen.do("formation_semaine", mardi="8h30-11h30", lundi="8h30-11h30")
    assert "pendant vos cours du mardi 12 janvier 2027" in screen.seen
    assert "en même temps que le n° 2 de votre liste" in screen.seen
    assert "lundi" not in screen.seen.replace("Lundi", "")


def test_hours_that_cannot_be_read_are_said_and_stay(screen):
    screen.do("formation_semaine", mardi="le matin")
    assert "Ces heures ne sont pas lisibles." in screen.seen
    assert 'value="le matin"' in screen.html


@pytest.mark.parametrize("chosen", [(LIRE,), (LIRE, CODER)])
def test_p18_what_is_closed_is_the_list_however_many_sessions_it_holds(screen, chosen):
    number = f"{len(chosen)} session{'s' if len(chosen) > 1 else ''}"
    screen.choose(*chosen)
    assert f"{number} liste non close" in " ".join(screen.seen.split())
    screen.do("formation_clore")
    assert f"{number} liste close ici" in " ".join(screen.seen.split())


def test_closing_the_list_gives_a_dated_receipt_and_a_change_opens_it_again(screen):
    screen.choose(LIRE, CODER)
    assert "votre liste n’est pas close" in screen.seen
    screen.do("formation_clore")
    (note,) = screen.guichet.services["notes"]
    assert note.texte == "Liste close ici, 2 sessions : 1. 26A1/41003 ; 2. 26A2/41004"
    assert (note.etape, note.nature) == ("inscription_1", "fait")
    assert (
        "Liste close ici le 25 novembre 2026 à 14 h 32, heure de Paris, reçu n° 1." in screen.seen
    )
    assert "votre liste n’est pas close" not in screen.seen
    screen.do("formation_placer", of=CODER.cle, by="-1")
    assert "il faut la clore de nouveau, ici et dans l’application officielle" in screen.seen


class Killed(BaseException):
    """The process is no more: nothing catches it."""


def killed_at(screen, op, time):
    """Close the list; the process dies as an operation is asked for the nth time."""
    true_ask, asked = screen.guichet.ask, []

    def ask(name, **args):
        asked.append(name)
        if name == op and asked.count(op) == time:
            raise Killed
        return true_ask(name, **args)

    screen.guichet.ask = ask
    with pytest.raises(Killed):
        screen.do("formation_clore")
    screen.guichet.ask = true_ask
    return screen.reloaded()


def test_killed_after_the_proof_of_a_closing_the_list_is_closed_at_the_next_reading(screen):
    again = killed_at(screen.choose(LIRE, CODER), "carnet_enregistrer", 2)
    assert "Liste close ici le 25 novembre 2026 à 14 h 32, heure de Paris, reçu n° 1." in again.seen
    assert "votre liste n’est pas close" not in again.seen
    assert len(again.guichet.services["notes"]) == 1
    assert again.kept.is_closed
    assert again.kept.intended is None


def test_killed_before_the_proof_of_a_closing_nothing_is_closed_and_it_is_closed_once(screen):
    again = killed_at(screen.choose(LIRE), "services_noter", 1)
    assert "votre liste n’est pas close" in again.seen
    assert again.guichet.services["notes"] == []
    again.do("formation_clore")
    assert again.kept.is_closed
    assert len(again.guichet.services["notes"]) == 1


def test_a_closing_that_cannot_be_kept_leaves_no_proof_alone(screen):
    screen.choose(LIRE)
    true_ask = screen.guichet.ask

    def ask(name, **args):
        if name == "carnet_enregistrer":
            raise Unavailable("le serveur ne répond pas.")
        return true_ask(name, **args)

    screen.guichet.ask = ask
    screen.do("formation_clore")
    assert screen.guichet.services["notes"] == []
    assert "votre liste n’est pas close" in screen.seen


def test_the_screen_says_that_the_act_is_made_elsewhere_and_never_that_one_is_a_candidate(screen):
    screen.choose(LIRE)
    screen.do("formation_clore")
    assert "la candidature ne compte qu’une fois l’inscription close" in screen.seen
    assert "vous êtes candidat" not in screen.seen.lower()


def test_an_empty_list_is_not_closed(screen):
    screen.do("formation_clore")
    assert "votre liste est vide" in screen.seen.lower()
    assert screen.guichet.services["notes"] == []


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 15, 23, 59, tzinfo=PARIS), "Prochaines candidatures"),
        (datetime(2026, 12, 11, 23, 59, tzinfo=PARIS), "ferment le 11 décembre 2026"),
        (datetime(2026, 12, 12, 0, 0, tzinfo=PARIS), "candidatures connues de ce kit sont closes"),
    ],
    ids=["before it opens", "its last minute", "the minute after"],
)
def test_each_side_of_the_campaign_is_said(at, words):
    assert words in Formation(at=at).seen


def test_a_campaign_without_dates_is_told_to_be_unknown():
    assert "Aucune date de candidature n’est connue" in Formation(given=None).seen


def test_an_opinion_and_an_answer_are_kept_with_a_receipt(screen):
    screen.choose(LIRE)
    screen.do("formation_reponse", of=LIRE.cle, avis="favorable", reponse="retenue",
              reponse_le="24/11/2026")  # fmt: skip
    (note,) = screen.guichet.services["notes"]
    assert note.texte == "Lire des albums (41003) : avis favorable, retenue"
    assert (note.nature, note.le) == ("resultat", date(2026, 11, 24))
    assert "avis favorable, retenue le 24/11/2026" in screen.seen
    assert "3 h retenue, à venir" in screen.seen


def test_an_answer_of_tomorrow_is_refused_and_nothing_is_noted(screen):
    screen.choose(LIRE)
    screen.do("formation_reponse", of=LIRE.cle, reponse="retenue", reponse_le="26/11/2026")
    assert "est dans l’avenir" in screen.seen
    assert screen.guichet.services["notes"] == []


def test_a_session_that_is_over_is_followed_by_one_button_and_counts(screen):
    screen.choose(PAST)
    screen.do("formation_suivie", of=PAST.cle)
    assert "3 h sur 18 h comptées" in screen.seen


def test_a_session_to_come_is_not_followed_yet(screen):
    screen.choose(LIRE)
    screen.do("formation_suivie", of=LIRE.cle)
    assert "cette session commence le 12 janvier 2027" in screen.seen.lower()


def test_what_is_wrong_in_a_training_is_said_field_by_field_and_stays(screen):
    screen.do("formation_noter", suivie_intitule="", suivie_jour="26/11/2026", suivie_heures="x")
    assert "3 champs sont à reprendre" in screen.seen
    assert 'value="26/11/2026"' in screen.html
    assert screen.guichet.carnets.get("formation") is None


def test_an_animation_counts_for_half_of_the_hours_at_most(screen):
    screen.do("formation_noter", **TRAINED | {"suivie_heures": "12", "suivie_nature": "animation"})
    assert "9 h sur 18 h comptées" in screen.seen
    assert "Pourquoi 9 h sur 18 h ?" in screen.seen


def test_the_reason_of_the_hours_is_calculated_when_it_is_opened(screen):
    screen.do("formation_noter", **TRAINED | {"suivie_heures": "12", "suivie_nature": "animation"})
    assert "La raison se calcule…" in screen.seen
    screen.do("pourquoi", of="heures")
    assert "La raison se calcule…" not in screen.seen
    assert "Source : décret 2017-444" in screen.seen.replace("\u00a0", " ")
    assert re.findall(r'class="res"><dt>(.*?)</dt><dd>(.*?)</dd>', screen.html) == [
        ("Comptées", "9\u00a0h")
    ]


def test_a_training_goes_into_the_cv_once(screen):
    screen.do("formation_noter", **TRAINED)
    (followed,) = screen.kept.followed
    screen.do("formation_cv", of=followed.id)
    assert "est ajoutée à votre CV, enregistré le 25 novembre 2026" in screen.seen
    screen.do("formation_cv", of=followed.id)
    assert "est déjà dans votre CV" in screen.seen
    (line,) = screen.guichet.kept.cv["faits"]["formations"]
    assert (line["intitule"], line["debut"], line["heures"]) == ("Albums", "2026-10", "6")


def test_a_cv_that_is_not_saved_is_said_not_to_be(screen):
    screen.do("formation_noter", **TRAINED)
    (followed,) = screen.kept.followed
    screen.guichet.down = True
    screen.do("formation_cv", of=followed.id)
    assert "le serveur ne répond pas" in screen.seen.lower()


def test_two_tabs_lose_nothing_and_let_choose(screen):
    other = screen.reloaded()
    screen.choose(LIRE)
    other.choose(CODER)
    assert "Rien n’a été écrasé" in other.seen
    assert "1. Écrire du code" in other.seen


def test_a_base_that_does_not_answer_keeps_what_is_on_the_screen(screen):
    screen.choose(LIRE)
    kept = screen.guichet.ask
    down = Unavailable("la base de données ne répond pas.", remedy="Réessayez.")

    def ask(op, **args):
        if op == "carnet_enregistrer":
            raise down
        return kept(op, **args)

    screen.guichet.ask = ask
    screen.choose(CODER)
    assert "ne sont pas enregistrés" in screen.seen
    assert "Écrire du code" in screen.seen


def test_a_session_that_left_the_plan_stays_in_the_list_and_is_said_to_have_left(screen):
    screen.choose(LIRE)
    screen.guichet.plan = PLAN.model_copy(update={"formations": (CODER,)})
    assert "n’est plus au plan importé" in screen.reloaded().seen


@pytest.mark.parametrize(
    "content",
    [
        {"choix": [{"cle": 3}], "suivies": "?", "semaine": [], "clos": {"ordre": 4}},
        {"choix": [None, {"cle": "x", "dispositif": people.HOSTILE, "module": "m",
                          "intitule": people.HOSTILE}],
         "suivies": [{"id": "a", "intitule": people.HOSTILE, "jour": "2026-10-07", "heures": 3}],
         "semaine": {"lundi": people.HOSTILE}},
    ],
)  # fmt: skip
def test_a_carnet_that_is_not_what_it_should_be_breaks_nothing(content):
    guichet = CvGuichet()
    guichet.plan = PLAN
    guichet.carnets["formation"] = CarnetLu(
        sujet="formation", contenu=content, revision=1, enregistre_le=people.SAVED
    )
    screen = Formation(guichet=guichet)
    assert "<script>" not in screen.html
    assert "<img src=x" not in screen.html


def test_p28_a_list_that_has_sessions_folds_the_plan_until_she_searches(screen):
    assert 'id="plan" open' in screen.html
    screen.choose(LIRE, CODER)
    assert 'id="plan" open' not in screen.reloaded().html
    screen.do("formation_chercher", texte="code")
    assert 'id="plan" open' in screen.html


def test_there_is_a_limit_to_the_list(screen):
    many = tuple(LIRE.model_copy(update={"cle": f"k{n}"}) for n in range(MOST_CHOSEN + 1))
    screen.guichet.plan = PLAN.model_copy(update={"formations": many})
    screen.choose(*many)
    assert len(screen.kept.order) == MOST_CHOSEN
    assert f"votre liste a déjà {MOST_CHOSEN} sessions" in screen.seen.lower()


def test_the_guide_of_the_cv_leads_to_the_trainings_and_they_to_it():
    screen = Formation()
    assert "/guides/cv" in {one["href"] for one in screen.page.all("a")}
    screen.shown({"kind": "route", "path": "/guides/cv"})
    assert "/services/formation" in {one["href"] for one in screen.page.all("a")}


def test_p16_a_list_is_not_closed_before_its_window_opens():
    later = {**CAMPAIGN["etapes"][0], "du": "2027-01-11", "au": "2027-01-29"}
    screen = Formation(given={**CAMPAIGN, "etapes": [later]}).choose(LIRE)
    assert "formation_clore" not in screen.html
    screen.do("formation_clore")  # a page that was open before the dates were given
    assert "la campagne n’ouvre que le 11 janvier 2027" in screen.seen.lower()
    assert not screen.kept.is_closed


def drawn(screen):
    """Return the lanes of the figure by their name: looks and words of each bar."""
    figure = screen.html.split('<figure class="in-time">', 1)[1].split("</figure>", 1)[0]
    return {
        re.search(r"<b>(.*?)</b>", row)[1]: [
            (look, words.replace("\u00a0", " "))
            for look, words in re.findall(r'<i class="(\w+)"[^>]*>(?:<span>(.*?)</span>)?', row)
        ]
        for row in figure.split("<li>")[1:]
    }


def test_p28_the_figure_is_the_school_year_with_what_was_followed_and_each_wish_by_its_rank(screen):
    screen.do("formation_noter", **TRAINED | {"suivie_heures": "4"})
    screen.choose(CODER)
    lanes = drawn(screen)
    assert lanes["Suivies"] == [("short", "4 h")]
    assert lanes["Vœux"] == [("mark", "1")]
    assert [look for look, _ in lanes["Candidatures"]] == ["now"]
    assert "vœu 1 : Écrire du code" in screen.seen


def test_p28_wishes_that_fall_together_are_dashed_and_stand_one_under_the_other(screen):
    screen.choose(CODER, LIRE)
    assert drawn(screen)["Vœux"] == [("clash", "1")]
    assert drawn(screen)[""] == [("clash", "2")]


@pytest.mark.parametrize("day", [date(2026, 12, 22), date(2027, 4, 13)])  # Noël, printemps, zone A
def test_p28_a_wish_in_the_holidays_of_the_zone_is_to_be_confirmed_and_meets_no_lesson(day):
    away = CODER.model_copy(update={"debut": day, "fin": day})
    screen = Formation(plan=FormationsLues(formations=(away,), total=1, sessions=1))
    screen.do("formation_semaine", mardi="8h30-16h30")
    screen.choose(away)
    assert "pendant les vacances" in screen.seen
    assert "pendant vos cours" not in screen.seen
    assert drawn(screen)["Vœux"] == [("clash", "1")]


def test_p28_dates_that_no_source_gives_are_dashed_and_asked_for():
    screen = Formation(people.JEAN.model_copy(update={"corps": "plp"}), given=None)
    assert drawn(screen)["Candidatures"] == [("missing", "dates à demander à votre académie")]


def test_p28_who_has_no_corps_reads_where_to_ask_and_not_a_zero():
    screen = Formation(people.SANS_CORPS, plan=FormationsLues())
    assert "Les campagnes de ce kit sont celles des titulaires. Demandez à votre" in screen.seen


def test_p28_a_filter_that_is_chosen_stays_in_sight(screen):
    assert '<details id="filtres"><summary>6 autres filtres' in screen.html
    screen.do("formation_chercher", lieu="Moulins")
    assert '<details id="filtres" open>' in screen.html
