"""A day on which no service is paid is said on every screen that shows a pay."""

from datetime import date

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.services.contract.dossier import PositionTenue

AWAY = people.JEAN.model_copy(
    update={
        "positions": (
            *people.JEAN.positions[:3],
            PositionTenue(
                position="Disponibilité",
                modalite="Aucun service",
                quotite=0,
                debut=date(2025, 9, 1),
                source="AGAPE",
                lu_le=people.READ,
            ),
        )
    }
)


class Opened(Visitor):
    def __init__(self, path):
        self.path = path
        super().__init__(AWAY)


@pytest.mark.parametrize(
    "path", ["/accueil", "/perspectives/et-si", "/perspectives/retraite", "/perspectives/ma-paie"]
)
def test_a_person_in_disponibilite_is_not_shown_as_paid(path):
    said = Opened(path).page.text.replace("\u00a0", " ")
    assert "disponibilité" in said
    assert "ucun service n’est" in said
    assert "temps de travail d’aujourd’hui, 100 %" not in said
    assert "dit aujourd’hui : 100 %" not in said


def test_the_first_screen_gives_no_pay_for_a_day_without_service():
    said = Opened("/accueil").page.text.replace("\u00a0", " ")
    assert "Votre paie de novembre 2026aucune" in said.replace(" \n", "").replace("\n", "")
    assert "En disponibilité, aucun service n’est payé. À service complet" in said
    assert "à 100 %, avant impôt" not in said
