"""Columns with their labels, and what each step of a script makes of a frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import states
from permits import Permit
from refusal import Refusal
from states import State

Labels = frozenset[str]
NO_LABELS: Labels = frozenset()
QUASI = "quasi-identifier"
IDENTIFYING = ("identifier", QUASI, "subject:", "alias:", "consent:")


def is_identifying(label: str) -> bool:
    """Whether people can be found by a column with the label."""
    return label.startswith(IDENTIFYING)


def telling(labels: Labels) -> Labels:
    """What a row of a list about nobody tells once it was found by a value with these labels."""
    told = frozenset(label for label in labels if is_identifying(label))
    is_named = any(label.startswith("pseudonym:") for label in labels)
    return told | {"identifier"} if is_named else told


@dataclass(frozen=True)
class Consent:
    """Where a table says who consents: all are names of columns."""

    purpose: str
    granted: str
    withdrawn: str | None
    version: str


@dataclass(frozen=True)
class Column:
    labels: Labels = NO_LABELS
    origin: tuple[str, str] | None = None
    """The table and column that this is an unchanged copy of."""
    from_list: bool = False
    """Whether it was made, wholly or in part, of a table about nobody, in which things are looked up."""
    grants: frozenset[str] = frozenset()
    """Purposes since whose consent by the row's subject this time is."""
    is_recorded: bool = False
    """Whether it holds times as a declared table recorded them."""
    is_nullable: bool = True
    """Of a copy of a declared column: whether it was declared so."""
    band: int | None = None
    """Of an unchanged copy: the width of the bands in which it is declared to be shown."""
    hidden: Labels | None = None
    """Of a pseudonym: the labels of what it was made of."""


@dataclass(frozen=True)
class Value:
    """What an expression gives for a row."""

    labels: Labels = NO_LABELS
    copy_of: str | None = None
    """The column that it is."""
    from_list: bool = False
    """Whether something of a table about nobody is in it."""


@dataclass(frozen=True)
class Making:
    """What went into a frame within one script."""

    sources: frozenset[str] = frozenset()
    """Tables."""
    pseudonyms: frozenset[str] = frozenset()
    """Purposes for which pseudonyms were made."""
    consents: frozenset[tuple[str, str]] = frozenset()
    """Tables whose consents were read, with the purpose."""
    owners: frozenset[tuple[str, str]] = frozenset()
    """Columns of devices that have one owner each, with the column of the owner."""
    permits: frozenset[Permit] = frozenset()
    """What was lowered because somebody allowed it."""
    groups: frozenset[object] = frozenset()
    """Groups of at least so many people, as `subjects.AtLeast`."""

    def __or__(self, other: "Making") -> "Making":
        return Making(
            self.sources | other.sources,
            self.pseudonyms | other.pseudonyms,
            self.consents | other.consents,
            self.owners | other.owners,
            self.permits | other.permits,
            self.groups | other.groups,
        )


NOTHING = Making()


@dataclass(frozen=True)
class Frame:
    columns: Mapping[str, Column]
    state: State
    made: Making = NOTHING
    given: Mapping[str, Value] = field(default_factory=dict)
    """What lambdas around an expression are given, by the name that the script has for it."""

    def column(self, name: str) -> Column:
        if name not in self.columns:
            raise Refusal(f"there is no column {name} here, only {', '.join(self.columns)}")
        return self.columns[name]

    def require_new(self, name: str) -> None:
        """Spark takes names that differ in case only for one name."""
        if name.lower() in {own.lower() for own in self.columns}:
            raise Refusal(f"there is a column {name} already")


def project(frame: Frame, items: Mapping[str, Value]) -> Frame:
    """The columns of `items`, in their order."""
    if len({name.lower() for name in items}) < len(items):
        raise Refusal("two columns have one name, case aside")

    def copies(column: str) -> list[str]:
        return [name for name, value in items.items() if value.copy_of == column]

    def made(value: Value) -> Column:
        if value.copy_of is not None:
            return frame.column(value.copy_of)
        return Column(value.labels, from_list=value.from_list)

    columns = {name: made(value) for name, value in items.items()}
    return replace(frame, columns=columns, state=states.renamed(frame.state, copies))


def explode(frame: Frame, kept: Iterable[str], column: str, names: list[str]) -> Frame:
    """Some columns, and a row for each element of a list: an element, and its place, tell what the list tells."""
    exploded = frame.column(column)
    made = Value(exploded.labels, from_list=exploded.from_list)
    items = {name: Value(frame.column(name).labels, name) for name in kept}
    if len({*items, *names}) < len(items) + len(names):
        raise Refusal("two columns have one name")
    found = project(frame, items | dict.fromkeys(names, made))
    # Whoever's list is empty may be gone, and nobody has one row for each version.
    return replace(found, state=states.with_fewer_rows(found.state))


def unpivot(frame: Frame, kept: list[str], turned: list[str], name: str, value: str) -> Frame:
    """Some columns, and a row for each of others: its name, which all rows have, and its value."""
    others = [frame.column(one) for one in turned]
    if not others or not set(kept).isdisjoint(turned):
        raise Refusal("expected columns to turn, none of which stays")
    items = {one: Value(frame.column(one).labels, one) for one in kept}
    if len({*items, name, value}) < len(items) + 2:
        raise Refusal("two columns have one name")
    items[name] = Value()
    labels = NO_LABELS.union(*(one.labels for one in others))
    items[value] = Value(labels, from_list=any(one.from_list for one in others))
    found = project(frame, items)
    recorded = all(one.is_recorded for one in others)
    columns = {**found.columns, value: replace(found.columns[value], is_recorded=recorded)}
    return replace(found, columns=columns, state=states.with_fewer_rows(found.state))


