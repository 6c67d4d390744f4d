"""Follows a ledger's chain without any code of Gantry, as an auditor might.

usage: follow_chain.py LEDGER
Prints the number and digest of the last link where everything fits; otherwise what does not.
"""
import hashlib
import sqlite3
import struct
import sys

UNBOUND = {"folder", "prunedAt"}


def line(name, value):
    if isinstance(value, int):
        kind, raw = b"i", str(value).encode()
    elif isinstance(value, float):
        kind, raw = b"r", struct.pack(">d", value).hex().encode()
    elif isinstance(value, str):
        kind, raw = b"t", value.encode()
    else:
        kind, raw = b"b", bytes(value)
    return name.encode() + b" " + kind + str(len(raw)).encode() + b" " + raw + b"\n"


class Ledger:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.row_factory = sqlite3.Row
        names = self.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        self.references = {}
        for (table,) in names.fetchall():
            keys = self.db.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            self.references[table] = {key["from"]: key["table"] for key in keys}

    def say(self, table, row, without):
        said = b""
        for column in sorted(set(row.keys()) - without):
            value = row[column]
            shared = self.references[table].get(column)
            if value is None:
                continue
            if shared is None:
                said += line(column, value)
                continue
            named = self.db.execute(f"SELECT * FROM {shared} WHERE id = ?", [value]).fetchone()
            for part in sorted(set(named.keys()) - {"id"}):
                if named[part] is not None:
                    said += line(f"{column}.{part}", named[part])
        return said

    def row(self, run):
        return hashlib.sha256(self.say("runs", run, UNBOUND)).digest()

    def parts(self, run):
        said = b""
        for table, keys in sorted(self.references.items()):
            owner = next((column for column, other in keys.items() if other == "runs"), None)
            if owner is None:
                continue
            said += line("table", table)
            rows = self.db.execute(f"SELECT * FROM {table} WHERE {owner} = ?", [run["id"]]).fetchall()
            rows.sort(key=lambda row: [(value is not None, value) for value in row])
            for number, row in enumerate(rows, 1):
                said += line("row", number) + self.say(table, row, {owner})
        return hashlib.sha256(said).digest()

    def follow(self):
        begun = self.db.execute("SELECT ledger, since FROM chain").fetchone()
        said = line("chain", 1) + line("ledger", begun["ledger"]) + line("since", begun["since"])
        digest = hashlib.sha256(said).digest()
        booked = {}
        number = 0
        for link in self.db.execute("SELECT * FROM links ORDER BY sequence"):
            number += 1
            said = line("previous", digest)
            for name in ("sequence", "kind", "run", "at", "row", "parts"):
                if link[name] is not None:
                    said += line(name, link[name])
            digest = hashlib.sha256(said).digest()
            if link["sequence"] != number or link["digest"] != digest:
                return f"link {number}"
            if link["row"] is not None:
                booked[link["run"]] = link
        for run in self.db.execute("SELECT * FROM runs ORDER BY id"):
            link = booked.pop(run["run"])
            if link["row"] != self.row(run) or link["parts"] != self.parts(run):
                return run["run"]
        return f"{number} {digest.hex()}" if not booked else "runs are gone"


print(Ledger(sys.argv[1]).follow())
