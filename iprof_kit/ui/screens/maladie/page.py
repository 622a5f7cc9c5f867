"""The page that she takes away: dates and months. The kit keeps no copy of it."""

from __future__ import annotations

from datetime import date

from iprof_kit.calculate.illness.question import MaladieAnswer
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.screens.maladie.view import TITLE, months_text, paid_words, steps_in_words
from iprof_kit.ui.shared import text

FILE_NAME = "annee-de-maladie.pdf"
NOTICE = (
    "Simulation faite avec un kit libre, non officiel, qui n’en garde aucune copie. "
    "L’administration décide des congés et établit la paie."
)


def page_to_keep(dossier: Dossier, answer: MaladieAnswer, today: date) -> Download:
    """Return the dates and the months as a PDF."""
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    steps = tuple(Entry(title, text=words) for title, words in steps_in_words(answer, today))
    months = tuple(
        Entry(
            f"{'' if one.branche == 'commun' else f'{one.branche} : '}{months_text(one)}",
            text=f"{paid_words(one)} : {text.money(one.net)} nets avant impôt.",
        )
        for one in answer.bulletins
    )
    document = Document(
        title=f"{TITLE} : {name}",
        author=name,
        date=today,
        name=name,
        headline=TITLE,
        summary="A sans demande, B congé long supposé accordé. Rien n’est décidé ni demandé.",
        sections=(
            Section("Les dates", (Part(entries=steps),)),
            Section("Mois par mois", (Part(entries=months),)),
        ),
        notice=NOTICE,
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)
