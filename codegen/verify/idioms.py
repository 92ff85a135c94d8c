"""The blocks of statements that the compiler writes with windows, by their shapes.

A shape holds the whole block: what is not in it cannot be in the script, and nothing of it can be missing.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from combining import first_few_of_each, first_of_each
from conditions import conjuncts
from consents import Given, keep_consented, sole_owner
from expressions import column_name
from frames import Consent, Frame
from refusal import Refusal, shown
from shapes import Match, match, parse_shape, plain_name, same

Consents = Callable[[str], Iterable[Consent]]
FrameOf = Callable[[ast.expr], Frame]

_KEEP_CONSENTED = parse_shape("""
x_newest_first = Window.partitionBy(x_subject).orderBy(F.col(x_version).desc_nulls_first())
x_newest = (
    x_frame.where(F.col(x_subject).isNotNull())
    .withColumn(x_age, F.rank().over(x_newest_first))
    .where(F.col(x_age) == 1)
)
x_equally_new = Window.partitionBy(x_subject)
x_first_of_them = x_equally_new.orderBy(*x_order)
x_result = (
    x_newest.withColumn(x_answers, F.size(F.collect_set(F.struct(*x_times)).over(x_equally_new)))
    .withColumn(x_row, F.row_number().over(x_first_of_them))
    .where(x_condition)
    .drop(x_age, x_answers, x_row)
)
""")

_SOLE_OWNER = parse_shape("""
x_same_device = Window.partitionBy(x_alias)
x_result = (
    x_frame.where(F.col(x_alias).isNotNull())
    .withColumn(x_owners, F.size(F.collect_set(F.struct(x_subject)).over(x_same_device)))
    .where((F.col(x_owners) == 1) & F.col(x_subject).isNotNull())
    .drop(x_owners)
)
""")

_FIRST_OF_EACH = parse_shape("""
x_window = Window.partitionBy(*x_by).orderBy(*x_order)
x_result = x_frame.withColumn(x_row, F.row_number().over(x_window)).where(x_condition).drop(x_row)
""")

_CONDITIONS = [
    "F.col(x_answers) == 1",
    "F.col(x_row) == 1",
    "F.col(x_version).isNotNull()",
]
_GRANTED = "F.col(x_granted).isNotNull()"
_BY_NOW = (
    "F.col(x_granted) <= consent_as_of",
    "F.col(x_granted) <= F.timestamp_millis(F.lit(consent_as_of))",
)
_NOT_WITHDRAWN = "F.col(x_withdrawn).isNull() | (F.col(x_withdrawn) < F.col(x_granted))"


@dataclass(frozen=True)
class Block:
    """A recognised block: the variables it assigns, its result last, and the frame it gives."""

    variables: list[ast.expr]
    frame: Frame

    @property
    def length(self) -> int:
        return len(self.variables)


def read_block(code: list[ast.stmt], frame_of: FrameOf, consents: Consents) -> Block:
    """The block that a list of statements begins with."""
    # The shape that is most alike is the one that was meant.
    shape, give = max(_BLOCKS, key=lambda block: _likeness(block[0], code[: len(block[0])]))
    found = match(shape, code[: len(shape)])
    variables = [one.targets[0] for one in code[: len(shape)] if isinstance(one, ast.Assign)]
    return Block(variables, give(found, frame_of(found.holes["x_frame"]), consents))


def _likeness(shape: list[ast.stmt], code: list[ast.stmt]) -> float:
    """Which share of a shape's names of functions some code has."""
    wanted, found = _functions(shape), _functions(code)
    return (wanted & found).total() / wanted.total()


def _functions(code: list[ast.stmt]) -> Counter[str]:
    nodes = (node for one in code for node in ast.walk(one))
    return Counter(node.attr for node in nodes if isinstance(node, ast.Attribute))


def _keep_consented(found: Match, frame: Frame, consents: Consents) -> Frame:
    _require_passing(found, frame, "x_age", "x_answers", "x_row")
    for name, _ in orderings(found.rest["x_order"]):
        frame.column(name)
    given = _given(found)
    times = {name for one in given for name in (one.granted, one.withdrawn) if name}
    if set(found.texts("x_times")) != times or len(found.rest["x_times"]) != len(times):
        place = found.holes["x_answers"]
        raise Refusal("equally new versions must agree on exactly the times of the consent", place)
    return keep_consented(frame, found.text("x_subject"), found.text("x_version"), given, consents)


