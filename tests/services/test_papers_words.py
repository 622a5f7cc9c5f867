"""The papers that a person takes away: their words, read one by one."""

from datetime import UTC, date, datetime

import pytest

from iprof_kit.base.words import NBSP, weight_text
from iprof_kit.documents.text import text
from iprof_kit.services.contract.own_file import Piece, Signalement
from iprof_kit.services.own_data.papers import receipt_document

TODAY, NOW = date(2026, 11, 25), datetime(2026, 11, 25, 13, 32, tzinfo=UTC)


def receipt(**more):
    sent = {
        "id": "1", "numero": "2026-000012", "donnee": "situation.corps", "libelle": "Corps",
        "valeur": "Professeure des écoles", "indique": "Professeure certifiée", "envoye_le": NOW,
    }  # fmt: skip
    made = receipt_document(Signalement.model_validate(sent | more), "Nadia Dupont", TODAY)
    return text(made).replace(NBSP, " ")


def test_a_paper_keeps_its_name_and_its_weight_is_french():
    piece = Piece(
        id="p", nom="arrete.pdf", taille=2_400, type_media="application/pdf", deposee_le=NOW
    )
    assert "arrete.pdf (2 Ko)" in receipt(pieces=[piece])


def test_what_is_missing_has_no_shown_value():
    words = receipt(donnee="affectations.absente", libelle="Une affectation qui manque", valeur="")
    assert "Valeur affichée" not in words
    assert "Valeur affichée ce jour-là : Professeure des écoles" in receipt()


@pytest.mark.parametrize(
    ("size", "words"), [(240, "240 octets"), (24_400, "24 Ko"), (1_240_000, "1,2 Mo")]
)
def test_a_weight_is_written_in_french(size, words):
    assert weight_text(size) == words
