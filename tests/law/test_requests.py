"""The delays of a request, at the eve, the day and the morrow of what published texts count."""

from datetime import date, timedelta

import pytest

from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.paths import REQUESTS
from iprof_kit.law.requests.clock import ASIDE, DONE, MISSED, NOW, Noted, clock
from iprof_kit.law.requests.delays import delay_of, known_delays, oldest_claim, refused_on
from iprof_kit.law.requests.files import read_request, requests

DAY = timedelta(days=1)
PAY, PART_TIME = requests()["reclamation_paie"], requests()["temps_partiel"]
ASKED, BORN, LAST = date(2017, 6, 23), date(2017, 8, 23), date(2017, 10, 24)
"""CE, 3 décembre 2018, n° 417292: asked, refused by silence, last day of the recours."""


def steps(days, today, outcome="", request=PAY, defaults=None):
    timed = clock(request, Noted(days, outcome), defaults or {}, today)
    return {one.step.key: one for one in timed}


@pytest.mark.parametrize(
    ("key", "event", "last"),
    [
        ("silence_refus", ASKED, BORN),
        ("recours", BORN, LAST),
        # TA Melun, 18 avril 2017: received on 28 July 2014.
        ("silence_accord", date(2014, 7, 28), date(2014, 9, 28)),
        # CAA Lyon, 28 mai 2019, n° 19LY00345: 17 August, refusal born on 17 October 2018.
        ("silence_refus", date(2018, 8, 17), date(2018, 10, 17)),
        # weka.fr, prescription quadriennale: a debt of 3 May 2024.
        ("prescription", date(2024, 5, 3), date(2028, 12, 31)),
        # C. éduc., art. R911-5: « avant le 31 mars précédant l’ouverture de l’année scolaire ».
        ("temps_partiel", date(2027, 9, 1), date(2027, 3, 30)),
        # Décret 2007-1470, art. 27: 120 days before, 27 + 31 + 30 + 31 + 1 from 4 May.
        ("conge_formation", date(2027, 9, 1), date(2027, 5, 4)),
        ("conge_formation_reponse", date(2027, 4, 1), date(2027, 5, 1)),
        ("complementaire_choix", date(2026, 1, 6), date(2026, 1, 27)),
        ("demande_pension_delai", date(2027, 9, 1), date(2027, 3, 1)),
        # « avant le 1er novembre 2026 » for the first of May (aix.snes.edu), issue for September.
        ("prevoyance_adhesion", date(2026, 5, 1), date(2026, 10, 31)),
        ("prevoyance_adhesion", date(2026, 9, 1), date(2027, 2, 28)),
        # A month without that day ends it: CPC, art. 641.
        ("silence_refus", date(2026, 12, 31), date(2027, 2, 28)),
    ],
)
def test_a_delay_ends_on_the_day_that_its_text_counts(key, event, last):
    assert delay_of(key, min(event, date(2026, 11, 28))).last_day(event) == last


@pytest.mark.parametrize(
    ("paid", "asked", "last", "extinct"),
    [
        # trop_percus.md: a pay of 28 January 2025, open on 1 February, lost on 1 February 2027.
        (date(2025, 1, 28), None, date(2027, 1, 31), False),
        (date(2022, 1, 28), None, date(2024, 1, 31), True),
        # Code civil, art. 2231 and CE, avis, 31 mars 2017, n° 405797: anew from the notification.
        (date(2025, 1, 28), date(2026, 6, 10), date(2028, 6, 10), False),
        (date(2022, 1, 28), date(2024, 1, 31), date(2026, 1, 31), True),
        (date(2022, 1, 28), date(2024, 2, 1), date(2024, 1, 31), True),  # a day too late
    ],
)
def test_a_pay_is_lost_to_the_service_unless_a_letter_came_in_time(paid, asked, last, extinct):
    noted = {"versement": paid} | ({"annonce": asked} if asked else {})
    (lost,) = [
        one
        for one in steps(noted, date(2026, 12, 1), request=requests()["trop_percu"]).values()
        if one.step.key == "perte"
    ]
    assert (lost.due, lost.extinct) == (last, extinct)


