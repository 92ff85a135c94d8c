"""Tables of TPC-H as JSON lines, and the answers to its 22 queries, all by DuckDB's own generator and queries.

Called with a scale, a folder, and the columns of each table in TPC-H's order as JSON: `{"region": ["regionKey", ...]}`. Prints the
answers as JSON, all values as text: a list of rows for each query.
"""

import json
import os
import sys

import duckdb


def main(scale: str, folder: str, columns: str) -> None:
    database = duckdb.connect()
    database.execute(f"CALL dbgen(sf={float(scale)})")
    for table, names in json.loads(columns).items():
        own = [row[0] for row in database.execute(f"DESCRIBE {table}").fetchall()]
        if len(own) != len(names):
            raise SystemExit(f"{table} has the columns {', '.join(own)}")
        selected = ", ".join(f'{one} AS "{name}"' for one, name in zip(own, names, strict=True))
        place = os.path.join(folder, table, "landing")
        os.makedirs(place)
        file = os.path.join(place, f"{table}.json")
        database.execute(f"COPY (SELECT {selected} FROM {table}) TO '{file}' (FORMAT JSON)")
    answers = [
        [
            [_text(value) for value in row]
            for row in database.execute(f"PRAGMA tpch({query})").fetchall()
        ]
        for query in range(1, 23)
    ]
    json.dump(answers, sys.stdout)


def _text(value: object) -> str:
    return "null" if value is None else str(value)


main(*sys.argv[1:])
