"""Voilà as our server: our routes and no other, our kernels, our identity."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from traitlets import Callable, Instance, default
from traitlets.config import Config
from voila.app import Voila
from voila.static_file_handler import MultiStaticFileHandler

from iprof_kit.base.clock import utc_now
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.configuration.sub_path import outside
from iprof_kit.base.errors import Unavailable, system_reason
from iprof_kit.base.plain import Plain
from iprof_kit.kernel import turns
from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.server.guichet import Guichet
from iprof_kit.server.jobs import Worker
from iprof_kit.server.kernels.compression import OPTIONS
from iprof_kit.server.kernels.control_groups import given
from iprof_kit.server.kernels.enclosures import Enclosures
from iprof_kit.server.kernels.framing import stop_in
from iprof_kit.server.kernels.notebooks import EXTENSIONS, kept_warm, notebook_routes, page_config
from iprof_kit.server.kernels.owned import KernelsOfVisitors, OwnPython
from iprof_kit.server.kernels.routes import OwnChannels, OwnKernel, OwnShutdown
from iprof_kit.server.kernels.run_folder import run_folder
from iprof_kit.server.kernels.warm import WarmProcesses
from iprof_kit.server.kernels.websockets import Websockets
from iprof_kit.server.lessons.pages import LESSON_ROUTES, Lessons
from iprof_kit.server.limits.connections import BoundedServer
from iprof_kit.server.limits.login_turns import LoginTurns
from iprof_kit.server.limits.readers import Readers
from iprof_kit.server.limits.refusals import Refusals
from iprof_kit.server.measures import Gauge, Measures, open_metrics
from iprof_kit.server.pages import door as pages
from iprof_kit.server.pages.assets import STATIC_URL
from iprof_kit.server.pages.desk_files import DESK_FILE_ROUTES
from iprof_kit.server.pages.first_access import FIRST_ACCESS_ROUTES
from iprof_kit.server.pages.gate import (
    LONGEST_READ,
    KitApplication,
    log_fault,
    refuse_own_name,
    set_common_headers,
)
from iprof_kit.server.pages.legal import LEGAL_ROUTES
from iprof_kit.server.pages.own_files import OWN_FILE_ROUTES, file_turns
from iprof_kit.server.pages.probes import PROBE_ROUTES, Readiness
from iprof_kit.server.pages.rendering import TEMPLATES
from iprof_kit.server.pages.reset import RESET_ROUTES
from iprof_kit.server.pages.second_factor import PROOF_ROUTES
from iprof_kit.server.pages.shared_cv import SHARED_ROUTES
from iprof_kit.server.pages.shell import THEME_URL
from iprof_kit.server.pages.sign_on import SIGN_ON_ROUTES
from iprof_kit.server.pages.static_files import PublicFile
from iprof_kit.server.proxies import Proxies
from iprof_kit.server.settings import Settings
from iprof_kit.server.stopping import LONGEST_STOP, leave_within
from iprof_kit.server.visitors import CookieIdentity, OwnKernelsOnly, cookie_path
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.lecons import LECONS_OPERATIONS
from iprof_kit.services.guichet.operations import begin
from iprof_kit.services.jobs.tasks import TASKS
from iprof_kit.services.workers.later import Later
from iprof_kit.services.workers.opening import OPENING
from iprof_kit.services.workers.typesetters import TYPESETTERS

_log = logging.getLogger(__name__)
_KERNEL = r"(\w+-\w+-\w+-\w+-\w+)"
_PING_MILLISECONDS = 20_000
_LONGEST_CULL_SECONDS = 60
_LONGEST_SOCKET_FOLDER = 50
"""A socket's name has 103 characters at most, « kernel-(36 characters)-ipc-5 » after the folder."""


class Channels(ZMQChannelsWebsocketConnection):
    """The bridge between a websocket and its kernel, always in the v1 framing."""

    kernel_ws_protocol = "v1.kernel.websocket.jupyter.org"


class FrontEnd(MultiStaticFileHandler):  # type: ignore[misc]  # Voilà is untyped
    """A file of Voilà's front end."""

    def set_default_headers(self) -> None:
        """Set the common headers."""
        set_common_headers(self)

    def get_content_type(self) -> str:
        """Return the kind of the file, with its letters where it is a text."""
        kind: str = super().get_content_type()
        return f"{kind}; charset=UTF-8" if kind.startswith("text/") else kind


