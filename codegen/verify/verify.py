"""Proves anew, from the generated Python alone, that each job may publish what it publishes.

    python3 codegen/verify/verify.py generated/<library> ...

Independent of the compiler: it shares no code with it and reads no step that the compiler derived. It
knows what the author declared (`library.json`: tables, zones, sinks), reads each script with Python's own
parser, accepts only what the compiler is known to emit, decides by the rules of privacy, and compares with
what the compiler claims (`privacy` in `manifest.json`). Exit code 0: all of it holds; 1: not, with reasons;
2: wrong usage.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import frames
from declarations import (
    Declarations,
    JobArguments,
    Table,
    declared_frame,
    is_restricted,
    read_arguments,
    read_declarations,
    read_json,
)
from frames import Frame
from layouts import Layout, layout_refusals
from permits import listing_refusals, permit_refusals
from proofs import proof_refusals
from refusal import Refusal
from script import Input, Script, read_script
from sinks import differences, refusals
from streams import stream_refusals
from subjects import group_refusals
from transform import Transform

_SUPPORT = Path(__file__).parents[1] / "support"


class Library:
    """One generated library, and the tables that its jobs were found to write so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.findings: list[str] = []
        self.verified: list[str] = []
        self._tables: dict[str, Frame] = {}

    def verify(self) -> None:
        """Looks at every job, after the jobs whose tables it reads."""
        try:
            manifest = self._data("manifest.json", read_json)
            library = self._data("library.json", read_json)
            declared = self._data("library.json", lambda _: read_declarations(library))
            listed = [
                f"{self._folder}/manifest.json: {one}"
                for said in (listing_refusals, stream_refusals)
                for one in said(library, manifest)
            ]
            claims = {claim["job"]: claim for claim in manifest["privacy"]}
        except Refusal as refusal:
            self.findings.append(refusal.message)
            return
        except (KeyError, TypeError, AttributeError) as error:
            self.findings.append(f"{self._folder}: not the data of a library: {error!r}")
            return
        self.findings.extend(listed)
        self.findings.extend(self._strays(manifest, declared, claims))
        for name, table in declared.tables.items():
            if name not in declared.written():
                self._tables[name] = declared_frame(table)
        for job in manifest["jobs"]:
            if job in declared.sinks and job in claims:
                self._verify_job(job, declared, claims[job])

    def _data(self, name: str, read: Any) -> Any:
        path = self._folder / name
        try:
            return read(path)
        except Refusal as refusal:
            raise Refusal(f"{path}: {refusal.message}") from None

    def _strays(
        self, manifest: Mapping[str, Any], declared: Declarations, claims: Mapping[str, Any]
    ) -> Iterator[str]:
        """Scripts that nobody would look at, and support modules that are not the known ones."""
        scripts = {path.stem for path in (self._folder / "jobs").glob("*.py")}
        for what, names in (
            ("the scripts", scripts),
            ("the declared jobs", set(declared.sinks)),
            ("the claims", set(claims)),
        ):
            for name in sorted(names ^ set(manifest["jobs"])):
                yield f"{self._folder}: {what} and the manifest's jobs differ in {name}"
        ours = {path.name: path for path in _SUPPORT.glob("*.py")}
        places = (self._folder / "support").glob("*")
        theirs = {path.name: path for path in places if path.name != "__pycache__"}
        for name in sorted(ours.keys() ^ theirs.keys()):
            yield f"{self._folder}/support: the modules and those of lakewright differ in {name}"
        for name in sorted(ours.keys() & theirs.keys()):
            if theirs[name].read_bytes() != ours[name].read_bytes():
                yield f"{theirs[name]}: is not {name} as lakewright has it"

    def _verify_job(self, job: str, declared: Declarations, claim: Mapping[str, Any]) -> None:
        path = self._folder / "jobs" / f"{job}.py"
        sink = declared.sinks[job]
        try:
            definition = self._data(f"jobs/{job}.json", read_json)
            arguments = read_arguments(declared.library, definition)
            script = read_script(path.read_bytes())
            frame = self._follow(script, arguments, declared, job)
        except Refusal as refusal:
            place = f"{path}:{refusal.line}" if refusal.line else f"{path}"
            self.findings.append(f"{place}: {refusal.message}")
            return
        except (KeyError, OSError) as error:
            self.findings.append(f"{path}: cannot be read with its definition: {error!r}")
            return
        given = self._given(script, arguments, declared)
        purposes = declared.purposes(sink.zone)
        found = [
            *refusals(frame, sink, declared),
            *permit_refusals(sink.permits, frame.made.permits, script.days),
            *group_refusals(sink.groups, frame.made.groups),
            *proof_refusals(script.proofs, frame, given, purposes, declared),
            *layout_refusals(script.layout, sink.layout, frame),
            *differences(frame, sink, declared, claim),
        ]
        self.findings.extend(f"{path}:{script.sink_node.lineno}: {one}" for one in found)
        if not found:
            self._tables[sink.table] = frame
            self.verified.append(f"{job} -> {sink.table}: {_said(frame)}")

    def _follow(
        self, script: Script, arguments: JobArguments, declared: Declarations, job: str
    ) -> Frame:
        given = {one.argument: self._input(one, arguments, declared) for one in script.inputs}
        if script.library != declared.library:
            wrong = f"runs as a job of {script.library}, not of this library"
            raise Refusal(wrong, script.sink_node)
        target = arguments.tables.get(script.sink)
        sink = declared.sinks[job]
        if target != sink.table:
            wrong = target or f"no table that the job's definition knows ({script.sink})"
            raise Refusal(f"publishes to {wrong}, declared is {sink.table}", script.sink_node)
        follow = Transform(given, declared.consents, arguments.key_purpose, sink)
        return follow.result(script.body)

    def _given(
        self, script: Script, arguments: JobArguments, declared: Declarations
    ) -> dict[str, tuple[str, Frame]]:
        """By argument, each table that a script reads, with all its columns."""
        names = {one.argument: _table_of(one, arguments, declared) for one in script.inputs}
        return {argument: (table, self._tables[table]) for argument, table in names.items()}

    def _input(self, read: Input, arguments: JobArguments, declared: Declarations) -> Frame:
        table = _table_of(read, arguments, declared)
        if is_restricted(table):
            raise Refusal(f"reads {table}, which no job may", read.node)
        frame = self._tables.get(table)
        if frame is None:
            raise Refusal(f"reads {table}, which no declaration or verified job gives", read.node)
        outside = declared.tables.get(table) if table not in declared.written() else None
        _require_reading(read, table, outside, declared.layout(table))
        about = outside.owner.column if outside and outside.owner else None
        if read.about != about:
            said = f"by {read.about}" if read.about else "by nothing"
            wanted = f"by {about}" if about else "by nothing"
            raise Refusal(f"{table} leaves out the erased {said}, not {wanted}", read.node)
        is_thing = bool(outside and outside.owner and outside.owner.kind == "alias")
        at = outside.event_time if is_thing else None
        if read.at != at:
            said, wanted = read.at or "no time", at or "no time"
            raise Refusal(f"{table} leaves out the erased up to {said}, not {wanted}", read.node)
        for field in read.fields:
            wanted = outside.columns.get(field.name) if outside else None
            if wanted and (field.type, field.nullable) != (wanted.type, wanted.nullable):
                said = f"{field.type}{' or null' if field.nullable else ''}"
                raise Refusal(f"{table}.{field.name} is read as {said}, not as declared", read.node)
        try:
            return frames.read(frame, table, [field.name for field in read.fields])
        except Refusal as refusal:
            raise Refusal(f"{table}: {refusal.message}", read.node) from None


