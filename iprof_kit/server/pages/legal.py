"""Who publishes this site and answers for it: the legal notice, and security.txt (RFC 9116).

Both say what the settings say. What nobody has set is said as such, and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tornado.web import HTTPError

from iprof_kit.base.configuration.sections import Mentions, Securite
from iprof_kit.server.pages.door import KitPage
from iprof_kit.server.settings import Settings
from iprof_kit.services.academies import Conservation, configured_academies, conservation
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.services.own_data.inventory import lengths
from iprof_kit.ui.kit.parts import Block, TextView
from iprof_kit.ui.shared.academies import academie_name

LEGAL, SECURITY = "/mentions-legales", "/.well-known/security.txt"
_UNSAID = "non indiqué par qui tient ce serveur"


class LegalPage(KitPage):
    """« Mentions légales », for everybody."""

    needs_person = False

    def get(self) -> None:
        """Show who publishes, who hosts, who answers for the data and for how long."""
        kept = conservation()
        self.show("texte.html.j2", vue=legal_view(self.kit, configured_academies(), kept))


class SecurityTxt(KitPage):
    """Whom to tell of a flaw, for programs and for those who look for it there."""

    async def prepare(self) -> None:
        """Ask nobody: it is the same for everybody."""

    def get(self) -> None:
        """Send the file, where a contact is set.

        Raises
        ------
        HTTPError
            404: none is.
        """
        if not self.kit.security.contacts:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(security_txt(self.kit.security))


def security_txt(chosen: Securite) -> str:
    """Return the file, a field on each line.

    Examples
    --------
    >>> print(security_txt(Securite(contacts=("tel:+33-1",), expire="2027-12-01T00:00:00Z")))
    Contact: tel:+33-1
    Expires: 2027-12-01T00:00:00Z
    Preferred-Languages: fr
    <BLANKLINE>
    """
    lines = [f"Contact: {one}" for one in chosen.contacts]
    lines.append(f"Expires: {chosen.expire}")
    if chosen.langues:
        lines.append(f"Preferred-Languages: {', '.join(chosen.langues)}")
    lines += [f"Canonical: {one}" for one in chosen.canonique]
    return "".join(f"{line}\n" for line in lines)


def legal_view(kit: Settings, academies: Sequence[Academie], kept: Conservation) -> TextView:
    """Return the page: what is set, and that the rest is not."""
    return TextView(
        title="Mentions légales",
        lead_strong="Un kit libre, non officiel.",
        lead="Il simule ; l’administration décide. Qui l’installe en répond, comme il est dit ici.",
        blocks=(
            *_of_the_site(kit.legal),
            *_of_the_academies(academies),
            Block("Combien de temps elles sont gardées", _lines(lengths(kept).items())),
            Block("Signaler une faille", _flaws(kit.security)),
        ),
    )


def _of_the_site(chosen: Mentions) -> tuple[Block, Block]:
    publisher = {
        "Éditeur": chosen.editeur,
        "Adresse": chosen.editeur_adresse,
        "Contact": chosen.editeur_contact,
        "Responsable de la publication": chosen.directeur,
    }
    host = {
        "Hébergeur": chosen.hebergeur,
        "Adresse": chosen.hebergeur_adresse,
        "Contact": chosen.hebergeur_contact,
    }
    return (
        Block("Qui publie ce site", _lines(publisher.items())),
        Block("Qui l’héberge", _lines(host.items())),
    )


def _of_the_academies(academies: Sequence[Academie]) -> tuple[Block, ...]:
    if not academies:
        return (Block("Qui répond de vos données", (f"Académie : {_UNSAID}.",)),)
    several = len(academies) > 1
    return tuple(
        Block(
            "Qui répond de vos données" + (f", académie {academie_name(one)}" if several else ""),
            _lines(
                {
                    "Responsable du traitement": one.donnees.responsable,
                    "Le joindre": one.donnees.responsable_contact,
                    "Délégué à la protection des données": one.donnees.delegue,
                    "Base légale": one.donnees.base_legale,
                    "Réclamation": one.donnees.reclamation,
                }.items()
            ),
        )
        for one in academies
    )


def _flaws(chosen: Securite) -> tuple[str, ...]:
    ways = ", ".join(one.removeprefix("mailto:").removeprefix("tel:") for one in chosen.contacts)
    return _lines([("Contact", ways)])


def _lines(chosen: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    return tuple(f"{what} : {one or _UNSAID}." for what, one in chosen)


LEGAL_ROUTES = [(LEGAL, LegalPage), (SECURITY.replace(".", r"\."), SecurityTxt)]
