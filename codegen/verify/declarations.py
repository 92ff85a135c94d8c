"""What the author declared: tables from outside, zones, sinks. Nothing that the compiler derived.

Read from `library.json` (what was written, as data) and the job definitions (which table an argument of
a script stands for).
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from frames import Column, Consent, Frame, is_identifying
from layouts import Layout
from permits import Permit, declared_permit, steps_of
from refusal import Refusal
from states import MIXED, PUBLIC, Event, State
from subjects import AtLeast, declared_groups

# The deployer puts an environment's suffix after the library's name.
_SECRET = "secretsmanager:lakewright/{library}${{suffix}}/pseudonym-key/"
_CONNECTION = "secretsmanager:lakewright/{library}${{suffix}}/connection/"


def is_restricted(table: str) -> bool:
    """Whether a table is for stewards only: of anybody's rows, and read by no job."""
    return table.startswith("restricted.")


@dataclass(frozen=True)
class Zone:
    purposes: frozenset[str]
    holds: str


@dataclass(frozen=True)
class DeclaredColumn:
    type: str
    """As `decimal(10, 2)`, `array<string>`."""
    nullable: bool
    labels: frozenset[str]
    band: int | None


@dataclass(frozen=True)
class Owner:
    kind: str
    """`subject`, or `alias` where a thing of theirs stands for them."""
    name: str
    column: str


@dataclass(frozen=True)
class Table:
    id: str
    format: str | Mapping[str, Any]
    """`json`, `parquet`, `orc`, `avro`, what CSV is like, or which table of a database it is."""
    partitioned_by: tuple[str, ...]
    columns: Mapping[str, DeclaredColumn]
    owner: Owner | None
    event_time: str | None
    consents: tuple[Consent, ...]

    @property
    def kind(self) -> str:
        return self.format if isinstance(self.format, str) else self.format["kind"]


@dataclass(frozen=True)
class Sink:
    job: str
    table: str
    holds: str
    strangers: frozenset[frozenset[tuple[str, str]]]
    """Joins, by their pairs of columns, in which the author lets rows of two people meet."""
    permits: frozenset[Permit]
    """What somebody allowed to lower."""
    groups: frozenset[AtLeast]
    """Groups of at least so many people."""
    layout: Layout

    @property
    def zone(self) -> str:
        return self.table.partition(".")[0]

    @property
    def is_restricted(self) -> bool:
        return is_restricted(self.table)


@dataclass(frozen=True)
class Declarations:
    library: str
    zones: Mapping[str, Zone]
    tables: Mapping[str, Table]
    sinks: Mapping[str, Sink]

    def consents(self, table: str) -> tuple[Consent, ...]:
        """What a table says of consent; only people consent, no things."""
        found = self.tables.get(table)
        return found.consents if found and found.owner and found.owner.kind == "subject" else ()

    def purposes(self, zone: str) -> frozenset[str]:
        return self.zones[zone].purposes if zone in self.zones else frozenset()

    def layout(self, table: str) -> Layout:
        """How the files of a table lie that a job writes."""
        found = [sink.layout for sink in self.sinks.values() if sink.table == table]
        return found[0] if found else Layout()

    def written(self) -> set[str]:
        return {sink.table for sink in self.sinks.values()}


@dataclass(frozen=True)
class JobArguments:
    """What the arguments of a script stand for when the deployed job runs."""

    tables: Mapping[str, str]
    key_purpose: str | None
    connections: Mapping[str, str]
    """By argument, the database whose secret it names."""


def read_declarations(library: Mapping[str, Any]) -> Declarations:
    tables = [table_of(one) for one in library["tables"]]
    _require_one_consent(tables)
    return Declarations(
        library["library"],
        {one["name"]: Zone(frozenset(one["purposes"]), one["holds"]) for one in library["zones"]},
        {table.id: table for table in tables},
        {one["name"]: _sink(one, library["steps"]) for one in library["jobs"]},
    )


def _require_one_consent(tables: Iterable[Table]) -> None:
    said = Counter(
        (table.owner.name, consent.purpose)
        for table in tables
        if table.owner and table.owner.kind == "subject"
        for consent in table.consents
    )
    for (subject, purpose), times in said.items():
        if times > 1:
            raise Refusal(f"{times} tables say whether a {subject} consents to {purpose}")


