"""The settings of a server, each declared once: from here come the file, its model and its page.

A new section is a class of `Section` and its line in `Reglages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_network
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, model_validator

from iprof_kit.base.configuration.declaring import (
    Line,
    Lines,
    SecretPlace,
    Section,
    Setting,
    setting,
    settings_of,
)
from iprof_kit.base.configuration.installation import (
    Comptes,
    Courriel,
    Emplacements,
    Journaux,
    SecondFacteur,
)
from iprof_kit.base.plain import Plain

_HOUR, _DAY = 3600, 86_400


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError:
        raise ValueError(f"« {text} » n’est ni une adresse ni un réseau") from None
    return text


def _reachable(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise ValueError("une adresse et un port sont attendus (127.0.0.1:9866)")
    return text


_SUB_PATH = re.compile(r"(?:/[A-Za-z0-9_-]+)*")
_WAY = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*|tel:\+?[\d-]+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _sub_path(text: str) -> str:
    if not _SUB_PATH.fullmatch(text):
        raise ValueError("une barre, puis des lettres sans accent : « /iprof », sans barre finale")
    return text


def _way(text: str) -> str:
    if not _WAY.fullmatch(text):
        raise ValueError("« mailto: », « https:// » ou « tel: » est attendu devant un contact")
    return text


def _secure_page(text: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+/\S*", text):
        raise ValueError("une adresse entière est attendue, qui commence par https://")
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"« {text} » n’est pas le code d’une langue (fr, en)")
    return text


def _moment(text: str) -> str:
    try:
        known = not text or datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        known = False
    if not known:
        raise ValueError(
            "un jour et une heure avec leur décalage sont attendus, 2027-12-01T00:00:00Z"
        )
    return text


def _bound_of_a_role(text: str) -> str:
    role, _, pages = text.partition("=")
    if not (role and pages.isdecimal() and 0 < int(pages) <= 20_000):
        raise ValueError(f"« {text} » n’est pas « role=pages »")
    return text


class Site(Section):
    """Where the portal listens, and by whom it is reached."""

    TITLE: ClassVar[str] = "Où le portail écoute, et qui le donne aux personnes"

    ip: Line = setting(
        "127.0.0.1",
        "Adresse d’écoute. Celle de la machine seule convient si le mandataire y est aussi.",
        min_length=1,
        option="--ip",
    )
    port: int = setting(8866, "Port d’écoute.", ge=1, le=65535, option="--port")
    hotes: Lines = setting(
        (),
        "Noms de site admis, en plus de ceux de la machine : un autre est refusé.",
        example=("carriere.academie.example",),
        option="--host",
    )
    chemin: Annotated[Line, AfterValidator(_sub_path)] = setting(
        "",
        "Chemin sous lequel un mandataire donne le site, quand son nom sert aussi à autre chose. "
        "Vide : le site est à la racine de son nom.",
        example="/iprof",
    )
    https: bool = setting(
        False,  # a default
        "Un mandataire donne le site en HTTPS : les cookies ne voyagent plus en clair.",
        option="--https",
    )
    mandataires: tuple[Annotated[Line, AfterValidator(_network)], ...] = setting(
        (),
        "Adresses ou réseaux des mandataires, seuls crus sur qui demande et par quel protocole.",
        example=("127.0.0.1",),
        option="--mandataire",
    )
    theme_css: Line = setting(
        "",
        "Feuille de style de l’académie : le chemin entier d’un fichier.",
        example="/etc/iprof/academie.css",
        option="--theme-css",
    )


class Places(Section):
    """How many pages may be open at once."""

    TITLE: ClassVar[str] = "Combien de pages sont ouvertes à la fois"

    en_tout: int = setting(
        250,
        "Pages ouvertes en tout : une page est un processus. La mémoire de la machine en décide.",
        unit="pages",
        ge=1,
        le=20_000,
    )
    sans_compte: int = setting(
        60,
        "Dont sans compte. Une même adresse n’en tient qu’une part ; qui est connecté reprend "
        "leur place quand tout est pris.",
        unit="pages",
        ge=0,
        le=20_000,
    )
    par_visiteur: int = setting(
        3,
        "Pages d’une même personne : la plus ancienne se ferme pour une de plus.",
        unit="pages",
        ge=1,
        le=50,
    )
    par_role: tuple[Annotated[Line, AfterValidator(_bound_of_a_role)], ...] = setting(
        (),
        "Pages que les personnes d’un rôle tiennent au plus, « role=pages » : les autres rôles "
        "gardent le reste. Qui en a plusieurs entre par celui qui a de la place.",
        example=("enseignant=200",),
    )

    @model_validator(mode="after")
    def _some_for_who_has_an_account(self) -> Self:
        if self.sans_compte > self.en_tout:
            raise ValueError(
                f"sans_compte ({self.sans_compte}) dépasse en_tout ({self.en_tout}), qui le compte"
            )
        return self


class Pages(Section):
    """How long a page keeps its place."""

    TITLE: ClassVar[str] = "Combien de temps une page garde sa place"

    inactivite: int = setting(
        3600,
        "Une page où rien ne se passe se ferme après ce temps. Ce qui était enregistré l’est.",
        unit="secondes",
        ge=60,
        le=_DAY,
    )
    avertissement: int = setting(
        300,
        "Ce temps avant sa fin, la personne est avertie et peut continuer.",
        unit="secondes",
        ge=0,
        le=_HOUR,
    )
    ouverture: int = setting(
        60, "Temps qu’a une page envoyée pour arriver.", unit="secondes", ge=5, le=600
    )
    partie: float = setting(
        15.0,
        "Une page qui dit qu’elle s’en va garde sa place ce temps, pour qui revient en arrière.",
        unit="secondes",
        ge=0,
        le=600,
    )
    coupee: int = setting(
        900,
        "Une page coupée sans un mot (tunnel, écran fermé) est attendue ce temps.",
        unit="secondes",
        ge=0,
        le=_DAY,
    )
    premiere_reponse: float = setting(
        5.0,
        "Une page reste ouverte ce temps pour que son premier écran vienne avec elle.",
        unit="secondes",
        ge=0,
        le=60,
    )

    @model_validator(mode="after")
    def _warned_before_the_end(self) -> Self:
        if self.avertissement >= self.inactivite:
            raise ValueError(
                f"avertissement ({self.avertissement} s) doit être plus court qu’inactivite "
                f"({self.inactivite} s)"
            )
        return self


class Limites(Section):
    """What one visitor, and all of them, may ask of the server."""

    TITLE: ClassVar[str] = "Ce qu’un visiteur, et tous ensemble, peuvent demander"

    connexions: int = setting(
        2000, "Connexions ouvertes en tout.", unit="connexions", ge=10, le=100_000
    )
    envoi: int = setting(
        1_000_000,
        "Le plus long envoi d’une page. Une pièce part par tranches : ce n’est pas sa borne.",
        unit="octets",
        ge=700_000,
        le=64_000_000,
    )
    non_lu: int = setting(
        8_000_000,
        "Ce qu’une page peut laisser sans le lire avant d’être coupée.",
        unit="octets",
        ge=1_000_000,
        le=1_000_000_000,
    )
    lenteur: int = setting(
        20, "Temps qu’a un client pour envoyer sa requête.", unit="secondes", ge=1, le=600
    )
    refus: float = setting(
        0.2,
        "Qui demande trop souvent l’apprend ce temps plus tard : insister ne sert à rien.",
        unit="secondes",
        ge=0,
        le=10,
    )
    sockets_par_page: int = setting(3, "Sockets web d’une même page.", unit="sockets", ge=1, le=50)
    sockets_par_visiteur: int = setting(
        9, "Sockets web d’une même personne.", unit="sockets", ge=1, le=500
    )
    sockets_en_tout: int = setting(
        600, "Sockets web ouvertes en tout.", unit="sockets", ge=1, le=60_000
    )
    sockets_d_affilee: int = setting(
        20, "Sockets web qu’un visiteur ouvre d’affilée.", unit="sockets", ge=1, le=1000
    )
    sockets_ensuite: float = setting(
        0.5, "Puis une de plus chaque fois que ce temps a passé.", unit="secondes", ge=0.01, le=60
    )
    liens_d_affilee: int = setting(
        60, "CV partagés qu’une même adresse ouvre d’affilée.", unit="liens", ge=1, le=10_000
    )
    liens_ensuite: float = setting(
        2.0, "Puis un de plus chaque fois que ce temps a passé.", unit="secondes", ge=0.01, le=600
    )


class Base(Section):
    """How the server speaks with its database."""

    TITLE: ClassVar[str] = "La base de données"

    adresse: SecretPlace = setting(
        "",
        "Où est l’adresse de la base, qui peut tenir un mot de passe. Vide : un fichier SQLite, "
        "parmi les données.",
        variable="IPROF_DATABASE_URL",
        example="fichier:/etc/iprof/adresse-de-la-base",
    )
    migrer: bool = setting(
        True,  # a default
        "Mettre les tables à jour au démarrage. Sinon, « iprof migrer » le fait.",
        option="--ne-pas-migrer",
    )
    fils: int = setting(8, "Fils qui attendent la base pour des pages.", unit="fils", ge=1, le=200)
    connexions: int = setting(
        10,
        "Connexions qu’un processus du kit garde ouvertes une fois prises.",
        unit="connexions",
        ge=1,
        le=500,
    )
    connexions_de_plus: int = setting(
        30,
        "Connexions qu’il ouvre de plus quand il en faut, et referme. Trop peu : des pages "
        "attendent celle d’une autre. « iprof doctor » dit pour combien de copies la base en a.",
        unit="connexions",
        ge=0,
        le=500,
    )
    attente: float = setting(
        1.6, "Temps qu’une page attend la base avant de le dire.", unit="secondes", ge=0.1, le=60
    )
    instruction: float = setting(
        8.0, "Le plus long qu’une instruction peut durer.", unit="secondes", ge=0.5, le=600
    )

    @property
    def connexions_en_tout(self) -> int:
        """How many connections one process opens at once."""
        return self.connexions + self.connexions_de_plus

    @model_validator(mode="after")
    def _one_a_thread(self) -> Self:
        if self.connexions_en_tout < self.fils:
            raise ValueError(
                f"connexions et connexions_de_plus en donnent {self.connexions_en_tout}, moins que "
                f"de fils ({self.fils})"
            )
        return self


class Arret(Section):
    """How the server stops."""

    TITLE: ClassVar[str] = "L’arrêt"

    sursis: float = setting(
        0.0,
        "À SIGTERM, le serveur dit aux mandataires qu’il s’arrête et sert encore ce temps.",
        unit="secondes",
        ge=0,
        le=_HOUR,
        option="--sursis",
    )


class Travaux(Section):
    """Who does what the kit does by itself."""

    TITLE: ClassVar[str] = "Ce que le kit fait de lui-même"

    ici: bool = setting(
        True,  # a default
        "Ce serveur fait les travaux. Sinon, « iprof travaux --continu » les fait à part.",
        option="--sans-travaux",
    )


class Mesures(Section):
    """Where Prometheus reads."""

    TITLE: ClassVar[str] = "Les mesures"

    adresse: Annotated[Line, AfterValidator(_reachable)] = setting(
        "",
        "Adresse et port où Prometheus lit /metrics, sans mot de passe : jamais une adresse "
        "publique. Vide : rien n’est ouvert.",
        example="127.0.0.1:9866",
        option="--mesures",
    )


_AS_THE_SHAPE = "Vide ou « forme » : ce que la forme en dit."


class Connexion(Section):
    """By whom people are signed on elsewhere, if by anybody."""

    TITLE: ClassVar[str] = "Entrer par un fournisseur d’identité (OpenID Connect)"

    nom: Line = setting(
        "",
        "Ce que les personnes lisent de lui : « Se connecter avec … ».",
        example="l’annuaire académique",
    )
    forme: Literal["autre", "proconnect", "keycloak"] = setting(
        "autre", "Ce que les clés « forme » veulent dire : les usages de ce fournisseur-là."
    )
    emetteur: Line = setting(
        "",
        "Son adresse d’émetteur, exactement comme il l’écrit. Vide : aucun fournisseur.",
        example="https://identite.academie.example/realms/personnels",
    )
    client: Line = setting("", "Le nom du kit chez lui (client_id).", example="assistant-carriere")
    secret: SecretPlace = setting(
        "",
        "Où est le secret du kit chez lui, jamais le secret.",
        example="fichier:/etc/iprof/secret-connexion",
    )
    adresse: Line = setting(
        "",
        "L’adresse du kit, telle que les navigateurs la connaissent : il y renvoie les personnes.",
        example="https://carriere.academie.example",
    )
    portees: Lines = setting(
        (), f"Portées demandées (scopes). {_AS_THE_SHAPE}", example=("openid",)
    )
    signatures: Lines = setting(
        ("RS256", "ES256"), "Signatures admises : celles qu’une clé publique vérifie, aucune autre."
    )
    userinfo: Literal["forme", "aucun", "json", "signe"] = setting(
        "forme",
        f"Si ses champs sont aussi demandés à part, et comment ils viennent. {_AS_THE_SHAPE}",
    )
    authentification: Literal["forme", "entete", "corps"] = setting(
        "forme", f"Par où va le secret (client_secret_basic, client_secret_post). {_AS_THE_SHAPE}"
    )
    pkce: Literal["forme", "oui", "non"] = setting(
        "forme",
        "Lier la demande à qui la fait (PKCE, S256). « non » seulement pour un fournisseur qui en "
        f"refuse les mots. {_AS_THE_SHAPE}",
    )
    acr: Lines = setting(
        (),
        "Forces d’authentification admises, par les noms du fournisseur (acr) : demandées, puis "
        "vérifiées dans son jeton. Vide : aucune n’est exigée, un mot de passe seul peut suffire.",
        example=("eidas2",),
    )
    lien: Line = setting(
        "",
        "Champ que le fournisseur garantit et qui relie une personne à son compte. Ni le NUMEN, ni "
        "un courriel. Vide : personne n’est relié de soi-même.",
        example="identifiant_agent",
    )
    lien_avec: Literal["compte", "dossier"] = setting(
        "compte", "Ce que ce champ vaut : le compte, ou le numéro du dossier."
    )
    lien_saisi: bool = setting(
        True,  # a default
        "Qui n’est pas encore relié tape une fois son compte et son mot de passe.",
    )
    champ_des_roles: Line = setting(
        "", f"Champ d’où viennent les rôles de « roles ». {_AS_THE_SHAPE}", example="groupes"
    )
    roles: Lines = setting(
        (),
        "Rôles que le fournisseur donne et retire, « valeur=role » ; les autres ne changent pas.",
        example=("bureau=gestionnaire",),
    )
    mots_de_passe: Literal["tous", "administrateurs"] = setting(
        "tous", "Qui entre encore par un mot de passe."
    )

    @model_validator(mode="after")
    def _whole_or_absent(self) -> Self:
        needed = ("nom", "client", "secret", "adresse")
        missing = [name for name in needed if not getattr(self, name)]
        if self.emetteur and missing:
            raise ValueError(f"emetteur est donné sans {', '.join(missing)}")
        return self


class Mentions(Section):
    """Who publishes this site, and who hosts it: what its page says of them."""

    TITLE: ClassVar[str] = "Les mentions légales"

    editeur: Line = setting(
        "",
        "Qui publie ce site : son nom, tel que /mentions-legales le dit. Ce qui est vide y est dit "
        "non indiqué.",
        example="Rectorat de l’académie de …",
    )
    editeur_adresse: Line = setting("", "Son adresse postale.", example="3 rue …, 63000 …")
    editeur_contact: Line = setting(
        "", "Comment le joindre : téléphone, courriel.", example="04 00 00 00 00"
    )
    directeur: Line = setting(
        "", "Qui répond de ce qui est publié.", example="la rectrice de l’académie de …"
    )
    hebergeur: Line = setting("", "Qui héberge ce site : son nom.", example="DSI de l’académie")
    hebergeur_adresse: Line = setting("", "Son adresse postale.", example="3 rue …, 63000 …")
    hebergeur_contact: Line = setting("", "Comment le joindre.", example="04 00 00 00 00")


class Securite(Section):
    """Whom to tell of a flaw: what /.well-known/security.txt says (RFC 9116)."""

    TITLE: ClassVar[str] = "À qui signaler une faille (security.txt)"

    contacts: tuple[Annotated[Line, AfterValidator(_way)], ...] = setting(
        (),
        "À qui l’écrire, le préféré d’abord. Vide : /.well-known/security.txt n’existe pas.",
        example=("mailto:securite@academie.example",),
    )
    expire: Annotated[Line, AfterValidator(_moment)] = setting(
        "",
        "Jusqu’à quand ce fichier fait foi. Il le faut dès qu’un contact est là.",
        example="2027-12-01T00:00:00Z",
    )
    langues: tuple[Annotated[Line, AfterValidator(_language)], ...] = setting(
        ("fr",), "Langues dans lesquelles on peut écrire."
    )
    canonique: tuple[Annotated[Line, AfterValidator(_secure_page)], ...] = setting(
        (),
        "Adresses où ce fichier se lit, telles que le navigateur les connaît.",
        example=("https://carriere.academie.example/.well-known/security.txt",),
    )

    @model_validator(mode="after")
    def _with_its_end(self) -> Self:
        if self.contacts and not self.expire:
            raise ValueError("contacts est donné sans expire, que ce fichier doit dire")
        return self


class Reglages(Plain):
    """Every section, in the order of the file."""

    site: Site = Site()
    places: Places = Places()
    pages: Pages = Pages()
    limites: Limites = Limites()
    base: Base = Base()
    arret: Arret = Arret()
    travaux: Travaux = Travaux()
    mesures: Mesures = Mesures()
    connexion: Connexion = Connexion()
    mentions: Mentions = Mentions()
    securite: Securite = Securite()
    comptes: Comptes = Comptes()
    emplacements: Emplacements = Emplacements()
    courriel: Courriel = Courriel()
    second_facteur: SecondFacteur = SecondFacteur()
    journaux: Journaux = Journaux()


def sections() -> dict[str, type[Section]]:
    """Return the declaration of each section by its name."""
    return {name: type(field.default) for name, field in Reglages.model_fields.items()}


def declared() -> Iterator[Setting]:
    """Yield every setting that is declared."""
    for name, section in sections().items():
        yield from settings_of(name, section)
