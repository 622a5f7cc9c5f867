"""What the server is told when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import cast, get_args

from iprof_kit.base.clock import PARIS, utc_now
from iprof_kit.base.configuration.installation import SecondFacteur
from iprof_kit.base.configuration.sections import Mentions, Reglages, Securite
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import NOTEBOOKS
from iprof_kit.server.sign_on_settings import SignOn, sign_on_of
from iprof_kit.services.access.sessions import NO_RULES, Rules
from iprof_kit.services.contract.operation import Role

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY_CARD = ("0.0.0.0", "::")  # noqa: S104  # refused without the name of a site
_UNTOLD = Reglages()
"""What each limit is where nobody says."""


@dataclass(frozen=True)
class Settings:
    """Address, data and limits of one server.

    `today` freezes the day that screens see, for demonstrations with the sample only; logins and
    sessions always use the real clock. `hosts` are the names under which the site is known.
    `kernels_by_role`: how many pages the people of a role hold at most, where that is bounded.
    `https`: a proxy on the way gives the site in HTTPS. `proxies`: the addresses or networks of
    those whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; nobody else's are.
    A page that says that it goes leaves its place after `left_seconds`; one that is cut off may
    come back for `abandoned_seconds`; one that is sent has `opening_seconds` to come.
    `idle_warning_seconds` before the end of an idle page, its person is told. `slow_seconds` is
    the time that a client has to send a request, `unread_bytes` what a page may leave unread,
    `first_answer_seconds` how long a page is kept open for what its screen shows first.
    `link_openings` is how many shared CVs one place may open at once; one more is then allowed
    each time `link_seconds` have passed. So it is with the websockets of a visitor:
    `websocket_openings`, then one each `websocket_seconds`. `database_seconds` is how long a page
    waits for the database, `statement_seconds` how long any statement of this server may last.
    `refusal_seconds`: who asks too often is told so a little later, since whoever insists would
    otherwise ask again at once, and refusing takes the server's time too.
    `grace_seconds`: told to stop, the server says so to proxies and goes on so long, for them to
    send people elsewhere. `migrates`: tables of an older version are brought up to this one before
    people come. `measures` is where Prometheus reads, if anywhere. `sign_on` is the provider where
    people sign on, if any. `legal` is who publishes and hosts, `security` whom to tell of a flaw.
    `develop`: files are watched, what changes is taken up. `jobs`: what the
    kit does by itself is done by this server; otherwise `iprof travaux --continu` does it.
    `second_factor`: of whom a second proof is asked.
    """

    ip: str = _UNTOLD.site.ip
    port: int = _UNTOLD.site.port
    sample: bool = False
    develop: bool = False
    jobs: bool = _UNTOLD.travaux.ici
    today: date | None = None
    hosts: tuple[str, ...] = LOOPBACK
    https: bool = _UNTOLD.site.https
    proxies: tuple[str, ...] = ()
    theme_css: Path | None = None
    notebooks: Path = NOTEBOOKS
    kernels_per_visitor: int = _UNTOLD.places.par_visiteur
    kernels_without_account: int = _UNTOLD.places.sans_compte
    kernels_in_all: int = _UNTOLD.places.en_tout
    kernels_by_role: Mapping[str, int] = field(default_factory=dict)
    body_bytes: int = _UNTOLD.limites.envoi
    idle_seconds: int = _UNTOLD.pages.inactivite
    idle_warning_seconds: int = _UNTOLD.pages.avertissement
    opening_seconds: int = _UNTOLD.pages.ouverture
    left_seconds: float = _UNTOLD.pages.partie
    abandoned_seconds: int = _UNTOLD.pages.coupee
    slow_seconds: int = _UNTOLD.limites.lenteur
    unread_bytes: int = _UNTOLD.limites.non_lu
    first_answer_seconds: float = _UNTOLD.pages.premiere_reponse
    link_openings: int = _UNTOLD.limites.liens_d_affilee
    link_seconds: float = _UNTOLD.limites.liens_ensuite
    websockets_per_kernel: int = _UNTOLD.limites.sockets_par_page
    websockets_per_visitor: int = _UNTOLD.limites.sockets_par_visiteur
    websockets_in_all: int = _UNTOLD.limites.sockets_en_tout
    websocket_openings: int = _UNTOLD.limites.sockets_d_affilee
    websocket_seconds: float = _UNTOLD.limites.sockets_ensuite
    connections_in_all: int = _UNTOLD.limites.connexions
    refusal_seconds: float = _UNTOLD.limites.refus
    database_threads: int = _UNTOLD.base.fils
    database_seconds: float = _UNTOLD.base.attente
    statement_seconds: float = _UNTOLD.base.instruction
    migrates: bool = _UNTOLD.base.migrer
    grace_seconds: float = _UNTOLD.arret.sursis
    measures: tuple[str, int] | None = None
    sign_on: SignOn | None = None
    legal: Mentions = _UNTOLD.mentions
    security: Securite = _UNTOLD.securite
    second_factor: Rules = NO_RULES

    @property
    def loopback(self) -> bool:
        """Whether nobody but this machine can reach the server."""
        return self.ip in LOOPBACK and set(self.hosts) <= set(LOOPBACK) and not self.https

    def screen_time(self) -> datetime:
        """Return the moment that operations see."""
        if self.today is None:
            return utc_now()
        return datetime.combine(self.today, time(12), PARIS)


def settings_of(told_by: Reglages) -> Settings:
    """Return what a server is told by the settings in force.

    Raises
    ------
    InputError
        The style sheet, the secret or the role that they name is not there; a provider is half
        named, or what it is asked for would not be safe.
    """
    site, places, pages, limits, base = (
        told_by.site,
        told_by.places,
        told_by.pages,
        told_by.limites,
        told_by.base,
    )
    return Settings(
        ip=site.ip,
        port=site.port,
        hosts=(*LOOPBACK, site.ip, *site.hotes),
        https=site.https,
        proxies=site.mandataires,
        theme_css=_style(site.theme_css),
        jobs=told_by.travaux.ici,
        kernels_per_visitor=places.par_visiteur,
        kernels_without_account=places.sans_compte,
        kernels_in_all=places.en_tout,
        kernels_by_role=dict(map(_bound, places.par_role)),
        body_bytes=limits.envoi,
        idle_seconds=pages.inactivite,
        idle_warning_seconds=pages.avertissement,
        opening_seconds=pages.ouverture,
        left_seconds=pages.partie,
        abandoned_seconds=pages.coupee,
        slow_seconds=limits.lenteur,
        unread_bytes=limits.non_lu,
        first_answer_seconds=pages.premiere_reponse,
        link_openings=limits.liens_d_affilee,
        link_seconds=limits.liens_ensuite,
        websockets_per_kernel=limits.sockets_par_page,
        websockets_per_visitor=limits.sockets_par_visiteur,
        websockets_in_all=limits.sockets_en_tout,
        websocket_openings=limits.sockets_d_affilee,
        websocket_seconds=limits.sockets_ensuite,
        connections_in_all=limits.connexions,
        refusal_seconds=limits.refus,
        database_threads=base.fils,
        database_seconds=base.attente,
        statement_seconds=base.instruction,
        migrates=base.migrer,
        grace_seconds=told_by.arret.sursis,
        measures=_place(told_by.mesures.adresse),
        sign_on=sign_on_of(told_by.connexion),
        legal=told_by.mentions,
        security=told_by.securite,
        second_factor=rules_of(told_by.second_facteur),
    )


def _bound(text: str) -> tuple[str, int]:
    role, _, pages = text.partition("=")
    if role not in get_args(Role):
        raise InputError(
            "ce rôle n’existe pas.",
            where=f"places.par_role, {text}",
            remedy=f"Les rôles sont {', '.join(get_args(Role))} : enseignant=200.",
        )
    return role, int(pages)


def rules_of(given: SecondFacteur) -> Rules:
    """Return of whom a second factor is asked.

    Raises
    ------
    InputError
        A role is none of the kit's.
    """
    if unknown := [role for role in given.roles if role not in get_args(Role)]:
        raise InputError(
            f"« {unknown[0]} » n’est pas un rôle.",
            where="second_facteur.roles",
            remedy=f"Les rôles sont {', '.join(get_args(Role))}.",
        )
    roles = frozenset(cast(Role, role) for role in given.roles)
    return Rules(roles, given.apres_fournisseur, timedelta(days=given.delai))


def _place(address: str) -> tuple[str, int] | None:
    host, _, port = address.rpartition(":")
    return (host, int(port)) if address else None


def _style(file: str) -> Path | None:
    if file and not Path(file).is_file():
        raise InputError(
            "la feuille de style de l’académie n’est pas là.",
            where=file,
            remedy="Corrigez theme_css dans [site], ou --theme-css.",
        )
    return Path(file) if file else None
