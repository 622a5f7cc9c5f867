"""What a person keeps and gives: versions, links, and the choice between two writings."""

from __future__ import annotations

from collections.abc import Sequence

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import InputError
from iprof_kit.cv.model import Cv
from iprof_kit.services.contract.cv import LONGEST_NAME, CvVersion
from iprof_kit.ui.kit.fields import fields_of
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.cv.lines import Values, act
from iprof_kit.ui.screens.cv.session import Session
from iprof_kit.ui.shared import text

COMPARED, SHARED = "compare", "partage"
ON_SCREEN = "ecran"
"""Value of the choice of no version yet: the CV as the screen shows it."""
DURATIONS = ((7, "une semaine"), (30, "un mois"), (90, "trois mois"), (365, "un an"))


@act("cv_garder_version")
def keep_version(session: Session, values: Values) -> None:
    """Keep the draft as a version under the name typed."""
    name = values.get("nom", "").strip()
    if not name:
        raise InputError(
            "la version n’a pas de nom.", remedy="Écrivez par exemple : avant le mouvement."
        )
    made = session.store.make_version(name[:LONGEST_NAME])
    session.state.pages["nom"] = ""
    session.new_forms()
    session.say(
        f"Version gardée dans ce kit le {text.moment(made.creee_le)}.",
        "Elle ne change plus ; vous pourrez la comparer et la reprendre.",
    )


@act("cv_comparer")
def compare_version(session: Session, values: Values) -> None:
    """Show a version beside the draft."""
    session.state.pages[COMPARED] = values.get("of", "")
    session.look_at("compare-t")


@act("cv_reprendre")
def restore_version(session: Session, values: Values) -> None:
    """Take a version as the draft; the former draft becomes a version."""
    session.store.restore(values.get("of", ""))
    session.state.pages.pop(COMPARED, None)
    session.new_forms()
    session.say(
        "La version est reprise dans votre brouillon.",
        "Ce qu’il contenait avant est gardé dans une nouvelle version.",
    )


@act("cv_choisir_lien")
def choose_link(session: Session, values: Values) -> None:
    """Remember what the link will show."""
    session.state.pages[SHARED] = dict(values)


@act("cv_apercu_lien")
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


def share_fields(
    cv: Cv, versions: Sequence[CvVersion], chosen: dict[str, str], current: str
) -> tuple[Field, ...]:
    """Return the lists of a new link: which version, which CV; `current` is what is on screen."""
    kept = [
        (
            one.id,
            f"Version « {one.nom} » du {text.day(text.in_paris(one.creee_le))}"
            + ", comme à l’écran" * (one.id == current),
        )
        for one in versions
    ]
    if not current:
        kept.insert(0, (ON_SCREEN, "Votre CV comme à l’écran (une version en sera gardée)"))
    hint = "Ce que le lecteur voit ne change plus, même si vous modifiez votre CV."
    if chosen.get("version") not in (current, ON_SCREEN):
        hint = f"Votre CV a changé depuis cette version, que le lecteur verra telle quelle. {hint}"
    cibles = tuple((one.id, one.nom) for one in cv.cibles)
    asked = (
        Asked("version", "Ce que le lien montre", hint=hint, choices=tuple(kept)),
        Asked("cible", "CV", choices=cibles),
    )
    return fields_of(asked, chosen, {})


def link_words(fields: Sequence[Field], current: str) -> str:
    """Return what a link shows in a few words: the CV as it is, or what was chosen instead."""
    version, cible = fields
    chosen = next((one for one in version.options if one.selected), None)
    titles = [one.label for one in cible.options if one.selected and len(cible.options) > 1]
    as_it_is = chosen is None or chosen.value in (ON_SCREEN, current)
    when = "comme à l’écran" if as_it_is else "une version d’avant"
    return ", ".join([*(f"« {one} »" for one in titles), when])


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
        made = session.store.make_version(named[:LONGEST_NAME])
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


@act("cv_creer_lien")
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


@act("cv_revoquer")
def revoke_link(session: Session, values: Values) -> None:
    """Close a link for good."""
    session.store.revoke(values.get("of", ""))
    session.state.pages.pop("adresse", None)
    session.say("Le lien est révoqué.", "Qui l’ouvre lit désormais qu’il n’est plus valable.")


@act("cv_enregistrer")
def save(session: Session, _values: Values) -> None:
    """Try again to save the draft."""
    session.store.save()


@act("cv_garder_les_deux")
def keep_both(session: Session, _values: Values) -> None:
    """Put the two writings together."""
    session.store.put_together()
    session.new_forms()
    session.say("Les deux écritures sont réunies.", "Rien n’a été perdu.")


@act("cv_garder_ici")
def keep_here(session: Session, _values: Values) -> None:
    """Keep the writing of this screen."""
    session.store.keep_mine()
    session.say("L’écriture de cet écran est gardée.")


@act("cv_prendre_autre")
def take_other(session: Session, _values: Values) -> None:
    """Take the writing made elsewhere."""
    session.store.take_other()
    session.new_forms()
    session.say("L’écriture faite ailleurs est reprise.")
