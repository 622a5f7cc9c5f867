"""What the kit deduces of a file on a day: which message, of which date, with which reserves."""

import json
from datetime import date

import pytest

from iprof_kit.base.errors import BadTable
from iprof_kit.law.campaigns.files import moment
from iprof_kit.services.contract.campagnes import IncidentLu
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.kit_messages import deducing, texts
from iprof_kit.services.kit_messages.asked import Added, Asked
from iprof_kit.services.kit_messages.deducing import look

PEOPLE = {one.numero: one for one in sample_dossiers()}
CHRISTINE, SAID, MARIE_ANGE, KARIM = (PEOPLE[f"D00{n}"] for n in (14, 16, 15, 13))
JEAN, SARAH, EMMANUELLE, ANTOINE = (PEOPLE[f"D00{n}"] for n in ("01", "42", "25", "28"))
# Décret 90-680, art. 24: the 5e échelon lasts 2 years 6 months, the 6e 3 years, the 7e 3 years,
# the 10e 4 years. Arrêté of 5 May 2017: the second rendez-vous is in the school year at whose end
# one has between 18 and 30 months at the 8e échelon, the first between 12 and 24 at the 6e.
FILE = {
    "id": "interdepartemental_1d_2027", "service": "interdepartemental_1d", "annee": 2027,
    "etapes": [{"etape": "retour_confirmations_pieces", "du": "2026-11-26", "au": "2026-12-10",
                "source": "note de service d’essai", "confiance": "A"}],
}  # fmt: skip
GIVEN = Added(files=(FILE,))
MOVEMENT = date(2025, 11, 10)
"""Between 5 and 26 November 2025, noon: the wishes of the movement of 2026."""


def said_of(dossier, today, kind):
    return [one for one in look(dossier, today).messages if one.kind == kind]


def words(message):
    return message.text.replace("\xa0", " ")


def copied(dossier, day, **other):
    return dossier.model_copy(update={"lu_le": day, **other})


@pytest.mark.parametrize(
    ("dossier", "today", "place", "day"),
    [
        (CHRISTINE, date(2027, 1, 15), "le 11e échelon", "1er mars 2027"),
        (SAID, date(2027, 1, 15), "le 6e échelon", "1er mars 2027"),
        (JEAN, date(2027, 8, 1), "le 8e échelon", "1er septembre 2027"),
    ],
)
def test_an_echelon_to_come_is_told_with_its_day_its_copy_and_its_text(dossier, today, place, day):
    [message] = said_of(dossier, today, "echelon")
    assert f"vous atteindriez {place} le {day}, à l’ancienneté" in words(message)
    assert words(message).startswith("D’après votre copie du 12 novembre 2026, ")
    copy = "votre copie du 12 novembre 2026 (AGAPE)\xa0; "
    assert message.source == f"{copy}décret 90-680, art.\xa024"
    assert message.subject.startswith("Kit libre, non officiel\u00a0: ")
    assert day in message.subject


def test_it_is_told_sixty_days_before_and_the_look_before_says_when_to_look_again():
    early = look(SAID, date(2026, 12, 30))
    assert early.messages == []
    assert early.again_on == date(2026, 12, 31)
    assert said_of(SAID, date(2026, 12, 31), "echelon")
    assert said_of(SAID, date(2027, 3, 1), "echelon") == []


def test_time_that_does_not_count_moves_the_day():
    # At the 7e since 1 December 2022, on disponibilité from September 2024 to August 2027: 21
    # months are done, 15 are left.
    assert said_of(KARIM, date(2025, 11, 1), "echelon") == []
    [message] = said_of(KARIM, date(2028, 10, 15), "echelon")
    assert "le 8e échelon le 1er décembre 2028" in words(message)
    assert "ne dit pas votre position d’aujourd’hui" in words(message)


def test_a_position_that_is_not_at_work_is_said():
    [message] = said_of(EMMANUELLE, date(2027, 1, 15), "echelon")
    assert "vous place en « Détachement »" in words(message)


