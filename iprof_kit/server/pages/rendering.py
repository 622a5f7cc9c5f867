"""The server's own pages: escaped templates of `voila_templates/iprof`."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from iprof_kit.base.configuration.sub_path import outside, outside_html
from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.base.words import hard_spaces_read
from iprof_kit.server.pages.assets import look_url

TEMPLATES = VOILA_TEMPLATES / "iprof"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, **words: object) -> str:
    """Return a page as browsers ask for it; a name that the template wants must be given."""
    words = {"kit": None, "css": look_url("kit.css"), "racine": outside("/")} | words
    return outside_html(hard_spaces_read(_environment().get_template(name).render(words)))
