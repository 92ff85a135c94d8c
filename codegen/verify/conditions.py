"""What a condition says of the columns that it compares, besides which rows it keeps."""

import ast
from collections.abc import Iterator

from expressions import cast_column, column_name

_GREATER = (ast.Eq, ast.NotEq, ast.Gt, ast.GtE)
_LESS = (ast.Eq, ast.NotEq, ast.Lt, ast.LtE)


def conjuncts(node: ast.expr) -> list[ast.expr]:
    """The conditions that `&` joins."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        return [*conjuncts(node.left), *conjuncts(node.right)]
    return [node]


def compared_columns(node: ast.expr) -> list[tuple[str, str]]:
    """Pairs of columns of which a condition says that the first is not before the second."""
    found = []
    for one in conjuncts(node):
        match one:
            case ast.Compare(left=left, ops=[ast.GtE()], comparators=[right]):
                pair = column_name(left), column_name(right)
            case ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]):
                pair = column_name(right), column_name(left)
            case _:
                continue
        if pair[0] and pair[1]:
            found.append(pair)
    return found


def related_columns(node: ast.expr) -> list[frozenset[str]]:
    """Groups of columns of which a condition says something at once: those of each part that `&` joins."""
    return [frozenset(_columns(one)) for one in conjuncts(node)]


def equated_columns(node: ast.expr) -> list[frozenset[str]]:
    """Groups of columns that a condition says are equal, or not, since a later step may deny that.

    Comparing both ways (`a >= b` and `a <= b`) says equal too.
    """
    compared = list(_comparisons(node))
    orders = {(greater, less) for greater, less, _ in compared}
    return [names for greater, less, names in compared if (less, greater) in orders]


def _comparisons(node: ast.AST) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The sides of each comparison that may be the greater and the less one, and its columns."""
    skipped = None
    match node:
        # How `abs` and `%` of whole numbers guard against what has no result.
        case ast.Call(
            func=ast.Attribute(attr="when"), args=[ast.Compare(ops=[ast.NotEq()]) as guard, value]
        ) if _guards(guard, value):
            skipped = guard
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from _orders(left, op, right)
        case ast.Call(func=ast.Attribute(value=left, attr="eqNullSafe"), args=[right]):
            yield from _orders(left, ast.Eq(), right)
    for child in ast.iter_child_nodes(node):
        parts = ast.iter_child_nodes(child) if child is skipped else [child]
        for part in parts:
            yield from _comparisons(part)


def _orders(
    left: ast.expr, op: ast.cmpop, right: ast.expr
) -> Iterator[tuple[str, str, frozenset[str]]]:
    names = frozenset(_columns(left)) | frozenset(_columns(right))
    if isinstance(op, _GREATER):
        yield _text(left), _text(right), names
    if isinstance(op, _LESS):
        yield _text(right), _text(left), names


def _guards(guard: ast.Compare, value: ast.expr) -> bool:
    """Whether a comparison only keeps a computation from a number that it is not defined for."""
    match value:
        case ast.Call(func=ast.Attribute(attr="abs"), args=[operand]):
            guarded = operand
        case ast.BinOp(op=ast.Mod(), right=operand):
            guarded = operand
        case _:
            return False
    bound = guard.comparators[0]
    is_number = isinstance(bound, ast.Call) and _text(bound) != ast.dump(bound)
    return is_number and _text(guard.left) == _text(guarded)


def _columns(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.expr):
            name = column_name(part) or cast_column(part)
            if name is not None:
                yield name


def _text(node: ast.expr) -> str:
    """One text for one value: a constant may be bare, in `F.lit`, and cast."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Call() as inner, attr="cast")):
            return _text(inner) if _text(inner) != ast.dump(inner) else ast.dump(node)
        case ast.Call(func=ast.Attribute(value=ast.Name("F"), attr="lit"), args=[constant]):
            return ast.dump(constant)
    return ast.dump(node)
