"""What people read, out of the files that hold it: one reader a kind of file."""

import ast
import csv
import json
import re

import jinja2
import yaml

_LEXER = jinja2.Environment(autoescape=True)
_LEFT_OUT = "…"
"""What stands where a value is written: two words on either side of it are no sentence."""
_SPACES = {"NBSP": " ", "NARROW_NBSP": " "}
_READ_ALOUD = re.compile(r'\b(?:aria-label|title|placeholder|alt|summary)="([^"]*)"')
_NOT_READ = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_FENCE = re.compile(r"^(?:---|```\w*)$", re.MULTILINE)
_QUOTED = re.compile(r"""(["'`])((?:(?!\1)[^\\]|\\.)*)\1""", re.DOTALL)


def texts_of(path, *, with_help=False):
    """Return the texts of a file.

    Parameters
    ----------
    path : Path
        Code, template, data or notebook.
    with_help : bool
        The documentation of functions too: the command line shows it.
    """
    return _READERS[path.suffix](path.read_text(encoding="utf-8"), with_help)


def readable(path):
    """Tell whether a file is of a kind whose texts can be read."""
    return path.suffix in _READERS


def _python(text, with_help):
    tree = ast.parse(text)
    out = set() if with_help else {id(line) for line in _documentation(tree)}
    return list(_of_node(tree, out))


def _documentation(tree):
    """Yield the texts that stand alone on a line: what documents a thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _of_node(node, out):
    if isinstance(node, ast.JoinedStr):
        yield "".join(map(_part, node.values))
        inner = [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str) and id(node) not in out:
            yield node.value
        return
    else:
        inner = ast.iter_child_nodes(node)
    for one in inner:
        yield from _of_node(one, out)


def _part(value):
    """Return a piece of an f-string; a space that is named is a space."""
    if isinstance(value, ast.Constant):
        return value.value
    return _SPACES.get(getattr(value.value, "id", ""), _LEFT_OUT)


def _template(text, _):
    strings, page = [], []
    for _line, kind, token in _LEXER.lex(text):
        if kind == "data":
            page.append(token)
        elif kind == "string":
            strings.append(token[1:-1])
        elif kind == "variable_begin":
            page.append(_LEFT_OUT)
    html = _NOT_READ.sub(" ", "".join(page))
    return [*strings, *_READ_ALOUD.findall(html), _TAG.sub(" ", html)]


def _data(text, _=False):
    return list(_of_data(yaml.safe_load(text)))


def _of_data(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _of_data(key)
            yield from _of_data(one)
    elif isinstance(value, list):
        for one in value:
            yield from _of_data(one)


def _markdown(text, _):
    """Read prose, and the data between its fences."""
    pieces = _FENCE.split(text)
    return [one for n, piece in enumerate(pieces) for one in (_data(piece) if n % 2 else [piece])]


def _notebook(text, _):
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


def _rows(text, _):
    return [cell for row in csv.reader(text.splitlines()) for cell in row]


def _script(text, _):
    return [content for _mark, content in _QUOTED.findall(text)]


_READERS = {
    ".py": _python, ".html": _template, ".j2": _template, ".yml": _data, ".json": _data,
    ".md": _markdown, ".ipynb": _notebook, ".csv": _rows, ".js": _script,
}  # fmt: skip
