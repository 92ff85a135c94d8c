"""What people allowed although no rule does: what a script lowers, what was declared, what is listed."""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from refusal import Refusal, shown
from shapes import plain_name

MIXED_ROWS = frozenset({"mixed"})


@dataclass(frozen=True)
class Permit:
    """That a column with no labels but `labels` keeps only `kept`, until a day."""

    column: str | None
    """None where rows are lowered: from mixed ones to ones for the purposes `kept`."""
    labels: frozenset[str]
    kept: frozenset[str]
    until: str

    @property
    def lowered(self) -> frozenset[str]:
        return self.labels - self.kept


def declared_permit(step: Mapping[str, Any]) -> Permit:
    """Of a step of `library.json`."""
    lowers, until = step["lowers"], step["permit"]["expires"]
    if lowers["of"] == "rows":
        return Permit(None, MIXED_ROWS, frozenset(lowers["purposes"]), until)
    return Permit(lowers["column"], frozenset(lowers["was"]), frozenset(lowers["is"]), until)


def read_lowering(node: ast.Call) -> tuple[ast.expr, Permit]:
    """The frame that a script lowers, and by which permit."""
    texts = {one.arg: _texts(one.value) for one in node.keywords if one.arg != "until"}
    until = [one.value.value for one in node.keywords if _is_day(one)]
    match node:
        case ast.Call(func=ast.Attribute(attr="declassified"), args=[of, column]) if until:
            if list(texts) == ["labels", "kept"]:
                permit = Permit(plain_name(column), texts["labels"], texts["kept"], until[0])
                return of, permit
        case ast.Call(func=ast.Attribute(attr="declassified_rows"), args=[of]) if until:
            if list(texts) == ["purposes"]:
                return of, Permit(None, MIXED_ROWS, texts["purposes"], until[0])
    raise Refusal(f"`{shown(node)}` is no step that the compiler emits", node)


def _is_day(keyword: ast.keyword) -> bool:
    return keyword.arg == "until" and isinstance(keyword.value, ast.Constant)


def _texts(node: ast.expr) -> frozenset[str]:
    match node:
        case ast.List(elts=items) if all(
            isinstance(one, ast.Constant) and isinstance(one.value, str) for one in items
        ):
            return frozenset(one.value for one in items)
    raise Refusal(f"`{shown(node)}` is no list of texts", node)


def read_days(node: ast.stmt) -> tuple[str, ...] | None:
    """The last days of permits that a run looks at before it reads; None of another statement."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="require_permits"),
                args=days,
                keywords=[],
            )
        ) if days and all(isinstance(day, ast.Constant) for day in days):
            return tuple(str(day.value) for day in days)
    return None


def permit_refusals(
    declared: Iterable[Permit], used: frozenset[Permit], days: tuple[str, ...]
) -> Iterator[str]:
    """Where a script and what was declared of its job differ."""
    wanted = frozenset(declared)
    for permit in sorted(wanted - used, key=str):
        yield f"does not say that {_said(permit)}"
    if days != tuple(sorted({permit.until for permit in wanted})):
        yield "does not look at the last days of exactly its permits before it reads"


def _said(permit: Permit) -> str:
    return f"{permit.column or 'rows'} are declassified until {permit.until}"


def listing_refusals(library: Mapping[str, Any], manifest: Mapping[str, Any]) -> Iterator[str]:
    """What the manifest lists as allowed must be what the author declared, word for word."""
    declared: dict[str, list[str]] = {"declassifications": [], "crossSubjects": []}
    for job in library["jobs"]:
        for step in steps_of(job, library["steps"]):
            where = {"job": job["name"], "table": job["writes"]}
            if step["kind"] == "declassify":
                declared["declassifications"].append(_text(where | _declassification(step)))
            elif step["kind"] == "join" and "crossSubject" in step:
                entry = {"on": step["on"], "reason": step["crossSubject"]}
                declared["crossSubjects"].append(_text(where | entry))
    for name, wanted in declared.items():
        if sorted(wanted) != sorted(map(_text, manifest[name])):
            yield f"{name} are not those that the library declares"


def steps_of(job: Mapping[str, Any], steps: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The steps at or below a job's rows, each once."""
    by_number = {step["step"]: step for step in steps}
    left, seen = [job["rows"]], set()
    while left:
        number = left.pop()
        if number in seen or number not in by_number:
            continue
        seen.add(number)
        left.extend(by_number[number]["from"].values())
        yield by_number[number]


def _declassification(step: Mapping[str, Any]) -> dict[str, Any]:
    lowers = step["lowers"]
    if lowers["of"] == "rows":
        return {"from": ["mixed"], "to": lowers["purposes"], **step["permit"]}
    what = {"column": lowers["column"], "from": lowers["was"], "to": lowers["is"]}
    return what | step["permit"]


def _text(entry: Any) -> str:
    return json.dumps(entry, sort_keys=True)
