"""A reason read back from a screen: what its link says, and its last line."""

import re


def link_of(html, opened):
    """What is written on the link of a reason."""
    return _words(re.search(rf'id="{opened}"[^>]*><summary>(.*?)</summary>', html, re.S)[1])


def result_of(html, opened):
    """The last line of a reason that is open, without its mark of doubt."""
    inside = html[html.index(f'id="{opened}"') :]
    return _words(re.search(r'<div class="res"><dt>.*?</dt><dd>(.*?)</dd>', inside, re.S)[1])


def opened_fold(html, opened):
    """A reason that is open, whole: what it folds by itself stays in it."""
    inside = html[html.index(f'id="{opened}"') :]
    return re.split(r'<details class="why" id=|</section>', inside, maxsplit=1)[0]


def _words(html):
    return " ".join(re.sub(r"<[^>]+>", "", html).replace("\u00a0", " ").split())
