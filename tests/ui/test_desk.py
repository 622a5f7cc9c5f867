"""The trainers' desk: two people, one scenario each, a frozen day."""

from datetime import date

import ui_people as people
from ui_html import check

from iprof_kit.services.academies import academie
from iprof_kit.services.contract import Qui
from iprof_kit.ui import visit
from iprof_kit.ui.desk import Desk

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
    assert "Jean Dupont, PE (professeur des écoles)\u00a0: Professeurs des écoles, 7e" in page.text
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


class FrozenPortal:
    """A guichet whose server was started with `--today 2026-03-02`."""

    def ask(self, op):
        assert op == "session.qui"
        return Qui(aujourdhui=date(2026, 3, 2), academie=academie())


def test_the_day_of_the_desk_is_that_of_the_portal(monkeypatch):
    monkeypatch.setattr(visit, "open_guichet", FrozenPortal)
    assert visit.day_of_the_portal() == date(2026, 3, 2)
    asked = []

    def answer(question):
        asked.append(question.aujourdhui)
        return people.answer(question)

    page = check(Desk(NAMES, ask=answer).handle({"kind": "route", "path": ""}))
    (typed,) = [one for one in page.all("input") if one.get("name") == "aujourdhui"]
    assert typed["value"] == "02/03/2026"
    assert set(asked) == {date(2026, 3, 2)}


def test_without_portal_the_day_is_that_of_paris():
    assert visit.day_of_the_portal() == visit.paris_today()