class Theme(pages.KitPage):
    """The academy's own colours and mark."""

    async def prepare(self) -> None:
        """Ask nobody: it is the same for everybody."""

    def get(self) -> None:
        """Send the style sheet of the settings."""
        if self.kit.theme_css is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(self.kit.theme_css.read_bytes())


class Portal(Voila):  # type: ignore[misc]  # Voilà is untyped
    """The portal's server."""

    name = "iprof"
    kit = Instance(Settings)
    announce = Callable()
    run_dir = Instance(Path)
    """Private folder of this run: homes of kernels, their connection files. Removed at the end."""

    @default("log_level")
    def _quiet(self) -> int:
        return logging.WARNING

    @default("log")
    def _common_log(self) -> logging.Logger:
        return logging.getLogger("voila")  # its lines have the form of all others

    def _configure_logging(self) -> None:
        """Leave the form of the log to `base.logs`."""

    def initialize(self, argv: list[str] | None = None) -> None:
        """Configure Voilà: nothing of the command line or of a user's files is read."""
        del argv
        self.config_file_paths: list[str] = []
        self.update_config(_voila_config(self.kit))
        super().initialize([])
        # Our notebooks are part of the program: whether Jupyter's user signed them says nothing.
        self.log.addFilter(lambda record: "is not trusted" not in record.getMessage())

    def setup_template_dirs(self) -> None:
        """Put our template before Voilà's."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(TEMPLATES))

    def init_settings(self) -> dict[str, Any]:
        """Return the settings, with our kernels' means."""
        settings: dict[str, Any] = super().init_settings()
        manager = self.kernel_manager
        manager.kit = self.kit
        manager.guichet = Guichet(_run, self.kit.screen_time)
        manager.home = self.run_dir / "noyaux"
        manager.fonts = _font_cache()
        manager.enclosures = Enclosures.of_this_machine(
            self.run_dir / "monde", self.kit.kernels_in_all, given()
        )
        database = DatabaseThreads(self.kit.database_threads, self.kit.database_seconds)
        return settings | {
            "kit": self.kit,
            "login_turns": LoginTurns(),
            "database": database,
            "readiness": Readiness(database),
            "sign_on": _provider(self.kit),
            "files": file_turns(),
            "lessons": Lessons(),
            "websockets": Websockets(self.kit),
            "refusals": Refusals(self.kit.refusal_seconds),
            "readers": Readers(self.kit.link_openings, self.kit.link_seconds),
            "warm": WarmProcesses(
                self.kit.notebooks,
                kept_warm(self.kit.notebooks),
                manager.environment(manager.home) | manager.enclosures.words(),
                develop=self.kit.develop,
            ),
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": self.xsrf_words(),
            "default_handler_class": pages.NotFound,
            "log_function": log_fault,
            "allow_remote_access": False,
            "local_hostnames": list(self.kit.hosts),
            "websocket_max_message_size": self.kit.body_bytes,  # of a message once inflated too
            "websocket_compression_options": OPTIONS,
            "ws_ping_interval": _PING_MILLISECONDS,
            "ws_ping_timeout": 3 * _PING_MILLISECONDS,
        }

    def xsrf_words(self) -> dict[str, Any]:
        """Return how the cookie of the forms' word is set: as the session's is."""
        return {"samesite": "Lax", "path": cookie_path("/"), "secure": self.kit.https}

    def init_handlers(self) -> list[Any]:
        """Return every route; what is not here does not exist."""
        common = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        extensions = "|".join(EXTENSIONS)
        return [
            ("/", pages.Root),
            (pages.LOGIN, pages.Login),
            (pages.FIRST, pages.FirstLogin),
            ("/mot-de-passe-oublie", pages.Forgotten),
            *RESET_ROUTES,
            (pages.LEAVE, pages.Leave),
            *SIGN_ON_ROUTES,
            *FIRST_ACCESS_ROUTES,
            *PROOF_ROUTES,
            (THEME_URL, Theme),
            *LEGAL_ROUTES,
            *PROBE_ROUTES,
            *DESK_FILE_ROUTES,
            *notebook_routes(common),
            *SHARED_ROUTES,
            *LESSON_ROUTES,
            *OWN_FILE_ROUTES,
            (f"/api/kernels/{_KERNEL}", OwnKernel),
            (f"/api/kernels/{_KERNEL}/channels", OwnChannels),
            (f"/voila/api/shutdown/{_KERNEL}", OwnShutdown),
            (STATIC_URL + "(.*)", PublicFile),
            ("/voila/static/(.*)", FrontEnd, {"paths": self.static_paths, "default_filename": ""}),
            (
                f"/voila/labextensions/((?:{extensions})/.*)",
                FrontEnd,
                {"paths": self.labextensions_path, "default_filename": ""},
            ),
        ]

    def start(self) -> None:
        """Listen until the process is ended.

        Raises
        ------
        Unavailable
            The port is taken.
        InputError
            The path of the site begins as one of its pages.
        """
        with run_folder() as run_dir:
            self._serve(run_dir)

    def _serve(self, run_dir: Path) -> None:
        self.run_dir = run_dir
        turns.go_first()
        for name in ("noyaux", "liens", "monde"):
            (run_dir / name).mkdir()
        self.ioloop = IOLoop.current()
        self.connection_dir = str(run_dir / "liens")
        self.config.KernelManager.transport = _transport(self.connection_dir)
        application = KitApplication(**self.init_settings())
        routes = self.init_handlers()
        refuse_own_name(route[0] for route in routes)
        application.add_handlers(".*$", routes)
        self.app = application
        slow = self.kit.slow_seconds
        measured = self._open_metrics()
        server = BoundedServer(
            application,
            most=self.kit.connections_in_all,
            max_body_size=LONGEST_READ,
            proxies=Proxies(self.kit.proxies),
            idle_connection_timeout=slow,
            body_timeout=slow,
        )
        try:
            server.listen(self.kit.port, self.kit.ip)
        except OSError as error:
            raise _cannot_listen(error, self.kit.ip, self.kit.port, "--port {}") from None
        warm: WarmProcesses = application.settings["warm"]
        self.ioloop.add_callback(warm.start)
        self._stop_at_interruptions()
        worker = Worker(TASKS if self.kit.jobs else {}, self.kit.screen_time)
        worker.start()
        try:
            self.announce()  # the door is open
            gc.freeze()  # looking through all that was imported held everybody up for 0.1 s
            with contextlib.suppress(KeyboardInterrupt):
                self.ioloop.start()
        finally:
            leave_within(LONGEST_STOP)
            server.stop()
            if measured is not None:
                measured.stop()
            self.ioloop.run_sync(self._end_everything)
            OPENING.close()
            TYPESETTERS.close()
            worker.close()

    def _open_metrics(self) -> HTTPServer | None:
        """Let Prometheus read, where the settings say an address for it."""
        if self.kit.measures is None:
            return None
        manager, kit, app = self.kernel_manager, self.kit, self.app.settings
        ip, port = self.kit.measures
        gauges: list[Gauge] = [
            ("iprof_places", "Places prises.", lambda: manager.taken[0]),
            ("iprof_places_most", "Places en tout.", lambda: kit.kernels_in_all),
            ("iprof_places_open", "Dont sans compte.", lambda: manager.taken[1]),
            ("iprof_places_open_most", "Au plus.", lambda: kit.kernels_without_account),
            ("iprof_draining", "1 si l’arrêt est demandé.", lambda: app["readiness"].draining),
            (
                "iprof_guichet_late",
                "Fils que plus personne n’attend.",
                lambda: manager.guichet.late,
            ),
        ]
        try:
            return open_metrics(ip, port, Measures(gauges, app["database"]))
        except OSError as error:
            raise _cannot_listen(error, ip, port, f"--mesures {ip}:{{}}") from None

    async def _end_everything(self) -> None:
        """End the kernels, whose pages are told, then what forks them."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_STOP / 2):
                await self.kernel_manager.end_everything()
        self.app.settings["warm"].close()

    def _stop_at_interruptions(self) -> None:
        """Take Ctrl-C as a wish to stop: as an exception, it is lost where one cannot be raised."""
        with contextlib.suppress(ValueError):  # not in the main thread: no signal comes
            signal.signal(signal.SIGINT, self._handle_signal_stop)

    def _handle_signal_stop(self, sent: int = signal.SIGINT, *_frame: object) -> None:
        """Stop, even if the loop has not started yet; told by SIGTERM, once proxies know it."""
        grace = self.kit.grace_seconds if sent == signal.SIGTERM else 0.0
        self.ioloop.add_callback_from_signal(self._drain, grace)

    def _drain(self, grace: float) -> None:
        """Be ready for nobody more, and stop after a while; at once when told again."""
        readiness: Readiness = self.app.settings["readiness"]
        if readiness.draining or not grace:
            self.ioloop.stop()
            return
        readiness.drain(grace)
        self.kernel_manager.tell_everybody(stop_in(grace))
        _log.info("arrêt demandé : le serveur ne prend plus personne et s’arrête dans %g s", grace)
        self.ioloop.call_later(grace, self.ioloop.stop)


def _run(
    identity: Identity | None, op: str, args: dict[str, object], now: datetime
) -> Plain | Later[Plain]:
    """Begin an operation; a lesson, whose clock runs, follows the real one where the day stands.

    So do the phones that answer it, as logins and sessions do.
    """
    return begin(identity, op, args, utc_now() if op in LECONS_OPERATIONS else now)


def _voila_config(kit: Settings) -> Config:
    return Config(
        {
            "Voila": {
                "root_dir": str(kit.notebooks),
                "ip": kit.ip,
                "port": kit.port,
                "base_url": outside("/"),
                "open_browser": False,
                "identity_provider_class": CookieIdentity,
                "authorizer_class": OwnKernelsOnly,
                "kernel_websocket_connection_class": Channels,
                "token": "",
            },
            "VoilaConfiguration": {
                "template": "lab",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "multi_kernel_manager_class": KernelsOfVisitors,
                "kernel_spec_manager_class": OwnPython,
                "http_keep_alive_timeout": 5,
                "page_config_hook": page_config,
                "show_tracebacks": False,
                "file_allowlist": [],
            },
            "KernelsOfVisitors": {
                "cull_idle_timeout": kit.idle_seconds,
                "cull_connected": True,
                "cull_interval": _cull_seconds(kit),
            },
            "KernelManager": {"autorestart": False},
            "HTMLExporter": {"language_code": "fr"},
        }
    )


def _provider(kit: Settings) -> Any:
    """Return who signs people on elsewhere, where the settings name one."""
    if kit.sign_on is None:
        return None
    from iprof_kit.server.sign_on.provider import Provider  # heavy: only where it is of use

    return Provider(kit.sign_on)


def _cull_seconds(kit: Settings) -> int:
    return max(1, min(_LONGEST_CULL_SECONDS, kit.idle_seconds // 4))


def _transport(folder: str) -> str:
    """Return « ipc » (no port that others could reach) where socket names are short enough."""
    possible = hasattr(socket, "AF_UNIX") and len(folder) <= _LONGEST_SOCKET_FOLDER
    return "ipc" if possible else "tcp"


def _font_cache() -> Path:
    """Return the folder of matplotlib's font list, made once so that no kernel has to make it."""
    folder = var_dir() / "matplotlib"
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True)
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        environment = os.environ | {"MPLCONFIGDIR": str(folder)}
        subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603
    folder.chmod(0o755)  # whoever a kernel becomes reads it; the folder above stays private
    return folder


def _cannot_listen(error: OSError, ip: str, port: int, option: str) -> Unavailable:
    if error.errno == errno.EADDRINUSE:
        return Unavailable(
            "ce port est déjà pris.",
            where=f"{ip}:{port}",
            remedy=f"Fermez l’autre programme, ou changez de port : {option.format(port + 1)}.",
        )
    return Unavailable(
        f"le serveur ne peut pas écouter à cette adresse : {system_reason(error)}.",
        where=f"{ip}:{port}",
        remedy="Donnez-en une autre : --ip 127.0.0.1, et un port au-delà de 1023.",
    )
