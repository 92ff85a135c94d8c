"""What steps that put several rows together make of frames: groups, picks, unions and joins."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import states
from frames import NO_LABELS, Column, Consent, Frame, alike, also, looked_up, telling, where
from refusal import Refusal


def group(frame: Frame, by: list[str], measures: Mapping[str, Column]) -> Frame:
    """A row for each distinct combination of `by`; one row where there is none."""
    columns = {name: frame.column(name) for name in by}
    for name, column in measures.items():
        if name.lower() in {own.lower() for own in columns}:
            raise Refusal(f"there is a column {name} already")
        columns[name] = column
    state = frame.state
    if state.is_owned:
        if state.keys.isdisjoint(by):
            state = states.across_subjects(state)
        else:
            kept = states.renamed(state, lambda column: [column] if column in by else [])
            state = states.with_fewer_rows(kept)
    return replace(frame, columns=columns, state=state)


def first_of_each(
    frame: Frame,
    by: list[str],
    order: list[tuple[str, str]],
    consents: Callable[[str], Iterable[Consent]],
) -> Frame:
    """One row of each combination of `by`; order: columns with `asc_nulls_first` and the like."""
    found = first_few_of_each(frame, by, order)
    if frame.state.kind != "local" or found.state.kind != "local" or frame.state.complete == "no":
        return found
    if not _picks_newest(frame, by, order, consents):
        return found
    return replace(found, state=replace(found.state, complete="newest"))


def first_few_of_each(frame: Frame, by: list[str], order: list[tuple[str, str]]) -> Frame:
    """The first rows of each combination of `by`, of all rows where that is empty."""
    for name in (*by, *(column for column, _ in order)):
        frame.column(name)
    loose = frame.columns.keys() - set(by) - {column for column, _ in order}
    if loose:
        raise Refusal(
            f"which row is first is not determined: nothing orders {', '.join(sorted(loose))}"
        )
    # What a row is picked by tells of it, as a condition would; of equal rows any is the same.
    if frame.columns.keys() - set(by):
        columns = looked_up(frame.columns, ([name] for name in frame.columns))
        frame = replace(frame, columns=columns)
    state = frame.state
    if not state.is_owned:
        return frame
    if state.keys.isdisjoint(by):
        return replace(frame, state=states.across_subjects(state))
    # The rows of a group are of one time, or the pick is of the latest: earlier rows have no part in it.
    latest = [column for column, direction in order[:1] if direction == "desc_nulls_last"]
    state = states.after_pick(state, [*by, *latest])
    return replace(frame, state=states.with_fewer_rows(state))


def _picks_newest(
    frame: Frame,
    by: list[str],
    order: list[tuple[str, str]],
    consents: Callable[[str], Iterable[Consent]],
) -> bool:
    """Whether the newest version of each subject is left, by what its table declares as version."""
    if not order or not frame.state.keys.issuperset(by):
        return False
    name, direction = order[0]
    column = frame.column(name)
    origin = column.origin
    if origin is None or not direction.startswith("desc"):
        return False
    # A row without a version counts as the newest.
    if column.is_nullable and direction != "desc_nulls_first":
        return False
    versions = {consent.version for consent in consents(origin[0])}
    return versions == {origin[1]}


def union(left: Frame, right: Frame) -> Frame:
    if left.columns.keys() != right.columns.keys():
        raise Refusal("the two frames have other columns")
    columns = {name: _united(column, right.columns[name]) for name, column in left.columns.items()}
    return Frame(columns, states.united(left.state, right.state), left.made | right.made)


def compare(method: str, left: Frame, right: Frame) -> Frame:
    """Rows of the left that the right has too, or has not; Spark puts columns together by place.

    Whose rows stay depends on whom an equal row is about: on all columns at once.
    """
    if [*left.columns] != [*right.columns]:
        raise Refusal("the two frames have other columns, or have them in another order")
    pairs = [(name, name) for name in left.columns]
    how = "left_semi" if method == "intersect" else "left_anti"
    # No row has anything of two people, so nobody has to say why these may meet.
    return join(how, left, right, pairs, strangers_may_meet=True)


@dataclass(frozen=True)
class Said:
    """What a join says of the columns of both sides, by its equal columns and its condition."""

    equated: list[frozenset[str]]
    related: list[frozenset[str]]


def join(
    how: str,
    left: Frame,
    right: Frame,
    pairs: list[tuple[str, str]],
    strangers_may_meet: bool,
    said: Said | None = None,
) -> Frame:
    """Pairs of rows with equal columns; the right's columns joined on are still in the result."""
    for a, b in pairs:
        left.column(a)
        right.column(b)
    state = states.joined(how, left.state, right.state, pairs, strangers_may_meet)
    if state is None:
        raise Refusal(
            "rows of two people meet here: no column joined on names the subject on both sides, "
            "and the library declares no crossSubject for this join"
        )
    own = _found(left, [(a, right.column(b)) for a, b in pairs])
    # A value that has found its partner tells what the partner tells; so does one that has found none, as what denies an
    # equation does.
    for a, b in pairs:
        # Two columns that are joined with one equal each other too.
        equal = [right.column(b), *(left.column(c) for c, d in pairs if d == b)]
        labels = NO_LABELS.union(*(one.labels for one in equal))
        own[a] = alike(own[a], labels, equal)
    other = {}
    for name, column in _found(right, [(b, left.column(a)) for a, b in pairs]).items():
        told = (left.column(a).labels for a, b in pairs if b == name)
        other[name] = also(column, NO_LABELS.union(*told))
    if said:
        both = _told({**own, **other}, said)
        own, other = ({name: both[name] for name in side} for side in (own, other))
    if how in ("left_semi", "left_anti"):
        return Frame(own, state, left.made | right.made)
    for name in other:
        left.require_new(name)
    if how == "full":
        own = _of_either(own, other, pairs)
    if how in ("left", "full"):
        # A side without a row may lack some of a subject's versions, so no consent is read off it.
        other = {name: _no_copy(column) for name, column in other.items()}
    return Frame(own | other, state, left.made | right.made)


