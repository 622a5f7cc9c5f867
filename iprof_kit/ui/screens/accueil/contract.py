"""The first screen of a contract agent: her contract, the competitions, her CV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.services.contract.dossier import AffectationTenue, Dossier, PositionTenue
from iprof_kit.services.contract.standing import current_position
from iprof_kit.ui.kit.parts import Link
from iprof_kit.ui.screens.accueil.questions import CV, PATHS, Known, cv_words
from iprof_kit.ui.screens.accueil.results import Glance
from iprof_kit.ui.screens.autres_parcours.rows import DEPENDS, OPEN
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.held import modality
from iprof_kit.ui.shared.worded import figure, kept_of, worded

POSTS, AGES = "/dossier/affectations", "/dossier/anciennetes"
_NAMED = 3
"""Competitions that are named."""


def contract_sentence(dossier: Dossier, today: date) -> tuple[tuple[str, bool], ...]:
    """Return until when the contract of the file runs."""
    position = current_position(dossier, today)
    if position is None:
        return (("Votre dossier ne dit pas de contrat en cours.", False),)
    if position.fin is None:
        day = text.dated(position.debut, "contract.since")
        since = worded("Votre contrat court depuis le {}", day)
        return ((since, True), (", sans terme dans votre dossier.", False))
    left = text.delay(today, position.fin).removeprefix("dans ")
    return (
        ("Votre contrat court jusqu’au ", False),
        (text.dated(position.fin, "contract.until"), True),
        (
            worded(", encore {}.", figure(left, "contract.until", position.fin)),
            False,
        ),
    )


def contract_results(dossier: Dossier, known: Known, today: date) -> Iterator[Glance]:
    """Yield the contract, the competitions, the CV."""
    position = current_position(dossier, today)
    if position is not None:
        yield _contract(position, _post(dossier, today), today)
    if known.paths:
        yield _competitions(known)
    if known.has_cv is not None:
        words = "Saisi une fois, imprimé pour chaque candidature."
        value = cv_words(known).removeprefix("enregistré ") if known.has_cv else "à commencer"
        yield Glance("Votre CV", value, "", words, "Ouvrir mon CV", CV)


def _post(dossier: Dossier, today: date) -> AffectationTenue | None:
    position = [p for p in dossier.affectations if p.debut <= today <= (p.fin or today)]
    return position[-1] if position else None


def _contract(position: PositionTenue, post: AffectationTenue | None, today: date) -> Glance:
    spent = text.seniority(position.debut, today)
    words = worded(
        "{} passés depuis le {}",
        figure(text.elapsed(spent), "contract.spent", spent, today),
        text.dated(position.debut, "contract.since"),
    )
    where = f" {text.sentence(post.etablissement)}" if post else ""
    share: float | None = None
    if position.fin is not None:
        whole = max(text.seniority(position.debut, position.fin), spent, 1)
        length = figure(text.elapsed(whole + 1), "contract.length", whole + 1)
        share, words = round(100 * spent / whole, 1), worded("{}, sur {}", words, length)
    until = text.dated(position.fin, "contract.until") if position.fin else None
    left = text.delay(today, position.fin).removeprefix("dans ") if position.fin else "sans terme"
    return Glance(
        "Votre contrat, d’après votre dossier",
        kept_of(until, left) if until else left,
        worded("jusqu’au {}", until) if until else "",
        worded("{}. {}.{}", words, modality(position), where),
        "Voir vos affectations",
        POSTS,
        share=share,
        bar=str(words),
    )


def _competitions(known: Known) -> Glance:
    """Return of how many competitions the conditions are met, or wait, as « Concours » counts."""
    from iprof_kit.calculate.paths.competitions import states_counted

    stands = states_counted({one.code: one.state for one in known.paths})
    opened, asked = stands[OPEN], stands[DEPENDS]
    wanted = OPEN if opened else DEPENDS
    every = [one for one in known.paths if one.state == wanted and one.kind == "concours"]
    first = sorted(every, key=lambda one: "interne" not in one.label)[:_NAMED]
    named = " ; ".join(one.label for one in first)
    lead = "Par exemple" if opened else "Selon vos diplômes et vos services, par exemple"
    return Glance(
        "Concours, conditions remplies",
        f"{opened}",
        f"{asked} à préciser" if asked else "",
        (f"{lead} : {named}." if named else ""),
        "Dire mes diplômes et mes services",
        PATHS,
    )


def contract_questions(dossier: Dossier, today: date) -> Iterator[Link]:
    """Yield what a contract agent asks, with its answer."""
    post = _post(dossier, today)
    if post is not None:
        yield Link(POSTS, "Quelle est mon affectation ?", post.etablissement)
    if position := current_position(dossier, today):
        days = text.seniority(position.debut, today)
        spent = figure(text.elapsed(days), "contract.spent", days, today)
        yield Link(AGES, "Depuis combien de temps suis-je en poste ?", spent)
    status = dossier.statut
    yield Link("/dossier/synthese", "Que dit mon dossier ?", status[:1].upper() + status[1:])
    yield Link("/guides/paie", "Comment lire mon bulletin de paie ?", "un guide, ligne par ligne")