def query(frame: Frame, names: Iterable[str]) -> Frame:
    """What a query makes that nobody has looked into: of everybody, and every column tells all that went in."""
    of_list = any(one.from_list for one in frame.columns.values())
    labels = NO_LABELS.union(*(one.labels for one in frame.columns.values()))
    made = Column(labels | telling(labels) if of_list else labels, from_list=of_list)
    return replace(frame, columns=dict.fromkeys(names, made), state=states.MIXED)


def read(frame: Frame, table: str, names: Iterable[str]) -> Frame:
    """Some columns of a table, as a script reads them."""
    known = unchanged(frame)
    items = {name: known[name] for name in names if frame.column(name)}
    found = project(frame, items)
    return replace(found, made=Making(sources=frozenset({table})))


def unchanged(frame: Frame) -> dict[str, Value]:
    return {name: Value(column.labels, name) for name, column in frame.columns.items()}


def with_columns(frame: Frame, items: Mapping[str, Value]) -> Frame:
    """All columns, those of `items` replaced in their places or added at the end."""
    for name in items:
        if name not in frame.columns:
            frame.require_new(name)
    return project(frame, unchanged(frame) | dict(items))


def drop(frame: Frame, names: Iterable[str]) -> Frame:
    gone = list(names)
    for name in gone:
        frame.column(name)
    kept = {name: value for name, value in unchanged(frame).items() if name not in gone}
    return project(frame, kept)


def rename(frame: Frame, old: str, new: str) -> Frame:
    frame.column(old)
    frame.require_new(new)
    items = unchanged(frame)
    return project(frame, {new if name == old else name: items[name] for name in items})


def pseudonymize(frame: Frame, column: str, name: str, purpose: str) -> Frame:
    """A keyed hash is one to one, so it names the subject as well as its column did."""
    old = frame.column(column)
    frame.require_new(name)
    labels = frozenset({f"pseudonym:{purpose}"})
    made_of = Column(labels, from_list=old.from_list, hidden=old.labels)
    columns = {**frame.columns, name: made_of}
    state = frame.state
    if column in state.keys:
        state = replace(state, keys=state.keys | {name})
    alias = state.alias(column)
    if alias is not None:
        state = replace(state, aliases=state.aliases | {(name, alias)})
    made = frame.made | Making(pseudonyms=frozenset({purpose}))
    return replace(frame, columns=columns, state=state, made=made)


def declassify(frame: Frame, permit: Permit) -> Frame:
    """The same rows, of which less is said, as somebody allowed of exactly such a column or such rows."""
    made = frame.made | Making(permits=frozenset({permit}))
    if permit.column is None:
        if frame.state.kind != "mixed":
            raise Refusal(f"a permit is for mixed rows, and these are {frame.state.kind}")
        state = states.sound(State("clean", purposes=permit.kept))
        return replace(frame, state=state, made=made)
    column = frame.column(permit.column)
    more = column.labels - permit.labels
    if more or not permit.kept < permit.labels:
        said = ", ".join(sorted(column.labels)) or "without labels"
        raise Refusal(f"a permit is for other labels: {permit.column} is {said}")
    lowered = replace(column, labels=column.labels - permit.lowered)
    return replace(frame, columns={**frame.columns, permit.column: lowered}, made=made)


def where(
    frame: Frame,
    compared: Iterable[tuple[str, str]],
    equated: Iterable[frozenset[str]],
    related: Iterable[frozenset[str]],
) -> Frame:
    """Some rows.

    compared: pairs of columns of which the first is not before the second, in every row kept.
    equated: columns that the condition says equal, or not: a text that is somebody's name tells the name.
    related: columns of which something is said at once.
    """
    pairs = [(event, frame.column(granted).grants) for event, granted in compared]
    state = states.with_fewer_rows(states.settle(frame.state, pairs))
    columns = dict(frame.columns)
    for names in _closed(equated):
        labels = NO_LABELS.union(*(_compared(name, frame.column(name)) for name in names))
        group = {name: columns[name] for name in names}
        columns |= {name: alike(one, labels, group.values()) for name, one in group.items()}
    return replace(frame, columns=looked_up(columns, related), state=state)


def looked_up(columns: Mapping[str, Column], related: Iterable[Iterable[str]]) -> dict[str, Column]:
    """Columns, after something was said of groups of them at once.

    Where a column of a list is among others, the row of the list that it stands in was found by them: all of
    it tells what they tell. Which columns are of one list is not known, so all are taken for one.
    """
    told = NO_LABELS
    for names in related:
        group = {name: columns[name] for name in names}
        if any(column.from_list for column in group.values()):
            told |= telling(NO_LABELS.union(*(_compared(*one) for one in group.items())))
    return {name: also(one, told) if one.from_list else one for name, one in columns.items()}


def _compared(name: str, column: Column) -> Labels:
    """What a column tells of those that it is compared with; a passing pseudonym, what it was made of."""
    is_passing = name.startswith("_") and column.hidden is not None
    return column.hidden if is_passing else column.labels


def _closed(groups: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Groups that share a name are one."""
    found: list[frozenset[str]] = []
    for group in groups:
        apart = [one for one in found if one.isdisjoint(group)]
        found = [*apart, group.union(*(one for one in found if not one.isdisjoint(group)))]
    return found


def also(column: Column, labels: Labels) -> Column:
    """A column that tells more; of a quasi-identifier it tells no band is declared."""
    band = None if QUASI in labels else column.band
    return replace(column, labels=column.labels | labels, band=band)


def alike(column: Column, labels: Labels, others: Iterable[Column]) -> Column:
    """A column that equals others, which tell the labels: its band stays only where it is theirs too."""
    shared = all(one.band == column.band for one in others if QUASI in one.labels)
    return replace(also(column, labels), band=column.band if shared else None)
