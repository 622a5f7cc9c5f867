"""What a person asks of her CVs: which one, what for, which sections, in which order."""

from __future__ import annotations

import re
from typing import Any

from iprof_kit.cv import targets
from iprof_kit.cv.letters import letter_to_start
from iprof_kit.cv.model import MODELES, Cible, Lettre
from iprof_kit.cv.sections import ITEMS, TITLES, ItemSection, Section
from iprof_kit.cv.sections.situation import Situation, agreeing
from iprof_kit.ui.screens.cv import lines
from iprof_kit.ui.screens.cv.compare import shorten
from iprof_kit.ui.screens.cv.lines import Values, act
from iprof_kit.ui.screens.cv.rows import Asked
from iprof_kit.ui.screens.cv.session import Deleted, Session
from iprof_kit.ui.screens.cv.values import changed_fields

OPENED, NAMED, MOVED = "rubrique", "titre", "place"
"""What the list of sections remembers: the row that is open, the title being written, the move."""
_FARTHEST = 200
PARTS = {"identite": "Identité", "contact": "Coordonnées", "situation": "Situation"}
"""Parts of the facts that have one form each, and its title."""
_STATUTORY = "liste_aptitude_agreges"


@act("cv_choisir")
def choose(session: Session, values: Values) -> None:
    """Show another CV."""
    if any(one.id == values.get("of") for one in session.cv.cibles):
        session.chosen = values["of"]
        session.new_forms()


@act("cv_creer")
def create(session: Session, _values: Values) -> None:
    """Make a CV of every section, and show it."""
    _add(session, Cible(titre="Nouveau CV"))


@act("cv_copier")
def duplicate(session: Session, values: Values) -> None:
    """Copy a CV, and show the copy."""
    cible = _target(session, values)
    if cible:
        _add(session, targets.copy_of(cible))


@act("cv_retirer")
def delete(session: Session, values: Values) -> None:
    """Delete a CV, never the last; the facts stay, and it can come back."""
    cible = _target(session, values)
    if cible is None or len(session.cv.cibles) < 2:
        return
    at = session.cv.cibles.index(cible)
    sentence = f"CV « {shorten(cible.titre, 70)} » supprimé. Vos saisies restent."
    session.state.deleted = Deleted(sentence, at, cible=cible)
    session.write(targets.without_target(session.cv, cible.id))
    session.new_forms()
    session.look_at("retablir")


def settings(session: Session, values: Values, _left: str = "") -> None:
    """Take the form of the CV that is shown; the statutory use brings its own model."""
    cible = session.cible
    changed: dict[str, Any] = dict(changed_fields(cible.form, values, cible))
    if not changed:
        return
    if changed.get("usage") == _STATUTORY and "modele" not in changed:
        changed["modele"] = "statutaire"
        session.new_forms()
    session.write_target(Cible.model_validate(cible.model_copy(update=changed).model_dump()))


def letter(session: Session, values: Values, left: str = "") -> None:
    """Take the form of the letter of the CV that is shown."""
    cible = session.cible
    changed: dict[str, Any] = dict(changed_fields(cible.lettre.form, values, cible.lettre))
    if changed:
        written: Lettre = cible.lettre.model_copy(update=changed)
        session.write_target(cible.model_copy(update={"lettre": written}))
    session.state.left |= {f"lettre.{left}"} if left else set()


@act("cv_lettre_modele")
def letter_model(session: Session, _values: Values) -> None:
    """Begin the letter with the model of the use; a letter that is begun stays as it is."""
    cible = session.cible
    if cible.lettre.texte.strip():
        return
    begun = letter_to_start(session.cv, cible)
    session.write_target(cible.model_copy(update={"lettre": begun}))
    session.new_forms()
    session.look_at("lettre-texte")


def part(session: Session, values: Values, left: str = "") -> None:
    """Take the form of the identity, of the address or of the situation."""
    name = values.get("of", "")
    if name not in PARTS:
        return
    former = getattr(session.cv.faits, name)
    changed = changed_fields(former.form, values, former)
    if changed:
        written = former.model_copy(update={**changed, "source": "saisie"})
        agreed = agreeing(written) if isinstance(written, Situation) else written
        session.write_facts(**{name: agreed})
    session.state.left |= {f"{name}.{left}"} if left else set()


@act("cv_ouvrir")
def open_section(session: Session, values: Values) -> None:
    """Open a row of the list, or close it: one is open at a time."""
    of = values.get("of", "")
    was_open = opened(session) == of
    lines.leave(session)
    session.state.pages[OPENED] = "" if was_open else of
    session.look_at(f"ouvrir-{of}")


def opened(session: Session) -> str:
    """Return the row that is open: a section, « identite », or "" where none is."""
    return (
        session.state.editing.section
        if session.state.editing
        else session.state.pages.get(OPENED, "")
    )


