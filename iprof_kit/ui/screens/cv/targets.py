"""What a person asks of her CVs: which one, what for, which sections, in which order."""

from __future__ import annotations

from typing import Any

from iprof_kit.cv import targets
from iprof_kit.cv.model import Cible, Lettre
from iprof_kit.cv.sections import ITEMS, TITLES, ItemSection, Section
from iprof_kit.cv.sections.situation import Situation, agreeing
from iprof_kit.ui.screens.cv.compare import shorten
from iprof_kit.ui.screens.cv.lines import Act, Values
from iprof_kit.ui.screens.cv.session import Deleted, Session
from iprof_kit.ui.screens.cv.values import changed_fields
from iprof_kit.ui.shared import text

PARTS = ("identite", "contact", "situation")
_STATUTORY = "liste_aptitude_agreges"


def choose(session: Session, values: Values) -> None:
    """Show another CV."""
    if any(one.id == values.get("of") for one in session.cv.cibles):
        session.chosen = values["of"]
        session.new_forms()


def create(session: Session, _values: Values) -> None:
    """Make a CV of every section, and show it."""
    _add(session, Cible(titre="Nouveau CV"))


def duplicate(session: Session, values: Values) -> None:
    """Copy a CV, and show the copy."""
    cible = _target(session, values)
    if cible:
        _add(session, targets.copy_of(cible))


def delete(session: Session, values: Values) -> None:
    """Delete a CV, never the last; the facts stay, and it can come back."""
    cible = _target(session, values)
    if cible is None or len(session.cv.cibles) < 2:
        return
    at = session.cv.cibles.index(cible)
    sentence = text.french(f"CV « {shorten(cible.titre, 70)} » supprimé. Vos saisies restent.")
    session.deleted = Deleted(sentence, at, cible=cible)
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
    session.left |= {f"lettre.{left}"} if left else set()


def part(session: Session, values: Values, left: str = "") -> None:
    """Take the form of the identity, of the address or of the situation."""
    name = values.get("of", "")
    if name not in PARTS:
        return
    faits = session.cv.faits
    former = getattr(faits, name)
    changed = changed_fields(former.form, values, former)
    if changed:
        update = {name: _agreeing(former.model_copy(update={**changed, "source": "saisie"}))}
        session.write(session.cv.model_copy(update={"faits": faits.model_copy(update=update)}))
    session.left |= {f"{name}.{left}"} if left else set()


def section_up(session: Session, values: Values) -> None:
    """Move a section up in the CV that is shown."""
    _move_section(session, values, -1, "monter", "descendre")


def section_down(session: Session, values: Values) -> None:
    """Move a section down in the CV that is shown."""
    _move_section(session, values, 1, "descendre", "monter")


def section_toggle(session: Session, values: Values) -> None:
    """Print a section or leave it out."""
    section = _section(values)
    if section:
        shown = targets.choice_of(session.cible, section).visible
        session.write_target(targets.with_choice(session.cible, section, visible=not shown))
        session.look_at(f"montrer-r-{section}")


def section_title(session: Session, values: Values, _left: str = "") -> None:
    """Give a section a title of its own in the CV that is shown; empty: the usual one."""
    for section in TITLES:
        typed = values.get(f"titre-{section}")
        if typed is None:
            continue
        title = "" if typed.strip() == TITLES[section] else typed[:200]
        if title != targets.choice_of(session.cible, section).titre:
            session.write_target(targets.with_choice(session.cible, section, titre=title))


def line_up(session: Session, values: Values) -> None:
    """Move a line up in the CV that is shown, and there only."""
    _move_line(session, values, -1, "monter", "descendre")


def line_down(session: Session, values: Values) -> None:
    """Move a line down in the CV that is shown, and there only."""
    _move_line(session, values, 1, "descendre", "monter")


def usual_order(session: Session, values: Values) -> None:
    """Show every line of a section, in the order of the facts."""
    section = _section(values)
    if section:
        session.write_target(targets.with_choice(session.cible, section, items=None))
        session.look_at(f"titre-{section}")


TARGET_ACTS: dict[str, Act] = {
    "cv_choisir": choose, "cv_creer": create, "cv_copier": duplicate, "cv_retirer": delete,
    "cv_rubrique_monter": section_up, "cv_rubrique_descendre": section_down,
    "cv_rubrique_montrer": section_toggle, "cv_ligne_monter": line_up,
    "cv_ligne_descendre": line_down, "cv_ordre_usuel": usual_order,
}  # fmt: skip


def _agreeing(part: Any) -> Any:
    return agreeing(part) if isinstance(part, Situation) else part


def _add(session: Session, cible: Cible) -> None:
    session.write_target(cible)
    session.chosen = cible.id
    session.new_forms()
    session.look_at("cv-titre")


def _target(session: Session, values: Values) -> Cible | None:
    return next((one for one in session.cv.cibles if one.id == values.get("of")), None)


def _section(values: Values) -> Section | None:
    return next((one for one in TITLES if one == values.get("of", "").partition(":")[0]), None)


def _move_section(session: Session, values: Values, by: int, same: str, other: str) -> None:
    section = _section(values)
    if section:
        session.write_target(targets.move_section(session.cible, section, by))
        session.look_at(f"{same}-r-{section}", f"{other}-r-{section}")


def _move_line(session: Session, values: Values, by: int, same: str, other: str) -> None:
    section, _, item = values.get("of", "").partition(":")
    named: ItemSection | None = next((one for one in ITEMS if one == section), None)
    if named:
        session.write_target(targets.move_item(session.cv.faits, session.cible, named, item, by))
        session.look_at(f"{same}-c-{section}-{item}", f"{other}-c-{section}-{item}")
