"""Whose rows a frame holds, and what steps make of that: the table of states in docs and PRIVACY."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

Copies = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Event:
    """When what a row tells of happened."""

    origin: str
    """`zone.table.column`"""
    columns: frozenset[str] = frozenset()
    """Where that time stands in the frame, unchanged; nowhere once it was dropped."""
    since: frozenset[str] = frozenset()
    """Purposes that its person had consented to by then."""


@dataclass(frozen=True)
class State:
    """What the rows of a frame may depend on.

    `local`: each row on the rows of one subject, whose consent is not known.
    `clean`: only on subjects who consent to each of `purposes`.
    `mixed`: on several subjects, some perhaps not consenting.
    `public`: on no subject.
    """

    kind: str
    subject: str = ""
    keys: frozenset[str] = frozenset()
    """Columns each of which names the row's subject."""
    aliases: frozenset[tuple[str, str]] = frozenset()
    """Columns, with the kind of thing they name, that belong to one subject at most."""
    events: frozenset[Event] = frozenset()
    purposes: frozenset[str] | None = None
    """Of local rows: what everybody consents to whom they depend on besides; None where nobody."""
    complete: str = "no"
    """Of local rows: whether all `versions` of each subject are there, only the `newest`, or `no`."""
    single: bool = False
    """Whether each row is about one subject, be it named by a column or not."""

    @property
    def is_owned(self) -> bool:
        return self.kind in ("local", "clean")

    def alias(self, column: str) -> str | None:
        return dict(self.aliases).get(column)


MIXED = State("mixed")
PUBLIC = State("public")


def sound(state: State) -> State:
    """The state without what it no longer says: a subject that no column names, settled events."""
    if state.kind == "local" and not state.keys:
        return MIXED
    if state.kind != "clean":
        return state
    if not state.purposes:
        return MIXED
    events = frozenset(one for one in state.events if not state.purposes <= one.since)
    return replace(state, events=events)


def renamed(state: State, copies: Copies) -> State:
    """After columns were renamed, copied or dropped: `copies` tells where a column lives on."""
    if not state.is_owned:
        return state
    return sound(
        replace(
            state,
            keys=_all(copies, state.keys),
            aliases=frozenset((to, kind) for own, kind in state.aliases for to in copies(own)),
            events=frozenset(
                replace(one, columns=_all(copies, one.columns)) for one in state.events
            ),
        )
    )


def across_subjects(state: State) -> State:
    """After a step by which a row depends on rows of other subjects too."""
    if state.kind == "local":
        return MIXED
    if state.kind != "clean":
        return state
    return replace(
        state,
        keys=frozenset(),
        aliases=frozenset(),
        events=unsettled(state.events),
        single=False,
    )


def after_pick(state: State, settling: Iterable[str] = ()) -> State:
    """After one row was picked of several of a subject.

    Without the subject's rows from before consent another might have been picked, so no later step can
    compare their times: except `settling` ones, by which the pick is the same without those rows.
    """
    kept = frozenset(settling)
    events = (replace(one, columns=one.columns & kept) for one in state.events)
    return replace(state, events=frozenset(events))


def with_fewer_rows(state: State) -> State:
    """After rows were dropped one by one: a subject's newest version may be among them."""
    return replace(state, complete="no") if state.kind == "local" else state


def unsettled(events: Iterable[Event]) -> frozenset[Event]:
    """Events whose time no later step can compare with the consent."""
    return frozenset(replace(one, columns=frozenset()) for one in events)


def common(left: frozenset[str] | None, right: frozenset[str] | None) -> frozenset[str] | None:
    """Purposes that hold on both sides; where there is nobody on a side, it sets no bound."""
    if left is None or right is None:
        return right if left is None else left
    return left & right


def settle(state: State, compared: Iterable[tuple[str, frozenset[str]]]) -> State:
    """After a filter kept rows whose time lies at or after consent.

    Where a row has come to depend on several subjects, no column of its events is left to compare.
    compared: columns, each with the purposes of the consent that it was compared with.
    """
    if state.kind != "clean":
        return with_fewer_rows(state)
    events = state.events
    for column, purposes in compared:
        events = frozenset(
            replace(one, since=one.since | purposes) if column in one.columns else one
            for one in events
        )
    return sound(replace(state, events=events))


