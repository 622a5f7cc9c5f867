"""What a person does with her pages on networks: add, write, delete; each is known by its place."""

from __future__ import annotations

from iprof_kit.cv.person import Profil
from iprof_kit.ui.screens.cv.lines import Act, Values
from iprof_kit.ui.screens.cv.session import Deleted, Session
from iprof_kit.ui.screens.cv.values import changed_fields

PROFILE, MOST = "profil", 20


def add(session: Session, _values: Values) -> None:
    """Add an empty profile, last; nothing prints it until it is written."""
    profiles = session.cv.faits.contact.profils
    if len(profiles) < MOST:
        _write(session, (*profiles, Profil()))
        session.look_at(f"{PROFILE}:{len(profiles)}-reseau")


def draft(session: Session, values: Values, left: str = "") -> None:
    """Take what is typed; a page opened again may say once more what was typed at the end."""
    at, profiles = _place(values), list(session.cv.faits.contact.profils)
    if at is None or at > len(profiles) or at >= MOST:
        return
    if at == len(profiles):
        profiles.append(Profil())
    changed = changed_fields(Profil.form, values, profiles[at])
    if changed:
        profiles[at] = profiles[at].model_copy(update=changed)
        _write(session, tuple(profiles))
    session.state.left |= {f"{PROFILE}:{at}.{left}"} if left else set()


def delete(session: Session, values: Values) -> None:
    """Delete a profile; it can come back to its place."""
    at, profiles = _place(values), list(session.cv.faits.contact.profils)
    if at is None or at >= len(profiles):
        return
    gone = profiles.pop(at)
    named = f"« {gone.reseau.strip()} » : profil" if gone.reseau.strip() else "Profil"
    session.state.deleted = Deleted(f"{named} supprimé.", at, profil=gone)
    _write(session, tuple(profiles))
    session.new_forms()
    session.look_at("retablir")


PROFILE_ACTS: dict[str, Act] = {"cv_profil_ajouter": add, "cv_profil_supprimer": delete}


def _place(values: Values) -> int | None:
    kind, _, at = values.get("of", "").partition(":")
    return int(at) if kind == PROFILE and at.isascii() and at.isdigit() and len(at) < 4 else None


def _write(session: Session, profiles: tuple[Profil, ...]) -> None:
    faits = session.cv.faits
    contact = faits.contact.model_copy(update={"profils": profiles, "source": "saisie"})
    session.write(
        session.cv.model_copy(update={"faits": faits.model_copy(update={"contact": contact})})
    )
