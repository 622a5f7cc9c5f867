"""Une année de maladie on the screen: what stays first, two scenarios and no advice, care."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.services.contract.dossier import Sante
from iprof_kit.ui.screens.maladie.entry import read
from iprof_kit.ui.screens.maladie.view import calls

PATH = "/perspectives/maladie"
DEBUT, ARRETS, FIN = (f"sensible_maladie_{one}" for one in ("debut", "arrets", "fin"))
DEMANDE, MOIS, CARENCE = (f"sensible_maladie_{one}" for one in ("demande", "mois", "carence"))
PERSON = EtSiQuestion.model_validate(
    {
        "situation": {"corps": "pe", "grade": "classe_normale", "echelon": "7",
                      "date_effet": "2025-09-01"},
        "aujourdhui": "2026-12-01",
        "zone": 3,
    }
)  # fmt: skip


class Screen(Visitor):
    path = PATH

    def type(self, **fields):
        return self.do("maladie", **fields)


def test_what_stays_and_whom_to_call_come_before_anything_is_typed():
    screen = Screen()
    order = [screen.page.text.index(one) for one in
             ("Ce qui reste", "Qui décide, qui appeler", "Les dates", "Mois par mois")]  # fmt: skip
    assert order == sorted(order)
    assert "Le conseil médical donne un avis, le recteur décide." in screen.page.text
    assert "Rien n’est gardé" in screen.page.text


def test_no_number_is_invented_for_an_academy_that_says_none():
    said = calls(Sante(assistante_sociale="04 65 71 00 31"))
    assert [one.number for one in said] == ["04 65 71 00 31", "", "", ""]
    assert "service social" in said[1].words
    assert said[0].link == "0465710031"


def test_a_stoppage_typed_dates_its_half_pay():
    # 90 jours comptables : 12 en mars, 30, 30 et 18
    screen = Screen()
    screen.type(**{DEBUT: "01/09/2026", ARRETS: "09/03/2026 au 20/03/2026"})
    assert "19 novembre 2026" in screen.page.text
    assert "50 % du traitement et des primes" in screen.page.text.replace("\u00a0", " ")


def test_nothing_advises_between_the_two():
    screen = Screen()
    screen.type(**{DEBUT: "01/09/2026"})
    words = screen.page.text.lower()
    for advice in ("plus avantageux", "conseillons", "il vaut mieux", "gagnez", "perdez", "écart",
                   "vous serez", "vous toucherez"):  # fmt: skip
        assert advice not in words
    assert "parlez-en avant de signer" in words


def test_a_alone_has_no_b():
    screen = Screen()
    screen.type(**{DEMANDE: "aucune"})
    assert 'class="of-b"' not in screen.html
    assert "Si la réponse vient en" not in screen.page.text


def test_what_was_typed_is_forgotten_when_asked():
    screen = Screen()
    screen.type(**{DEBUT: "01/09/2026"})
    assert "01/09/2026" in screen.html
    screen.do("maladie_oublier")
    assert "01/09/2026" not in screen.html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({DEBUT: "31/02/2026"}, "n’existe pas"),
        ({DEBUT: "hier"}, "pas lisible"),
        ({ARRETS: "09/03/2026 au 20/03/2026 au 21/03/2026"}, "n’est pas un arrêt lisible"),
        ({ARRETS: "20/03/2026 au 09/03/2026"}, "n’est pas un arrêt lisible"),
        ({DEBUT: "01/09/2026", FIN: "31/08/2026"}, "avant le premier jour d’arrêt"),
        ({DEBUT: "01/09/2026", ARRETS: "20/08/2026 au 02/09/2026"}, "deux arrêts tombent"),
        ({DEBUT: "01/09/2026", FIN: "01/10/2029"}, "mois au plus"),
        ({DEBUT: "01/09/1990"}, "avant vos premiers services"),
        ({DEBUT: "01/09/2021"}, "accordé après sa fin"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_the_rest_is_shown(fields, said):
    screen = Screen()
    screen.type(**fields)
    assert said.lower() in screen.page.text.lower()
    assert "Mois par mois" in screen.page.text
    assert 'aria-invalid="true"' in screen.html


def test_a_person_without_corps_reads_whom_to_call():
    screen = Screen(people.SANS_CORPS)
    assert "Qui décide, qui appeler" in screen.page.text
    assert "ni corps ni échelon" in screen.page.text
    assert "Mois par mois" not in screen.page.text


def test_each_reason_is_a_row_of_the_law():
    screen = Screen()
    screen.type(**{DEBUT: "01/09/2026"})
    screen.do("pourquoi", of="jours")
    text = screen.page.text
    assert "décembre 2026" in text
    assert "n’est jamais repris ensuite" in text
    assert "complétés à 100" in text


def test_the_letters_of_the_branches_are_not_colour_alone():
    screen = Screen()
    rows = re.findall(r'<tr class="of-([ab])"><th scope="row"><b class="branch">([AB])</b>',
                      screen.html)  # fmt: skip
    assert rows
    assert all(look == letter.lower() for look, letter in rows)


def test_an_answer_waited_longer_begins_b_later():
    typed = [{DEBUT: "01/09/2026", MOIS: str(wait)} for wait in (1, 3, 99)]
    months = [read(one).question(PERSON).accord for one in typed]
    assert months == [date(2027, 1, 1), date(2027, 3, 1), date(2027, 12, 1)]


def test_a_choice_that_is_none_of_the_list_is_the_usual_one():
    assert read({DEMANDE: "autre"}).values["demande"] == "longue_maladie"
    assert "carence_due" not in read({CARENCE: "oui"}).values
    assert read({CARENCE: "non"}).values["carence_due"] is False
