"""What keeping consenting subjects and sole owners does to a frame, and when it may be done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import states
from frames import Consent, Frame, Making
from refusal import Refusal


@dataclass(frozen=True)
class Given:
    """A consent as a script reads it: names of the frame's columns."""

    granted: str
    withdrawn: str | None


def keep_consented(
    frame: Frame,
    subject: str,
    version: str,
    given: list[Given],
    consents: Callable[[str], Iterable[Consent]],
) -> Frame:
    """The newest version of each subject, if it consents to all that was given."""
    state = frame.state
    if state.kind != "local" or subject not in state.keys:
        raise Refusal(
            f"consent is read off rows that do not name one subject each by {subject}: "
            f"they are {state.kind}"
        )
    if state.complete == "newest":
        raise Refusal("consent is read off picked versions: equally new ones may have disagreed")
    if state.complete == "no":
        raise Refusal(
            "consent is read after rows were dropped: the newest version may be among them"
        )
    columns = dict(frame.columns)
    purposes: set[str] = set()
    read: set[tuple[str, str]] = set()
    for one in given:
        granted = _purposes_of(frame, one, version, consents)
        old = frame.column(one.granted)
        columns[one.granted] = replace(old, grants=old.grants | granted)
        purposes |= granted
        read |= {(_table_of(frame, one.granted), purpose) for purpose in granted}
    found = states.common(frozenset(purposes), state.purposes)
    clean = replace(states.after_pick(state), kind="clean", purposes=found, complete="no")
    made = frame.made | Making(consents=frozenset(read))
    return replace(frame, columns=columns, state=states.sound(clean), made=made)


def _table_of(frame: Frame, granted: str) -> str:
    origin = frame.column(granted).origin
    if origin is None:
        raise Refusal(f"{granted} is no unchanged copy of a declared consent")
    return origin[0]


def _purposes_of(
    frame: Frame, given: Given, version: str, consents: Callable[[str], Iterable[Consent]]
) -> frozenset[str]:
    """What the table's declaration says these columns are the consent to."""
    table = _table_of(frame, given.granted)

    def declared(column: str | None) -> str | None:
        if column is None:
            return None
        place = frame.column(column).origin
        if place is None or place[0] != table:
            raise Refusal(f"{column} is no unchanged copy of a column of {table}")
        return place[1]

    read = (declared(given.granted), declared(given.withdrawn), declared(version))
    found = frozenset(
        one.purpose for one in consents(table) if (one.granted, one.withdrawn, one.version) == read
    )
    if not found:
        names = ", ".join(name for name in read if name)
        raise Refusal(f"{table} declares no consent that is read off {names}")
    return found


def sole_owner(frame: Frame, alias: str, subject: str) -> Frame:
    """The rows whose device belongs to one subject alone."""
    state = frame.state
    if state.kind != "local" or subject not in state.keys:
        raise Refusal(f"owners are counted in rows that do not name one subject each by {subject}")
    column = frame.column(alias)
    kinds = [one for one in column.labels if one.startswith("alias:")]
    if not kinds or column.origin is None:
        raise Refusal(f"{alias} is not declared an alias of anybody")
    if state.complete == "no":
        raise Refusal("owners are counted after rows were dropped: a co-owner may be among them")
    # Who was left out may own something else together with somebody who was not.
    others = frozenset(one for one in state.aliases if one[0] != alias)
    known = others | {(alias, min(kinds).removeprefix("alias:"))}
    made = frame.made | Making(owners=frozenset({(alias, subject)}))
    return replace(frame, state=replace(state, aliases=known, complete="no"), made=made)
