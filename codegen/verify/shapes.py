"""Shapes of code with holes, and the only way by which code is recognised.

A shape is Python text in which each name `x_...` is a hole: it takes any expression (or the name of a
variable), and the same everywhere it stands. `*x_...` in a call takes all the arguments that are left.
"""

import ast
import re
from dataclasses import dataclass, field

from refusal import Refusal, shown


@dataclass
class Match:
    """What the holes of a shape hold."""

    holes: dict[str, ast.expr] = field(default_factory=dict)
    rest: dict[str, list[ast.expr]] = field(default_factory=dict)

    def text(self, hole: str) -> str:
        """The plain name that a hole holds as a string constant."""
        return plain_name(self.holes[hole])

    def texts(self, hole: str) -> list[str]:
        return [plain_name(node) for node in self.rest[hole]]


def parse_shape(text: str) -> list[ast.stmt]:
    return ast.parse(text).body


def match(shape: list[ast.stmt], code: list[ast.stmt]) -> Match:
    """The holes of statements that have a shape; a Refusal at the first place where they differ."""
    found = Match()
    for number, wanted in enumerate(shape):
        if number >= len(code):
            raise Refusal(f"expected {_said(wanted)} next", code[-1] if code else None)
        _compare(wanted, code[number], found, code[number])
    return found


def plain_name(node: ast.AST) -> str:
    """A string constant that is a plain name, which Spark reads as one column and nothing else."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise Refusal(f"expected a name in quotes, found `{shown(node)}`", node)
    if not (node.value.isascii() and node.value.isidentifier()):
        raise Refusal(f"{node.value!r} is no plain column name", node)
    return node.value


def same(left: ast.AST, right: ast.AST) -> bool:
    """Whether two pieces of code are the same, spelling of quotes and places aside."""
    return _bare(left) == _bare(right)


def _bare(node: ast.AST) -> str:
    return ast.dump(node).replace("ctx=Store()", "ctx=Load()").replace(", kind='u'", "")


def _compare(wanted: object, found: object, into: Match, place: ast.AST) -> None:
    if isinstance(wanted, ast.Name) and wanted.id.startswith("x_"):
        _fill(wanted.id, found, into, place)
    elif isinstance(wanted, list) and isinstance(found, list):
        _compare_lists(wanted, found, into, place)
    elif isinstance(wanted, ast.AST) and isinstance(found, ast.AST):
        here = found if hasattr(found, "lineno") else place
        if type(wanted) is not type(found):
            _differ(wanted, found, here)
        for name in wanted._fields:
            if name not in ("ctx", "kind", "type_comment"):
                _compare(getattr(wanted, name, None), getattr(found, name, None), into, here)
    elif type(wanted) is not type(found) or wanted != found:
        _differ(wanted, found, place)


def _compare_lists(
    wanted: list[ast.AST], found: list[ast.AST], into: Match, place: ast.AST
) -> None:
    last = wanted[-1] if wanted else None
    if isinstance(last, ast.Starred) and isinstance(last.value, ast.Name):
        taken = len(wanted) - 1
        into.rest[last.value.id] = [node for node in found[taken:] if isinstance(node, ast.expr)]
        wanted, found = wanted[:-1], found[:taken]
    if len(wanted) != len(found):
        _differ(wanted, found, place)
    for one, other in zip(wanted, found, strict=True):
        _compare(one, other, into, place)


def _fill(hole: str, found: object, into: Match, place: ast.AST) -> None:
    if not isinstance(found, ast.expr):
        raise Refusal(f"expected an expression for {hole}", place)
    known = into.holes.setdefault(hole, found)
    if not same(known, found):
        raise Refusal(f"expected `{shown(known)}`, found `{shown(found)}`", place)


def _differ(wanted: object, found: object, place: ast.AST) -> None:
    raise Refusal(f"expected {_said(wanted)}, found {_said(found)}", place)


_OPERATORS = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Invert: "~",
}


def _said(part: object) -> str:
    if type(part) in _OPERATORS:
        return f"`{_OPERATORS[type(part)]}`"
    if isinstance(part, ast.expr | ast.stmt | ast.arguments | ast.keyword | ast.arg | ast.alias):
        return f"`{_without_holes(shown(part))}`"
    if isinstance(part, list):
        return ", ".join(_said(one) for one in part) or "nothing"
    if isinstance(part, ast.AST):
        return type(part).__name__
    return f"`{part}`"


def _without_holes(text: str) -> str:
    """A shape as a message shows it: `F.col(<subject>)`."""
    return re.sub(r"\bx_(\w+)", r"<\1>", text)
