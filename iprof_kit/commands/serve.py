"""`iprof serve` opens the portal, `iprof api` the engine alone for other programs."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass, replace
from datetime import date

import click
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from iprof_kit.base.configuration.in_force import in_force
from iprof_kit.base.configuration.sections import Site
from iprof_kit.base.errors import InputError, system_reason
from iprof_kit.commands import as_record
from iprof_kit.commands.settings import settings_file

_SITE = Site()

_DRAINED = 64
"""How many times the longest body is read and dropped, so that its refusal is heard."""
_IDLE, _BODY = 30, 10
"""Seconds after which a connection that asks nothing, or does not end what it asks, is closed."""


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"« {text} » n’est pas une date (aaaa-mm-jj).") from None


@dataclass(frozen=True)
class Serving:
    """How the portal is opened: what is said here stands above the settings; None says nothing."""

    ip: str | None
    port: int | None
    hosts: tuple[str, ...]
    https: bool | None
    proxies: tuple[str, ...]
    sample: bool
    develop: bool
    today: date | None
    apart: bool | None
    theme_css: str | None
    as_it_is: bool | None
    grace: float | None
    measures: str | None

    def options(self) -> dict[str, object]:
        """Return what is said here, by the name of its setting."""
        return {
            "site.ip": self.ip,
            "site.port": self.port,
            "site.hotes": self.hosts or None,
            "site.https": self.https,
            "site.mandataires": self.proxies or None,
            "site.theme_css": self.theme_css,
            "travaux.ici": None if self.apart is None else not self.apart,
            "base.migrer": None if self.as_it_is is None else not self.as_it_is,
            "arret.sursis": self.grace,
            "mesures.adresse": self.measures,
        }


@click.command()
@settings_file
@click.option("--ip", show_default=_SITE.ip, help="Adresse d’écoute.")
@click.option(
    "--port",
    show_default=str(_SITE.port),
    type=click.IntRange(1, 65535),
    help="Port d’écoute.",
)
@click.option(
    "--host",
    "hosts",
    multiple=True,
    help="Nom de site admis, en plus de ceux des réglages ; répétable.",
)
@click.option("--https", is_flag=True, default=None, help="Un mandataire donne le site en HTTPS.")
@click.option(
    "--mandataire",
    "proxies",
    multiple=True,
    metavar="ADRESSE",
    help="Mandataire cru sur qui demande, en plus de ceux des réglages ; répétable.",
)
@click.option("--sample", is_flag=True, help="Personnes et comptes fictifs de démonstration.")
@click.option(
    "--develop", is_flag=True, help="Reprendre le code, les tables, les notebooks qui changent."
)
@click.option(
    "--today", metavar="AAAA-MM-JJ", callback=_day, help="Jour figé, avec --sample seulement."
)
@click.option(
    "--sans-travaux",
    "apart",
    is_flag=True,
    default=None,
    help="Ne rien faire de soi-même ; « iprof travaux --continu » s’en charge.",
)
@click.option(
    "--theme-css",
    type=click.Path(exists=True, dir_okay=False),
    help="Feuille de style de l’académie.",
)
@click.option(
    "--ne-pas-migrer",
    "as_it_is",
    is_flag=True,
    default=None,
    help="Refuser une base dont les tables ne sont pas de cette version (voir iprof migrer).",
)
@click.option(
    "--sursis",
    "grace",
    type=float,
    metavar="SECONDES",
    help="Temps pendant lequel un serveur à qui SIGTERM dit de s’arrêter sert encore.",
)
@click.option(
    "--mesures",
    "measures",
    metavar="ADRESSE:PORT",
    help="Où Prometheus lit les mesures, à part du site : 127.0.0.1:9866.",
)
@as_record(Serving)
def serve(asked: Serving) -> None:
    """Ouvrir le portail dans le navigateur."""
    from iprof_kit.base.left_out import ARROW, leave_out

    leave_out(ARROW)  # this process serves, and nothing else
    from iprof_kit.server import main  # heavy: only when serving
    from iprof_kit.server.settings import settings_of

    settings = settings_of(in_force(asked.options()).values)
    main.serve(replace(settings, sample=asked.sample, develop=asked.develop, today=asked.today))


@click.command()
@click.option("--ip", default="127.0.0.1", show_default=True, help="Adresse d’écoute.")
@click.option(
    "--port", default=8870, show_default=True, type=click.IntRange(0, 65535), help="Port d’écoute."
)
def api(ip: str, port: int) -> None:
    """Répondre à d’autres programmes, en HTTP : le moteur seul, sans compte, sans rien garder."""
    from iprof_kit.base.left_out import ARROW, leave_out

    leave_out(ARROW)  # this process serves, and nothing else
    asyncio.run(_answer(ip, port))


async def _answer(ip: str, port: int) -> None:
    """Answer until somebody stops it."""
    from iprof_kit.api.routes import LARGEST, application  # heavy: only when answering

    try:
        sockets = bind_sockets(port, address=ip)
    except OSError as error:
        raise InputError(
            f"cette adresse ne s’ouvre pas : {system_reason(error)}.",
            where=f"{ip}:{port}",
            remedy="Donnez un autre --port, ou une autre --ip.",
        ) from error
    server = HTTPServer(
        application(),
        max_body_size=_DRAINED * LARGEST,
        idle_connection_timeout=_IDLE,
        body_timeout=_BODY,
    )
    server.add_sockets(sockets)
    opened = sockets[0].getsockname()[1]
    click.echo(f"Moteur ouvert : http://{ip}:{opened} (/openapi.json dit ce qui se demande)")
    stopped = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    await stopped.wait()
    server.stop()
    await server.close_all_connections()
