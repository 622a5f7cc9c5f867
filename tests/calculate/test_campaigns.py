"""The campaigns of a person at a moment, and what happens to them between two moments."""

from datetime import date, timedelta

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask
from iprof_kit.calculate.campaigns.movement import with_given
from iprof_kit.calculate.campaigns.reminders import events_between, soon
from iprof_kit.calculate.mobility.dates import Movement
from iprof_kit.law.campaigns.files import moment
from iprof_kit.law.requests.delays import DELAYS
from iprof_kit.law.tables import loading, sentences

HERE = {"departement": "063", "academie": "06"}
GIVEN = {
    "id": "interdepartemental_1d_2027",
    "service": "interdepartemental_1d",
    "annee": 2027,
    "etapes": [
        {"etape": "retour_confirmations_pieces", "du": "2026-11-26", "au": "2026-12-10",
         "source": "essai", "confiance": "A"},
    ],
}  # fmt: skip


def campaigns(day, hour="", corps="pe", **more):
    return ask("campagnes", {"corps": corps, "instant": moment(day, hour), **HERE, **more})


def named(answer, name):
    return next(one for one in answer.campagnes if one.id == name)


def test_who_is_concerned_sees_her_own_movements():
    first, second = (
        {
            one.service
            for one in answer.campagnes
            if one.adresse in ("/services/siam", "/services/candidature")
        }
        for answer in (campaigns("2026-11-28"), campaigns("2026-11-28", corps="certifie"))
    )
    assert first == {
        "interdepartemental_1d", "pop_1d", "intra_departemental_1d", "ineat_exeat_1d",
    }  # fmt: skip
    assert second == {
        "interacademique_2d", "intra_academique_2d", "specifique_national_2d", "pop_2d",
    }  # fmt: skip
    assert campaigns("2026-11-28", corps="").campagnes == ()


@pytest.mark.parametrize(
    ("corps", "grade", "services"),
    [
        ("pe", "classe_normale", {"hors_classe", "liste_directeurs"}),
        ("pe", "hors_classe", {"classe_exceptionnelle", "liste_directeurs"}),
        ("certifie", "classe_normale", {"hors_classe", "liste_agreges"}),
        ("agrege", "hors_classe", {"classe_exceptionnelle"}),
        ("agrege", "classe_exceptionnelle", set()),
    ],
)
def test_who_is_concerned_sees_the_tableaux_of_her_grade_and_the_lists_of_her_corps(
    corps, grade, services
):
    every = campaigns("2026-11-28", corps=corps, grade=grade).campagnes
    assert {one.service for one in every if one.avancement} == services


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        # poitou-charentes.sgen-cfdt.fr, 2023 ; sies.fr, 2024 ; versailles.snes.edu, 2025
        (2023, "2023-01-02", "2023-01-23"),
        (2024, "2024-01-04", "2024-01-25"),
        (2025, "2025-01-02", "2025-01-23"),
    ],
)
def test_the_candidature_of_the_agreges_opens_and_closes_as_three_years_published(
    year, first, last
):
    def state(day, hour):
        answer = campaigns(str(day), hour, "certifie", annee=year)
        steps = named(answer, f"liste_agreges_{year}").etapes
        return next(one.etat for one in steps if one.etape == "candidature")

    assert state(date.fromisoformat(first) - timedelta(days=1), "23:59") == "a_venir"
    assert state(first, "00:00") == state(last, "23:59") == "ouverte"
    assert state(date.fromisoformat(last) + timedelta(days=1), "00:00") == "close"


def test_the_candidature_of_2018_closed_at_six_in_the_evening():
    # SNES 2018: « ouvert jusqu’au mercredi 25 avril, 18h00 »
    def state(hour):
        answer = campaigns("2018-04-25", hour, "plp", annee=2018)
        steps = named(answer, "classe_exceptionnelle_viviers_2018").etapes
        return next(one.etat for one in steps if one.etape == "candidature_vivier_1")

    assert (state("17:59"), state("18:00")) == ("ouverte", "close")


def test_past_the_usual_opening_without_dates_the_answer_is_to_look_now():
    before = named(campaigns("2026-11-04"), "interdepartemental_1d_2027")
    after = named(campaigns("2026-11-05"), "interdepartemental_1d_2027")
    assert (before.etat, before.verifier_maintenant) == ("inconnue", False)
    assert (after.etat, after.verifier_maintenant) == ("inconnue", True)
    wishes = next(one for one in after.etapes if one.etape == "saisie_voeux_siam")
    assert (wishes.du, wishes.au, wishes.etat) == (None, None, "inconnue")
    assert wishes.habitude.annees == (2024, 2025, 2026)


def test_a_month_that_is_past_is_not_guessed_any_more():
    december = named(campaigns("2026-12-01"), "interdepartemental_1d_2027")
    assert december.note == "dates non trouvées ; vérifiez maintenant dans SIAM"


def test_the_campaign_of_2026_is_replayed_at_a_day_of_its_year():
    inter = named(campaigns("2026-01-19"), "interdepartemental_1d_2026")
    assert [(one.titre, one.etat) for one in inter.marches] == [
        ("Vœux", "close"), ("Demande signée", "close"), ("Barème initial", "ouverte"),
        ("Barème définitif", "a_venir"), ("Résultat", "a_venir"),
    ]  # fmt: skip
    assert [one.etape for one in inter.deadlines] == [
        "correction_baremes", "annulation_participation",
    ]  # fmt: skip