def _told(columns: Mapping[str, Column], said: Said) -> dict[str, Column]:
    # A right column joined on may have a passing name, but it is no passing pseudonym.
    bare = {name: replace(one, hidden=None) for name, one in columns.items()}
    told = where(Frame(bare, states.MIXED), [], said.equated, said.related).columns
    return {name: replace(told[name], hidden=one.hidden) for name, one in columns.items()}


def pair(left: Frame, right: Frame) -> Frame:
    """What the condition of a join reads: columns of both sides, none of one name."""
    for name in right.columns:
        left.require_new(name)
    single = left.state.single and right.state.single
    state = replace(left.state, single=single)
    return Frame({**left.columns, **right.columns}, state)


def _of_either(
    left: Mapping[str, Column], right: Mapping[str, Column], pairs: list[tuple[str, str]]
) -> dict[str, Column]:
    """The left's columns where either side may have no row: those joined on are then the other's."""
    partners = states.first_partners(pairs)
    return {
        name: _united(column, right[partners[name]]) if name in partners else _no_copy(column)
        for name, column in left.items()
    }


def _found(side: Frame, pairs: list[tuple[str, Column]]) -> dict[str, Column]:
    """A side's columns: rows of a list that were found by a column tell what that tells."""
    by = [
        column.labels | partner.labels
        for column, partner in ((side.column(name), partner) for name, partner in pairs)
        if column.from_list
    ]
    told = telling(NO_LABELS.union(*by))
    return {n: also(one, told) if one.from_list else one for n, one in side.columns.items()}


def _no_copy(column: Column) -> Column:
    return replace(column, origin=None, band=None)


def _united(left: Column, right: Column) -> Column:
    both = replace(
        left,
        labels=left.labels | right.labels,
        grants=left.grants & right.grants,
        is_recorded=left.is_recorded and right.is_recorded,
        is_nullable=left.is_nullable or right.is_nullable,
        from_list=left.from_list or right.from_list,
        hidden=None,
        band=left.band if left.band == right.band else None,
    )
    return both if left.origin == right.origin else _no_copy(both)
