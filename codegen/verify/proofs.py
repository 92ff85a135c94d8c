"""What a script asks once more of its result before it publishes it, and whether it asks enough."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from declarations import Declarations
from expressions import is_constant
from frames import Frame
from refusal import Refusal, shown
from shapes import plain_name
from states import MIXED
from subjects import AtLeast


@dataclass(frozen=True)
class Known:
    """Subjects that a table says consent: by its consents, or because it lists none but such."""

    argument: str
    column: str
    times: tuple[str, str | None, str] | None
    """The columns of granted, withdrawn and version; None where the table lists people."""
    since: str | None
    """The column that says since when they consent, where that is asked."""


@dataclass(frozen=True)
class ConsentProof:
    """That every subject, named by a column of the result, is among those known."""

    key: str
    known: tuple[Known, ...]
    events: tuple[str, ...]
    """Columns of times that are not before the consent."""
    node: ast.stmt


@dataclass(frozen=True)
class OwnerProof:
    """That every device after a step belongs to one subject."""

    alias: str
    subject: str
    node: ast.stmt


@dataclass(frozen=True)
class RowProof:
    """That there are as many rows as after a step."""

    node: ast.stmt


@dataclass(frozen=True)
class SubjectProof:
    """That each group has so many subjects, as many of whom have each of the values."""

    groups: AtLeast
    node: ast.stmt


@dataclass(frozen=True)
class Expectation:
    """What is expected of the table as a whole; nothing about privacy."""

    node: ast.stmt


Proof = ConsentProof | OwnerProof | RowProof | SubjectProof | Expectation

_OF_TABLE = "unique", "row_count", "complete", "mean", "fresh", "references"


def read_proof(node: ast.stmt) -> Proof:
    """A question that a run asks of its tables; it can stop a run and do nothing else."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="prove_rows"),
                args=[ast.Constant(value=str())],
                keywords=[],
            )
        ):
            return RowProof(node)
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="prove_sole_owner"),
                args=[alias, subject, ast.Constant(value=str())],
                keywords=[],
            )
        ):
            return OwnerProof(plain_name(alias), plain_name(subject), node)
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="prove_consent"),
                args=[key, *known],
                keywords=[] | [ast.keyword("events", ast.List(elts=[_, *_]))] as keywords,
            )
        ) if known:
            events = keywords[0].value.elts if keywords else ()
            subjects = tuple(map(_known, known))
            return ConsentProof(plain_name(key), subjects, tuple(map(plain_name, events)), node)
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="prove_subjects"),
                args=[subject, ast.Constant(value=int() as least)],
                keywords=[
                    ast.keyword(arg="by", value=ast.List(elts=by)),
                    ast.keyword(arg="values", value=ast.List(elts=values)),
                    ast.keyword(arg="rows", value=ast.Constant(value=str())),
                    ast.keyword(arg="groups", value=ast.Constant(value=str())),
                ],
            )
        ):
            names = tuple(map(plain_name, by))
            groups = AtLeast(names, plain_name(subject), least, frozenset(map(plain_name, values)))
            return SubjectProof(groups, node)
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name("run"), attr="expect"),
                args=[ast.Constant(value=str()), of_table],
                keywords=[ast.keyword("on_unmet", ast.Constant(value="fail" | "warn"))],
            )
        ) if _is_of_table(of_table):
            return Expectation(node)
    raise Refusal(f"`{shown(node)}` is nothing that a run proves", node)


def _is_of_table(node: ast.expr) -> bool:
    """`lakewright.unique("a")` and its like, of constants."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr=kind), args=args, keywords=words
        ):
            return kind in _OF_TABLE and all(map(is_constant, [*args, *(w.value for w in words)]))
    return False


def _known(node: ast.expr) -> Known:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name("lakewright"), attr="Consent" | "Listed" as kind),
            args=[table, subject],
            keywords=keywords,
        ):
            names = [keyword.arg for keyword in keywords]
            details = {one.arg: plain_name(one.value) for one in keywords if not _is_key(one)}
            if len(set(names)) == len(names):
                times = _times(details) if kind == "Consent" else None
                if times:
                    return Known(plain_name(table), plain_name(subject), times, times[0])
                if kind == "Listed" and set(details) <= {"since"}:
                    since = details.get("since")
                    return Known(plain_name(table), plain_name(subject), None, since)
    raise Refusal(f"`{shown(node)}` tells not who consents", node)


def _is_key(keyword: ast.keyword) -> bool:
    """Whether it says that the result names subjects by pseudonyms of the run's key."""
    return keyword.arg == "key" and ast.unparse(keyword.value) == "run.pseudonym_key"


def _times(details: Mapping[str | None, str]) -> tuple[str, str | None, str] | None:
    match details:
        case {"granted_at": granted, "version": version} if set(details) <= {
            "granted_at",
            "version",
            "withdrawn_at",
        }:
            return granted, details.get("withdrawn_at"), version
    return None


