"""What a reason says first: one sentence that holds the answer, and an equation that is true."""

import re
from fractions import Fraction
from functools import cache

import pytest
from every_reason import BY_SUBJECT, every_reason

from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.headline import LONGEST, headline
from iprof_kit.calculate.interface.quantities import amount_of, day_of, length_of, plain

SIGNS = {
    "": lambda _, other: other, "+": Fraction.__add__, "−": Fraction.__sub__,
    "×": Fraction.__mul__, "÷": Fraction.__truediv__,
}  # fmt: skip


@cache
def told():
    return [(subject, one, headline(one.lignes, one.question)) for subject, one in every_reason()]


def of(subject):
    return [(one, said) for name, one, said in told() if name == subject]


def lines(*pairs):
    return [Line(libelle=label, valeur=value) for label, value in pairs]


def sentence(*pairs, question=""):
    return plain(headline(lines(*pairs), question).sentence)


SUBJECTS = [*BY_SUBJECT, "requests"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_p27_every_reason_of_six_people_opens_with_a_short_sentence_that_holds_its_answer(subject):
    assert of(subject)
    for one, said in of(subject):
        words = plain(said.sentence)
        assert 0 < len(words.split()) <= LONGEST == 25, words
        assert plain(one.lignes[-1].valeur).rstrip(".") in words, one.question


def test_p27_each_equation_is_true_and_of_numbers_that_the_trace_holds():
    checked = 0
    for _, one, said in told():
        read = plain(" ".join(f"{line.libelle} {line.valeur}" for line in one.lignes))
        worth = Fraction(0)
        for term in said.terms:
            number = amount_of(term.written)
            assert term.written in read or "100 %" in term.label or term.label == "mois"
            if term.sign == "=":
                assert abs(worth - number.worth) <= Fraction(2, 100), (said.sentence, worth)
                worth = number.worth
            else:
                worth = SIGNS[term.sign](worth, number.worth)
        checked += bool(said.terms)
    assert checked > 200


@pytest.mark.parametrize("subject", ["career", "pay", "wishes"])
def test_p27_what_is_counted_shows_its_equation(subject):
    with_terms = [bool(said.terms) for _, said in of(subject) if amount_of(said.sentence)]
    assert all(with_terms)
    shown = sum(bool(said.terms) for _, said in of(subject)) / len(of(subject))
    assert shown >= 0.7


def test_p27_a_day_shows_the_time_that_leads_to_it_and_nothing_else():
    told = headline(lines(("Depuis le", "1er mars 2026"), ("Durée", "2 ans 6 mois"),
                          ("Dû le", "1er septembre 2028"), ("Brut", "2 766,60 €")),
                    "Pourquoi le 1er septembre 2028 ?")  # fmt: skip
    assert (told.span.begin, told.span.length) == ("1er mars 2026", "2 ans 6 mois")
    assert plain(told.beside) == "1er mars 2026 + 2 ans 6 mois = 1er septembre 2028."
    other = lines(("Depuis le", "1er mars 2026"), ("Durée", "3 ans"), ("Dû le", "1er mai 2028"))
    assert headline(other).span is None


def test_p27_a_last_day_is_counted_backwards():
    told = headline(lines(("Fin", "31 mars 2027"), ("Préavis", "3 mois"),
                          ("Demande", "31 décembre 2026")))  # fmt: skip
    assert told.span.back
    assert plain(told.sentence) == "31 mars 2027 − 3 mois = 31 décembre 2026 : demande."


@pytest.mark.parametrize(
    ("pairs", "says"),
    [([("Brut", "1 000,00 €"), ("Taux", "9,7 %"), ("Maladie", "97,00 €")],
      "1 000,00 € × 9,7 % = 97,00 € : maladie."),
     ([("Brut", "1 000,00 €"), ("Abattement", "1,75 %"), ("Taux", "8 %"), ("CSG", "78,60 €")],
      "1 000,00 € × 98,25 % × 8 % = 78,60 € : CSG."),
     ([("Pension", "1 500,00 €"), ("CSG", "−124,50 €"), ("Nette", "1 375,50 €")],
      "1 500,00 € − 124,50 € = 1 375,50 € : nette."),
     ([("Échelon", "42 points"), ("Poste", "60 points"), ("Barème", "102 points")],
      "42 points + 60 points = 102 points : barème."),
     ([("Montant", "1 200 € par an"), ("Fraction", "6/7"), ("Prime", "85,71 €")],
      "1 200 € × 6/7 ÷ 12 = 85,71 € : prime.")],
)  # fmt: skip
def test_p27_the_operation_is_the_one_that_her_numbers_verify(pairs, says):
    assert sentence(*pairs) == says


def test_p27_no_equation_is_made_of_numbers_that_do_not_give_the_answer():
    told = headline(lines(("Brut", "1 000,00 €"), ("Taux", "9,7 %"), ("Retenue", "97,05 €")))
    assert told.terms == ()
    assert "97,05 €" in told.sentence.replace("\u00a0", " ")


def test_p27_a_refusal_says_its_motive():
    refused = [Line(libelle="Raison non donnée", valeur="calculé de nouveau", nature="refus")]
    assert sentence(*[(one.libelle, one.valeur) for one in refused]) == (
        "Raison non donnée : calculé de nouveau."
    )


def test_what_a_line_shows_is_read_back():
    assert amount_of("1\u00a0801,74\u00a0€").worth == Fraction("1801.74")
    assert amount_of("11 trimestres à 1,25 %, soit 13,75 %").worth == Fraction("0.1375")
    assert amount_of("2 004,45 € à 2 353,05 €") is None
    assert length_of("2 ans et 1 jour").days == 1
    assert (day_of("31 février 2027"), length_of("")) == (None, None)
    assert not re.search("[0-9]", str(day_of("aucun")))
