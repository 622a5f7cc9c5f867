"""What a Prometheus server reads of this one, at an address of its own that no visitor reaches.

A label is the name of a page's class, of an operation or of a job, and never a word that somebody
sent: what is measured is bounded, and nobody can be recognised in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.version import __version__
from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.services.health import Waiting, waiting

PATH = "/metrics"
_FRESH = 15.0
"""Seconds for which what the database said is told again."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_REGISTRY = CollectorRegistry()
ProcessCollector(registry=_REGISTRY)
REQUESTS = Histogram(
    "iprof_request_seconds",
    "Durée d’une requête, par page et par centaine du statut, 429 et 503 à part.",
    ("page", "status"),
    registry=_REGISTRY,
    buckets=_SECONDS,
)
CONTROLS = Histogram(
    "iprof_control_seconds",
    "Attente d’une personne, d’un geste à la fin de sa réponse, par écran et par genre.",
    ("screen", "kind"),
    registry=_REGISTRY,
    buckets=_SECONDS,
)
OPERATIONS = Histogram(
    "iprof_operation_seconds",
    "Durée d’une opération du guichet, dans son fil, par issue.",
    ("operation", "outcome"),
    registry=_REGISTRY,
    buckets=_SECONDS,
)
Gauge = tuple[str, str, Callable[[], float]]


class Measures(Collector):
    """What is counted when it is asked for, and not as it happens.

    Parameters
    ----------
    gauges : iterable of (str, str, callable)
        Name, what it is in French, and what tells it now.
    database : DatabaseThreads
    """

    def __init__(self, gauges: list[Gauge], database: DatabaseThreads) -> None:
        self._gauges, self._database = gauges, database
        self._waiting: Waiting | None = None
        self._until = 0.0

    async def look(self) -> None:
        """Ask the database what waits, unless it has just said so."""
        if time.monotonic() < self._until:
            return
        try:
            self._waiting = await self._database.ask("mesures", waiting)
        except Unavailable:
            self._waiting = None
        self._until = time.monotonic() + _FRESH

    def collect(self) -> Iterator[Metric]:
        """Yield every gauge; those that the database tells only where it answers."""
        version = GaugeMetricFamily("iprof_info", "Version du kit.", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        for name, what, value in self._gauges:
            yield GaugeMetricFamily(name, what, value())
        seen = self._waiting
        yield GaugeMetricFamily(
            "iprof_database_up", "1 si la base répond.", float(seen is not None)
        )
        if seen is not None:
            yield from _of_database(seen)


def _of_database(seen: Waiting) -> Iterator[Metric]:
    since = GaugeMetricFamily(
        "iprof_job_ended_timestamp_seconds",
        "Dernière fin d’un travail, réussie ou non.",
        labels=["task"],  # not « job », which Prometheus gives to its targets
    )
    failures = GaugeMetricFamily(
        "iprof_job_failures", "Échecs d’un travail depuis son dernier succès.", labels=["task"]
    )
    for job in seen.jobs:
        failures.add_metric([job.name], job.failures)
        if job.ended is not None:
            since.add_metric([job.name], job.ended.timestamp())
    yield since
    yield failures
    yield GaugeMetricFamily("iprof_mails_waiting", "Courriels à envoyer.", seen.mails)


class Metrics(RequestHandler):
    """The measures, as Prometheus reads them."""

    def initialize(self, measures: Measures) -> None:
        """Keep what is told when asked."""
        self._measures = measures

    async def get(self) -> None:
        """Tell all of them."""
        await self._measures.look()
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest(_REGISTRY))


def open_metrics(ip: str, port: int, measures: Measures) -> HTTPServer:
    """Listen at an address of its own, where nothing but the measures is.

    Raises
    ------
    OSError
        The address cannot be had.
    """
    _REGISTRY.register(measures)
    server = HTTPServer(Application([(PATH, Metrics, {"measures": measures})], log_function=_quiet))
    server.listen(port, ip)
    return server


def _quiet(_handler: RequestHandler) -> None:
    """Leave no line: it is asked again and again."""
