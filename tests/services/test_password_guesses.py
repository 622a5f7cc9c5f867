"""Passwords that are guessed soon, said in French; ordinary words without link are accepted."""

from time import process_time

import pytest

from iprof_kit.services.access.passwords import weakness

MARIE = ("mlaurent", "Marie", "Laurent", "D0002")


@pytest.mark.parametrize(
    "password",
    [
        "quatre mots sans lien", "chat tortue orage lampe", "été à la montagne", "k7$Fq2!m9@Lx4%",
        "les sanglots longs des violons",
        "4@8({[<369&!1|0$5+7%2" * 9,
    ],
)  # fmt: skip
def test_what_is_not_guessed_soon_is_accepted(password):
    assert weakness(password, MARIE) is None


@pytest.mark.parametrize(
    "password",
    ["password1234", "trustno1trustno1", "jaimelechocolat", "01-09-2026", "qwertyuiopas"],
)
def test_what_is_said_is_french(password):
    said = weakness(password, MARIE)
    assert said
    assert said.startswith("il ")


def test_the_longest_password_is_judged_quickly():
    signs = "4@8({[<369&!1|0$5+7%2"
    before = process_time()
    for password in (signs * 9, "p4$$w0rd" * 25, "a" * 200, "1/1/1999" * 25):
        weakness(password, MARIE)
    assert process_time() - before < 5  # nine seconds for the first one alone, unbounded
