"""Joins as scripts say them: which columns are equal, what else is true of a pair, and a full join's keys."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

import combining
import frames
import states
from conditions import conjuncts, equated_columns, related_columns
from expressions import column_name, value_of
from frames import Frame
from refusal import Refusal, shown
from shapes import plain_name, same

Pairs = list[tuple[str, str]]
Strangers = Iterable[frozenset[tuple[str, str]]]
_JOINS = {"inner", "left", "left_semi", "left_anti"}


@dataclass(frozen=True)
class _Condition:
    """What is true of the pairs of a join."""

    equal: Pairs = field(default_factory=list)
    """A left column and a right one each."""
    more: list[ast.expr] = field(default_factory=list)


def join(left: Frame, right: Frame, on: ast.expr, how: ast.expr, strangers: Strangers) -> Frame:
    """`left.join(right, on, how)`; a full one only as `full_join` reads it."""
    kind = how.value if isinstance(how, ast.Constant) else None
    if kind not in _JOINS:
        raise Refusal(f"`{shown(how)}` is no join that the compiler emits", how)
    condition = _condition(on, left, right)
    said = combining.Said(equated_columns(on), related_columns(on)) if condition.more else None
    may_meet = _may_meet(condition, strangers)
    try:
        return combining.join(kind, left, right, condition.equal, may_meet, said)
    except Refusal as refusal:
        raise refusal.at(on) from None


def cross_join(left: Frame, right: Frame, strangers: Strangers) -> Frame:
    """`left.crossJoin(right)`"""
    return combining.join("cross", left, right, [], _may_meet(_Condition(), strangers))


@dataclass(frozen=True)
class FullJoin:
    """`left.join(right, on, "full").withColumn(key, F.coalesce(key, partner)).drop(partner)`, or `withColumns`"""

    left: ast.expr
    right: ast.expr
    on: ast.expr
    keys: list[tuple[ast.expr, ast.expr]]
    dropped: list[ast.expr]


def read_full_join(node: ast.expr) -> FullJoin | None:
    """The parts of a full join; None of any other code."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(
                    func=ast.Attribute(
                        value=ast.Call(
                            func=ast.Attribute(value=left, attr="join"),
                            args=[right, on, ast.Constant(value="full")],
                            keywords=[],
                        ),
                        attr=("withColumn" | "withColumns") as method,
                    ),
                    args=args,
                    keywords=[],
                ),
                attr="drop",
            ),
            args=dropped,
            keywords=[],
        ):
            return FullJoin(left, right, on, _named(node, method, args), dropped)
    return None


def full_join(join: FullJoin, left: Frame, right: Frame, strangers: Strangers) -> Frame:
    """Rows of both sides; each column joined on is of the side that has a row."""
    condition = _condition(join.on, left, right)
    if condition.more:
        raise Refusal("a full join is by equal columns alone", join.on)
    partners = states.first_partners(condition.equal)
    found = {plain_name(name): value for name, value in join.keys}
    wanted = {
        a: ast.parse(f'F.coalesce(F.col("{a}"), F.col("{b}"))', mode="eval").body
        for a, b in partners.items()
    }
    if found.keys() != wanted.keys() or not all(same(found[a], wanted[a]) for a in wanted):
        raise Refusal("a full join's keys must be those of the side that has a row", join.on)
    dropped = sorted(map(plain_name, join.dropped))
    if dropped != sorted({b for _, b in condition.equal}):
        raise Refusal("a full join drops exactly the right's columns joined on", join.on)
    try:
        joined = combining.join(
            "full", left, right, condition.equal, _may_meet(condition, strangers)
        )
    except Refusal as refusal:
        raise refusal.at(join.on) from None
    return frames.drop(joined, dropped)


def without_hint(node: ast.expr) -> ast.expr:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("F"), attr="broadcast"), args=[frame], keywords=[]
        ):
            return frame
    return node


def _named(node: ast.expr, method: str, args: list[ast.expr]) -> list[tuple[ast.expr, ast.expr]]:
    match method, args:
        case "withColumn", [name, value]:
            return [(name, value)]
        case "withColumns", [ast.Dict(keys=keys, values=values)]:
            named = [(key, value) for key, value in zip(keys, values, strict=True) if key]
            if len(named) == len(keys) == len({plain_name(key) for key, _ in named}):
                return named
    raise Refusal(f"`{shown(node)}` does not say each key of a full join once", node)


def _condition(on: ast.expr, left: Frame, right: Frame) -> _Condition:
    condition = _Condition()
    for one in conjuncts(on):
        pair = _pair(one, left, right)
        if pair:
            condition.equal.append(pair)
        else:
            condition.more.append(one)
    if condition.more:
        both = combining.pair(left, right)
        for one in condition.more:
            value_of(one, both)
    return condition


def _pair(node: ast.expr, left: Frame, right: Frame) -> tuple[str, str] | None:
    """`F.col("left") == F.col("right")`, where each name is on its own side only."""
    match node:
        case ast.Compare(left=first, ops=[ast.Eq()], comparators=[second]):
            a, b = column_name(first), column_name(second)
            if a in left.columns and b in right.columns:
                left.require_new(b)
                right.require_new(a)
                return a, b
    return None


def _may_meet(condition: _Condition, strangers: Strangers) -> bool:
    """Whether the author lets rows of two people meet in this join."""
    # The right's columns are renamed where the left has such a column too: `_name`, `_name_2`.
    pairs = condition.equal
    return any(
        len(declared) == len(set(pairs))
        and all(
            any(a == c and (b == d or b.startswith(f"_{d}")) for c, d in declared) for a, b in pairs
        )
        for declared in strangers
    )
