"""What a condition says of the columns that it compares, besides which rows it keeps."""

import ast
from collections.abc import Iterator, Mapping

from expressions import cast_column, column_name, lambda_of

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


Given = Mapping[str, frozenset[str]]
"""What a name stands for that a lambda gives: the columns of the list."""
NOTHING_GIVEN: Given = {}


def _comparisons(
    node: ast.AST, given: Given = NOTHING_GIVEN
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The sides of each comparison that may be the greater and the less one, and its columns."""
    skipped = None
    found = lambda_of(node)
    if found is not None:
        operands, _, body = found
        for operand in operands:
            yield from _comparisons(operand, given)
        yield from _comparisons(body, _with_elements(node, given))
        return
    match node:
        # How `abs` and `%` of whole numbers guard against what has no result.
        case ast.Call(
            func=ast.Attribute(attr="when"), args=[ast.Compare(ops=[ast.NotEq()]) as guard, value]
        ) if _guards(guard, value):
            skipped = guard
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            yield from _orders(left, op, right, given)
        case ast.Call(func=ast.Attribute(value=left, attr="eqNullSafe"), args=[right]):
            yield from _orders(left, ast.Eq(), right, given)
        # That a list has a value or an element of another, or a map a key, says that something in it equals that.
        case ast.Call(
            func=ast.Attribute(
                value=ast.Name("F"), attr="array_contains" | "arrays_overlap" | "try_element_at"
            ),
            args=[left, right],
        ):
            yield from _orders(left, ast.Eq(), right, given)
    for child in ast.iter_child_nodes(node):
        parts = ast.iter_child_nodes(child) if child is skipped else [child]
        for part in parts:
            yield from _comparisons(part, given)


def _with_elements(node: ast.AST, given: Given) -> Given:
    """An element tells what its list tells; a total, what goes into it as well."""
    operands, names, body = lambda_of(node) or ([], [], None)
    lists = frozenset(name for one in operands for name in _columns(one, given))
    elements = {**given, **dict.fromkeys(names, lists)}
    totals = [name for name in names if name.startswith("total")]
    whole = lists.union(_columns(body, elements)) if totals and body else lists
    return {**elements, **dict.fromkeys(totals, whole)}


def _orders(
    left: ast.expr, op: ast.cmpop, right: ast.expr, given: Given
) -> Iterator[tuple[str, str, frozenset[str]]]:
    names = frozenset(_columns(left, given)) | frozenset(_columns(right, given))
    # An element may have another name where it is compared the other way.
    either = any(True for one in (left, right) for _ in _names(one, given))
    if either or isinstance(op, _GREATER):
        yield _text(left), _text(right), names
    if either or isinstance(op, _LESS):
        yield _text(right), _text(left), names


def _names(node: ast.AST, given: Given) -> Iterator[str]:
    """What a node reads of lambdas around it; lambdas within it may hide some."""
    found = lambda_of(node)
    if found is not None:
        operands, names, body = found
        for operand in operands:
            yield from _names(operand, given)
        yield from _names(body, {name: of for name, of in given.items() if name not in names})
    elif isinstance(node, ast.Name):
        if node.id in given:
            yield node.id
    else:
        for child in ast.iter_child_nodes(node):
            yield from _names(child, given)


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


def _columns(node: ast.AST, given: Given = NOTHING_GIVEN) -> Iterator[str]:
    for name in _names(node, given):
        yield from given[name]
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
