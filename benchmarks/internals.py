"""What the benchmarks need and no public name gives, in one place, by subject.

Benchmarks use the public names of `iprof_kit`, `iprof_kit.calculate`, the command line and HTTP.
What stays here cannot be had so, for the reason beside it. A module that moves is followed here
and nowhere else, so that one benchmark runs unmodified on two versions (`tools/paired.py`).
`from internals import NAME` loads it, and nothing before: what imports cost is measured too.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_SUBJECTS: dict[str, dict[str, str]] = {
    # The engine, layer by layer: the public functions give all of them together.
    "careers": {
        "YEAR": "base.calendar:YEAR",
        "rentree": "base.calendar:rentree",
        "to_dates": "base.calendar:to_dates",
        "CELLS": "law.tables.cells:CELLS",
        "echelon_duration": "law.career.advancement:echelon_duration",
        "next_cell": "law.career.advancement:next_cell",
        "indice_majore": "law.career.traitement:indice_majore",
        "LEAVE": "careers.acts:LEAVE",
        "Acts": "careers.acts:Acts",
        "Agents": "careers.agents:Agents",
        "Pensions": "careers.pensions:Pensions",
        "pensions": "careers.pensions:pensions",
        "pensioners": "careers.pensioners:pensioners",
        "Projection": "careers.projection:Projection",
        "walk_careers": "careers.projection:project",
        "Ranking": "careers.ranking:Ranking",
    },
    # A page set in the process that asks, and the press: `iprof cv` starts a process a page.
    "documents": {
        "KitError": "base.errors:KitError",
        "render": "documents.render",
        "FONTS": "documents.coverage:FONTS",
        "TEMPLATES": "documents.model:TEMPLATES",
        "Document": "documents.model:Document",
        "layout": "cv.printing.layout",
        "cv_model": "cv.model",
        "BoundedProcess": "given.bounded_process:BoundedProcess",
        "put_walls": "given.bounded_process:put_walls",
        "TYPESETTERS": "services.workers.typesetters:TYPESETTERS",
        "Press": "services.workers.typesetters:Press",
        "start_typesetter": "services.workers.typesetters:start",
    },
    # Thousands of rows put in, one transaction or one operation timed: milliseconds, no process.
    "records": {
        "database": "records.database",
        "Paper": "records.cases:Paper",
        "METADATA": "records.tables:METADATA",
        "folded_words": "base.words:folded_words",
        "Plan": "services.training.importing:Plan",
        "import_plan": "services.training.importing:import_plan",
        "audit": "records.journal.audit",
        "seal": "records.journal.seals:seal",
        "verify_journal": "records.journal.verify:verify",
        "load_sample": "services.dossier.sample:load_sample",
        "sample_dossiers": "services.dossier.sample:sample_dossiers",
        "save_dossier": "services.dossier.storing:save_dossier",
        "Agent": "records.agents:Agent",
        "save_files": "services.dossier.storing:save_files",
        "write_kit_messages": "services.kit_messages.looking:write_due",
        "Dossier": "services.contract.dossier:Dossier",
        "NewAccount": "services.access.accounts:NewAccount",
        "create_account": "services.access.accounts:create_account",
        "Identity": "services.access.identity:Identity",
        "run": "services.guichet.operations:run",
        "begin": "services.guichet.operations:begin",
        "open_session": "services.access.sessions:open_session",
        "session_of": "services.access.sessions:session_of",
        "utc_now": "base.clock:utc_now",
    },
    # Settings that the command line does not offer: a step left out, a moment watched, a stand-in.
    "server": {
        "Guichet": "server.guichet:Guichet",
        "serve": "server.main:serve",
        "public_name": "server.pages.secret_links:public_name",
        "Settings": "server.settings:Settings",
        "app": "server.app",
        "notebook_pages": "server.kernels.notebooks",
        "warm": "server.kernels.warm",
        "zygote": "server.kernels.zygote",
        "WarmProcesses": "server.kernels.warm:WarmProcesses",
        "Enclosures": "server.kernels.enclosures:Enclosures",
        "ForkedSession": "server.kernels.forked:ForkedSession",
        "PageLink": "server.kernels.forked:PageLink",
    },
    # One session forked without its walls, or without giving memory back: nothing public may.
    "kernel": {
        "forks": "kernel.forks",
        "frames": "kernel.frames",
        "session": "kernel.session",
        "Users": "kernel.world.users:Users",
    },
    # A screen answered without browser, page or server.
    "ui": {
        "Client": "ui.components.guichet:Guichet",
        "Screen": "ui.components.screen:Screen",
        "sample_people": "ui.screens.desk.screen:sample_people",
        "Atelier": "ui.screens.atelier_rooms.screen:Atelier",
        "personas": "calculate.atelier.files:personas",
        "GamePage": "ui.screens.campagne_jeu.screen:GamePage",
        "Visit": "ui.kit.visiting:Visit",
        "nobody": "ui.kit.notebook:nobody",
        "Intent": "ui.shared.messages:Intent",
        "render": "ui.kit.render:render",
        "Seance": "calculate.atelier.seance:Seance",
        "lessons": "calculate.lessons:lessons",
        "played": "calculate.lessons:played",
        "of_seances": "ui.screens.atelier.takeaway.contents:of_seances",
        "of_lesson": "ui.screens.atelier.takeaway.contents:of_lesson",
        "html_of": "ui.screens.atelier.takeaway.page:html_of",
        "answered": "ui.shared.menu:answered",
        "Portal": "ui.portal:Portal",
        "Understudy": "ui.rehearsal:Understudy",
        "rehearse": "ui.rehearsal:rehearse",
        "paris_today": "base.clock:paris_today",
    },
}
_HOMES = {name: home for subject in _SUBJECTS.values() for name, home in subject.items()}
NAMES = tuple(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    module, _, inside = _HOMES[name].partition(":")
    loaded = import_module(f"iprof_kit.{module}")
    return getattr(loaded, inside) if inside else loaded


def line(name: str) -> str:
    """Return the line of Python that imports it, for code that runs in another process."""
    module, _, inside = _HOMES[name].partition(":")
    if not inside:
        return f"import iprof_kit.{module} as {name}"
    return f"from iprof_kit.{module} import {inside} as {name}"