def test_an_old_copy_and_one_that_stops_too_early_are_said():
    stopped = copied(JEAN, date(2026, 1, 5), echelons=JEAN.echelons[:-2])
    assert stopped.echelons[-1].echelon == "5"
    [message] = said_of(stopped, date(2027, 8, 1), "echelon")
    assert "le 8e échelon le 1er septembre 2027" in words(message)
    assert "Cette copie s’arrête au 5e échelon" in words(message)
    assert "plus de 12 mois" in words(message)


@pytest.mark.parametrize(("dossier", "number"), [(MARIE_ANGE, "deuxième"), (ANTOINE, "premier")])
def test_the_rendez_vous_of_the_school_year_is_told_as_the_administration_s_to_call(
    dossier, number
):
    [message] = said_of(dossier, date(2026, 11, 28), "rendez_vous")
    assert f"l’année scolaire 2026-2027 serait celle de votre {number} rendez-vous" in words(
        message
    )
    assert "L’administration seule vous y convoque" in words(message)
    assert said_of(dossier, date(2025, 10, 1), "rendez_vous") == []


def test_a_rendez_vous_already_had_is_not_told():
    had = JEAN.rendez_vous[0].model_copy(update={"numero": 2, "annee_scolaire": "2026-2027"})
    dossier = MARIE_ANGE.model_copy(update={"rendez_vous": (*MARIE_ANGE.rendez_vous, had)})
    assert said_of(dossier, date(2026, 11, 28), "rendez_vous") == []


def test_a_movement_is_told_while_it_is_open_then_once_it_is_closed_with_the_local_hour():
    here = copied(MARIE_ANGE, date(2025, 11, 3))
    assert said_of(here, date(2025, 11, 4), "mouvement_ouvert") == []
    opened = said_of(here, MOVEMENT, "mouvement_ouvert")
    [message] = [one for one in opened if "interdépartemental" in one.subject]
    assert "du 5 novembre 2025 au 26 novembre 2025, 12 h, heure de Paris (15 h à La Réunion)" in (
        words(message)
    )
    [closed] = [one for one in said_of(here, date(2025, 11, 27), "mouvement_clos")
                if "interdépartemental" in one.subject]  # fmt: skip
    assert "26 novembre 2025" in closed.subject
    assert said_of(here, date(2025, 12, 18), "mouvement_clos") == []


def reminded(today, added=GIVEN, dossier=JEAN):
    return [one for one in look(copied(dossier, today), today, added).messages
            if one.kind == "echeance"]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "key", "left"),
    [(2, None, ""), (3, "rappel7", "7 jours"), (7, "rappel7", "3 jours"),
     (8, "rappel2", "2 jours"), (9, "rappel2", "1 jour"), (10, "rappel2", "moins d’un jour"),
     (11, None, "")],
)  # fmt: skip
def test_the_end_of_an_act_is_recalled_seven_days_before_then_two(day, key, left):
    """« retour_confirmations_pieces » ends on 10 December 2026 in the file of this test."""
    messages = reminded(date(2026, 12, day))
    assert [one.key.partition(".")[0] for one in messages] == ([key] if key else [])
    for one in messages:
        assert f"{left} avant la fin, le 10 décembre 2026" in one.subject.replace("\xa0", " ")
        assert "si vous n’y participez pas, rien n’est attendu" in words(one)
        assert one.step == "interdepartemental_1d_2027.retour_confirmations_pieces"


def test_the_look_before_says_on_which_day_a_reminder_is_due():
    assert look(copied(JEAN, date(2026, 11, 28)), date(2026, 11, 28), GIVEN).again_on == date(
        2026, 12, 3
    )


