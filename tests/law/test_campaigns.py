"""Campaigns as files: what they hold, where a file is wrong, what is possible at a moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import CAMPAIGNS, REFERENCE
from iprof_kit.commands.law import calendar_csv
from iprof_kit.law.campaigns import files
from iprof_kit.law.campaigns.files import (
    campaign_of,
    known_campaigns,
    moment,
    read_campaign,
    services,
)
from iprof_kit.law.campaigns.model import Incident
from iprof_kit.law.campaigns.moments import (
    concerning,
    deadlines,
    last_day,
    moved,
    state_of,
    still_possible,
    usual,
    window_of,
)
from iprof_kit.law.campaigns.whole import campaign_state
from iprof_kit.law.requests.files import requests

GOOD = """\
id: interdepartemental_1d_2028
service: interdepartemental_1d
annee: 2028
etapes:
  - etape: saisie_voeux_siam
    du: 2027-11-03
    heure_du: "12:00"
    au: 2027-11-24
    heure_au: 12:00
    source: note de service d’essai
    confiance: A
  - etape: retour_confirmations_pieces
    au: 2027-12-09
    source: note de service d’essai
    confiance: A
"""


def written(tmp_path, text, name="essai.yml"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def known(name):
    return next(one for one in known_campaigns() if one.id == name)


@pytest.fixture
def inter_2026():
    return concerning(known("interdepartemental_1d_2026"))


def state(campaign, step, at):
    return state_of(campaign, campaign.service.step(step), at)


def test_the_calendar_of_the_movements_is_that_of_the_files():
    table = (REFERENCE / "mouvement_calendrier.csv").read_text(encoding="utf-8")
    assert calendar_csv() == table


def test_every_year_from_2024_ships_and_2027_without_a_date():
    years = {(one.service.id, one.year) for one in known_campaigns()}
    for service in ("interdepartemental_1d", "interacademique_2d"):
        assert {(service, year) for year in (2024, 2025, 2026, 2027)} <= years
    assert [one.id for one in known_campaigns() if one.year == 2027 and one.windows] == []


def test_a_file_becomes_a_campaign_whatever_way_its_hour_is_written(tmp_path):
    campaign = campaign_of(read_campaign(written(tmp_path, GOOD)))
    opened = window_of(campaign, "saisie_voeux_siam")
    assert opened.closes == moment("2027-11-24", "12:00")
    assert (opened.last, opened.last_hour, opened.to_the_hour) == (
        date(2027, 11, 24), "12:00", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("au: 2027-11-24", "au: 24/11/2027",
         "ligne 8, colonne 9 : « 24/11/2027 » : une date s’écrit AAAA-MM-JJ"),
        ("au: 2027-11-24", "au: 2027-11-31",
         "ligne 8, colonne 9 : « 2027-11-31 » n’est pas un jour du calendrier"),
        ("au: 2027-11-24", "au: 2027-11-02", "ligne 8, colonne 9 : la fin précède le début"),
        ("au: 2027-11-24", "au: 2029-11-24", "« 2029-11-24 » n’est ni de 2027 ni de 2028"),
        ("heure_au: 12:00", "heure_au: midi", "colonne 15 : « midi » : une heure de Paris s’écrit"),
        ("    heure_au:", "    heure_fin:", "ligne 9, colonne 5 : clé inconnue « heure_fin »"),
        ("etape: saisie_voeux_siam", "etape: saisie", "valeur inconnue « saisie ». Valeurs"),
        ("service: interdep", "service: intradep", "ligne 2, colonne 10 : valeur inconnue"),
        ("_1d_2028", "_1d_2027", "ligne 1, colonne 5 : l’id d’une campagne est"),
        ("confiance: A", "confiance: E", "valeur inconnue « E »"),
        ("retour_confirmations_pieces", "saisie_voeux_siam", "étape est déjà donnée"),
        ("    au: 2027-12-09\n", "    heure_au: 12:00\n", "il manque la clé « au »"),
        ("annee: 2028", "annee: deux", "ligne 3, colonne 8 : un nombre entier est attendu"),
        ("heure_au: 12:00", 'heure_au: "12:00+04:00"',
         "ligne 9, colonne 15 : « 12:00+04:00 » : une heure de Paris s’écrit"),
        ("annee: 2028", "annee: 2028\nannee: 2029", "ligne 4, colonne 1 : la clé « annee »"),
        ("    au: 2027-12-09\n", '    au: 2027-12-09\n    portee: "999"\n',
         "ligne 14, colonne 13 : « 999 » n’est ni le code d’un département"),
    ],
)  # fmt: skip
def test_each_fault_of_a_file_is_named_with_its_line_and_what_is_allowed(tmp_path, old, new, words):
    assert old in GOOD
    with pytest.raises(InputError) as refused:
        read_campaign(written(tmp_path, GOOD.replace(old, new, 1)))
    assert words in str(refused.value).replace("\u00a0", " ")
    assert "essai.yml" in str(refused.value)


def test_the_sessions_of_competitions_are_no_rows_of_the_movements():
    services = {one.service.id for one in known_campaigns() if one.service.competitions}
    assert "agregation_interne" in services
    assert not [one for one in services if one in calendar_csv()]


def test_each_competition_has_one_service_and_each_service_a_session_without_date():
    named = [code for one in files.services().values() for code in one.competitions]
    assert len(set(named)) == len(named)
    coming = {one.service.id for one in known_campaigns() if one.year == 2027}
    assert {one.id for one in files.services().values() if one.competitions} <= coming


@pytest.mark.parametrize(
    ("session", "step", "moment_before", "state_before", "state_after"),
    [
        # Légifrance JORFTEXT000050279483: agrégation interne from 27 to 30 January 2025.
        ("agregation_interne_2025", "epreuves_admissibilite", moment("2025-01-31"), "ouverte",
         "close"),
        # education.gouv.fr/siac4: registrations until 21 November 2024, noon.
        ("personnel_direction_2025", "inscription", moment("2024-11-21", "12:00"), "ouverte",
         "close"),
        # sial.adc.education.fr: vœux from 2 May 2024, noon, to 3 June 2024, noon.
        ("agregation_interne_2024", "voeux_sial", moment("2024-05-02", "12:00"), "a_venir",
         "ouverte"),
        # vousnousils, 13 November 2025: prolonged until 2 December 2025.
        ("concours_2d_interne_2026", "inscription", moment("2025-12-03"), "ouverte", "close"),
    ],
)  # fmt: skip
def test_a_session_turns_at_the_minute_that_was_published(
    session, step, moment_before, state_before, state_after
):
    campaign = concerning(known(session))
    minute = timedelta(minutes=1)
    assert state(campaign, step, moment_before - minute) == state_before
    assert state(campaign, step, moment_before) == state_after


def test_creteil_and_versailles_have_their_own_days_of_the_crpe():
    # vousnousils, 18 March 2026: 30 and 31 March, 14 and 15 April in Créteil and Versailles.
    session = known("crpe_bac5_2026")
    of = {place: window_of(concerning(session, (place,)), "epreuves_admissibilite").first
          for place in ("Créteil", "Clermont-Ferrand")}  # fmt: skip
    assert of == {"Créteil": date(2026, 4, 14), "Clermont-Ferrand": date(2026, 3, 30)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("concours: [AGREG_INT]", "concours: [AGREG]", "valeur inconnue « AGREG »"),
        ("concours: [AGREG_INT]\n", "", "ne s’adresse à aucun corps ni à aucun concours"),
        ("site: https://", "site: javascript://", "commence par https://"),
        ("delai: recours", "delai: recour", "valeur inconnue « recour »"),
        ("delai: recours", "delai: conge_formation", "valeur inconnue « conge_formation »"),
    ],
)
def test_a_service_of_competitions_with_a_fault_is_refused(tmp_path, old, new, words):
    text = (CAMPAIGNS / "services" / "agregation_interne.yml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(InputError) as refused:
        files.read_service(written(tmp_path, text.replace(old, new, 1)))
    assert words in str(refused.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "ligne 2, colonne 8 : les alias YAML"),
        ("&a [*a]", "les alias YAML"),
        ("[" * 5_000, "imbriqués trop profondément"),
        ("", "le fichier est vide"),
        ("a: \x00", "un caractère de commande"),
        ("etapes: [", "l’écriture YAML n’est pas correcte"),
        ("!!python/object/apply:os.system [ls]", "un groupe de clés est attendu"),
    ],
)
def test_a_hostile_file_is_refused_in_french(tmp_path, text, words):
    with pytest.raises(InputError) as refused:
        read_campaign(written(tmp_path, text))
    assert words in str(refused.value).replace("\u00a0", " ")


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path, monkeypatch):
    file = tmp_path / "enorme.yml"
    with file.open("wb") as big:
        big.truncate(50_000_000)
    monkeypatch.setattr("yaml.compose", lambda *_, **__: pytest.fail("it was read"))
    with pytest.raises(InputError, match="dépasse 1"):
        read_campaign(file)


def test_a_step_is_open_to_the_minute_of_its_hour_in_paris(inter_2026):
    # FSU-SNUipp, 17 October 2025: vœux from 5 to 26 November 2025, noon.
    step, minute = "saisie_voeux_siam", timedelta(minutes=1)
    opens, closes = moment("2025-11-05"), moment("2025-11-26", "12:00")
    assert state(inter_2026, step, opens - minute) == "a_venir"
    assert state(inter_2026, step, opens) == "ouverte"
    assert state(inter_2026, step, closes - minute) == "ouverte"
    assert state(inter_2026, step, closes) == "close"


def test_a_moment_overseas_is_the_same_moment(inter_2026):
    reunion, tahiti = ZoneInfo("Indian/Reunion"), ZoneInfo("Pacific/Tahiti")
    step, noon = "saisie_voeux_siam", datetime(2025, 11, 26, 15, 0, tzinfo=reunion)
    assert state(inter_2026, step, noon - timedelta(minutes=1)) == "ouverte"
    assert state(inter_2026, step, noon) == "close"
    # A day without an hour ends at midnight in Paris: 13 h in Tahiti.
    step = "retour_confirmations_pieces"
    assert state(inter_2026, step, datetime(2025, 12, 11, 12, 59, tzinfo=tahiti)) == "ouverte"
    assert state(inter_2026, step, datetime(2025, 12, 11, 13, 0, tzinfo=tahiti)) == "close"


def test_a_day_without_an_hour_is_whole(inter_2026):
    window = window_of(inter_2026, "correction_baremes")
    assert state(inter_2026, "correction_baremes", moment("2026-01-28", "23:59")) == "ouverte"
    assert state(inter_2026, "correction_baremes", moment("2026-01-29")) == "close"
    assert last_day(window.closes, to_the_hour=window.to_the_hour) == date(2026, 1, 28)


def test_what_opens_after_another_step_waits_for_it(inter_2026):
    step = "retour_confirmations_pieces"  # « d’ici au 11 décembre », after 27 November
    assert state(inter_2026, step, moment("2025-11-26")) == "a_venir"
    assert state(inter_2026, step, moment("2025-11-27")) == "ouverte"


def test_a_campaign_is_open_from_its_first_act_to_its_result(inter_2026):
    days = {
        "2025-11-04": "a_venir", "2025-11-05": "ouverte", "2026-01-02": "ouverte",
        "2026-03-10": "ouverte", "2026-03-11": "close",
    }  # fmt: skip
    assert {day: campaign_state(inter_2026, moment(day)) for day in days} == days


def test_a_campaign_without_a_date_is_unknown_until_its_rentree():
    campaign = known("interdepartemental_1d_2027")
    assert campaign_state(campaign, moment("2027-08-31", "23:59")) == "inconnue"
    assert campaign_state(campaign, moment("2027-09-01")) == "close"


def test_after_each_closing_what_remains_possible_is_said(inter_2026):
    def possible(day):
        return {one.change.what: one.answer for one in still_possible(inter_2026, moment(day))}

    assert possible("2025-11-20") == {
        "Ordre des vœux": "oui", "Demande tardive": "oui", "Barème": "oui",
        "Annuler la participation": "oui",
    }  # fmt: skip
    assert possible("2026-01-15") == {
        "Ordre des vœux": "non", "Demande tardive": "non", "Barème": "oui",
        "Annuler la participation": "oui",
    }  # fmt: skip
    assert set(possible("2026-02-04").values()) == {"non"}
    unknown = still_possible(known("interdepartemental_1d_2027"), moment("2026-11-28"))
    assert {one.answer for one in unknown} == {"inconnu"}


def test_the_next_deadlines_are_those_of_acts_the_nearest_first(inter_2026):
    steps = [one.step for one in deadlines(inter_2026, moment("2025-12-01"))]
    assert steps == [
        "retour_confirmations_pieces", "demandes_tardives_rc", "correction_baremes",
        "annulation_participation",
    ]  # fmt: skip


def test_the_weeks_of_past_years_are_brought_to_the_year_and_announce_nothing():
    service = files.services()["interdepartemental_1d"]
    weeks = usual(service, 2027, "saisie_voeux_siam", known_campaigns(), ())
    assert (weeks.first, weeks.last) == (date(2026, 11, 5), date(2026, 11, 29))
    assert (weeks.years, weeks.elsewhere) == ((2024, 2025, 2026), False)
    local = files.services()["intra_departemental_1d"]
    assert usual(local, 2027, "resultats", known_campaigns(), ("63",)).elsewhere
    assert not usual(local, 2027, "resultats", known_campaigns(), ("83",)).elsewhere


def test_the_dates_of_her_own_places_stand_over_the_national_ones():
    whole = known("interacademique_2d_2026")
    assert window_of(concerning(whole), "affichage_baremes") is None
    toulouse = concerning(whole, ("31", "Toulouse"))
    assert window_of(toulouse, "affichage_baremes").last == date(2026, 1, 29)


def test_an_incident_moves_a_deadline_from_when_it_was_noted(inter_2026):
    noted = datetime(2025, 11, 26, 9, tzinfo=UTC)
    incident = Incident(
        inter_2026.id, "saisie_voeux_siam", moment("2025-11-27", "18:00"), "panne de SIAM", noted
    )
    before = moved(inter_2026, (incident,), noted - timedelta(minutes=1))
    after = moved(inter_2026, (incident,), noted)
    late = moment("2025-11-27", "17:59")
    assert state(before, "saisie_voeux_siam", late) == "close"
    assert state(after, "saisie_voeux_siam", late) == "ouverte"
    assert state(after, "saisie_voeux_siam", late + timedelta(minutes=1)) == "close"
    again = replace(incident, closes=moment("2025-11-28"), noted=noted + timedelta(hours=1))
    last = moved(inter_2026, (again, incident), noted + timedelta(hours=2))
    assert window_of(last, "saisie_voeux_siam").closes == moment("2025-11-28")
    assert window_of(last, "saisie_voeux_siam").moved.reason == "panne de SIAM"
    elsewhere = moved(inter_2026, (replace(incident, campaign="autre_2026"),), noted)
    assert elsewhere == inter_2026


def test_p16_a_moved_end_keeps_the_one_published_and_pushes_the_acknowledgement(inter_2026):
    # SIAM 2026: wishes until 26 November 2025, 12 h; the demand to send back comes on the 27th
    noted = datetime(2025, 11, 26, 10, tzinfo=UTC)
    end = moment("2025-11-28", "12:00")
    incident = Incident(inter_2026.id, "saisie_voeux_siam", end, "panne", noted, author="DSDEN")
    after = moved(inter_2026, (incident,), noted)
    wishes, sent = window_of(after, "saisie_voeux_siam"), window_of(after, "envoi_confirmations")
    assert wishes.was == (date(2025, 11, 26), "12:00")
    assert (wishes.moved.author, wishes.withdrawn) == ("DSDEN", False)
    assert window_of(inter_2026, "envoi_confirmations").first == date(2025, 11, 27)
    assert (sent.opens, sent.first) == (end, date(2025, 11, 28))
    assert state(after, "envoi_confirmations", moment("2025-11-27", "09:00")) == "a_venir"


def test_p16_a_withdrawn_move_gives_back_every_date_and_says_so(inter_2026):
    noted = datetime(2025, 11, 26, 10, tzinfo=UTC)
    step = "saisie_voeux_siam"
    first = Incident(inter_2026.id, step, moment("2025-11-28"), "panne", noted)
    published = window_of(inter_2026, step).closes
    back = replace(first, closes=published, reason="reprise", noted=noted + timedelta(hours=1))
    after = moved(inter_2026, (first, back), noted + timedelta(hours=2))
    assert window_of(after, step).closes == published
    assert window_of(after, step).withdrawn
    assert window_of(after, "envoi_confirmations").first == date(2025, 11, 27)


def test_a_service_names_only_steps_and_corps_that_exist(tmp_path):
    text = (files.CAMPAIGNS / "services" / "pop_1d.yml").read_text(encoding="utf-8")
    marks_of = {
        "jusqu_a: saisie_candidatures": "jusqu_a: saisie_voeux",
        "corps: [pe, instituteur]": "corps: [pz, instituteur]",
        "apres: saisie_candidatures": "apres: resultats",
        "etapes: [resultats]": "etapes: [fin]",
    }
    for old, new in marks_of.items():
        file = written(tmp_path, text.replace(old, new, 1))
        with pytest.raises(InputError, match="valeur inconnue"):
            files.read_service(file)


def test_what_a_service_says_of_its_wishes_names_steps_and_kinds_that_exist(tmp_path):
    text = (files.CAMPAIGNS / "services" / "intra_departemental_1d.yml").read_text(encoding="utf-8")
    for old, new in {
        "voeux:\n  jusqu_a: saisie_voeux_siam": "voeux:\n  jusqu_a: saisie",
        "etape: ar_sans_bareme,": "etape: ar_sans,",
        "contestation: correction_voeux": "contestation: recours",
        "groupe_mob, source: FSU-SNUipp 92": "mob, source: FSU-SNUipp 92",
    }.items():
        assert old in text
        with pytest.raises(InputError, match="valeur inconnue"):
            files.read_service(written(tmp_path, text.replace(old, new, 1)))


def test_the_departmental_movement_of_2024_is_replayed_step_by_step():
    # Sud éducation 35, « Calendrier du mouvement intra 1er degré 2024 ».
    campaign = concerning(known("intra_departemental_1d_2024"), ("35", "Rennes"))
    closings = {
        "saisie_voeux_siam": ("2024-04-15", "23:59"),
        "pieces": ("2024-04-15", "23:59"),
        "correction_voeux": ("2024-04-30", "23:59"),
        "ar_avec_bareme": ("2024-06-05", "23:59"),
    }
    minute = timedelta(minutes=1)
    for step, end in closings.items():
        assert state(campaign, step, moment(*end) - minute) == "ouverte"
        assert state(campaign, step, moment(*end)) == "close"
    assert state(campaign, "ar_definitif", moment("2024-06-09", "23:59")) == "a_venir"
    assert campaign_state(campaign, moment("2024-06-11")) == "ouverte"
    assert campaign_state(campaign, moment("2024-06-12")) == "close"


def test_the_result_is_not_the_last_step_where_an_adjustment_follows():
    service = files.services()["intra_departemental_1d"]
    assert (service.steps[-1].key, service.outcome.key) == ("ajustement", "resultats")
    # FSU-SNUipp 83: results on 24 May 2024, those of the adjustment on 1 July.
    var = concerning(known("intra_departemental_1d_2024"), ("83", "Nice"))
    assert campaign_state(var, moment("2024-05-25")) == "ouverte"
    assert campaign_state(var, moment("2024-07-01")) == "close"


def test_no_confirmation_is_signed_in_the_departmental_movement():
    service = files.services()["intra_departemental_1d"]
    words = " ".join(f"{one.title} {one.act}" for one in service.steps).lower()
    assert "confirmation" not in words
    assert "sign" not in words.replace("signaler", "")
    assert all(paper.criteria for paper in service.papers)
    assert [one.key for one in service.acknowledgements] == ["sans_bareme", "initial", "definitif"]


def test_every_movement_and_tableau_leads_to_letters_that_count_from_its_publication():
    without = {one.id for one in services().values() if one.corps and not one.appeal_request}
    # who exchanges two departments asks two DASEN; a training is no decision of a movement
    assert without == {"ineat_exeat_1d", "formation_1d", "formation_2d"}
    for name in {one.appeal_request for one in services().values()} - {""}:
        first = requests()[name].steps[0]
        assert (first.key, first.kind) == ("publication", "acte")
