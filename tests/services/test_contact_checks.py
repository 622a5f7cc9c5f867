"""Contact details as people type them, in France, overseas and abroad."""

import pytest

from iprof_kit.services.dossier.contact_checks import checked


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("portable", "06 39 98 12", "Ce numéro a 8 chiffres."),
        ("telephone", "bureau", "Ce numéro contient autre chose que des chiffres."),
        ("telephone", "+33 4 65 71 20", "Avec cet indicatif, un numéro n’a pas 9 chiffres."),
        ("telephone", "00 00 00 00 00", "Avec cet indicatif, un numéro n’a pas 10 chiffres."),
        ("courriel_personnel", "jean.example.org", "Cette adresse n’a pas de signe @."),
        (
            "courriel_personnel",
            "jean@example",
            "Quelque chose manque ou est en trop après le signe @.",
        ),
        ("courriel_personnel", "a b@example.org", "Quelque chose manque ou est en trop dans"),
        ("code_postal", "6300", "Ce code postal n’a pas cinq chiffres."),
        ("code_postal", "99123", "Aucun code postal français ne commence par 99."),
        ("ville", "63000", "Ce nom de commune ne contient aucune lettre."),
        ("rue", "12", "Cette adresse ne contient aucun mot."),
        ("pays", "x" * 61, "Ce texte compte 61 caractères."),
        ("rue", "rue\x00", "Ce texte contient un caractère invisible."),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(field, typed, said):
    kept, [fault] = checked({field: typed}, {})
    assert kept == {}
    assert fault.champ == field
    assert fault.message.startswith(said)
    assert fault.remede


@pytest.mark.parametrize(
    ("field", "typed", "more"),
    [
        ("telephone", "04.65.71.20.20", {}),
        ("telephone", "0262 21 10 10", {}),
        ("portable", "06 39 98 12 34", {}),
        ("portable", "27 12 34", {"code_postal": "98800"}),
        ("portable", "41 23 45", {"code_postal": "97500"}),
        ("telephone", "+32 2 123 45 67", {}),
        ("telephone", "0032 2 123 45 67", {}),
        ("code_postal", "97416", {}),
        ("code_postal", "98714", {}),
        ("code_postal", "20200", {}),
        ("code_postal", "63 000", {}),
        ("code_postal", "SW1A 1AA", {"pays": "Royaume-Uni"}),
        ("courriel_personnel", "élodie@exemple.fr", {}),
        ("rue", "Lieu-dit Lou Païs, L’Œuvre", {}),
    ],
)
def test_what_is_right_is_kept_as_it_was_typed(field, typed, more):
    assert checked({field: typed, **more}, {}) == ({field: typed, **more}, [])


def test_what_the_screen_showed_is_not_judged_again():
    assert checked({"telephone": "poste 12"}, {"telephone": "poste 12"}) == ({}, [])


def test_leaving_a_country_judges_the_postal_code_anew():
    _, [fault] = checked({"pays": ""}, {"pays": "Belgique", "code_postal": "1000"})
    assert fault.champ == "code_postal"
