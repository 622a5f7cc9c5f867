"""What a question's own schema allows, drawn: anything that a program could send and be valid."""

from datetime import date

from hypothesis import strategies as st

WORDS = st.text(max_size=12) | st.sampled_from(["63", "2A", "Paris", "2026-09-01", "zzz", ""])
_DEEP = 4


def valued(node, schema, depth=0):
    """A strategy of the values of a part of a schema; `True` is a part that may be anything."""
    if node is True:
        return WORDS | st.integers() | st.none() | st.booleans()
    if "$ref" in node:
        return valued(schema["$defs"][node["$ref"].rpartition("/")[2]], schema, depth)
    if "const" in node or "enum" in node:
        return st.sampled_from(node.get("enum") or [node["const"]])
    for key in ("anyOf", "oneOf"):
        if key in node:
            return st.one_of([valued(one, schema, depth) for one in node[key]])
    return _OF_TYPE[node["type"]](node, schema, depth)


def _text(node, schema, depth):
    if node.get("format", "").startswith("date"):
        last = date.fromisoformat(node["formatMaximum"][:10])
        days = st.dates(date.fromisoformat(node["formatMinimum"][:10]), last).map(str)
        return days.map("{}T12:00:00Z".format) if node["format"] == "date-time" else days
    if "pattern" in node:
        return st.from_regex(node["pattern"], fullmatch=True)
    return WORDS.filter(lambda text: len(text) >= node.get("minLength", 0))


def _whole(node, schema, depth):
    return st.integers(node["minimum"], node["maximum"])


def _number(node, schema, depth):
    return st.floats(
        node.get("minimum", node.get("exclusiveMinimum")),
        node.get("maximum", node.get("exclusiveMaximum")),
        exclude_min="exclusiveMinimum" in node,
        exclude_max="exclusiveMaximum" in node,
    )


def _list(node, schema, depth):
    if "prefixItems" in node:
        return st.tuples(*[valued(one, schema, depth + 1) for one in node["prefixItems"]])
    least = node.get("minItems", 0)
    most = max(least, min(node.get("maxItems", 2), 2 if depth < _DEEP else 0))
    return st.lists(valued(node["items"], schema, depth + 1), min_size=least, max_size=most)


def _mapping(node, schema, depth):
    """Each field that must be given, and some of the others: fewer and fewer, the deeper."""
    fields = node.get("properties", {})
    needed = set(node.get("required", ()))
    if not fields and node.get("additionalProperties"):
        kind = valued(node["additionalProperties"], schema, depth + 1)
        names = node.get("propertyNames", {}).get("enum")
        return st.dictionaries(st.sampled_from(names) if names else WORDS, kind, max_size=2)
    deep = {name: valued(one, schema, depth + 1) for name, one in fields.items()
            if name in needed or depth < _DEEP}  # fmt: skip
    return st.fixed_dictionaries(
        {name: one for name, one in deep.items() if name in needed},
        optional={name: one for name, one in deep.items() if name not in needed},
    )


_OF_TYPE = {
    "string": _text,
    "integer": _whole,
    "number": _number,
    "array": _list,
    "object": _mapping,
    "boolean": lambda node, schema, depth: st.booleans(),
    "null": lambda node, schema, depth: st.none(),
}
