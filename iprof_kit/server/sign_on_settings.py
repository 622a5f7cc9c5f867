"""What an academy says of its provider: who it is, what is asked of it, what is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from iprof_kit.base.configuration.secret_places import secret_at
from iprof_kit.base.configuration.sections import Connexion
from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import InputError
from iprof_kit.base.words import unaccented
from iprof_kit.services.contract.operation import Role

SIGNATURES = frozenset(
    f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)
)
"""Those that a public key checks: with a shared secret, whoever holds it could write a token."""
SECTION = "connexion"
_HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class SignOn:
    """One provider, and what the kit takes from it.

    `name` is what people read of it. `site` is the kit's own address, as browsers know it.
    `userinfo`: whether its claims are asked for besides those of the token, and in which form.
    `sent_in`: where the client's secret goes. `pkce`: False for a provider that refuses the two
    words of it. `logout_typed`: False for one whose word of signing off has no type of its own,
    which its claims alone then tell from any other. `acr`: how strongly one has to have signed on,
    by the provider's own names; empty where no strength is asked for.
    `link_claim` is a claim that the provider guarantees, equal to `link_to` here; None where
    nothing is linked by itself. `typed_once`: whoever has an account and its password links them by
    typing both once. `roles` gives the role that each value of `roles_claim` stands for; only those
    are given and taken, the others stay as the kit has them. `passwords`: who still enters by one.
    """

    name: str
    issuer: str
    client: str
    secret: str = field(repr=False)
    site: str
    scopes: tuple[str, ...] = ("openid",)
    signatures: tuple[str, ...] = ("RS256", "ES256")
    userinfo: Literal["aucun", "json", "signe"] = "aucun"
    sent_in: Literal["entete", "corps"] = "entete"
    pkce: bool = True
    logout_typed: bool = True
    acr: tuple[str, ...] = ()
    link_claim: str | None = None
    link_to: Literal["compte", "dossier"] = "compte"
    typed_once: bool = True
    roles_claim: str | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    passwords: Literal["tous", "administrateurs"] = "tous"

    def __post_init__(self) -> None:
        """Refuse what would not be safe.

        Raises
        ------
        InputError
            An address that is not HTTPS beyond this machine, a signature that anybody could make,
            a link by the NUMEN or a mail, the role of a teacher by a claim.
        """
        for name, address in (("emetteur", self.issuer), ("adresse", self.site)):
            refuse_clear(name, address)
        if not self.signatures or not SIGNATURES.issuperset(self.signatures):
            raise _refused(
                "signatures",
                "ces signatures ne sont pas de celles qu’une clé publique vérifie.",
                f"Choisissez parmi {', '.join(sorted(SIGNATURES))}.",
            )
        if self.link_claim and (forbidden := _names_too_many(self.link_claim)):
            raise _refused(
                "lien",
                f"personne n’est relié par {forbidden}.",
                "Nommez un identifiant que le fournisseur garantit, ou n’en nommez aucun.",
            )
        if "enseignant" in self.roles.values():
            raise _refused(
                "roles",
                "le rôle « enseignant » vient d’un dossier, jamais du fournisseur.",
                "Retirez-le de cette table.",
            )

    @property
    def comes_back_to(self) -> str:
        """The address to which the provider sends who has signed on."""
        return f"{self.site.rstrip('/')}/connexion/retour"

    @property
    def leaves_to(self) -> str:
        """The address to which the provider sends who has signed off."""
        return f"{self.site.rstrip('/')}/connexion"


PROCONNECT: Mapping[str, Any] = MappingProxyType({
    "scopes": ("openid", "uid"),
    "userinfo": "signe",
    "sent_in": "corps",
    "pkce": False,
})  # fmt: skip
"""ProConnect: claims in a signed userinfo; it answers an error to any word that it does not list,
those of PKCE among them (its documentation for service providers, 2025): the nonce, the state and
the client's secret hold a code to its browser and its server."""
KEYCLOAK: Mapping[str, Any] = MappingProxyType({
    "scopes": ("openid",),
    "roles_claim": "realm_access.roles",
    "logout_typed": False,
})  # fmt: skip
"""Keycloak: all that is needed is in the token; roles of the realm, where some are mapped. Its
older versions give a token of signing off the type of all others."""
SHAPES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"proconnect": PROCONNECT, "keycloak": KEYCLOAK}
)


def sign_on_of(named: Connexion) -> SignOn | None:
    """Return the provider that the settings name, None where they name none.

    Raises
    ------
    InputError
        Its secret is not where they say; a role is none of the kit's; what would not be safe.
    """
    if not named.emetteur:
        return None
    words = {**SHAPES.get(named.forme, {})}
    if named.portees:
        words["scopes"] = named.portees
    if named.champ_des_roles:
        words["roles_claim"] = named.champ_des_roles
    if named.userinfo != "forme":
        words["userinfo"] = named.userinfo
    if named.authentification != "forme":
        words["sent_in"] = named.authentification
    if named.pkce != "forme":
        words["pkce"] = named.pkce == "oui"
    return SignOn(
        name=named.nom,
        issuer=named.emetteur,
        client=named.client,
        secret=secret_at(named.secret),
        site=whole_address(named.adresse),
        signatures=named.signatures,
        acr=named.acr,
        link_claim=named.lien or None,
        link_to=named.lien_avec,
        typed_once=named.lien_saisi,
        roles=dict(map(_role, named.roles)),
        passwords=named.mots_de_passe,
        **words,
    )


def _role(text: str) -> tuple[str, Role]:
    value, _, role = text.rpartition("=")
    if not value or role not in get_args(Role):
        raise _refused(
            "roles",
            f"« {text} » n’est pas « valeur=role ».",
            f"Les rôles sont {', '.join(get_args(Role))} : groupe-bureau=gestionnaire.",
        )
    return value, cast(Role, role)


def refuse_clear(name: str, address: str) -> None:
    """Refuse an address that others could read, or that is none."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if host and (parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)):
        return
    raise _refused(
        name, "cette adresse n’est pas en HTTPS.", "Donnez-la en entier : https://machine/chemin."
    )


def _names_too_many(claim: str) -> str:
    """Return what a claim is, where it is known to many or changes hands."""
    word = unaccented(claim.lower())
    if "numen" in word:
        return "le NUMEN seul"
    return "une adresse de courriel" if "mail" in word else ""


def _refused(name: str, reason: str, remedy: str) -> InputError:
    return InputError(reason, where=f"{SECTION}.{name}", remedy=remedy)