def _given(found: Match) -> list[Given]:
    """The consents that the conditions ask for; nothing else may be among these."""
    condition = found.holes["x_condition"]
    left = conjuncts(condition)
    for text in _CONDITIONS:
        if not left:
            raise Refusal(f"the consent rule lacks `{text}`", condition)
        found = _like(text, left.pop(0), found)
    given = []
    while left:
        granted = _granted_column(left.pop(0))
        by_now = left.pop(0) if left else condition
        bound = Match({"x_granted": granted})
        if not any(_fits(text, by_now, bound) for text in _BY_NOW):
            raise Refusal(
                f"expected that consent was given by consent_as_of, found `{shown(by_now)}`", by_now
            )
        withdrawn = None
        if left and isinstance(left[0], ast.BinOp):
            filled = _like(_NOT_WITHDRAWN, left.pop(0), bound)
            withdrawn = filled.text("x_withdrawn")
        given.append(Given(plain_name(granted), withdrawn))
    if not given:
        raise Refusal("the consent rule asks for no consent", condition)
    return given


def _granted_column(node: ast.expr) -> ast.expr:
    return _like(_GRANTED, node, Match()).holes["x_granted"]


def _like(text: str, node: ast.expr, known: Match) -> Match:
    """The holes of an expression that has a shape, of which some are known."""
    filled = Match(dict(known.holes), dict(known.rest))
    shape = [ast.Expr(ast.parse(text, mode="eval").body)]
    found = match(shape, [ast.copy_location(ast.Expr(node), node)])
    for name, held in found.holes.items():
        before = filled.holes.setdefault(name, held)
        if not same(before, held):
            raise Refusal(f"expected `{shown(before)}`, found `{shown(held)}`", node)
    return filled


def _fits(text: str, node: ast.expr, known: Match) -> bool:
    try:
        _like(text, node, known)
    except Refusal:
        return False
    return True


def _sole_owner(found: Match, frame: Frame, consents: Consents) -> Frame:
    _require_passing(found, frame, "x_owners")
    return sole_owner(frame, found.text("x_alias"), found.text("x_subject"))


def _first_of_each(found: Match, frame: Frame, consents: Consents) -> Frame:
    _require_passing(found, frame, "x_row")
    by, order = found.texts("x_by"), orderings(found.rest["x_order"])
    condition = found.holes["x_condition"]
    if _fits("F.col(x_row) == 1", condition, found):
        return first_of_each(frame, by, order, consents)
    require_count(_like("F.col(x_row) <= x_most", condition, found).holes["x_most"])
    return first_few_of_each(frame, by, order)


_BLOCKS = (
    (_KEEP_CONSENTED, _keep_consented),
    (_SOLE_OWNER, _sole_owner),
    (_FIRST_OF_EACH, _first_of_each),
)


def _require_passing(found: Match, frame: Frame, *holes: str) -> None:
    """The columns that a block adds and drops must not be the frame's own."""
    names = [found.text(hole) for hole in holes]
    for name in names:
        frame.require_new(name)
    if len({name.lower() for name in names}) < len(names):
        raise Refusal("two passing columns of one name", found.holes[holes[0]])


def require_count(node: ast.expr) -> None:
    """A number of rows."""
    if not (isinstance(node, ast.Constant) and type(node.value) is int and node.value > 0):
        raise Refusal(f"`{shown(node)}` is no number of rows", node)


def orderings(nodes: Iterable[ast.expr]) -> list[tuple[str, str]]:
    """The columns that rows are sorted by, each with `asc_nulls_first` and the like."""
    return [_ordering(node) for node in nodes]


def ordering(node: ast.expr, value: ast.expr, direction: str) -> tuple[str, str]:
    """A column that rows are sorted by, and how."""
    name = column_name(value)
    known = {f"{way}_nulls_{place}" for way in ("asc", "desc") for place in ("first", "last")}
    if name is not None and direction in known:
        return name, direction
    raise Refusal(f"`{shown(node)}` is no ordering with a place for nulls", node)


def _ordering(node: ast.expr) -> tuple[str, str]:
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=direction), args=[], keywords=[]):
            return ordering(node, value, direction)
    raise Refusal(f"`{shown(node)}` is no ordering with a place for nulls", node)
