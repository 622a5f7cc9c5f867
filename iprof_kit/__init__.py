"""iprof_kit: the open, unofficial career assistant of French teachers.

`ask` answers one question of a subject: a payslip, a career, a pension (docs/calculations.md); it
raises a `KitError`, whose `code` and `faults` a program reads. The types of questions and answers
are in `iprof_kit.calculate.models`.

For pandas: `load_dossiers` and `load_reference` give tables, `derouler_carrieres` the dated steps
of careers, `promouvables` who meets the conditions of a promotion at 31 August of a year,
`read_extract` a population from a file of the administration. `campagne` opens a campaign of
promotions on a table of people (docs/analysts/tableaux.md): ranking, contingent, table, what-ifs;
`procedures` lists the ways of ranking that are known. `analyses` lists the thirty usual analyses,
`analyser` answers one by a table and a figure (docs/analysts/analyses.md), `rapport` puts a
campaign and its analyses together in a page or a PDF (docs/analysts/rapports.md). `generate` draws
a fictitious population, `etats` gives its yearly states with those who left, `calibrate` compares
it with the published figures (docs/analysts/population.md). `projeter` moves a population year by
year, `repeter` does it with several seeds, `comparer_aux_publies` sets a projection from the past
beside what was published since (docs/analysts/projection.md). `publier` writes a table under
statistical secrecy, `masquer` hides the cells of one already counted, `pseudonymiser` makes a
working set without identities, `exports` reads the log of what was written
(docs/analysts/secret.md). Each is documented where it is defined; importing the package costs
nothing until one is used.
"""

import importlib as _importlib
import typing as _typing

from iprof_kit.base.version import __version__ as __version__

if _typing.TYPE_CHECKING:
    from iprof_kit.analytics.analyses.catalogue import analyse_de, analyser, analyses
    from iprof_kit.analytics.careers import derouler_carrieres, promouvables
    from iprof_kit.analytics.dossiers import load_dossiers
    from iprof_kit.analytics.export_log import exports
    from iprof_kit.analytics.imports.extract import read_extract
    from iprof_kit.analytics.population.build import generate
    from iprof_kit.analytics.population.calibration import calibrate
    from iprof_kit.analytics.population.states import etats
    from iprof_kit.analytics.projection.compare import comparer_aux_publies
    from iprof_kit.analytics.projection.repetitions import repeter
    from iprof_kit.analytics.projection.scenario import Scenario, lire_scenario
    from iprof_kit.analytics.projection.start import projeter
    from iprof_kit.analytics.promotions.catalogue import lire_procedure, procedures
    from iprof_kit.analytics.promotions.example import exemple_promouvables
    from iprof_kit.analytics.promotions.start import campagne
    from iprof_kit.analytics.provenance import legende
    from iprof_kit.analytics.publication.masking import masquer
    from iprof_kit.analytics.publication.pseudonymise import pseudonymiser
    from iprof_kit.analytics.publication.publish import publier
    from iprof_kit.analytics.reports.report import rapport
    from iprof_kit.base.errors import Fault, InputError, KitError, LawError
    from iprof_kit.calculate.subjects import ask
    from iprof_kit.law.tables.loading import load_reference

__all__ = [
    "Fault",
    "InputError",
    "KitError",
    "LawError",
    "Scenario",
    "analyse_de",
    "analyser",
    "analyses",
    "ask",
    "calibrate",
    "campagne",
    "comparer_aux_publies",
    "derouler_carrieres",
    "etats",
    "exemple_promouvables",
    "exports",
    "generate",
    "legende",
    "lire_procedure",
    "lire_scenario",
    "load_dossiers",
    "load_reference",
    "masquer",
    "procedures",
    "projeter",
    "promouvables",
    "pseudonymiser",
    "publier",
    "rapport",
    "read_extract",
    "repeter",
]
_HOMES = {
    "analyse_de": "iprof_kit.analytics.analyses.catalogue",
    "analyser": "iprof_kit.analytics.analyses.catalogue",
    "analyses": "iprof_kit.analytics.analyses.catalogue",
    "ask": "iprof_kit.calculate.subjects",
    **dict.fromkeys(("Fault", "InputError", "KitError", "LawError"), "iprof_kit.base.errors"),
    "Scenario": "iprof_kit.analytics.projection.scenario",
    "lire_scenario": "iprof_kit.analytics.projection.scenario",
    "projeter": "iprof_kit.analytics.projection.start",
    "repeter": "iprof_kit.analytics.projection.repetitions",
    "comparer_aux_publies": "iprof_kit.analytics.projection.compare",
    "calibrate": "iprof_kit.analytics.population.calibration",
    "campagne": "iprof_kit.analytics.promotions.start",
    "derouler_carrieres": "iprof_kit.analytics.careers",
    "etats": "iprof_kit.analytics.population.states",
    "generate": "iprof_kit.analytics.population.build",
    "exemple_promouvables": "iprof_kit.analytics.promotions.example",
    "exports": "iprof_kit.analytics.export_log",
    "masquer": "iprof_kit.analytics.publication.masking",
    "pseudonymiser": "iprof_kit.analytics.publication.pseudonymise",
    "publier": "iprof_kit.analytics.publication.publish",
    "legende": "iprof_kit.analytics.provenance",
    "lire_procedure": "iprof_kit.analytics.promotions.catalogue",
    "procedures": "iprof_kit.analytics.promotions.catalogue",
    "load_dossiers": "iprof_kit.analytics.dossiers",
    "load_reference": "iprof_kit.law.tables.loading",
    "promouvables": "iprof_kit.analytics.careers",
    "rapport": "iprof_kit.analytics.reports.report",
    "read_extract": "iprof_kit.analytics.imports.extract",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        from iprof_kit.base.version import PUBLIC

        if name in PUBLIC:
            PUBLIC[name].warn(f"iprof_kit.{name}")
            name = PUBLIC[name].now
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        home = _importlib.import_module(_HOMES[name])
    except ModuleNotFoundError as missing:
        if not (missing.name or "").startswith("iprof_kit"):
            from iprof_kit.base.version import installed_by

            needs = f"iprof_kit.{name} demande le kit : {installed_by('kit')}."
            missing.add_note(needs)
        raise
    return getattr(home, name)


def __dir__() -> list[str]:
    return __all__