def proof_refusals(
    proofs: tuple[Proof, ...],
    frame: Frame,
    tables: Mapping[str, tuple[str, Frame]],
    purposes: frozenset[str],
    declared: Declarations,
) -> Iterator[str]:
    """What is asked wrongly, and what is not asked.

    tables: by argument, each table that the script reads, with all its columns.
    purposes: those of the zone that the result goes to.
    """
    asked: set[str] = set()
    timed: set[tuple[str, str]] = set()
    for proof in proofs:
        if not isinstance(proof, ConsentProof):
            continue
        if proof.key not in frame.state.keys:
            yield f"asks for the consent of {proof.key}, which does not name the subject"
        answers = [_purposes(one, frame, tables, declared) for one in proof.known]
        found = frozenset.intersection(*answers)
        asked |= found
        if proof.events:
            dated = [_since(one, tables) if one.times is None else found for one in proof.known]
            timed |= set(product(found.intersection(*dated), proof.events))
        for one, answer in zip(proof.known, answers, strict=True):
            if not answer:
                yield f"{one.argument}.{one.column} does not tell who consents"
    for purpose in sorted(purposes):
        telling = _telling(purpose, frame, tables)
        if not telling:
            continue
        if purpose not in asked:
            yield f"publishes without asking once more for the consent to {purpose}"
        for event in _events(purpose, frame, telling, declared):
            if (purpose, event) not in timed:
                said = f"whether {event} is before the consent to {purpose}"
                yield f"publishes without asking once more {said}"
    proven = {(one.alias, one.subject) for one in proofs if isinstance(one, OwnerProof)}
    for alias, subject in sorted(frame.made.owners - proven):
        yield f"publishes without asking once more whether each {alias} has one {subject}"
    counted = {one.groups for one in proofs if isinstance(one, SubjectProof)}
    for groups in sorted(frame.made.groups ^ counted, key=str):
        yield f"publishes without asking once more for the {groups.least} {groups.subject} of each group"
    if not any(isinstance(one, RowProof) for one in proofs):
        yield "publishes without counting the rows once more"


def _purposes(
    known: Known, frame: Frame, tables: Mapping[str, tuple[str, Frame]], declared: Declarations
) -> frozenset[str]:
    """The purposes that the known subjects consent to, by declaration or by what was verified."""
    if known.argument not in tables:
        return frozenset()
    table, whole = tables[known.argument]
    if known.column not in whole.state.keys or whole.state.subject != frame.state.subject:
        return frozenset()
    if known.times is None:
        return _listed(whole)
    return frozenset(
        one.purpose
        for one in declared.consents(table)
        if (one.granted, one.withdrawn, one.version) == known.times
    )


def _listed(whole: Frame) -> frozenset[str]:
    is_clean = whole.state.kind == "clean"
    return (whole.state.purposes or frozenset()) if is_clean else frozenset()


def _since(known: Known, tables: Mapping[str, tuple[str, Frame]]) -> frozenset[str]:
    """The purposes since whose consent a column of a table that lists people is."""
    _, whole = tables.get(known.argument, ("", Frame({}, MIXED)))
    column = whole.columns.get(known.since or "")
    return column.grants if column else frozenset()


def _telling(
    purpose: str, frame: Frame, tables: Mapping[str, tuple[str, Frame]]
) -> list[tuple[str, Frame]]:
    """The tables that know of the consent; none where not all of them name people as the result does,
    or can be made to."""
    if frame.state.kind != "clean" or not frame.state.keys:
        return []
    read = {table for table, consented in frame.made.consents if consented == purpose}
    found = [
        (table, whole)
        for table, whole in tables.values()
        if table in read
        or (purpose in _listed(whole) and whole.state.subject == frame.state.subject)
    ]
    is_read_here = read <= {table for table, _ in tables.values()}
    is_answerable = is_read_here and all(_is_comparable(whole, frame) for _, whole in found)
    return found if is_answerable else []


def _events(
    purpose: str, frame: Frame, telling: list[tuple[str, Frame]], declared: Declarations
) -> Iterator[str]:
    """The columns of recorded times that can be compared with the consent in each of the tables."""
    granted = [_granted(purpose, *one, declared) for one in telling]
    for name, column in frame.columns.items():
        table = declared.tables.get(column.origin[0]) if column.origin else None
        if table is None or table.owner is None or table.event_time != column.origin[1]:
            continue
        time = table.columns[column.origin[1]].type
        if all(time == one for one in granted):
            yield name


def _granted(purpose: str, table: str, whole: Frame, declared: Declarations) -> str | None:
    """The type of the times since when people consent, as a table says it."""
    of_consent = [one.granted for one in declared.consents(table) if one.purpose == purpose]
    columns = [whole.columns[name] for name in of_consent if name in whole.columns]
    columns = columns or [one for one in whole.columns.values() if purpose in one.grants]
    origin = columns[0].origin if columns else None
    return declared.tables[origin[0]].columns[origin[1]].type if origin else None


def _is_comparable(whole: Frame, frame: Frame) -> bool:
    wanted = {_pseudonym(frame, key) for key in frame.state.keys}
    target = None if None in wanted else min(wanted - {None})
    found = {_pseudonym(whole, key) for key in whole.state.keys}
    can_make = target is not None and bool(frame.made.pseudonyms)
    return bool(found) and all(one == target or (one is None and can_make) for one in found)


def _pseudonym(frame: Frame, key: str) -> str | None:
    labels = frame.column(key).labels
    return next((one for one in sorted(labels) if one.startswith("pseudonym:")), None)
