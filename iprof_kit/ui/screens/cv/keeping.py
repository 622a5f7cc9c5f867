"""What a person keeps and gives: versions, links, and the choice between two writings."""

from __future__ import annotations

from iprof_kit.base.errors import InputError
from iprof_kit.ui.screens.cv.lines import Act, Values
from iprof_kit.ui.screens.cv.page_views import DURATIONS, ON_SCREEN
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.shared import text

COMPARED, SHARED = "compare", "partage"
_LONGEST_NAME = 80


def keep_version(session: Session, values: Values) -> None:
    """Keep the draft as a version under the name typed."""
    name = values.get("nom", "").strip()
    if not name:
        raise InputError(
            "la version n’a pas de nom.", remedy="Écrivez par exemple\u00a0: avant le mouvement."
        )
    made = session.store.make_version(name[:_LONGEST_NAME])
    session.state.pages["nom"] = ""
    session.new_forms()
    session.say(
        f"Version gardée dans ce kit le {text.moment(made.creee_le)}.",
        "Elle ne change plus ; vous pourrez la comparer et la reprendre.",
    )


def compare_version(session: Session, values: Values) -> None:
    """Show a version beside the draft."""
    session.state.pages[COMPARED] = values.get("of", "")
    session.look_at("compare-t")


def restore_version(session: Session, values: Values) -> None:
    """Take a version as the draft; the former draft becomes a version."""
    session.store.restore(values.get("of", ""))
    session.state.pages.pop(COMPARED, None)
    session.new_forms()
    session.say(
        "La version est reprise dans votre brouillon.",
        "Ce qu’il contenait avant est gardé dans une nouvelle version.",
    )


def choose_link(session: Session, values: Values) -> None:
    """Remember what the link will show."""
    session.state.pages[SHARED] = dict(values)


def preview_link(session: Session, values: Values) -> None:
    """Show exactly what the reader of a link will see."""
    chosen = _with_version(session, link_choice(session) | dict(values))
    version, cible = chosen["version"], chosen["cible"]
    pages = session.store.shared_pages(version, cible, contact="coordonnees" in chosen)
    session.state.pages["vu"] = tuple(pages)
    session.look_at("vu-t")


def link_choice(session: Session) -> dict[str, str]:
    """Return what the link will show: the CV as it is on the screen, until chosen."""
    usual = {
        "version": version_on_screen(session) or ON_SCREEN,
        "cible": session.cible.id,
        "jours": str(DURATIONS[1][0]),
    }
    chosen: dict[str, str] = session.state.pages.get(SHARED, {})
    return usual | chosen


def version_on_screen(session: Session) -> str:
    """Return the version that is just what the screen shows; "" where none is."""
    store = session.store
    if store.unsaved:
        return ""
    return next((one.id for one in store.versions if one.revision == store.revision), "")


def _with_version(session: Session, chosen: dict[str, str]) -> dict[str, str]:
    """Return the choice with a version of its own, kept now where it is what the screen shows."""
    if chosen.get("version") == ON_SCREEN:
        named = f"Pour un lien vers « {session.cible.titre} »"
        made = session.store.make_version(named[:_LONGEST_NAME])
        session.say(
            f"Version gardée : {made.nom}.", "Le lien montre celle-là ; elle ne change plus."
        )
        chosen = chosen | {"version": made.id}
    session.state.pages[SHARED] = chosen
    return chosen


_LOST_ADDRESS = (
    "Son adresse n’a été donnée qu’une fois et ne vous est pas parvenue. Révoquez ce lien, puis "
    "créez-en un autre."
)


def make_link(session: Session, values: Values) -> None:
    """Make a link; its address is shown this once."""
    days = {str(number) for number, _ in DURATIONS}
    length = values.get("jours", "")
    chosen = _with_version(session, dict(values))
    made = session.store.share(
        chosen.get("version", ""),
        chosen.get("cible", ""),
        contact="coordonnees" in chosen,
        days=int(length) if length in days else DURATIONS[1][0],
    )
    session.state.pages["adresse"] = made.adresse or ""
    session.look_at("adresse")
    if not made.adresse:  # the order was carried out, its answer was lost on the way
        session.say("Le lien existe déjà.", _LOST_ADDRESS, "refused")


def revoke_link(session: Session, values: Values) -> None:
    """Close a link for good."""
    session.store.revoke(values.get("of", ""))
    session.state.pages.pop("adresse", None)
    session.say("Le lien est révoqué.", "Qui l’ouvre lit désormais qu’il n’est plus valable.")


def save(session: Session, _values: Values) -> None:
    """Try again to save the draft."""
    session.store.save()


def keep_both(session: Session, _values: Values) -> None:
    """Put the two writings together."""
    session.store.put_together()
    session.new_forms()
    session.say("Les deux écritures sont réunies.", "Rien n’a été perdu.")


def keep_here(session: Session, _values: Values) -> None:
    """Keep the writing of this screen."""
    session.store.keep_mine()
    session.say("L’écriture de cet écran est gardée.")


def take_other(session: Session, _values: Values) -> None:
    """Take the writing made elsewhere."""
    session.store.take_other()
    session.new_forms()
    session.say("L’écriture faite ailleurs est reprise.")


KEEPING_ACTS: dict[str, Act] = {
    "cv_enregistrer": save, "cv_garder_les_deux": keep_both, "cv_garder_ici": keep_here,
    "cv_prendre_autre": take_other, "cv_garder_version": keep_version,
    "cv_comparer": compare_version, "cv_reprendre": restore_version,
    "cv_choisir_lien": choose_link, "cv_apercu_lien": preview_link, "cv_creer_lien": make_link,
    "cv_revoquer": revoke_link,
}  # fmt: skip