def _table_of(read: Input, arguments: JobArguments, declared: Declarations) -> str:
    """The table that an argument stands for: in the lake, or in the database whose secret it names."""
    name = read.argument
    if read.database is None and name in arguments.tables:
        return arguments.tables[name]
    if name not in arguments.connections:
        raise Refusal(f"{name} is no table of the job's definition", read.node)
    # The argument of a table is its zone and name.
    table = name.replace("_", ".", 1)
    known = declared.tables.get(table)
    is_there = known and known.kind == "jdbc"
    if not is_there or known.format["connection"] != arguments.connections[name]:
        raise Refusal(f"{table} is in another database than it is declared in", read.node)
    return table


def _require_reading(read: Input, table: str, outside: Table | None, written: Layout) -> None:
    """A table is read as what the author declared it to be, and with all that was declared of it."""
    form = outside.format if outside else "table"
    reader = f"read_{outside.kind if outside else 'table'}"
    if read.reader != reader:
        raise Refusal(f"{table} is read with {read.reader}, not {reader}", read.node)
    columns = tuple(outside.columns) if outside else None
    needed = tuple(field.name for field in read.fields)
    if (read.columns or (needed if outside else None)) != columns:
        raise Refusal(f"{table} is read with other columns than it is declared with", read.node)
    if read.partitioned_by != (outside.partitioned_by if outside else written.partitioned_by):
        raise Refusal(f"{table} is read with other folders than it is declared with", read.node)
    if read.csv is not None and _USUAL_CSV | read.csv != _declared_csv(form):
        raise Refusal(f"{table} is read as CSV of another form than it is declared with", read.node)
    if read.database is not None and _WHOLE | read.database != _declared_database(form):
        raise Refusal(f"{table} is read otherwise from its database than declared", read.node)


_USUAL_CSV: Mapping[str, str | bool] = {
    "header": True,
    "delimiter": ",",
    "quote": '"',
    "escape": '"',
    "null": "",
    "line_breaks": False,
}


# A table of a database that is read in one part.
_WHOLE: Mapping[str, str | int | None] = {
    "fetch_size": 10_000,
    "split_by": None,
    "split_from": 0,
    "split_to": 0,
    "splits": 1,
}


def _declared_database(form: Mapping[str, Any]) -> Mapping[str, str | int | None]:
    said = {name: form[name] for name in ("connection", "schema", "table")}
    said |= {"fetch_size": form["fetchSize"]}
    if split := form.get("split"):
        said |= {"split_by": split["by"], "split_from": split["from"]}
        said |= {"split_to": split["to"], "splits": split["parts"]}
    return _WHOLE | said


def _declared_csv(form: Mapping[str, Any]) -> Mapping[str, str | bool]:
    same = ("header", "delimiter", "quote", "escape")
    more = {"null": form["nullValue"], "line_breaks": form["lineBreaks"]}
    return {name: form[name] for name in same} | more


def _said(frame: Frame) -> str:
    state = frame.state
    count = f"{len(frame.columns)} columns"
    if not state.is_owned:
        return f"{count}, {state.kind}"
    by = f", each row about one {state.subject} by {', '.join(sorted(state.keys))}"
    purposes = ", ".join(sorted(state.purposes or ()))
    return f"{count}, {state.kind} for {purposes}{by if state.keys else ''}"


def main(folders: list[str]) -> int:
    if not folders or any(folder.startswith("-") for folder in folders):
        print("usage: verify.py generated/<library> ...", file=sys.stderr)
        return 2
    failed = False
    for folder in folders:
        library = Library(Path(folder))
        library.verify()
        for line in library.verified:
            print(f"ok    {line}")
        for line in library.findings:
            print(line, file=sys.stderr)
        failed = failed or bool(library.findings)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
