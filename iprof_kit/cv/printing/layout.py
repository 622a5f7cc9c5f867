"""One CV made of the facts: the document that every output and every reader is given."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from datetime import date

from iprof_kit.cv.model import Cible, Cv
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.printing import sections, statutory
from iprof_kit.cv.values import day, joined, line, printed_words
from iprof_kit.documents.links import telephone
from iprof_kit.documents.model import PORTRAIT, Document, Fact, Letter, Picture

_OBVIOUS = ("Adresse", "Téléphone", "Courriel", "Site")
"""Labels that the pages leave out: a network of such a name is told beside what it leads to."""


def document(
    cv: Cv, cible: Cible, today: date, contact_shown: bool = True, marked: str = ""
) -> Document:
    """Return the CV of a target as a document.

    Parameters
    ----------
    cible : Cible
        The target: what is shown, in which order.
    today : date
        The day the document is made; it dates the file.
    contact_shown : bool
        False hides the contact details, those of the references included, whatever the target
        says: for a reader who was not given them.
    marked : str
        Identifier of the line to tint; none by default.
    """
    shown = contact_shown and cible.coordonnees
    if cible.modele == "statutaire":
        printed = contact(cv.faits.contact) if shown else ()
        return replace(statutory.document(cv, cible, today, printed), marked=marked)
    identite = cv.faits.identite
    born = day(identite.date_naissance) if cible.date_naissance else ""
    personal = (Fact("Date de naissance", born),) if born else ()
    return Document(
        title=joined("Curriculum vitae", name(identite), by=" de "),
        author=name(identite),
        date=today,
        name=name(identite),
        headline=line(identite.titre),
        summary=printed_words(identite.resume),
        contact=(contact(cv.faits.contact) if shown else ()) + personal,
        picture=picture(identite) if cible.photo else None,
        sections=sections.of(cv.faits, cible, contact_shown=shown),
        marked=marked,
    )


def letter(cv: Cv, cible: Cible, today: date, contact_shown: bool = True) -> Document | None:
    """Return the letter of a target as a document of one page or more; None if none is written."""
    written = cible.lettre
    if not written.texte.strip():
        return None
    identite = cv.faits.identite
    where, when = line(written.lieu), day(written.date or today.isoformat())
    dated = joined(where, f"le {when}" if written.date[:1].isdigit() or not written.date else when)
    return Document(
        title=joined("Lettre", name(identite), by=" de "),
        author=name(identite),
        date=today,
        name=name(identite),
        headline=line(identite.titre),
        contact=contact(cv.faits.contact) if contact_shown and cible.coordonnees else (),
        letter=Letter(
            recipient=tuple(line(one) for one in written.destinataire.splitlines() if line(one)),
            place_and_date=dated if where else dated[:1].upper() + dated[1:],
            subject=line(written.objet),
            text=printed_words(written.texte),
            signature=name(identite),
        ),
    )


def name(identite: Identite) -> str:
    """Return « Jean Dupont »."""
    return joined(line(identite.prenom), line(identite.nom), by=" ")


def contact(given: Contact) -> tuple[Fact, ...]:
    """Return how to reach the person; addresses are printed as they were typed."""
    town = joined(line(given.code_postal), line(given.ville), by=" ")
    facts = [
        Fact("Adresse", joined(line(given.rue), town, line(given.pays))),
        Fact("Téléphone", line(given.telephone), link=telephone(given.telephone)),
        Fact("Courriel", given.courriel.strip()),
        Fact("Site", given.site.strip()),
    ]
    for profil in given.profils:
        where = joined(profil.identifiant.strip(), profil.adresse.strip())
        network = line(profil.reseau)
        own = bool(network and where) and network not in _OBVIOUS
        facts.append(Fact(network, where) if own else Fact("Profil", joined(network, where)))
    return tuple(fact for fact in facts if fact.value)


def picture(identite: Identite) -> Picture | None:
    """Return the photograph, if there is one that can be read."""
    photo = identite.photo
    if photo is None:
        return None
    try:
        data = base64.b64decode(photo.base64, validate=True)
    except (binascii.Error, ValueError):
        return None
    ratio = photo.largeur / photo.hauteur if photo.largeur > 0 and photo.hauteur > 0 else PORTRAIT
    description = joined("Photographie", name(identite), by=" de ")
    return Picture(data, photo.type_media, description, ratio)