@pytest.mark.parametrize("spoilt", [
    {}, {"id": "x"}, {**GIVEN, "service": "aucun"}, {**GIVEN, "annee": "bientôt"},
    {**GIVEN, "etapes": [{**GIVEN["etapes"][0], "du": "demain"}]},
])  # fmt: skip
def test_what_is_no_campaign_is_refused_with_its_rank(spoilt):
    with pytest.raises(InputError, match=r"^ajoutees\.1 : ce n’est pas une campagne"):
        campaigns("2026-11-28", ajoutees=(GIVEN, spoilt))


def test_what_an_academy_gives_stands_in_the_place_of_the_kit_s():
    inter = named(campaigns("2026-11-28", ajoutees=(GIVEN,)), "interdepartemental_1d_2027")
    assert (inter.donnee, inter.etat) == (True, "ouverte")
    assert inter.deadlines[0].au == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("day", "left"), [("2026-12-02", []), ("2026-12-03", [7]), ("2026-12-08", [2]),
                      ("2026-12-10", [0]), ("2026-12-11", [])]
)  # fmt: skip
def test_an_act_is_recalled_from_seven_days_before_its_end_to_its_last_day(day, left):
    answer = campaigns(day, ajoutees=(GIVEN,))
    assert [days for days, _, _ in soon(answer.campagnes, moment(day))] == left


def test_openings_reminders_and_closings_come_once_each_in_order():
    answer = campaigns("2026-11-20", ajoutees=(GIVEN,))
    events = events_between(answer.campagnes, moment("2026-11-20"), moment("2026-12-31"))
    assert [(one.kind, one.days, one.at) for one in events] == [
        ("ouverte", 0, moment("2026-11-26")),
        ("rappel", 7, moment("2026-12-03")),
        ("rappel", 2, moment("2026-12-08")),
        ("close", 0, moment("2026-12-11")),
    ]
    day = moment("2026-12-03")
    assert len(events_between(answer.campagnes, day - timedelta(seconds=1), day)) == 1
    assert events_between(answer.campagnes, day, day + timedelta(days=1)) == ()


def test_what_is_unknown_announces_nothing():
    answer = campaigns("2026-11-20")
    assert events_between(answer.campagnes, moment("2026-09-01"), moment("2027-08-31")) == ()


def test_who_prepares_a_competition_has_its_session_whatever_her_corps():
    def services(corps, *prepared):
        answer = campaigns("2026-11-28", corps=corps, concours=prepared)
        return {one.service for one in answer.campagnes}

    own = services("certifie")
    assert {"interacademique_2d", "intra_academique_2d"} <= own
    assert "agregation_interne" not in own
    assert services("") == set()
    assert services("", "AGREG_INT") == {"agregation_interne"}
    assert services("certifie", "AGREG_INT") == own | {"agregation_interne"}


def test_the_session_of_2025_is_replayed_at_a_day_of_its_year():
    # Arrêté of 24 September 2024: agrégation interne, written from 27 to 30 January 2025.
    prepared = {"corps": "", "concours": ("AGREG_INT",), "annee": 2025}
    session = named(campaigns("2025-01-28", **prepared), "agregation_interne_2025")
    assert [(one.titre, one.etat) for one in session.marches] == [
        ("Inscription", "close"), ("Admissibilité", "ouverte"), ("Admission", "inconnue"),
        ("Stage", "inconnue"),
    ]  # fmt: skip


def test_a_session_that_an_academy_gives_is_no_date_of_the_movements():
    given = {
        "id": "agregation_interne_2027", "service": "agregation_interne", "annee": 2027,
        "etapes": [{"etape": "inscription", "du": "2026-11-03", "au": "2026-12-01",
                    "source": "essai", "confiance": "A"}],
    }  # fmt: skip
    answer = campaigns("2026-11-28", corps="certifie", concours=("AGREG_INT",), ajoutees=(given,))
    assert named(answer, "agregation_interne_2027").deadlines
    assert with_given(Movement(), answer.campagnes) == Movement()


def test_how_long_a_post_is_kept_follows_its_row(monkeypatch):
    # SNUDI-FO 02, rentrée 2025: « la durée minimale d’exercice […] est de trois ans »
    def kept():
        post = named(campaigns("2026-11-28"), "pop_1d_2027")
        return post.candidature.a_savoir[-1].replace("\u00a0", " ")

    assert kept().endswith("se garde 3 ans au moins.")
    changed = loading.table("parametres_mobilite").copy()
    changed.loc[changed["cle"] == "1d_pop_stabilite_annees", "valeur"] = 5
    sentences.forget()
    monkeypatch.setattr(sentences, "table", lambda name: changed)
    try:
        assert kept().endswith("se garde 5 ans au moins.")
    finally:
        sentences.forget()


def test_the_delay_of_an_appeal_is_the_row_of_the_requests():
    (appeal,) = named(
        campaigns("2026-11-28", corps="", concours=("AGREG_INT",)), "agregation_interne_2027"
    ).recours
    row = DELAYS.read(date(2026, 11, 28), "recours")
    assert (appeal.delai, row.whole("valeur")) == ("recours", 2)  # CJA, art. R421-1
    assert appeal.duree.replace("\u00a0", " ") == "2 mois"
    assert appeal.source.replace("\u00a0", " ") == "CJA, art. R421-1 et R421-2"
    assert not appeal.a_verifier