def read_arguments(library: str, job: Mapping[str, Any]) -> JobArguments:
    """The arguments of a job definition (CreateJob input)."""
    if job["Command"]["ScriptLocation"] != "${script}":
        raise Refusal(f"the job runs {job['Command']['ScriptLocation']}, not its generated script")
    given = {
        name.removeprefix("--"): value for name, value in job["NonOverridableArguments"].items()
    }
    if given.get("extra-py-files") != "${support}" or given.get("scriptLocation") != "${script}":
        raise Refusal("a run can bring another script or other modules than the generated ones")
    if given.get("job-bookmark-option") != "job-bookmark-disable":
        raise Refusal("a run can skip old rows, and with them who has withdrawn since")
    for name in sorted(set(job["DefaultArguments"]) - {"--consent_as_of"}):
        raise Refusal(f"whoever starts a run can say another {name}")
    prefix = f"catalog:{library}${{suffix}}_"
    tables = {
        name: value.removeprefix(prefix)
        for name, value in given.items()
        if value.startswith(prefix)
    }
    secret = _SECRET.format(library=library)
    key = given.get("pseudonym_key", "")
    purpose = key.removeprefix(secret) if key.startswith(secret) else None
    place = _CONNECTION.format(library=library)
    connections = {
        name: value.removeprefix(place) for name, value in given.items() if value.startswith(place)
    }
    return JobArguments(tables, purpose, connections)


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(f"cannot be read: {error}") from None


def declared_frame(table: Table) -> Frame:
    """The rows of a table from outside; it is never trusted to hold only people who consent."""
    columns = {name: _column(table, name, one) for name, one in table.columns.items()}
    state = _state(table, columns.values())
    is_list = state.kind == "public"
    columns = {name: replace(one, from_list=is_list) for name, one in columns.items()}
    return Frame(columns, state)


def declared_labels(table: Table, name: str) -> frozenset[str]:
    """The labels of a column: its own, and what is said of the rows."""
    labels = set(table.columns[name].labels)
    owner = table.owner
    if owner and owner.column == name:
        labels.add(f"{owner.kind}:{owner.name}")
    if owner and table.event_time == name:
        labels.add("quasi-identifier")
    for one in table.consents:
        if name in (one.granted, one.withdrawn):
            labels.add(f"consent:{one.purpose}")
    return frozenset(labels)


def _column(table: Table, name: str, declared: DeclaredColumn) -> Column:
    times = {table.event_time}
    for one in table.consents:
        times |= {one.granted, one.withdrawn, one.version}
    # Spans of a time that is shown in bands would tell where in its band it lies.
    is_time = declared.band is None and (declared.type == "timestamp" or name in times)
    origin = (table.id, name)
    return Column(
        declared_labels(table, name),
        origin,
        is_recorded=is_time,
        is_nullable=declared.nullable,
        band=declared.band,
    )


def _state(table: Table, columns: Iterable[Column]) -> State:
    if table.owner is None:
        found = any(is_identifying(label) for column in columns for label in column.labels)
        return MIXED if found else PUBLIC
    time = table.event_time
    events = {Event(f"{table.id}.{time}", frozenset({time}))} if time else set()
    return State(
        "local",
        table.owner.name,
        frozenset({table.owner.column}),
        events=frozenset(events),
        complete="versions",
        single=True,
    )


def table_of(one: Mapping[str, Any]) -> Table:
    """A table, or a stream, of `library.json`."""
    columns = {
        column["name"]: DeclaredColumn(
            type_text(column["type"]),
            column["nullable"],
            frozenset(column["labels"]),
            column.get("band"),
        )
        for column in one["columns"]
    }
    owner = one.get("owner")
    consents = tuple(
        Consent(each["purpose"], each["grantedAt"], each.get("withdrawnAt"), each["version"])
        for each in one["consents"]
    )
    return Table(
        f"{one['zone']}.{one['name']}",
        one["format"],
        tuple(one.get("partitionedBy", ())),
        columns,
        Owner(owner["kind"], owner["name"], owner["column"]) if owner else None,
        one.get("eventTime"),
        consents,
    )


def type_text(declared: Mapping[str, Any]) -> str:
    match declared:
        case {"kind": "decimal", "precision": precision, "scale": scale}:
            return f"decimal({precision}, {scale})"
        case {"kind": "array", "element": element}:
            return f"array<{type_text(element)}>"
        case {"kind": "map", "key": key, "value": value}:
            return f"map<{type_text(key)}, {type_text(value)}>"
        case {"kind": "struct", "fields": fields}:
            inner = (f"{field['name']}: {type_text(field['type'])}" for field in fields)
            return f"struct<{', '.join(inner)}>"
    return declared["kind"]


def _sink(job: Mapping[str, Any], steps: list[Mapping[str, Any]]) -> Sink:
    strangers, permits, groups = set(), set(), set()
    for step in steps_of(job, steps):
        if step["kind"] == "join" and step.get("crossSubject"):
            strangers.add(frozenset((pair["left"], pair["right"]) for pair in step["on"]))
        elif step["kind"] == "declassify":
            permits.add(declared_permit(step))
        elif at_least := declared_groups(step):
            groups.add(at_least)
    found = map(frozenset, (strangers, permits, groups))
    folders = tuple(job.get("partitionedBy", ()))
    layout = Layout(job.get("format"), folders, job.get("targetFileSize"))
    return Sink(job["name"], job["writes"], job["holds"], *found, layout)
