"""The letter of motivation as a PDF: to be read again, and joined where the movement is opened."""

from __future__ import annotations

from datetime import date

from iprof_kit.calculate.campaigns.question import CampagneVue
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.signed_letter import signed_letter

FILE_NAME = "lettre-motivation.pdf"


def motivation_letter(
    campaign: CampagneVue, about: str, words: str, dossier: Dossier, today: date
) -> Download:
    """Return one letter, headed by the name and address of the file.

    Parameters
    ----------
    campaign : CampagneVue
    about : str
        The movement or the post that it is written for.
    words : str
        As she typed them.
    dossier : Dossier
    today : date
    """
    subject = text.french(f"Candidature, {campaign.titre.lower()} {campaign.annee} : {about}")
    to = "Aux personnes qui examinent ma candidature"
    return signed_letter(dossier, to, subject, words.strip(), today, FILE_NAME)
