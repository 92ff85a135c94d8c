"""Whether a job may publish what it computed, and whether the compiler said the same of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from declarations import Declarations, Sink
from frames import Frame, is_identifying

_PSEUDONYM = "pseudonym:"


def refusals(frame: Frame, sink: Sink, declared: Declarations) -> Iterator[str]:
    """Why the rows may not be published; nothing where they may."""
    purposes = declared.purposes(sink.zone)
    if sink.is_restricted and purposes:
        yield f"{sink.table} is in the restricted zone, which is for no purpose"
    elif not sink.is_restricted:
        if sink.zone == "landing" or not purposes:
            yield f"{sink.table} is in a zone that serves no purpose"
            return
        yield from _state_refusals(frame, sink, purposes)
    for name, column in frame.columns.items():
        for label in sorted(column.labels):
            if sink.holds == "pseudonymous" and is_identifying(label):
                yield f"{sink.table}.{name} is {label}, which a pseudonymous table may not hold"
            elif label.startswith(_PSEUDONYM) and label[len(_PSEUDONYM) :] not in purposes:
                yield f"{sink.table}.{name} is a {label}, and the zone serves another purpose"
    labels = {label for column in frame.columns.values() for label in column.labels}
    held = {one.removeprefix(_PSEUDONYM) for one in labels if one.startswith(_PSEUDONYM)}
    if len(held | frame.made.pseudonyms) > 1:
        yield f"pseudonyms for {', '.join(sorted(held | frame.made.pseudonyms))} meet in {sink.table}"
    yield from _backwards(frame, sink, declared)


def _state_refusals(frame: Frame, sink: Sink, purposes: frozenset[str]) -> Iterator[str]:
    state = frame.state
    wanted = ", ".join(sorted(purposes))
    if state.kind == "public":
        return
    if state.kind == "mixed":
        yield f"{sink.table} would depend on several people, some perhaps not consenting to {wanted}"
    elif state.kind == "local":
        yield f"{sink.table} would hold rows of people whose consent to {wanted} was not asked"
    else:
        missing = purposes - (state.purposes or frozenset())
        if missing:
            said = ", ".join(sorted(missing))
            yield f"{sink.table} would hold rows of people who do not consent to {said}"
        for event in sorted(state.events, key=lambda one: one.origin):
            if not purposes <= event.since:
                yield f"{sink.table} would tell of what happened before consent, by {event.origin}"


def _backwards(frame: Frame, sink: Sink, declared: Declarations) -> Iterator[str]:
    if sink.zone != "trusted" or sink.holds != "identified":
        return
    for other in declared.sinks.values():
        is_pseudonymous = other.zone == "curated" and other.holds == "pseudonymous"
        if is_pseudonymous and other.table in frame.made.sources:
            yield f"{sink.table} takes pseudonymous rows of {other.table} back to identified ones"


def differences(
    frame: Frame, sink: Sink, declared: Declarations, claim: Mapping[str, Any]
) -> Iterator[str]:
    """Where the compiler's claim of a job's table is not what its script gives."""
    purposes = declared.purposes(sink.zone)
    state = frame.state
    claimed = claim["state"]
    names = [column["name"] for column in claim["columns"]]
    pairs = [
        ("the table", claim["table"], sink.table),
        ("what the table holds", claim["holds"], sink.holds),
        ("the purposes", sorted(claim["purposes"]), sorted(purposes)),
        ("the columns", names, list(frame.columns)),
        ("the state of the rows", claimed["kind"], state.kind),
    ]
    if claimed["kind"] == "clean" == state.kind:
        # Of what is in the rows' favour the compiler may say less, and has no right to say more.
        keys = _at_most(claimed["keys"], state.keys)
        consented = _at_most(claimed["consented"], state.purposes or frozenset())
        pairs += [
            ("the subject", claimed["subject"], state.subject),
            ("the columns that name the subject", sorted(claimed["keys"]), keys),
            ("the purposes consented to", sorted(claimed["consented"]), consented),
        ]
    for what, said, found in pairs:
        if said != found:
            yield f"{what}: the compiler says {_shown(said)}, the script gives {_shown(found)}"
    for column in claim["columns"]:
        name = column["name"]
        if name in frame.columns:
            said, found = set(column["labels"]), frame.columns[name].labels
            # The compiler may say more of what was compared with a pseudonym; less is never right.
            if not found <= said:
                yield (
                    f"the labels of {name}: the compiler says {_shown(sorted(said))}, "
                    f"the script gives {_shown(sorted(found))}"
                )


def _at_most(said: list[str], found: frozenset[str]) -> list[str]:
    return sorted(said) if found.issuperset(said) else sorted(found)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) if value else "none"
    return str(value)