def asked(session: Session) -> Asked:
    """Return what of the list is open."""
    kept = session.state.pages
    return Asked(kept.get(OPENED, ""), kept.get(NAMED, ""), kept.get(MOVED, ""))


@act("cv_ajouter_a")
def add_to(session: Session, values: Values) -> None:
    """Begin a line in a section, or open the one that has no lines: the situation."""
    section = _section(values)
    if section in ITEMS:
        session.write_target(targets.with_choice(session.cible, section, visible=True))
        lines.add(session, values)
    session.state.pages[OPENED] = section or ""


@act("cv_renommer")
def rename(session: Session, values: Values) -> None:
    """Show the field of a section's title."""
    session.state.pages[NAMED] = _section(values) or ""
    session.look_at(f"titre-{session.state.pages[NAMED]}")


@act("cv_enregistrer_titres")
def renamed(session: Session, values: Values) -> None:
    """Take the title that was typed, and close its field."""
    section_title(session, values)
    session.look_at(f"renommer-{session.state.pages.pop(NAMED, '')}")


@act("cv_deplacer")
def offer_moves(session: Session, values: Values) -> None:
    """Show the two buttons that move a row, or take them away: neither drag nor arrows needed."""
    of = values.get("of", "")
    session.state.pages[MOVED] = "" if session.state.pages.get(MOVED) == of else of
    session.look_at(f"place-{of.replace(':', '-')}")


@act("cv_rubrique_placer")
def place_section(session: Session, values: Values) -> None:
    """Move a section by some places among those that hold something."""
    section, by = _section(values), _by(values)
    faits = session.cv.faits
    order = [one.section for one in session.cible.sections if targets.is_filled(faits, one.section)]
    if section not in order or not by:
        return
    here = order.index(section)
    there = max(0, min(len(order) - 1, here + by))
    every = [one.section for one in session.cible.sections]
    steps = every.index(order[there]) - every.index(section)
    session.write_target(targets.move_section(session.cible, section, steps))
    session.look_at(f"place-{section}")
    session.state.place = f"{TITLES[section]} : place {there + 1} sur {len(order)}"


@act("cv_ligne_placer")
def place_line(session: Session, values: Values) -> None:
    """Move a line by some places in the CV that is shown, and there only."""
    section, _, item = values.get("of", "").partition(":")
    named: ItemSection | None = next((one for one in ITEMS if one == section), None)
    if named and _by(values):
        cible = targets.move_item(session.cv.faits, session.cible, named, item, _by(values))
        session.write_target(cible)
        session.look_at(f"place-{section}-{item}")


@act("cv_rubrique_montrer")
def section_toggle(session: Session, values: Values) -> None:
    """Print a section or leave it out."""
    section = _section(values)
    if section:
        shown = targets.choice_of(session.cible, section).visible
        session.write_target(targets.with_choice(session.cible, section, visible=not shown))
        session.look_at(f"montrer-r-{section}")


@act("cv_modele")
def model(session: Session, values: Values) -> None:
    """Take a model of page."""
    if values.get("modele") in dict(MODELES):
        changed = session.cible.model_copy(update={"modele": values["modele"]})
        session.write_target(Cible.model_validate(changed.model_dump()))


def section_title(session: Session, values: Values, _left: str = "") -> None:
    """Give a section a title of its own in the CV that is shown; empty: the usual one."""
    for section in TITLES:
        typed = values.get(f"titre-{section}")
        if typed is None:
            continue
        title = "" if typed.strip() == TITLES[section] else typed[:200]
        if title != targets.choice_of(session.cible, section).titre:
            session.write_target(targets.with_choice(session.cible, section, titre=title))


@act("cv_une_page")
def one_page(session: Session, _values: Values) -> None:
    """Take the model that holds more on a page."""
    model(session, {"modele": "une_page"})


@act("cv_ordre_usuel")
def usual_order(session: Session, values: Values) -> None:
    """Show every line of a section, in the order of the facts."""
    section = _section(values)
    if section:
        session.write_target(targets.with_choice(session.cible, section, items=None))
        session.look_at(f"ouvrir-{section}")


def _add(session: Session, cible: Cible) -> None:
    session.write_target(cible)
    session.chosen = cible.id
    session.new_forms()
    session.look_at("cv-titre")


def _target(session: Session, values: Values) -> Cible | None:
    return next((one for one in session.cv.cibles if one.id == values.get("of")), None)


def _section(values: Values) -> Section | None:
    return next((one for one in TITLES if one == values.get("of", "").partition(":")[0]), None)


def _by(values: Values) -> int:
    """Return by how many places: the sign and the digits that a row sends, else nothing."""
    asked = values.get("by", "")
    steps = int(asked) if re.fullmatch(r"-?[0-9]{1,3}", asked) else 0
    return max(-_FARTHEST, min(_FARTHEST, steps))