def united(left: State, right: State) -> State:
    """The rows of two frames, one after the other."""
    if left.kind == "public" and right.kind == "public":
        return PUBLIC
    # Rows about nobody name no subject, so the whole frame names none.
    if left.kind == "public" or right.kind == "public":
        return across_subjects(right if left.kind == "public" else left)
    if not (left.is_owned and right.is_owned):
        return MIXED
    alike = left.subject == right.subject
    both_clean = left.kind == "clean" and right.kind == "clean"
    return sound(
        State(
            kind="clean" if both_clean else "local",
            subject=left.subject,
            keys=left.keys & right.keys if alike else frozenset(),
            events=left.events | right.events,
            purposes=common(left.purposes, right.purposes),
            single=left.single and right.single,
        )
    )


def joined(
    how: str, left: State, right: State, pairs: list[tuple[str, str]], strangers_may_meet: bool
) -> State | None:
    """Two frames joined by equality of columns; None where people meet whom nothing lets meet."""
    if "mixed" in (left.kind, right.kind):
        return MIXED
    if right.kind == "public":
        if how == "full":
            # A row about nobody that no row meets is there because of everybody.
            return across_subjects(left)
        return left if how == "left" else with_fewer_rows(left)
    if left.kind == "public":
        if how not in ("inner", "cross"):
            return across_subjects(right)
        nobody = replace(right, keys=frozenset(), aliases=frozenset(), events=frozenset())
        return with_fewer_rows(sound(_identity(how, nobody, right, pairs)))
    if _meet_on_subject(how, left, right, pairs):
        return _same_subject(how, left, right, pairs)
    if not (left.kind == "clean" and right.kind == "clean"):
        return MIXED
    if not strangers_may_meet:
        return None
    events = unsettled(left.events | right.events)
    purposes = common(left.purposes, right.purposes)
    return sound(State("clean", left.subject, events=events, purposes=purposes))


def _all(copies: Copies, columns: Iterable[str]) -> frozenset[str]:
    return frozenset(to for column in columns for to in copies(column))


def _meet_on_subject(how: str, left: State, right: State, pairs: list[tuple[str, str]]) -> bool:
    """Whether a pair of rows is about one subject: by its keys, or by a thing of that subject's."""
    for a, b in pairs:
        by_left, by_right = a in left.keys, b in right.keys
        if by_left and by_right and left.subject == right.subject:
            return True
        # A full join keeps things without a partner, whose subject no column would name.
        if how == "full":
            continue
        if by_left and right.alias(b) == left.subject:
            return True
        if by_right and left.alias(a) == right.subject:
            return True
    return False


def _same_subject(how: str, left: State, right: State, pairs: list[tuple[str, str]]) -> State:
    found = _identity(how, left, right, pairs)
    # A left or anti join keeps rows of people of whom the right has none: only the left counts.
    partner_counts = how in ("inner", "left_semi")
    is_clean = left.kind == "clean" or (partner_counts and right.kind == "clean")
    if how == "full":
        is_clean = left.kind == "clean" and right.kind == "clean"
    return sound(
        replace(
            found,
            kind="clean" if is_clean else "local",
            purposes=common(left.purposes, right.purposes),
            complete=left.complete if how == "left" and not is_clean else "no",
            single=True,
        )
    )


def _identity(how: str, left: State, right: State, pairs: list[tuple[str, str]]) -> State:
    """What the columns of a join's result say of its subject; the right's keys are still there."""
    if how in ("left_semi", "left_anti"):
        # Whether there is a partner depends on its events, whose times are not in the result.
        return replace(left, events=left.events | unsettled(right.events))
    is_left = left.subject == right.subject or right.subject in dict(left.aliases).values()
    person = left if is_left else right

    def in_result(column: str) -> frozenset[str]:
        return frozenset(a for a, b in pairs if b == column) | {column}

    events = frozenset(replace(one, columns=_all(in_result, one.columns)) for one in right.events)
    if how == "full":
        # Other keys are null where their side has no row.
        both = frozenset(
            a for a, b in first_partners(pairs).items() if a in left.keys and b in right.keys
        )
        return replace(left, keys=both, aliases=frozenset(), events=left.events | events)

    keys = left.keys if left.subject == person.subject else frozenset()
    aliases = left.aliases
    # In a row that a left join keeps without a partner, a column joined on may name somebody else.
    if how != "left":
        if right.subject == person.subject:
            keys |= _all(in_result, right.keys)
        aliases |= {(to, kind) for own, kind in right.aliases for to in in_result(own)}
    return replace(
        left,
        subject=person.subject,
        keys=keys,
        aliases=aliases,
        events=left.events | events,
    )


def first_partners(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Of each left column the one right column that a full join's key is made of besides."""
    partners: dict[str, str] = {}
    for a, b in pairs:
        partners.setdefault(a, b)
    return partners
