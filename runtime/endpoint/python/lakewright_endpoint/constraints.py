"""Checks a request against the constraints of Glue's own service model (required members, enums,
lengths, ranges, patterns), which AWS enforces before any operation runs and moto does not.

The model is the one botocore ships, so the rules are AWS's and not copied here.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .errors import MalformedRequest, Validation

# The model writes what lies beyond the basic plane as UTF-16 surrogates; Python has none.
UTF16_SUPPLEMENTARY = r"\uD800\uDC00-\uDBFF\uDFFF"
PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
    "double": (int, float),
    "float": (int, float),
    "timestamp": (int, float, str),
    "blob": (str,),
}


def check(request: Any, shape: StructureShape) -> None:
    """Raises `Validation` with all broken constraints, `MalformedRequest` at a wrong type."""
    violations = list(_violations(request, shape, ""))
    if violations:
        raise Validation(violations)


def _violations(value: Any, shape: Shape, path: str) -> Iterator[str]:
    _check_type(value, shape, path)
    yield from _own_violations(value, shape, path)
    if isinstance(shape, StructureShape):
        for name in shape.required_members:
            if value.get(name) is None:
                yield _violation(None, _member(path, name), "Member must not be null")
        for name, member in shape.members.items():
            if value.get(name) is not None:
                yield from _violations(value[name], member, _member(path, name))
    elif isinstance(shape, MapShape):
        for key, item in value.items():
            yield from _own_violations(key, shape.key, f"{path}.key")
            if item is not None:
                yield from _violations(item, shape.value, f"{path}.{key}.value")
    elif isinstance(shape, ListShape):
        for position, item in enumerate(value, start=1):
            yield from _violations(item, shape.member, f"{path}.{position}.member")


def _check_type(value: Any, shape: Shape, path: str) -> None:
    expected = PYTHON_TYPES.get(shape.type_name)
    is_stray_boolean = isinstance(value, bool) and shape.type_name != "boolean"
    if expected and (is_stray_boolean or not isinstance(value, expected)):
        raise MalformedRequest(f"{path or 'The request'} must be of type {shape.type_name}.")


def _own_violations(value: Any, shape: Shape, path: str) -> Iterator[str]:
    rules = shape.metadata
    allowed = rules.get("enum")
    if allowed and value not in allowed:
        constraint = f"Member must satisfy enum value set: [{', '.join(allowed)}]"
        yield _violation(value, path, constraint)
    measure, noun = (value, "value") if isinstance(value, int | float) else (None, "length")
    if measure is None and isinstance(value, str | list | dict):
        measure = len(value)
    if measure is not None and "min" in rules and measure < rules["min"]:
        constraint = f"Member must have {noun} greater than or equal to {rules['min']}"
        yield _violation(value, path, constraint)
    if measure is not None and "max" in rules and measure > rules["max"]:
        constraint = f"Member must have {noun} less than or equal to {rules['max']}"
        yield _violation(value, path, constraint)
    pattern = _compiled(rules["pattern"]) if "pattern" in rules else None
    if pattern and isinstance(value, str) and not pattern.fullmatch(value):
        constraint = f"Member must satisfy regular expression pattern: {rules['pattern']}"
        yield _violation(value, path, constraint)


@cache
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """Patterns Python's `re` cannot read (Java's property classes) are left unchecked."""
    try:
        return re.compile(pattern.replace(UTF16_SUPPLEMENTARY, "\U00010000-\U0010ffff"))
    except re.error:
        return None


def _member(path: str, name: str) -> str:
    lower = name[:1].lower() + name[1:]
    return f"{path}.{lower}" if path else lower


def _violation(value: Any, path: str, constraint: str) -> str:
    shown = "null" if value is None else f"'{value}'"
    return f"Value {shown} at '{path}' failed to satisfy constraint: {constraint}"
