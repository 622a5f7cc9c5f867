"""`iprof serve` opens the portal, `iprof api` the engine alone for other programs."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from iprof_kit.base.errors import InputError, system_reason
from iprof_kit.commands import as_record

_DRAINED = 64
"""How many times the longest body is read and dropped, so that its refusal is heard."""
_IDLE, _BODY = 30, 10
"""Seconds after which a connection that asks nothing, or does not end what it asks, is closed."""

_LONGEST_GRACE = 3600
"""Seconds; what starts the server waits no longer for its end either."""


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"« {text} » n’est pas une date (aaaa-mm-jj).") from None


def _place(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> tuple[str, int] | None:
    if text is None:
        return None
    address, _, port = text.rpartition(":")
    if not address or not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.BadParameter(f"« {text} » n’est pas une adresse et un port (127.0.0.1:9866).")
    return address, int(port)


@dataclass(frozen=True)
class Serving:
    """How the portal is opened: its address, whom it trusts, its day, its jobs."""

    ip: str
    port: int
    hosts: tuple[str, ...]
    https: bool
    proxies: tuple[str, ...]
    sample: bool
    develop: bool
    today: date | None
    apart: bool
    theme_css: Path | None
    as_it_is: bool
    grace: float
    measures: tuple[str, int] | None


@click.command()
@click.option("--ip", default="127.0.0.1", show_default=True, help="Adresse d’écoute.")
@click.option(
    "--port",
    default=8866,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port d’écoute.",
)
@click.option("--host", "hosts", multiple=True, help="Nom de site admis ; répétable.")
@click.option("--https", is_flag=True, help="Un mandataire donne le site en HTTPS.")
@click.option(
    "--mandataire",
    "proxies",
    multiple=True,
    metavar="ADRESSE",
    help="Adresse ou réseau d’un mandataire, seul cru sur qui demande ; répétable.",
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
    help="Ne rien faire de soi-même ; « iprof travaux --continu » s’en charge.",
)
@click.option(
    "--theme-css",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Feuille de style de l’académie.",
)
@click.option(
    "--ne-pas-migrer",
    "as_it_is",
    is_flag=True,
    help="Refuser une base dont les tables ne sont pas de cette version (voir iprof migrer).",
)
@click.option(
    "--sursis",
    "grace",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, _LONGEST_GRACE),
    help="Secondes pendant lesquelles un serveur à qui SIGTERM dit de s’arrêter sert encore.",
)
@click.option(
    "--mesures",
    "measures",
    metavar="ADRESSE:PORT",
    callback=_place,
    help="Où Prometheus lit les mesures, à part du site : 127.0.0.1:9866.",
)
@as_record(Serving)
def serve(asked: Serving) -> None:
    """Ouvrir le portail dans le navigateur."""
    from iprof_kit.base.left_out import ARROW, leave_out

    leave_out(ARROW)  # this process serves, and nothing else
    from iprof_kit.server import main  # heavy: only when serving
    from iprof_kit.server.settings import LOOPBACK, Settings

    settings = Settings(
        ip=asked.ip,
        port=asked.port,
        sample=asked.sample,
        develop=asked.develop,
        today=asked.today,
        jobs=not asked.apart,
        https=asked.https,
        proxies=asked.proxies,
        theme_css=asked.theme_css,
        hosts=(*LOOPBACK, asked.ip, *asked.hosts),
        migrates=not asked.as_it_is,
        grace_seconds=asked.grace,
        measures=asked.measures,
    )
    main.serve(settings)


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
