"""Campaigns here: an academy's dates and moved deadlines, and what a person notes of hers."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from backup_pieces import dies_before_it_answers, dies_before_it_is_kept, killed
from click.testing import CliRunner
from sqlalchemy import func, select, text

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.commands.desk.campaigns import campagne
from iprof_kit.given.bounded_process import Bounds
from iprof_kit.law.campaigns.files import moment, services
from iprof_kit.law.campaigns.model import Incident
from iprof_kit.law.tables import marks
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.campaigns import CampaignIncident, CampaignNote, GivenCampaign
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.campaigns import giving, notes, opened
from iprof_kit.services.campaigns.giving import add_campaign, note_incident, withdraw_incident
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.guichet.operations import NotLoggedIn, run

INTER, WISHES = "interdepartemental_1d_2027", "saisie_voeux_siam"
FILE = f"""\
id: {INTER}
service: interdepartemental_1d
annee: 2027
etapes:
  - etape: {WISHES}
    du: 2026-11-04
    au: 2026-11-25
    heure_au: "12:00"
    source: note de service d’essai
    confiance: D
"""
DONE = {"campagne": INTER, "etape": WISHES, "nature": "fait", "le": "2026-11-24",
        "texte": "4 vœux, accusé n° 12", "cle": "premiere-note"}  # fmt: skip
ORDERS = {
    "services_lire": {},
    "services_noter": DONE,
    "services_retirer": {"id": "D0001:premiere-note"},
    "services_envoyer": {"campagne": INTER, "pieces": {"demande": "0" * 24}, "cle": "un-envoi"},
}


def given(tmp_path, content=FILE, now=None, **options):
    file = tmp_path / "campagne.yml"
    file.write_text(content, encoding="utf-8")
    return add_campaign(file, "essai", now or datetime(2026, 10, 16, tzinfo=UTC), **options)


def moved(closes, now, **changed):
    incident = Incident(INTER, WISHES, closes, "panne de SIAM, annoncée par la DSDEN", now)
    note_incident(replace(incident, **changed), "essai")


def count(table):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_without_anything_given_there_is_nothing(jean, now):
    read = jean("services_lire")
    assert (read.ajoutees, read.incidents, read.notes, read.lu_a) == ((), (), (), now)


def test_w12_a_file_that_takes_too_long_ends_its_own_process(database, tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "BOUNDS", Bounds(2.0, 600_000_000, longest=20_000_000))
    with pytest.raises((InputError, Unavailable), match=r"demande trop de temps|pas pu être lu"):
        given(tmp_path, FILE + "  - [a]\n" * 110_000)
    assert count(GivenCampaign) == 0


def test_w12_what_a_file_of_dates_holds_is_read_and_refused_elsewhere_with_its_place(
    database, tmp_path, monkeypatch
):
    services()  # those of the kit
    monkeypatch.setattr(marks, "read_marked", None)  # nothing else is read here
    assert given(tmp_path).given
    with pytest.raises(InputError, match=r"ligne 2.*Vouliez-vous") as refused:
        given(tmp_path, FILE.replace("service:", "servise:", 1))
    assert refused.value.where == "campagne.yml"


def test_the_dates_that_an_academy_gives_are_read_by_her_teachers(jean, tmp_path):
    campaign = given(tmp_path)
    assert (campaign.id, campaign.given, len(campaign.windows)) == (INTER, True, 1)
    (content,) = jean("services_lire").ajoutees
    assert content["etapes"][0]["heure_au"] == "12:00"


def test_the_same_file_again_changes_nothing_and_another_only_where_asked(jean, tmp_path):
    given(tmp_path)
    given(tmp_path)
    other = FILE.replace("2026-11-25", "2026-11-26")
    with pytest.raises(InputError, match="déjà été données"):
        given(tmp_path, other)
    assert jean("services_lire").ajoutees[0]["etapes"][0]["au"] == "2026-11-25"
    given(tmp_path, other, replace=True)
    assert jean("services_lire").ajoutees[0]["etapes"][0]["au"] == "2026-11-26"
    assert count(GivenCampaign) == 1


def test_a_note_gives_a_dated_receipt_and_is_read_again(jean, now):
    answer = jean("services_noter", **DONE)
    assert answer.recu > 0
    (kept,) = jean("services_lire").notes
    assert kept == answer.note
    assert (kept.note_le, kept.texte, kept.apres_cloture) == (now, "4 vœux, accusé n° 12", False)


def test_the_same_order_sent_again_is_kept_once_as_it_was_first(jean, now):
    first = jean("services_noter", **DONE)
    again = jean("services_noter", now + timedelta(hours=1), **(DONE | {"texte": "autre"}))
    assert again == first
    assert count(CampaignNote) == 1


def test_two_tabs_keep_two_notes_and_none_is_lost(jean, now):
    jean("services_noter", **DONE)
    jean("services_noter", now + timedelta(seconds=1), **(DONE | {"cle": "autre-onglet"}))
    assert [one.id for one in jean("services_lire").notes] == [
        "D0001:premiere-note", "D0001:autre-onglet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hour", "late"), [("11:59", False), ("12:00", True)], ids=["just before", "just after"]
)
def test_what_is_written_after_a_closing_is_kept_and_said_to_be(jean, tmp_path, hour, late):
    given(tmp_path)
    answer = jean("services_noter", moment("2026-11-25", hour), **DONE)
    assert answer.note.apres_cloture is late


def test_what_is_only_published_on_a_day_has_no_closing(jean, tmp_path):
    """A result is read on its day or later: noting it the day after is no late note."""
    given(tmp_path, FILE.replace(WISHES, "resultats").replace("    au: 2026-11-25\n", "")
          .replace('    heure_au: "12:00"\n', ""))  # fmt: skip
    for number, nature in enumerate(("resultat", "accuse")):
        order = DONE | {"etape": "resultats", "nature": nature, "cle": f"autre-note-{number}"}
        answer = jean("services_noter", moment("2026-11-25", "09:00"), **order)
        assert (answer.note.nature, answer.note.apres_cloture) == (nature, False)


def test_an_incident_that_moves_the_deadline_makes_the_same_note_in_time(jean, tmp_path, now):
    given(tmp_path)
    moved(moment("2026-11-27", "18:00"), now)
    late = moment("2026-11-26", "09:00")
    assert jean("services_noter", late, **DONE).note.apres_cloture is False
    (moved_end,) = jean("services_lire").incidents
    assert (moved_end.jusqu_au, moved_end.motif) == (
        moment("2026-11-27", "18:00"), "panne de SIAM, annoncée par la DSDEN",
    )  # fmt: skip


def test_p16_a_moved_deadline_has_its_author_and_is_withdrawn(jean, tmp_path, now):
    given(tmp_path)
    moved(moment("2026-11-27", "18:00"), now, author="DSDEN du Rhône")
    (first,) = jean("services_lire").incidents
    assert first.par == "DSDEN du Rhône"
    withdraw_incident(Incident(INTER, WISHES, now, "SIAM a répondu", now), "essai")
    _, back = jean("services_lire").incidents
    assert (back.jusqu_au, back.motif) == (moment("2026-11-25", "12:00"), "SIAM a répondu")
    late = moment("2026-11-26", "09:00")
    assert jean("services_noter", late, **DONE).note.apres_cloture is True


def test_p16_what_was_not_moved_is_not_withdrawn(database, tmp_path, now):
    given(tmp_path)
    with pytest.raises(InputError, match="n’a pas été déplacée"):
        withdraw_incident(Incident(INTER, WISHES, now, "rien", now), "essai")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"campaign": "inter_2031"}, "n’est pas une campagne connue"),
        ({"step": "resultats"}, "n’a pas de fin à déplacer"),
        ({"scope": "Lyon"}, "pas de date pour"),
        ({"closes": moment("2026-11-01")}, "précède le début"),
        ({"reason": " "}, "le motif manque"),
        ({"reason": "x" * 301}, "le motif manque"),
    ],
)
def test_an_incident_that_moves_nothing_is_refused(database, tmp_path, now, changed, words):
    given(tmp_path)
    with pytest.raises(InputError, match=words):
        moved(**({"closes": moment("2026-11-27"), "now": now} | changed))
    assert count(CampaignIncident) == 0


def test_there_are_limits_to_what_is_kept(jean, tmp_path, now, monkeypatch):
    given(tmp_path)
    monkeypatch.setattr(giving, "MOST_FILES", 1)
    monkeypatch.setattr(giving, "MOST_INCIDENTS", 0)
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    with pytest.raises(InputError, match="déjà 1 campagnes"):
        given(
            tmp_path, FILE.replace("interdepartemental_1d", "pop_1d").replace(WISHES, "resultats")
        )
    with pytest.raises(InputError, match="déjà 0 échéances"):
        moved(moment("2026-11-27"), now)
    jean("services_noter", **DONE)
    with pytest.raises(InputError, match="déjà 1 notes"):
        jean("services_noter", **(DONE | {"cle": "une-de-trop"}))


@pytest.mark.parametrize(
    "changed",
    [
        {"campagne": "inter_2031"}, {"etape": "voeux"}, {"nature": "chance"}, {"le": "2026-11-26"},
        {"texte": "x" * 501}, {"texte": "\u202e"}, {"campagne": "../.."}, {"cle": "x"},
    ],
)  # fmt: skip
def test_a_note_that_says_nothing_known_is_refused(jean, changed):
    with pytest.raises(InputError):
        jean("services_noter", **(DONE | changed))
    assert count(CampaignNote) == 0


def test_a_note_that_is_taken_away_leaves_no_history(jean):
    jean("services_noter", **DONE)
    assert jean("services_retirer", id="D0001:premiere-note").retiree
    assert not jean("services_retirer", id="D0001:premiere-note").retiree
    assert jean("services_lire").notes == ()
    with db.reading() as session:
        history = select(func.count()).select_from(Write)
        assert session.scalar(history.where(Write.subject.like("campaign_notes:%"))) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="killed on Linux only")
def test_a_note_survives_a_kill_with_its_receipt_and_is_never_half_written(jean):
    def write():
        return jean("services_noter", **DONE)

    def withdraw():
        return jean("services_retirer", id="D0001:premiere-note")

    killed(dies_before_it_is_kept(write))
    assert count(CampaignNote) == 0
    killed(dies_before_it_answers(write))
    (kept,) = jean("services_lire").notes
    assert (write().note, write().recu > 0) == (kept, True)
    killed(dies_before_it_is_kept(withdraw))
    assert jean("services_lire").notes == (kept,)
    killed(dies_before_it_answers(withdraw))
    assert (jean("services_lire").notes, withdraw().retiree) == ((), False)


def test_the_reading_is_noted(jean, now):
    jean("services_lire")
    with db.reading() as session:
        actions = [line.action for line in audit.lines(session, subject="dossier:D0001")]
    assert "services_lus" in actions


def test_every_operation_on_the_services_is_examined_here():
    assert sorted(ORDERS) == sorted(name for name in OPERATIONS if name.startswith("services_"))


def test_a_stranger_and_who_has_logged_out_are_refused(jean, now):
    jean("services_noter", **DONE)
    token = open_session("jdupont", now)
    close_session(token, now)
    for op, args in ORDERS.items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn, match="vos services ne s’ouvre"):
                run(nobody, op, args, now)
    assert count(CampaignNote) == 1


@pytest.mark.parametrize("less", [{"roles": ("gestionnaire",)}, {"numero_dossier": None}])
def test_another_role_and_who_has_no_file_are_refused(jean, teachers, now, less):
    jean("services_noter", **DONE)
    for op, args in ORDERS.items():
        with pytest.raises(Refused, match="n’ouvre pas de dossier"):
            run(replace(teachers["jdupont"], **less), op, args, now)
    assert count(CampaignNote) == 1


def test_another_teacher_neither_reads_nor_takes_away_a_note(jean, teachers, now):
    jean("services_noter", **DONE)
    other = teachers["jdupont2"]
    assert run(other, "services_lire", {}, now).notes == ()
    assert not run(other, "services_retirer", ORDERS["services_retirer"], now).retiree
    run(other, "services_noter", DONE, now)  # the same key is another note: hers
    assert count(CampaignNote) == 2
    assert len(jean("services_lire").notes) == 1


def test_a_note_goes_with_its_file(jean):
    jean("services_noter", **DONE)
    with db.writing() as session:
        session.execute(text("UPDATE accounts SET agent_id = NULL"))
        session.execute(text("DELETE FROM agents WHERE numero = 'D0001'"))
    assert count(CampaignNote) == 0


def test_the_commands_check_add_move_and_list(database, tmp_path):
    file = tmp_path / "campagne.yml"
    file.write_text(FILE, encoding="utf-8")
    command = CliRunner()
    assert "1 étape datée" in command.invoke(campagne, ["verifier", str(file)]).output
    assert count(GivenCampaign) == 0
    assert "donnée ici" in command.invoke(campagne, ["ajouter", str(file)]).output
    moved_end = command.invoke(
        campagne,
        ["incident", INTER, WISHES, "--jusqu-au", "2026-11-27", "--heure", "18:00", "--motif",
         "panne de SIAM"],
    )  # fmt: skip
    assert "se termine le 27/11/2026 à 18 h 00, heure de Paris" in moved_end.output
    assert count(CampaignIncident) == 1
    assert INTER in command.invoke(campagne, ["liste"]).output
    refused = command.invoke(campagne, ["incident", INTER, "fin", "--jusqu-au", "2026-11-27",
                                        "--motif", "x"])  # fmt: skip
    assert isinstance(refused.exception, InputError)