def test_a_deadline_that_was_moved_is_recalled_by_its_new_day_and_what_is_optional_never_is():
    later = IncidentLu(
        campagne="interdepartemental_1d_2027", etape="retour_confirmations_pieces",
        jusqu_au=moment("2026-12-18", "12:00"), motif="panne", note_le=moment("2026-12-04"),
        portee="national",
    )  # fmt: skip
    moved = GIVEN.model_copy(update={"incidents": (later,)})
    assert reminded(date(2026, 12, 8), moved) == []
    [message] = reminded(date(2026, 12, 11), moved)
    assert "18 décembre 2026, 12 h, heure de Paris" in words(message)
    optional = Added(files=({**FILE, "etapes": [{
        "etape": "annulation_participation", "au": "2026-12-10", "source": "essai",
        "confiance": "A"}]},))  # fmt: skip
    assert reminded(date(2026, 12, 8), optional) == []


def test_another_corps_is_reminded_of_nothing_of_this_one():
    certifie = JEAN.model_copy(update={"corps": "certifie"})
    assert reminded(date(2026, 12, 8), dossier=certifie) == []


def test_a_day_that_no_official_text_gives_is_to_verify():
    for message in said_of(copied(JEAN, MOVEMENT), MOVEMENT, "mouvement_ouvert"):
        assert "texte officiel à vérifier" in message.source


def test_a_campaign_without_known_dates_tells_nothing():
    assert look(JEAN, date(2026, 11, 28)).messages == []


@pytest.mark.parametrize("today", [MOVEMENT, date(2026, 11, 28), date(2027, 8, 1)])
def test_a_contract_agent_is_told_nothing_of_a_corps(today):
    assert look(SARAH, today).messages == []


def test_each_message_is_conditional_short_and_says_who_decides():
    days = (MOVEMENT, date(2026, 11, 28), date(2027, 1, 15), date(2027, 8, 1))
    messages = [one for dossier in PEOPLE.values() for day in days
                for one in look(dossier, day).messages]  # fmt: skip
    assert {one.kind for one in messages} >= {"echelon", "rendez_vous", "mouvement_ouvert"}
    for one in messages:
        assert one.subject.startswith("Kit libre, non officiel\u00a0: ")
        assert len(one.subject) < texts.LONGEST_SUBJECT
        assert "D’après votre copie du" in words(one)
        assert "Il ne vient pas de l’administration, qui seule décide." in words(one)
        assert "{" not in one.subject + one.text + one.source
        assert "  " not in one.text


def test_a_file_at_which_the_law_breaks_is_missing_alone(monkeypatch):
    def breaks(dossier, today, added):
        if dossier.numero == SAID.numero:
            raise ZeroDivisionError
        return look(dossier, today, added)

    monkeypatch.setattr(deducing, "look", breaks)
    asked = Asked(dossiers=[CHRISTINE, SAID, JEAN], today=date(2027, 1, 15))
    answered = json.loads(deducing.answer(asked.model_dump_json().encode()))
    assert [one["numero"] for one in answered] == ["D0014", "D0001"]


@pytest.fixture
def rewritten(tmp_path, monkeypatch):
    """Return a function: the file of the words with one of them replaced."""

    def one(before, after):
        text = texts.FILE.read_text("utf-8")
        assert before in text
        file = tmp_path / "messages.yml"
        file.write_text(text.replace(before, after), "utf-8")
        monkeypatch.setattr(texts, "FILE", file)
        texts.read_words.cache_clear()

    yield one
    monkeypatch.undo()
    texts.read_words.cache_clear()


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("{le_lieu}", "{nom}", "pas de champ « nom »"),
        ("{mois} mois", "{jours} jours", "pas de champ « jours »"),
        ("famille: carriere", "famille: autre", "d’une famille"),
        ("  suivi:\n    famille", "  suite:\n    famille", "doit avoir"),
        ("fin: ", "fini: ", "ne peut pas être lu"),
    ],
)
def test_a_wrong_file_of_words_is_refused_and_says_why(rewritten, before, after, why):
    rewritten(before, after)
    with pytest.raises(BadTable) as refused:
        texts.families()
    assert why in str(refused.value).replace("\xa0", " ")
