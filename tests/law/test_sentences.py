"""What a rule says: no quantity of the law is written in a sentence, each is read in its table."""

import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
from quantities import quantities as quantities_of

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import explain
from iprof_kit.base.words import NBSP, fraction_words, number_text
from iprof_kit.calculate.guides.law.pages import every_rule, rule_in_force
from iprof_kit.law.tables import loading, rules, sentences
from iprof_kit.law.tables.rules import RULES, rule
from iprof_kit.law.tables.sentences import names, value

every_rule()
VARIANTS = [one for variants in RULES.values() for one in variants]
EXCUSED = {
    "360 jours": "the calendar of services: a year of 360 days",
    "30 jours": "the calendar of services: a month of 30 days",
    "millièmes": "a thousandth of a euro",
    "deuxième année": "the name of a year of studies",
    "deux années": "two years in a row: the span is the rule itself, no quantity is read",
}


def quantities(sentence):
    """Return the quantities of the law that are written in a sentence, its named ones apart."""
    plain = re.sub(r"\{[^}]*\}", "…", sentence)
    return [one for one in quantities_of(plain) if one not in EXCUSED]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: f"{one.name}-{one.since}")
def test_no_quantity_of_the_law_is_written_in_a_sentence(variant):
    assert quantities(variant.template) == []


@pytest.mark.parametrize(
    "written",
    ["payé à 70 % du traitement", "jusqu’à 24 ans", "part de 1,6702", "cinq ans au plus",
     "dix trimestres", "donne 2/12 de point", "les douze premiers mois", "divisé par 12",
     "six septièmes pour", "le tiers", "soixante-sept ans", "dans les trois mois", "la moitié",
     "le double du plafond", "un plafond doublé", "cinquante pour cent", "à 1,5 point", "5 125 €",
     "avant le 31 mars", "au troisième enfant", "un an au moins", "plus d'un mois", "un an gagné",
     "à l’indice majoré 830", "trois agents sur quatre", "un demi-traitement", "40 vœux",
     "les 6 derniers mois", "coefficient 2", "notée sur 20"],
)  # fmt: skip
def test_the_check_sees_a_quantity(written):
    assert quantities(written)


def test_the_check_leaves_names_dates_and_échelons():
    assert not quantities("{limite:an} depuis le 1er septembre 2026, au 4e échelon, loi 2026-103")
    assert not quantities("au 31 août, du 01/09/2026 au 31/12/2026, un mois, une année, mi-temps")


def test_nothing_is_excused_that_no_sentence_says():
    everything = " ".join(variant.template.replace(NBSP, " ") for variant in VARIANTS).lower()
    assert [one for one in EXCUSED if one not in everything] == []


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: f"{one.name}-{one.since}")
def test_every_name_is_read_on_the_first_and_the_last_day_of_its_wording(variant):
    for day in (variant.since, variant.until or date(2030, 1, 1)):
        assert "{" not in variant.sentence_on(day)
    assert "{" not in variant.sentence


def test_a_sentence_follows_its_row(monkeypatch):
    sentence = RULES["birth_leave_pay"][0]
    raised = loading.table("parametres_parcours").copy()
    raised.loc[raised["cle"] == "naissance_taux_mois_1", "valeur"] = 75
    sentences.forget()
    monkeypatch.setattr(sentences, "table", lambda name: raised)
    try:
        assert f"payé à 75{NBSP}% du traitement" in sentence.sentence
    finally:
        sentences.forget()


def test_a_sentence_says_the_rate_of_its_day():
    (sick,) = RULES["sick_leave_withheld"]
    assert f"payés à 100{NBSP}%" in sick.sentence_on(date(2025, 2, 28))
    assert f"payés à 90{NBSP}%" in sick.sentence_on(date(2025, 3, 1))
    assert f"payés à 100{NBSP}%" in rule_in_force("sick_leave_withheld", date(2025, 2, 28)).sentence


def test_an_explanation_says_the_values_of_the_day_asked():
    @rule(
        name="essai_phrase", sentence="Le taux est de {MALADIE_CMO:%}.", source="un texte",
        since="1984-01-12", tables=("cotisations",),
    )  # fmt: skip
    def essai(on):
        return on

    try:
        with explain() as trace:
            essai(date(2020, 1, 1))
            essai(np.datetime64("2026-01-01"))
    finally:
        del rules.RULES["essai_phrase"]
    assert [step.sentence for step in trace.steps] == [
        f"Le taux est de 100{NBSP}%.", f"Le taux est de 90{NBSP}%."
    ]  # fmt: skip


def test_a_name_that_no_table_holds_is_refused():
    with pytest.raises(LawError, match="aucune table"):
        sentences.on_day("{inconnu:an}", ("cotisations",), (), date(2026, 1, 1))
    asked = (("x", value("cotisations", "taux_pct", code="INCONNU")),)
    with pytest.raises(LawError, match="aucune ligne pour INCONNU"):
        sentences.on_day("{x:%}", (), asked, date(2026, 1, 1))


def test_values_are_written_as_they_are_said():
    assert (number_text(5125), number_text(1.6702), number_text(36.0)) == (
        f"5{NBSP}125", "1,6702", "36"
    )  # fmt: skip
    assert [fraction_words(one) for one in (0.5, 0.333333, 0.25, 6 / 7)] == [
        "la moitié", "un tiers", "un quart", "6/7"
    ]  # fmt: skip
    (early,) = RULES["long_career_age"]
    assert early.sentence.endswith("de ses 16, 18, 20 ou 21 ans.")
    active = RULES["active_services_required"][0].sentence_on(date(2012, 6, 1))
    assert "15 ans et 9 mois de services" in active


def test_every_value_named_is_of_a_table_that_the_rule_declares_or_gives():
    for variant in VARIANTS:
        given = dict(variant.values)
        assert set(given) <= set(names(variant.template)), variant.name
        for name in given.values():
            assert isinstance(loading.table(name.table), pd.DataFrame)


def test_the_rounding_of_the_residence_is_said_since_its_row_and_its_source_apart():
    (indemnity,) = RULES["residence_indemnity"]
    (row,) = (
        loading.table("parametres_paie")
        .query("cle == 'residence_milliemes_ignores'")
        .to_dict("records")
    )
    assert f"depuis {row['valide_du'].year}, les millièmes" in indemnity.sentence
    assert "art. 9 (taux)" in indemnity.source  # the article sets the rates, not the rounding
