"""Groups of at least so many people: how a script makes them, and what of their labels is left."""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import states
from conditions import conjuncts
from expressions import aliased, column_name
from frames import Column, Frame, Making, is_identifying
from refusal import Refusal, shown
from shapes import plain_name

# What is made of all values of a group; the least and the greatest are somebody's own.
_BLENDING = {"count", "count_distinct", "sum", "try_sum", "avg", "stddev_samp"}


@dataclass(frozen=True)
class AtLeast:
    """That groups by some columns have so many subjects, named by a column."""

    by: tuple[str, ...]
    subject: str
    least: int
    values: frozenset[str]
    """Columns of which as many subjects must have a value."""


def declared_groups(step: Mapping[str, Any]) -> AtLeast | None:
    """Of a step of `library.json`."""
    if step["kind"] != "aggregate" or "atLeast" not in step:
        return None
    key, least = step["atLeast"]["key"], step["atLeast"]["subjects"]
    operands = [one for measure in step["measures"] for one in measure["call"]["arguments"]]
    values = frozenset(one["name"] for one in operands if one["kind"] == "column")
    return AtLeast(tuple(step["by"]), key, least, values - {key})


@dataclass(frozen=True)
class Enough:
    """`groups.agg(*measures, *counts).where(each count >= least).drop(*counts)`"""

    groups: ast.expr
    measures: list[ast.expr]
    subject: str
    values: frozenset[str]
    """Columns of which as many subjects must have a value."""
    least: int


def read_enough(node: ast.expr) -> Enough | None:
    """The groups of which small ones are dropped; None of any other code."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(
                    func=ast.Attribute(
                        value=ast.Call(
                            func=ast.Attribute(value=groups, attr="agg"), args=calls, keywords=[]
                        ),
                        attr="where",
                    ),
                    args=[condition],
                    keywords=[],
                ),
                attr="drop",
            ),
            args=[*dropped],
            keywords=[],
        ):
            return _enough(node, groups, calls, condition, [plain_name(one) for one in dropped])
    return None


def _enough(
    node: ast.expr, groups: ast.expr, calls: list[ast.expr], condition: ast.expr, passing: list[str]
) -> Enough:
    named = [(aliased(one)[1], one) for one in calls]
    counts = {name: _count(aliased(one)[0]) for name, one in named if name in passing}
    asked = dict(map(_bound, conjuncts(condition)))
    subjects = {subject for subject, _ in counts.values()}
    leasts = set(asked.values())
    is_each = set(asked) == set(counts) == set(passing) and len(passing) == len(set(passing))
    whole = [value for _, value in counts.values() if value is None]
    if not is_each or len(subjects) != 1 or len(leasts) != 1 or len(whole) != 1:
        raise Refusal(f"`{shown(node)}` does not count the people of each group", node)
    values = frozenset(value for _, value in counts.values() if value is not None)
    measures = [one for name, one in named if name not in passing]
    return Enough(groups, measures, subjects.pop(), values, leasts.pop())


def _count(node: ast.expr) -> tuple[str, str | None]:
    """The subjects that `F.count_distinct` counts, and the column of which they have a value."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr="count_distinct"), args=[of], keywords=[]
        ):
            subject = column_name(of)
            if subject:
                return subject, None
            match of:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name("F"), attr="when"),
                    args=[
                        ast.Call(func=ast.Attribute(value=value, attr="isNotNull"), args=[]),
                        whose,
                    ],
                    keywords=[],
                ):
                    name, subject = column_name(value), column_name(whose)
                    if name and subject:
                        return subject, name
    raise Refusal(f"`{shown(node)}` counts no subjects", node)


def _bound(node: ast.expr) -> tuple[str, int]:
    match node:
        case ast.Compare(
            left=left, ops=[ast.GtE()], comparators=[ast.Constant(value=int() as least)]
        ):
            name = column_name(left)
            if name:
                return name, least
    raise Refusal(f"`{shown(node)}` is no least number of subjects", node)


def _measured(call: ast.expr, whole: Column, frame: Frame) -> Column:
    """What a measure of many people tells: less, where it is made of all values of one declared column."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr=function), args=[operand], keywords=[]
        ) if function in _BLENDING:
            of = column_name(_uncast(operand))
            if of is not None and frame.column(of).origin is not None:
                return replace(whole, labels=_blended(whole.labels))
    return whole


def _sources(call: ast.expr) -> set[str]:
    names = (column_name(node) for node in ast.walk(call) if isinstance(node, ast.expr))
    return {name for name in names if name is not None}


def _uncast(node: ast.expr) -> ast.expr:
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="cast"), args=[_], keywords=[]):
            return value
    return node


def _blended(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(
        one for one in labels if not is_identifying(one) and not one.startswith("pseudonym:")
    )


def group_enough(
    frame: Frame, by: list[str], enough: Enough, aggregate_of: Callable[[ast.expr, Frame], Column]
) -> Frame:
    """A row for each group of enough people."""
    state, key = frame.state, enough.subject
    if key not in state.keys or f"subject:{state.subject}" not in frame.column(key).labels:
        raise Refusal(f"people are counted by {key}, which is not the key of a person")
    if not state.keys.isdisjoint(by):
        raise Refusal("each of these groups is about one person")
    columns = {name: frame.column(name) for name in by}
    of: set[str] = set()
    for node in enough.measures:
        call, name = aliased(node)
        if name.lower() in {own.lower() for own in columns}:
            raise Refusal(f"there is a column {name} already", node)
        columns[name] = _measured(call, aggregate_of(call, frame), frame)
        of |= _sources(call) - {key}
    if of != enough.values:
        wrong = ", ".join(sorted(of ^ enough.values))
        raise Refusal(f"those who have a value are not counted for each measure: {wrong}")
    groups = AtLeast(tuple(by), key, enough.least, enough.values)
    made = frame.made | Making(groups=frozenset({groups}))
    return replace(frame, columns=columns, state=states.across_subjects(state), made=made)


def group_refusals(declared: frozenset[AtLeast], made: frozenset[object]) -> Iterator[str]:
    """Groups that were declared to be of so many people, and are not made."""
    for one in sorted(declared - made, key=str):
        yield f"makes no groups of at least {one.least} {one.subject}"
