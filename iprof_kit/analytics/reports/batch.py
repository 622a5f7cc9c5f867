"""Many reports at once: one by academy, corps and grade; none that fails stops the others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from iprof_kit.analytics.columns import require
from iprof_kit.analytics.publication.publish import digest_of
from iprof_kit.analytics.publication.rules import rules
from iprof_kit.analytics.reports.draft import Subject, academy, drafted
from iprof_kit.analytics.reports.plan import plan_file, read_plan
from iprof_kit.analytics.reports.report import digest_of_file, write
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.base.private_files import private_folder, write_private
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP

DONE, KEPT, FAILED = "fait", "déjà fait", "échec"
INTERNAL = "interne-"
"""What the names of internal reports begin with."""


@dataclass(frozen=True)
class Asked:
    """What is common to every report of a batch; see `report.rapport`.

    Attributes
    ----------
    vers : Path
        Folder of the files.
    formats : tuple of str
        « .html », « .pdf ».
    options : mapping
        The others of `campagne`: procedure, taux, suppose.
    """

    vers: Path
    annee: int
    motif: str
    formats: tuple[str, ...] = (".html",)
    plan: str | None = None
    par: tuple[str, ...] = ()
    nominatif: bool = False
    seuil: int | None = None
    source: str = ""
    options: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Job:
    """One report to make."""

    academie: str
    corps: str
    grade: str
    asked: Asked

    @property
    def name(self) -> str:
        """« 06-pe-hors_classe-2027 »; an internal one says so."""
        kind = INTERNAL if self.asked.nominatif else ""
        return f"{kind}{self.academie}-{self.corps}-{self.grade}-{self.asked.annee}"

    @property
    def files(self) -> list[Path]:
        """Where it is written."""
        return [self.asked.vers / f"{self.name}{suffix}" for suffix in self.asked.formats]


@dataclass(frozen=True)
class Outcome:
    """How a report ended: « fait », « déjà fait », or « échec » and why."""

    job: Job
    state: str
    reason: str = ""


def jobs(
    gens: pd.DataFrame,
    asked: Asked,
    corps: Sequence[str],
    grades: Sequence[str],
    academies: Sequence[str] = (),
) -> list[Job]:
    """Return the reports to make; without academies, those of the table.

    Raises
    ------
    InputError
        An unknown academy, or no column that says them.
    """
    require(gens, ["academie", "corps"])
    if academies:
        codes = [academy(one)[0] for one in academies]
    else:
        of_corps = gens.loc[gens["corps"].isin(list(corps)), "academie"].dropna().astype(str)
        codes = sorted(set(of_corps) - {""})
    if not codes:
        raise InputError(
            f"aucune académie dans la table pour {', '.join(corps)}.",
            where="academie",
            remedy="Vérifiez le corps et la colonne academie.",
        )
    return [
        Job(code, one, grade, asked)
        for code in dict.fromkeys(codes)
        for one in corps
        for grade in grades
    ]


def open_folder(folder: Path) -> None:
    """Make the folder of the reports, that its owner alone opens, before anything is calculated.

    Raises
    ------
    Unavailable
        It cannot be made.
    """
    try:
        private_folder(folder)
    except OSError as error:
        raise Unavailable(
            "le dossier des rapports ne peut pas être fait.",
            where=str(folder),
            remedy="Choisissez un autre dossier.",
        ) from error


def made(gens: pd.DataFrame, wanted: Sequence[Job], processes: int = 1) -> Iterator[Outcome]:
    """Make reports, and tell each one as it ends.

    A file of the same inputs that is already there is not made again.
    """
    left = []
    for job, people in [(job, _people(gens, job)) for job in wanted]:
        if _is_done(job, people):
            yield Outcome(job, KEPT)
        else:
            left.append((people, job))
    if processes == 1 or len(left) <= 1:
        yield from (make(people, job) for people, job in left)
        return
    with ProcessPoolExecutor(min(processes, len(left)), get_context("spawn")) as pool:
        running = {pool.submit(make, people, job): job for people, job in left}
        try:
            yield from (_outcome(one, running[one]) for one in as_completed(running))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def make(gens: pd.DataFrame, job: Job) -> Outcome:
    """Make a report; it is not made again until what it depends on changes."""
    asked = job.asked
    try:
        draft = drafted(
            gens,
            read_plan(asked.plan),
            Subject(job.corps, job.grade, asked.annee, job.academie, asked.par),
            nominatif=asked.nominatif,
            source=asked.source,
            **(asked.options or {}),
        )
        write(draft, rules(asked.seuil), job.files, asked.motif)
        _remember(job, gens)
    except KitError as error:
        return Outcome(job, FAILED, str(error))
    except Exception as error:  # one report that fails does not stop the others
        return Outcome(job, FAILED, f"erreur imprévue ({type(error).__name__}{NBSP}: {error}).")
    return Outcome(job, DONE)


def memories(folder: Path, *, nominatif: bool) -> list[Path]:
    """Return the notes of the reports written in a folder: aggregated, or internal."""
    return [
        path
        for path in sorted(folder.glob(".*-*-*-*.json"))
        if path.name.startswith(f".{INTERNAL}") == nominatif
    ]


def _people(gens: pd.DataFrame, job: Job) -> pd.DataFrame:
    """Return the people whom a report may look at: the others stay in this process."""
    chosen = (gens["academie"].astype(str) == job.academie) & (gens["corps"] == job.corps)
    return gens[chosen.fillna(value=False)]


def _outcome(one: Future[Outcome], job: Job) -> Outcome:
    try:
        return one.result()
    except BrokenProcessPool:
        return Outcome(
            job,
            FAILED,
            f"le processus s’est arrêté{NBSP}: mémoire insuffisante, "
            "peut-être. Relancez avec moins de processus.",
        )


def _inputs(gens: pd.DataFrame, job: Job) -> str:
    """Return the fingerprint of all that a report depends on, the day left out."""
    parameters = asdict(job)
    parameters["asked"] = {
        name: value for name, value in parameters["asked"].items() if name not in ("vers", "motif")
    }
    procedure = str((job.asked.options or {}).get("procedure") or "")
    files = [plan_file(job.asked.plan)]
    files += [Path(procedure)] if procedure.endswith((".yml", ".yaml")) else []
    read = [path.read_text(encoding="utf-8") for path in files if path.is_file()]
    whole = json.dumps(
        [parameters, read, digest_of(gens), gens.attrs, __version__], default=str, sort_keys=True
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def _memory(job: Job) -> Path:
    return job.asked.vers / f".{job.name}.json"


def _is_done(job: Job, gens: pd.DataFrame) -> bool:
    try:
        note = json.loads(_memory(job).read_text(encoding="utf-8"))
        files = {path.name: digest_of_file(path) for path in job.files}
        return bool(note["entrees"] == _inputs(gens, job) and note["fichiers"] == files)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _remember(job: Job, gens: pd.DataFrame) -> None:
    note = {
        "entrees": _inputs(gens, job),
        "fichiers": {path.name: digest_of_file(path) for path in job.files},
        "rapport": [job.academie, job.corps, job.grade, job.asked.annee],
    }
    try:
        write_private(_memory(job), json.dumps(note, ensure_ascii=False).encode())
    except OSError as error:
        raise Unavailable(
            "le dossier ne peut pas être écrit.",
            where=str(job.asked.vers),
            remedy="Vérifiez vos droits et la place sur le disque.",
        ) from error
