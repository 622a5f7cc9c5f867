"""A lesson played live: led by its trainer alone, counted rightly, erased whole."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_pieces import ESTIMATE, LESSON, ONE, ORDER, SEVERAL, WORDS
from sqlalchemy import text

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.calculate.played_lesson import Reponse
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import (
    NewAccount,
    close_session,
    create_account,
    open_session,
    session_of,
)
from iprof_kit.services.contract.lecons import LECONS_OPERATIONS, MOST_PARTICIPANTS
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.jobs.tasks import TASKS
from iprof_kit.services.lessons import phones
from iprof_kit.services.lessons.answers import MOST_ORDERS, checked, counted
from iprof_kit.services.lessons.phones import AnswersClosed, LessonOver, NotInTheRoom

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SENT = LESSON.model_dump(mode="json")
TABLES = ("live_lessons", "lesson_phones", "lesson_answers")


@pytest.fixture
def trainer(database, now):
    """Return a function that makes a trainer, and returns what she asks of the guichet."""

    def made(compte="fformateur", roles=("formateur",)):
        create_account(NewAccount(compte, roles, password="quatre mots sans lien"), "test", now)
        identity = session_of(open_session(compte, now), now)
        return lambda op, when=now, **args: run(identity, op, args, when)

    return made


@pytest.fixture
def led(trainer):
    """Return what the trainer of an open lesson asks, and its code."""
    ask = trainer()
    return ask, ask("lecon.ouvrir", lecon=SENT).code


def rows(*tables):
    with db.reading() as session:
        return [session.scalar(text(f"SELECT count(*) FROM {name}")) for name in tables or TABLES]


def one_phone(code, now):
    return phones.join(code, now).mark


def test_every_operation_of_a_lesson_is_tried_here(led):
    _, code = led
    assert set(orders(code)) == set(LECONS_OPERATIONS)


def orders(code):
    return {
        "lecon.ouvrir": {"lecon": SENT},
        "lecon.etat": {},
        "lecon.aller": {"code": code, "ecran": ONE},
        "lecon.fermer": {"code": code},
    }


def test_a_stranger_who_has_logged_out_and_every_other_role_are_refused(led, trainer, jean, now):
    _, code = led
    roles = ("gestionnaire", "evaluateur", "analyste", "administrateur")
    others = [jean, *(trainer(f"a{role}", (role,)) for role in roles)]
    token = open_session("fformateur", now)
    close_session(token, now)
    gone = session_of(token, now)
    for op, args in orders(code).items():
        with pytest.raises(NotLoggedIn):
            run(gone, op, args, now)
        for other in others:
            with pytest.raises(Refused, match="n’est pas ouverte à ce compte"):
                other(op, **args)
    assert rows("live_lessons") == [1]


def test_another_trainer_leads_hers_and_not_this_one(led, trainer):
    ask, code = led
    other = trainer("gformatrice")
    for op in ("lecon.aller", "lecon.fermer"):
        with pytest.raises(Refused, match="n’est pas la vôtre"):
            other(op, **orders(code)[op])
    assert other("lecon.etat").code == ""
    assert ask("lecon.etat").code == code


def test_a_lesson_comes_back_whole_at_the_screen_where_it_was(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ESTIMATE, chrono=60)
    db.engine().dispose()  # as a portal that was killed, and started again
    back = ask("lecon.etat", now + SECOND)
    assert (back.code, back.ecran, back.lancee, back.revele) == (code, ESTIMATE, True, False)
    assert back.reponses_jusqua == now + timedelta(seconds=60)
    assert back.lecon == LESSON


def test_a_lesson_waits_until_a_screen_of_it_is_shown(led, now):
    ask, code = led
    assert ask("lecon.etat").lancee is False
    assert phones.look(code, now).question is None
    assert ask("lecon.aller", code=code, ecran=WORDS).lancee is True


def test_opening_another_lesson_erases_the_first_with_its_phones(led, now):
    ask, code = led
    one_phone(code, now)
    again = ask("lecon.ouvrir", lecon=SENT)
    assert again.code != code
    assert phones.look(code, now) is None
    assert rows() == [1, 0, 0]


def test_codes_are_short_readable_and_differ(led, trainer):
    _, code = led
    codes = {code, *(trainer(f"f{n * 'x'}")("lecon.ouvrir", lecon=SENT).code for n in range(1, 9))}
    assert len(codes) == 9
    assert {len(one) for one in codes} == {5}
    assert not set("".join(codes)) & set("IO01")


def test_a_code_that_is_taken_is_drawn_again(led, trainer, monkeypatch):
    _, code = led
    signs = iter([*code, *"ABCDE"])
    monkeypatch.setattr("secrets.choice", lambda _signs: next(signs))
    assert trainer("gformatrice")("lecon.ouvrir", lecon=SENT).code == "ABCDE"


@pytest.mark.parametrize(
    ("screen", "answers", "choices"),
    [
        (ONE, [(1,), (2,), (1,)], (0, 2, 1, 0)),
        (SEVERAL, [(0, 1), (1,), (1, 2)], (1, 3, 1)),
        (ORDER, [(1, 0, 2), (1, 0, 2), (0, 1, 2)], (1, 2, 0)),
    ],
)
def test_choices_are_counted_by_form_once_revealed(led, now, screen, answers, choices):
    ask, code = led
    ask("lecon.aller", code=code, ecran=screen)
    for chosen in answers:
        phones.answer(code, one_phone(code, now), screen, Reponse(choix=chosen), now)
    before = ask("lecon.etat")
    assert (before.presents, before.reponses, before.compte) == (3, 3, None)
    revealed = ask("lecon.aller", code=code, ecran=screen, revele=True).compte
    assert revealed.choix == choices
    if screen == ORDER:
        assert revealed.ordres == (((1, 0, 2), 2), ((0, 1, 2), 1))


def test_values_of_the_slider_are_counted_in_order(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ESTIMATE)
    for value in (80, 75, 80):
        phones.answer(code, one_phone(code, now), ESTIMATE, Reponse(valeur=value), now)
    assert ask("lecon.aller", code=code, ecran=ESTIMATE, revele=True).compte.valeurs == (
        (75.0, 1),
        (80.0, 2),
    )


def test_an_answer_is_changed_until_the_very_moment_of_the_close(led, now):
    ask, code = led
    mark = one_phone(code, now)
    ask("lecon.aller", code=code, ecran=ONE, chrono=30)
    end = now + timedelta(seconds=30)
    phones.answer(code, mark, ONE, Reponse(choix=(0,)), now)
    phones.answer(code, mark, ONE, Reponse(choix=(3,)), end - SECOND)
    with pytest.raises(AnswersClosed):
        phones.answer(code, mark, ONE, Reponse(choix=(1,)), end)
    assert ask("lecon.aller", code=code, ecran=ONE, revele=True).compte.choix == (0, 0, 0, 1)


def test_after_the_reveal_or_for_another_screen_nothing_is_counted(led, now):
    ask, code = led
    mark = one_phone(code, now)
    with pytest.raises(AnswersClosed):
        phones.answer(code, mark, WORDS, Reponse(choix=(0,)), now)
    ask("lecon.aller", code=code, ecran=ONE, revele=True)
    for screen in (ONE, SEVERAL):
        with pytest.raises(AnswersClosed):
            phones.answer(code, mark, screen, Reponse(choix=(0,)), now)
    assert rows("lesson_answers") == [0]


def test_a_clock_that_has_run_out_does_not_close_the_next_question(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE, chrono=0)
    assert not phones.look(code, now).takes_answers(now)
    state = ask("lecon.aller", code=code, ecran=SEVERAL)
    assert state.reponses_jusqua is None
    assert phones.look(code, now).takes_answers(now)


def test_a_reveal_leaves_the_clock_as_it_is(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE, chrono=30)
    assert ask("lecon.aller", code=code, ecran=ONE, revele=True).reponses_jusqua is not None


def test_a_screen_that_the_lesson_has_not_is_refused(led):
    ask, code = led
    with pytest.raises(InputError, match="cet écran"):
        ask("lecon.aller", code=code, ecran=len(LESSON.ecrans))


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        {"id": "essai", "titre": "Rien", "jour": "2026-11-27", "ecrans": []},
        SENT | {"loi": "inconnue"},
        SENT | {"ecrans": SENT["ecrans"] * 7},
    ],
)
def test_a_lesson_that_is_none_is_refused_and_the_one_under_way_goes_on(led, hostile):
    ask, code = led
    with pytest.raises(InputError, match="arguments"):
        ask("lecon.ouvrir", lecon=hostile)
    assert ask("lecon.etat").code == code


@pytest.mark.parametrize(
    ("screen", "wrong"),
    [
        (ONE, {}),
        (ONE, {"choix": (0, 1)}),
        (ONE, {"choix": (4,)}),
        (ONE, {"choix": (-1,)}),
        (ONE, {"valeur": 80}),
        (SEVERAL, {"choix": (1, 1)}),
        (SEVERAL, {}),
        (ESTIMATE, {}),
        (ESTIMATE, {"valeur": 49}),
        (ESTIMATE, {"valeur": 80.5}),
        (ESTIMATE, {"valeur": 1e308}),
        (ESTIMATE, {"choix": (0,), "valeur": 80}),
        (ORDER, {"choix": (0, 1)}),
        (ORDER, {"choix": (0, 1, 1)}),
    ],
)
def test_an_answer_of_another_form_is_refused_in_french_and_keeps_the_former(
    led, now, screen, wrong
):
    ask, code = led
    mark = one_phone(code, now)
    ask("lecon.aller", code=code, ecran=screen)
    right = {ESTIMATE: {"valeur": 80}, ORDER: {"choix": (2, 1, 0)}}.get(screen, {"choix": (0,)})
    phones.answer(code, mark, screen, Reponse(**right), now)
    with pytest.raises(InputError) as refusal:
        phones.answer(code, mark, screen, Reponse(**wrong), now)
    assert refusal.value.remedy
    assert list(phones.look(code, now).answers.values()) == [Reponse(**right)]


def test_the_mark_of_another_lesson_is_none_here(led, trainer, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE)
    other = trainer("gformatrice")("lecon.ouvrir", lecon=SENT).code
    with pytest.raises(NotInTheRoom):
        phones.answer(code, one_phone(other, now), ONE, Reponse(choix=(0,)), now)
    with pytest.raises(LessonOver):
        phones.join("ZZZZZ", now)


def test_a_phone_that_comes_back_keeps_its_mark_and_its_answer(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE)
    mark = one_phone(code, now)
    phones.answer(code, mark, ONE, Reponse(choix=(2,)), now)
    back = phones.join(code, now, mark)
    assert (back.mark, len(back.room.phones), len(back.room.answers)) == (mark, 1, 1)


def test_a_full_room_lets_nobody_more_in_until_one_leaves(led, now):
    _, code = led
    with db.writing() as session:
        row = session.execute(text("SELECT id FROM live_lessons")).scalar_one()
        session.execute(
            text("INSERT INTO lesson_phones (lesson_id, mark_hash) VALUES (:lesson, :mark)"),
            [{"lesson": row, "mark": f"m{n}"} for n in range(MOST_PARTICIPANTS - 1)],
        )
    last = phones.join(code, now)
    assert last.mark
    assert phones.join(code, now).mark == ""
    assert phones.join(code, now, last.mark).mark == last.mark
    phones.leave(code, last.mark, now)
    assert phones.join(code, now).mark


def test_who_leaves_takes_her_answers_away(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE)
    mark = one_phone(code, now)
    phones.answer(code, mark, ONE, Reponse(choix=(2,)), now)
    phones.leave(code, mark, now)
    assert rows() == [1, 0, 0]


def test_the_end_erases_code_marks_and_answers(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE)
    phones.answer(code, one_phone(code, now), ONE, Reponse(choix=(2,)), now)
    assert rows() == [1, 1, 1]
    assert ask("lecon.fermer", code=code).code == ""
    assert rows() == [0, 0, 0]
    assert phones.look(code, now) is None
    with pytest.raises(Refused, match="terminée"):
        ask("lecon.fermer", code=code)


def test_a_forgotten_lesson_is_erased_the_next_day_and_is_dead_before(led, now):
    ask, code = led
    one_phone(code, now)
    task = TASKS["lecons"]
    tomorrow = now + 24 * HOUR
    with db.reading() as session:
        assert not task.wanted(session, now + HOUR)
        assert task.wanted(session, tomorrow)
    assert ask("lecon.etat", tomorrow).code == ""
    assert phones.look(code, tomorrow) is None
    assert task.work(tomorrow) == "1 leçon effacée"
    assert rows() == [0, 0, 0]


def test_a_lesson_that_goes_on_past_midnight_is_not_forgotten(led, now):
    ask, code = led
    late = now.replace(hour=22, minute=30)  # 23:30 in Paris
    ask("lecon.aller", late, code=code, ecran=ONE)
    assert phones.look(code, late + HOUR) is not None
    assert phones.look(code, late + 4 * HOUR) is None


def test_the_journal_says_who_led_and_nothing_of_who_took_part(led, now):
    ask, code = led
    ask("lecon.aller", code=code, ecran=ONE)
    mark = one_phone(code, now)
    phones.answer(code, mark, ONE, Reponse(choix=(2,)), now)
    ask("lecon.fermer", code=code)
    with db.reading() as session:
        lines = [line for line in audit.lines(session) if line.action.startswith("lecon_")]
        everything = repr(audit.lines(session, last=1000))
    assert sorted((line.action, line.actor) for line in lines) == [
        ("lecon_fermee", "fformateur"),
        ("lecon_ouverte", "fformateur"),
    ]
    assert mark not in everything
    assert code not in everything


def test_the_mark_itself_is_not_in_the_database(led, now):
    _, code = led
    mark = one_phone(code, now)
    with db.reading() as session:
        stored = session.scalar(text("SELECT mark_hash FROM lesson_phones"))
    assert mark not in stored


def test_going_below_live_lessons_loses_them_alone(led, now):
    ask, _ = led
    db.migrate("0019", down=True)
    db.migrate("head")
    assert rows() == [0, 0, 0]
    assert ask("lecon.ouvrir", lecon=SENT).code


FORMS = {screen: LESSON.ecrans[screen].question for screen in (ONE, SEVERAL, ESTIMATE, ORDER)}
ANSWERS = {
    ONE: st.integers(0, 3).map(lambda one: Reponse(choix=(one,))),
    SEVERAL: st.sets(st.integers(0, 2), min_size=1).map(lambda some: Reponse(choix=tuple(some))),
    ESTIMATE: st.integers(50, 100).map(lambda one: Reponse(valeur=one)),
    ORDER: st.permutations(range(3)).map(lambda some: Reponse(choix=tuple(some))),
}


@pytest.mark.parametrize("screen", list(FORMS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_counts_are_those_of_the_last_answers(screen, data):
    sent = data.draw(st.lists(st.tuples(st.integers(0, 9), ANSWERS[screen]), max_size=40))
    last = {phone: checked(FORMS[screen], one) for phone, one in sent}
    compte = counted(FORMS[screen], list(last.values()))
    assert compte.reponses == len({phone for phone, _ in sent})
    if screen == ESTIMATE:
        assert sum(number for _, number in compte.valeurs) == compte.reponses
        for value, number in compte.valeurs:
            assert number == sum(one.valeur == value for one in last.values())
        return
    first = slice(0, 1) if screen == ORDER else slice(None)
    for place, number in enumerate(compte.choix):
        assert number == sum(place in one.choix[first] for one in last.values())
    for order, number in compte.ordres:
        assert number == sum(one.choix == order for one in last.values())
    assert len(compte.ordres) <= MOST_ORDERS
