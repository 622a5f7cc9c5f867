"""What a person asks of the lines of her CV: add, edit, duplicate, move, hide, delete, undo.

Her pages on networks have no id: each is known by its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iprof_kit.cv import edits, targets
from iprof_kit.cv.form import new_id
from iprof_kit.cv.model import Faits
from iprof_kit.cv.person import Profil
from iprof_kit.cv.sections import ITEMS, LISTS, ItemSection
from iprof_kit.cv.sections.item import Item
from iprof_kit.ui.screens.cv.compare import name_of
from iprof_kit.ui.screens.cv.fields import of_part
from iprof_kit.ui.screens.cv.list_view import Editing
from iprof_kit.ui.screens.cv.session import Deleted, Session
from iprof_kit.ui.screens.cv.values import changed_fields

Values = Mapping[str, str]
Act = Callable[[Session, Values], None]
ACTS: dict[str, Act] = {}
"""What a person may ask of her CV, by intent: each act says its own above it."""
PROFILE, MOST = "profil", 20


def act(name: str) -> Callable[[Act], Act]:
    """Mark what is done where an intent asks it."""

    def marked(done: Act) -> Act:
        ACTS[name] = done
        return done

    return marked


@act("cv_ajouter")
def add(session: Session, values: Values) -> None:
    """Open the form of a new line, first of its section."""
    section = values.get("of", "")
    if section in ITEMS:
        _open(session, section, new_id(), new=True)


@act("cv_modifier")
def edit(session: Session, values: Values) -> None:
    """Open the form of a line."""
    section, item = _named(session, values)
    if section and item:
        _open(session, section, item.id)


def draft(session: Session, values: Values, left: str = "") -> None:
    """Take what is being typed in the form of a line, and save it as a draft.

    A line that is not here is made: a page opened again says once more what was typed.
    """
    section, _, identifier = values.get("of", "").partition(":")
    if section not in ITEMS or not identifier:
        return
    known = find(session.cv.faits, section, identifier)
    if session.state.editing is None or session.state.editing.item != identifier:
        _open(session, section, identifier[:60], new=known is None)
    _take(session, section, identifier[:60], values)
    if session.state.editing and left:
        name = left.removesuffix("-mois").removesuffix("-an")
        session.state.editing = replace(
            session.state.editing, left=session.state.editing.left | {name}
        )


@act("cv_valider")
def validate(session: Session, values: Values) -> None:
    """Take the form; it closes unless something is to be mended."""
    draft(session, values)
    editing = session.state.editing
    if editing is None:
        return
    if find(session.cv.faits, editing.section, editing.item) is None:
        _insert(session, editing.section, ITEMS[editing.section](id=editing.item))
    remarks = of_part(session.remarks(), f"faits.{editing.section}.{editing.item}")
    if any(one.gravite == "erreur" for one in remarks.values()):
        session.state.editing = replace(editing, asked=True)
        return
    if editing.new:
        _write(session, edits.place(session.cv.faits, editing.section, editing.item))
    close(session, values)


def leave(session: Session) -> None:
    """Close the form without a word; a new line where nothing was written goes."""
    editing = session.state.editing
    if editing and editing.new:
        item = find(session.cv.faits, editing.section, editing.item)
        if item == ITEMS[editing.section](id=editing.item):
            faits = edits.remove(session.cv.faits, editing.section, editing.item)
            session.store.cv = session.cv.model_copy(update={"faits": faits})
    session.state.editing = session.state.line_before = None


@act("cv_fermer")
def close(session: Session, _values: Values) -> None:
    """Close the form; the line stays as it is written."""
    if session.state.editing:
        section, identifier = session.state.editing.section, session.state.editing.item
        session.look_at(f"modifier-{section}-{identifier}", f"ajouter-{section}")
    session.state.editing = session.state.line_before = None


@act("cv_annuler")
def cancel(session: Session, _values: Values) -> None:
    """Put the line back as it was before its form was opened."""
    editing, before = session.state.editing, session.state.line_before
    if editing is None:
        return
    faits = session.cv.faits
    if before is not None:
        items = [before if one.id == before.id else one for one in getattr(faits, editing.section)]
        faits = faits.model_copy(update={editing.section: tuple(items)})
    elif find(faits, editing.section, editing.item):
        faits = edits.remove(faits, editing.section, editing.item)
    close(session, {})
    _write(session, faits)


@act("cv_dupliquer")
def duplicate(session: Session, values: Values) -> None:
    """Copy a line under itself and open the form of the copy."""
    section, item = _named(session, values)
    if section and item:
        faits, copy = edits.duplicate(session.cv.faits, section, item.id)
        _write(session, faits)
        _show(session, section, copy)
        _open(session, section, copy)


@act("cv_monter")
def up(session: Session, values: Values) -> None:
    """Move a line up."""
    _move(session, values, -1, "monter", "descendre")


@act("cv_descendre")
def down(session: Session, values: Values) -> None:
    """Move a line down."""
    _move(session, values, 1, "descendre", "monter")


@act("cv_masquer")
def hide(session: Session, values: Values) -> None:
    """Leave a line out of the CV that is shown."""
    section, item = _named(session, values)
    if section and item:
        session.write_target(targets.hide_item(session.cv.faits, session.cible, section, item.id))
        session.look_at(f"masquer-{section}-{item.id}")


@act("cv_montrer")
def show(session: Session, values: Values) -> None:
    """Put a line in the CV that is shown."""
    section, item = _named(session, values)
    if section and item:
        session.write_target(
            targets.with_choice(
                targets.show_item(session.cv.faits, session.cible, section, item.id),
                section,
                visible=True,
            )
        )
        session.look_at(f"masquer-{section}-{item.id}")


@act("cv_supprimer")
def delete(session: Session, values: Values) -> None:
    """Delete a line; it can come back to its place."""
    section, item = _named(session, values)
    if not (section and item):
        return
    at = list(getattr(session.cv.faits, section)).index(item)
    words = LISTS[section].words
    sentence = f"« {name_of(item)} » : {words.one} supprimé{words.e}."
    session.state.deleted = Deleted(sentence, at, section, item)
    if session.state.editing and session.state.editing.item == item.id:
        session.state.editing = session.state.line_before = None
    _write(session, edits.remove(session.cv.faits, section, item.id))
    session.look_at("retablir")


@act("cv_annuler_suppression")
def undo(session: Session, _values: Values) -> None:
    """Put back what was just deleted."""
    gone, session.state.deleted = session.state.deleted, None
    if gone is None:
        return
    if gone.section and gone.item:
        faits = session.cv.faits
        if find(faits, gone.section, gone.item.id) is None:
            faits = edits.add(faits, gone.section, gone.item, gone.at)
        kept = tuple(one for one in faits.ecartes if one != gone.item.id)
        _write(session, faits.model_copy(update={"ecartes": kept}))
        session.look_at(f"supprimer-{gone.section}-{gone.item.id}")
    elif gone.profil:
        contact = session.cv.faits.contact
        profiles = list(contact.profils)
        profiles.insert(gone.at, gone.profil)
        session.write_facts(contact=contact.model_copy(update={"profils": tuple(profiles)}))
        session.new_forms()
        session.look_at(f"profil:{gone.at}-reseau")
    elif gone.cible:
        cibles = list(session.cv.cibles)
        cibles.insert(gone.at, gone.cible)
        session.write(session.cv.model_copy(update={"cibles": tuple(cibles)}))
        session.chosen = gone.cible.id
        session.new_forms()
        session.look_at("cv-titre")


def find(faits: Faits, section: ItemSection, identifier: str) -> Item | None:
    """Return a line of a section."""
    items: tuple[Item, ...] = getattr(faits, section)
    return next((one for one in items if one.id == identifier), None)


def _named(session: Session, values: Values) -> tuple[ItemSection | None, Item | None]:
    section, _, identifier = values.get("of", "").partition(":")
    if section not in ITEMS:
        return None, None
    return section, find(session.cv.faits, section, identifier)


def _open(session: Session, section: ItemSection, identifier: str, *, new: bool = False) -> None:
    if session.state.editing and session.state.editing.item != identifier:
        leave(session)  # one form at a time; of the other, what was typed is kept
    session.state.line_before = find(session.cv.faits, section, identifier)
    if new and session.state.line_before is None:
        _insert(session, section, ITEMS[section](id=identifier))
    session.look_at("saisie-t")
    key = f"{section}-{identifier}-{session.state.turn}"
    session.state.editing = Editing(section, identifier, key, new=new)


def _insert(session: Session, section: ItemSection, item: Item) -> None:
    """Put a new line first, and in the CV that is shown where it names its lines.

    It is saved with the first word typed in it.
    """
    cible = session.cible  # a section that it did not name is printed from its first line on
    faits = edits.add(session.cv.faits, section, item, 0)
    session.store.cv = targets.with_target(session.cv.model_copy(update={"faits": faits}), cible)
    if targets.choice_of(session.cible, section).items is not None:
        _show(session, section, item.id)


def _show(session: Session, section: ItemSection, identifier: str) -> None:
    if targets.choice_of(session.cible, section).items is not None:
        session.write_target(
            targets.show_item(session.cv.faits, session.cible, section, identifier)
        )


def _take(session: Session, section: ItemSection, identifier: str, values: Values) -> None:
    item = find(session.cv.faits, section, identifier)
    if item is None:
        return
    changed = changed_fields(item.form, values, item)
    if changed:
        _write(session, edits.change(session.cv.faits, section, identifier, **changed))


def _move(session: Session, values: Values, by: int, same: str, other: str) -> None:
    section, item = _named(session, values)
    if section and item:
        _write(session, edits.move(session.cv.faits, section, item.id, by))
        session.look_at(f"{same}-{section}-{item.id}", f"{other}-{section}-{item.id}")


def _write(session: Session, faits: Faits) -> None:
    session.write(session.cv.model_copy(update={"faits": faits}))


@act("cv_profil_ajouter")
def add_profile(session: Session, _values: Values) -> None:
    """Add an empty profile, last; nothing prints it until it is written."""
    profiles = session.cv.faits.contact.profils
    if len(profiles) < MOST:
        _write_profiles(session, (*profiles, Profil()))
        session.look_at(f"{PROFILE}:{len(profiles)}-reseau")


def draft_profile(session: Session, values: Values, left: str = "") -> None:
    """Take what is typed; a page opened again may say once more what was typed at the end."""
    at, profiles = _place(values), list(session.cv.faits.contact.profils)
    if at is None or at > len(profiles) or at >= MOST:
        return
    if at == len(profiles):
        profiles.append(Profil())
    changed = changed_fields(Profil.form, values, profiles[at])
    if changed:
        profiles[at] = profiles[at].model_copy(update=changed)
        _write_profiles(session, tuple(profiles))
    session.state.left |= {f"{PROFILE}:{at}.{left}"} if left else set()


@act("cv_profil_supprimer")
def delete_profile(session: Session, values: Values) -> None:
    """Delete a profile; it can come back to its place."""
    at, profiles = _place(values), list(session.cv.faits.contact.profils)
    if at is None or at >= len(profiles):
        return
    gone = profiles.pop(at)
    named = f"« {gone.reseau.strip()} » : profil" if gone.reseau.strip() else "Profil"
    session.state.deleted = Deleted(f"{named} supprimé.", at, profil=gone)
    _write_profiles(session, tuple(profiles))
    session.new_forms()
    session.look_at("retablir")


def _place(values: Values) -> int | None:
    kind, _, at = values.get("of", "").partition(":")
    return int(at) if kind == PROFILE and at.isascii() and at.isdigit() and len(at) < 4 else None


def _write_profiles(session: Session, profiles: tuple[Profil, ...]) -> None:
    contact = session.cv.faits.contact
    changed = {"profils": profiles, "source": "saisie"}
    session.write_facts(contact=contact.model_copy(update=changed))