@pytest.mark.parametrize(
    ("event", "last"),
    [
        # consultation.avocat.fr, article 15761: from 1 October 2007, Sunday 2 December is put off.
        (date(2007, 10, 1), date(2007, 12, 3)),
        # CE, 19 septembre 2014, n° 362568: « un samedi, un dimanche ou un jour férié ».
        (date(2027, 3, 13), date(2027, 5, 14)),  # a Friday stays
        (date(2027, 3, 14), date(2027, 5, 18)),  # Saturday, Sunday, Whit Monday
    ],
)
def test_the_recours_that_ends_on_a_day_off_goes_to_the_next_working_day(event, last):
    assert delay_of("recours", date(2026, 11, 28)).last_day(event) == last


def test_a_delay_that_is_no_length_of_time_gives_no_day():
    with pytest.raises(LawError, match="années scolaires"):
        delay_of("temps_partiel_reconduction", ASKED).last_day(ASKED)


def test_a_day_before_the_table_is_refused():
    with pytest.raises(LawError):
        delay_of("mediation", date(2015, 1, 1))


@pytest.mark.parametrize(("today", "state"), [(BORN - DAY, NOW), (BORN, DONE), (BORN + DAY, DONE)])
def test_a_silence_is_worth_a_refusal_from_its_day_on(today, state):
    assert steps({"depot": ASKED}, today, request=PART_TIME)["silence"].state == state


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_the_recours_is_open_until_its_last_day(late):
    today = LAST + late * DAY
    timed = steps({"depot": ASKED}, today, request=PART_TIME)["juge"]
    assert timed.due == LAST
    assert timed.state == (MISSED if late > 0 else NOW)


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_an_express_refusal_opens_a_new_recours_while_the_first_one_runs(late):
    express = LAST + late * DAY
    assert refused_on(BORN, express, express) == (BORN if late > 0 else express)


def test_an_answer_in_time_leaves_no_silence():
    refused = date(2017, 8, 22)
    timed = steps({"depot": ASKED, "reponse": refused}, refused, "refus", PART_TIME)
    assert timed["silence"].state == ASIDE
    assert timed["juge"].start == refused


def test_an_agreement_leaves_nothing_to_do():
    asked, agreed = date(2026, 6, 23), date(2026, 7, 1)
    timed = steps({"demande": asked, "reponse": agreed}, agreed, "accord")
    assert {one.state for key, one in timed.items() if key in ("saisine", "juge")} == {ASIDE}


def test_the_mediator_stops_the_clock_and_its_end_starts_it_anew():
    asked, seized, end = date(2026, 6, 15), date(2026, 9, 1), date(2026, 11, 10)
    days = {"demande": asked, "saisine": seized}
    waiting = steps(days, end)["juge"]
    assert (waiting.waiting, waiting.due) == (True, None)
    timed = steps(days | {"fin_mediation": end}, end)["juge"]
    assert timed.due == date(2027, 1, 11)  # CJA, art. L213-13: two months, francs, from that day
    assert timed.state == NOW


def test_a_sum_can_be_claimed_until_the_last_day_of_the_fourth_year():
    assert oldest_claim(date(2026, 12, 31)) == date(2022, 1, 1)
    assert oldest_claim(date(2027, 1, 1)) == date(2023, 1, 1)


def test_every_request_of_the_kit_counts_with_rows_of_the_table():
    used = {one.delay for request in requests().values() for one in request.steps if one.delay}
    used |= {
        one.restarted.delay
        for request in requests().values()
        for one in request.steps
        if one.restarted
    }
    assert used <= set(known_delays())
    assert len(requests()) == 13


