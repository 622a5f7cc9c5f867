"""What a reason says first: one sentence that holds the answer, and an equation that is true."""

import re
from fractions import Fraction
from functools import cache

import pytest
from every_reason import BY_SUBJECT, every_reason

from iprof_kit.calculate.interface.explained import Line
from iprof_kit.calculate.interface.headline import LONGEST, UNKNOWN, headline
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


IN_WORDS = {
    "Donc": "conditions sont remplies ou non : aucun nombre ne les compte",
    "Mène à": "ce à quoi un rendez-vous mène est un effet, dit en mots",
}
"""Answers that no number makes, by the label of their last line."""


def test_p27_each_reason_has_an_equation_or_a_time_or_is_listed_as_one_of_words():
    left = {
        (subject, plain(one.question), one.lignes[-1].libelle)
        for subject, one, said in told()
        if not said.terms and not said.span and one.lignes[-1].libelle not in IN_WORDS
        and plain(one.lignes[-1].valeur) != UNKNOWN
    }  # fmt: skip
    assert not left


@pytest.mark.parametrize(
    ("pairs", "says"),
    [([("Supplément 2 300,00 € × 3 % + 10,67 €", "79,67 €"), ("SFT", "79,67 €")],
      "2 300,00 € × 3 % + 10,67 € = 79,67 € : SFT."),
     ([("Abattement", "389 € par an"), ("Transfert", "32,42 €")],
      "389 € ÷ 12 = 32,42 € : transfert."),
     ([("Avant décote", "2 000,00 €"), ("Décote", "6 trimestres à 1,25 %, soit 7,5 %"),
       ("Calculée", "1 850,00 €"), ("Calculée", "2 000,00 €"),
       ("Pension brute, entre", "1 850,00 € à 2 000,00 €")],
      "1 850,00 € à 2 000,00 € : 2 000,00 € × 92,5 % = 1 850,00 € au moins."),
     ([("Du 1er mai 2020 au 31 mai 2021", "1 an 1 mois"), ("Reliquat", "+ 2 mois"),
       ("Total", "1 an 3 mois")], "1 an 1 mois + 2 mois = 1 an 3 mois : total."),
     ([("Fin de la médiation", "6 mai 2026"), ("Recours", "2 mois francs"),
       ("Fin du délai", "7 juillet 2026"), ("Tribunal", "7 juillet 2026")],
      "6 mai 2026 + 2 mois francs = 7 juillet 2026 : tribunal."),
     ([("Début", "1er septembre 2028, la prochaine rentrée"), ("Délai", "120 jours"),
       ("Demande", "4 mai 2028")], "1er septembre 2028 − 120 jours = 4 mai 2028 : demande."),
     ([("Prescription", "4 années civiles"), ("Comptées à partir du", "1er janvier 2025"),
       ("Demande", "31 décembre 2028")],
      "1er janvier 2025 + 4 années civiles = 31 décembre 2028 : demande."),
     ([("Du 2 mars 2020 au 4 mai 2022 : en activité", "2 ans 2 mois 2 jours"),
       ("Total", "2 ans 2 mois 2 jours")],
      "Du 2 mars 2020 au 4 mai 2022 : 2 ans 2 mois 2 jours.")],
)  # fmt: skip
def test_p27_what_had_a_sentence_alone_has_its_operation(pairs, says):
    assert sentence(*pairs) == says


def test_p27_a_long_sum_shows_all_its_terms_and_tells_the_heaviest():
    gaps = [(f"Prime {letter}", f"+ {n},00 €") for n, letter in enumerate("abcdefgh", start=1)]
    said = headline(lines(("Traitement", "− 318,57 €"), *gaps, ("Écart net", "− 282,57 €")))
    assert len(said.terms) == 10
    assert plain(said.sentence) == (
        "Prime h : + 8,00 € ; traitement : − 318,57 € ; écart net : − 282,57 €."
    )


@pytest.mark.parametrize(
    ("pairs", "band"),
    [([("Situation au 31 août 2029", "9e échelon, 2 ans 4 mois d’ancienneté"),
       ("Campagne ouverte", "2029")], ("9e échelon", "2 ans 4 mois", "31 août 2029")),
     ([("8e échelon atteint le", "9 mai 2026, à l’ancienneté"),
       ("Concernés", "8e échelon atteint entre le 1er mars 2026 et le 28 février 2027"),
       ("Année", "2027-2028")],
      ("1er mars 2026", "8e échelon atteint le 9 mai 2026", "28 février 2027")),
     ([("Campagne 2026", "5 mai 2025"), ("Dates", "du 5 au 19 mai, campagnes 2024 à 2026")],
      ("5 mai", "campagnes 2024 à 2026", "19 mai")),
     ([("Rendez-vous le", UNKNOWN), ("Durée", "15 jours")],
      ("Rendez-vous le : ?", "15 jours", "?"))],
)  # fmt: skip
def test_p27_a_time_that_no_addition_makes_is_a_band(pairs, band):
    span = headline(lines(*pairs)).span
    assert (span.begin, span.length, span.end) == band


def test_p27_conditions_name_the_one_that_decides():
    def told(answer, *judged):
        read = [Line(libelle=label, valeur=value, nature=kind) for label, value, kind in judged]
        return plain(headline([*read, Line(libelle="Donc", valeur=answer)]).sentence)

    met = ("Être titulaire", "condition remplie, le 1er mai 2019", "loi")
    assert told("Fermé", met, ("Corps détenu", "condition non remplie", "refus")) == (
        "Fermé : corps détenu, condition non remplie."
    )
    assert told("Dépend de vos réponses", met, ("Un doctorat", "à préciser par vous", "hypothese")
                ) == "Dépend de vos réponses : un doctorat, à préciser par vous."  # fmt: skip
    since = ("Services", "condition remplie, le 4 mai 2021", "loi")
    assert told("Ouvert depuis le 4 mai 2021", met, since).startswith(
        "Ouvert depuis le 4 mai 2021 : services, condition remplie"
    )


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
