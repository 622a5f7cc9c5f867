"""The statement of accessibility: what is checked, what was tried, what is open."""

from __future__ import annotations

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.parts import Block, TextView, blocks_of
from iprof_kit.ui.shared.academies import help_text
from iprof_kit.ui.texts import texts_of


def accessibilite(academie: Academie) -> TextView:
    """Return the state of accessibility, without claiming an audit."""
    spec = texts_of("accessibilite")
    who = help_text(academie) or "Votre académie répond."
    blocks = blocks_of(spec["parties"])
    return TextView(
        title="Accessibilité",
        lead_strong=f"{spec['etat']}.",
        lead=spec["phrase"],
        blocks=(*blocks[:-1], Block("Signaler une difficulté", (who,)), blocks[-1]),
    )
