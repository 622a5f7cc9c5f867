"""Un trop-perçu on the screen: one answer, what to ask first, nothing promised, nothing kept."""

import pytest
import ui_people as people
from ui_visitor import Visitor

PATH = "/perspectives/trop-percu"
CHANGE, DEBUT, FIN, RIGHT, SPREAD, CHARGE, QUOTITE, DUE = (
    f"sensible_trop_percu_{one}"
    for one in ("changement", "debut", "fin", "corrige", "mensualites", "a_charge", "quotite",
                "prime")
)  # fmt: skip


class Screen(Visitor):
    path = PATH

    def type(self, **fields):
        return self.do("trop_percu", **fields)

    @property
    def words(self):
        return self.page.text.replace("\u00a0", " ")


def test_the_first_words_say_how_much_who_decides_and_what_to_ask_first():
    screen = Screen()
    assert "Si le service reprend tout : environ" in screen.words
    assert "date et rythme décidés par lui. Demandez d’abord le décompte." in screen.words
    assert 'href="/services/demandes?demande=trop_percu"' in screen.html
    assert "Rien n’est gardé" in screen.words


def test_nothing_alarms_blames_nor_promises():
    screen = Screen()
    words = screen.words.lower()
    for wrong in ("sera repris", "vous devez", "vous devrez", "votre faute", "attention", "dette",
                  "vous serez", "vous toucherez", "confirmation de demande"):  # fmt: skip
        assert wrong not in words


def test_what_is_owed_to_her_is_told_the_other_way():
    screen = Screen()
    screen.type(**{CHANGE: "temps_partiel", QUOTITE: "100"})
    assert (
        "Si le service reprend tout" not in screen.words or "Ce qui vous serait dû" in screen.words
    )
    screen.type(**{CHANGE: "REP"})
    assert "Ce qui vous serait dû : environ" in screen.words
    assert "Part saisissable" not in screen.words
    assert "Si c’est étalé sur" not in screen.words


def test_a_spread_that_takes_too_much_says_how_many_months_to_ask_for():
    screen = Screen()
    screen.type(**{CHANGE: "depart", DEBUT: "01/09/2026"})
    assert "dépassent la part saisissable : demandez au moins" in screen.words
    screen.type(**{CHANGE: "temps_partiel", QUOTITE: "50", DEBUT: "01/10/2026", SPREAD: "24"})
    assert "la paie serait d’environ" in screen.words


def test_what_was_typed_is_forgotten_when_asked():
    screen = Screen()
    screen.type(**{DEBUT: "03/09/2026"})
    assert "03/09/2026" in screen.html
    screen.do("trop_percu_oublier")
    assert "03/09/2026" not in screen.html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({DEBUT: "31/02/2026"}, "n’existe pas"),
        ({DEBUT: "01/09/2026", FIN: "31/08/2026"}, "avant le premier jour"),
        ({DEBUT: "01/09/2026", RIGHT: "15/09/2026"}, "dès le mois du changement"),
        ({DEBUT: "01/09/1990", RIGHT: "01/12/1990"}, "précède vos premiers services"),
        ({DEBUT: "01/09/2012", RIGHT: "01/09/2026"}, "mois séparent"),
        ({CHANGE: "temps_partiel", QUOTITE: "93"}, "n’est pas possible"),
        ({CHANGE: "temps_partiel", QUOTITE: "cent"}, "pas un nombre lisible"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_the_rest_is_shown(fields, said):
    screen = Screen()
    screen.type(**fields)
    assert said.lower() in screen.words.lower()
    assert "Ce que vous pouvez demander" in screen.words
    assert 'aria-invalid="true"' in screen.html


def test_a_person_without_corps_reads_what_may_be_asked():
    screen = Screen(people.SANS_CORPS)
    assert "ni corps ni échelon" in screen.words
    assert "Le décompte, mois par mois, brut et net" in screen.words
    assert "Pour comprendre" not in screen.words


def test_the_months_out_of_delay_are_said_and_those_left_are_spread():
    screen = Screen()
    screen.type(
        **{CHANGE: "temps_partiel", QUOTITE: "50", DEBUT: "01/06/2024", RIGHT: "01/12/2024"}
    )
    assert "Dont le délai est passé" in screen.words
    assert "Reste à discuter" in screen.words
    assert "délai passé depuis le" in screen.words


def test_each_reason_is_asked_and_given():
    screen = Screen()
    screen.do("pourquoi", of="raisons")
    assert "code du travail" in screen.words
    assert "Le délai court du" in screen.words