GOOD = (REQUESTS / "temps_partiel.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rang: 2", "rang: deux", "ligne 3, colonne 7 : un nombre entier est attendu"),
        ("rang: 2", "rangg: 2", "clé inconnue « rangg ». Vouliez-vous « rang »"),
        ("TP_DROIT,", "TP_DROI,", "ligne 8, colonne 12 : parcours inconnu « TP_DROI »"),
        ("part_time_offers", "part_time_offer", "règle inconnue « part_time_offer »"),
        ("delai: temps_partiel\n", "delai: temps\n", "délai inconnu « temps »"),
        ("depuis: [debut]", "depuis: [juge]", "l’étape « juge » ne vient pas avant"),
        ("    depuis: [debut]\n", "", "un délai va avec le départ"),
        ("cle: silence", "cle: depot", "l’étape « depot » existe déjà"),
        ("cle: silence", "cle: recours", "« recours » nomme déjà un délai"),
        ("etape: depot", "etape: depots", "l’étape « depots » manque"),
        ("{debut} : demandez", "{dbut} : demandez", "rien ne s’appelle « dbut »"),
        ("reconduction tacite", "reconduction de 3 ans", "« 3 ans » est une quantité du droit"),
        ("reconduction tacite", "reconduction de deux mois", "« deux mois » est une quantité"),
        ("vaut: refus", "vaut: peut_etre", "valeur inconnue « peut_etre »"),
        ("statuts: [titulaire, stagiaire, contractuel]", "statuts: []", "ne peut pas être vide"),
        ("id: temps_partiel", "id: !!python/object:os.system x", "valeur illisible"),
        ("id: temps_partiel", "id: [", "l’écriture YAML n’est pas correcte"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path, old, new, words):
    assert GOOD.count(old) >= 1
    file = tmp_path / "temps_partiel.yml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_request(file)
    shown = str(refused.value).replace("\u00a0", " ")
    assert words in shown
    assert "ligne " in shown


APPEALS = [requests()["recours_promotion"], requests()["recours_mutation"]]
PUBLISHED = date(2017, 6, 23)
"""A tableau or a movement published on the day of the demand of CE, 3 décembre 2018, n° 417292."""


@pytest.mark.parametrize("request_", APPEALS, ids=lambda one: one.id)
def test_an_appeal_runs_from_the_publication_then_from_the_refusal(request_):
    before = steps({"publication": PUBLISHED}, PUBLISHED, request=request_)
    assert before["administratif"].due == before["juge"].due == date(2017, 8, 24)
    asked = {"publication": PUBLISHED, "administratif": PUBLISHED}
    after = steps(asked, LAST, request=request_)
    assert (after["silence"].day, after["juge"].due) == (BORN, LAST)
    assert steps(asked, LAST + DAY, request=request_)["juge"].state == MISSED


@pytest.mark.parametrize("request_", APPEALS, ids=lambda one: one.id)
@pytest.mark.parametrize("late", [0, 1])
def test_an_appeal_made_too_late_opens_no_new_delay(request_, late):
    last = date(2017, 8, 24)
    asked = {"publication": PUBLISHED, "administratif": last + late * DAY}
    timed = steps(asked, date(2017, 9, 1), request=request_)
    assert (timed["juge"].due == last) is bool(late)
    refused = asked | {"reponse": date(2017, 9, 1)}
    answered = steps(refused, date(2017, 9, 1), "refus", request=request_)
    assert (answered["juge"].due == last) is bool(late)


def test_the_letters_against_a_movement_leave_the_choice_of_the_union_that_assists():
    letters = {one.key: one for one in requests()["recours_mutation"].letters}
    assert {"gracieux", "hierarchique", "requete"} <= set(letters)
    for key in ("gracieux", "hierarchique"):  # CGFP, art. L216-1
        assert (
            "représentant désigné par [organisation syndicale de votre choix]" in letters[key].body
        )
        assert any("L216-1" in article for article in letters[key].articles)
