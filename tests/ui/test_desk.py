"""The trainers' desk: two people, one scenario each, a frozen day."""

from datetime import date

import ui_people as people
from ui_html import check

from iprof_kit.ui.components import guichet
from iprof_kit.ui.screens.desk.screen import Desk, sample_people
from iprof_kit.ui.screens.ma_situation.screen import MySituation

MARIE = people.JEAN.model_copy(
    update={
        "identite": people.JEAN.identite.model_copy(
            update={"civilite": "Madame", "prenom": "Marie", "nom": "Laurent"}
        )
    }
)
NAMES = {"Jean Dupont, PE": people.JEAN, "Marie Laurent, PE": MARIE}


def desk(**more):
    return Desk(NAMES, people.TODAY, people.answer, **more)


def test_two_people_stand_side_by_side_with_a_column_each():
    page = check(desk().handle({"kind": "route", "path": ""}))
    assert "Jean Dupont, PE\u00a0: 7e" in page.text
    assert "bruts d’écart par mois" in page.text or "0\u00a0€ bruts" in page.text
    assert "Lire en" in page.text
    assert "Recalculer" not in page.text
    names = {s["name"] for s in page.all("select")}
    assert {"hors_classe-A", "hors_classe-B", "personne-A", "personne-B"} <= names


def test_each_control_moves_its_own_person():
    shown = desk()
    shown.handle({"kind": "route", "path": ""})
    html = shown.handle(
        {
            "kind": "intent",
            "name": "scenarios",
            "changed": "hors_classe-B",
            "values": {"hors_classe-A": "jamais", "hors_classe-B": "2033"},
        }
    )
    page = check(html)
    assert "hors classe, 2e échelon" in page.text
    assert page.text.count("10e échelon") >= 1


def test_the_day_stays_where_the_trainer_puts_it():
    asked = []

    def watching(question):
        asked.append(question.aujourdhui.isoformat())
        return people.answer(question)

    shown = Desk(NAMES, people.TODAY, watching)
    values = {"personne-A": "Marie Laurent, PE", "personne-B": "Jean Dupont, PE"}
    page = check(
        shown.handle(
            {"kind": "intent", "name": "personnes", "values": {**values, "aujourdhui": "1/9/2025"}}
        )
    )
    assert set(asked) == {"2025-09-01"}
    assert "Aujourd’hui, le 1er septembre 2025" in page.text


def test_an_unreadable_day_is_said_at_its_field():
    page = check(
        desk().handle({"kind": "intent", "name": "personnes", "values": {"aujourdhui": "demain"}})
    )
    assert "La date n’est pas lisible." in page.text


def test_the_same_person_twice_gives_the_gap_of_the_two_scenarios():
    shown = Desk(NAMES, people.TODAY)
    same = {"personne-A": "Jean Dupont, PE", "personne-B": "Jean Dupont, PE"}
    check(shown.handle({"kind": "intent", "name": "personnes", "values": same}))
    values = {"hors_classe-A": "jamais", "hors_classe-B": "2033"}
    page = check(
        shown.handle(
            {"kind": "intent", "name": "scenarios", "values": values, "changed": "hors_classe-B"}
        )
    )
    assert "Le scénario B (hors classe en 2033) rapporte" in page.text
    assert "Scénario A" in page.text
    read = page.text.replace("\u00a0", " ")
    ends = [words for words in ("à l’ancienneté", "hors classe 2033") if words in read]
    assert len(ends) == 2


def test_the_sheet_that_is_printed_says_what_each_person_supposes():
    shown = desk()
    shown.handle({"kind": "route", "path": ""})
    html = shown.handle(
        {
            "kind": "intent",
            "name": "scenarios",
            "changed": "hors_classe-B",
            "values": {"hors_classe-A": "jamais", "hors_classe-B": "2033"},
        }
    )
    paper = html.split('<ul class="plain on-paper">')[1].split("</ul>")[0].replace("\u00a0", " ")
    assert "A, Jean Dupont, PE : temps de travail de 80 %, ni bonification ni promotion" in paper
    assert "B, Marie Laurent, PE : temps de travail de 80 %, hors classe en 2033." in paper


def test_the_day_is_that_of_the_portal_where_it_is_frozen(monkeypatch):
    frozen = people.FakeGuichet()
    frozen.ask = lambda op, **_: people.FakeGuichet.ask(people.FakeGuichet(), op).model_copy(
        update={"aujourdhui": date(2031, 3, 5)}
    )
    monkeypatch.setattr(guichet, "open_guichet", lambda: frozen)
    page = check(Desk(NAMES, None).handle({"kind": "route", "path": ""}))
    assert "Aujourd’hui, le 5 mars 2031" in page.text
    typed = {"corps": "pe", "grade": "classe_normale", "echelon": "7", "date_effet": "1/9/2030"}
    own = MySituation(guichet.portal_today)
    html = own.handle({"kind": "intent", "name": "situation", "values": typed})
    assert "est dans l’avenir" not in html
    assert "hors classe" in html


def test_every_fictitious_person_has_a_standing_on_a_far_day():
    day = date(2034, 9, 1)
    for name, dossier in list(sample_people().items())[:3]:
        page = check(Desk({name: dossier}, day).handle({"kind": "route", "path": ""}))
        assert "Aujourd’hui, le 1er septembre 2034" in page.text
