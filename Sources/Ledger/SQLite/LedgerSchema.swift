import GRDB

/// The tables of a ledger, and how older ones become newer ones.
///
/// Instants are milliseconds since 1970 in UTC. Names and digests that many runs share stand in
/// tables of their own. A migration that has shipped is never changed; another one follows it. What a
/// row says is covered by the chain: one that gives old rows values in new columns must add a link for
/// each.
enum LedgerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 runs") { db in try db.execute(sql: runs) }
    migrator.registerMigration("2 tested") { db in try db.execute(sql: tested) }
    migrator.registerMigration("3 chain", migrate: ChainRows.migrate)
    return migrator
  }

  private static let runs = """
    CREATE TABLE inputs (
      id INTEGER PRIMARY KEY,
      kind TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
      UNIQUE (kind, name, digest)
    ) STRICT;
    CREATE TABLE paths (
      id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE measures (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, UNIQUE (name, unit)
    ) STRICT;
    CREATE TABLE firmwares (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE begun (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, folder TEXT NOT NULL
    ) STRICT;
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY,
      run TEXT NOT NULL UNIQUE,
      scenario INTEGER NOT NULL REFERENCES inputs,
      model INTEGER NOT NULL REFERENCES inputs,
      rig INTEGER NOT NULL REFERENCES inputs,
      binary INTEGER NOT NULL REFERENCES inputs,
      calibration INTEGER REFERENCES inputs,
      firmware INTEGER REFERENCES firmwares,
      seed TEXT NOT NULL,
      overrides TEXT NOT NULL,
      retryOf TEXT,
      host TEXT NOT NULL,
      startedAt INTEGER NOT NULL,
      bookedAt INTEGER NOT NULL,
      verdict TEXT CHECK (verdict IN ('passed', 'failed', 'errored', 'aborted')),
      step INTEGER REFERENCES paths,
      cause TEXT, part TEXT, errno INTEGER, reason TEXT,
      held INTEGER, recorderSeconds REAL, wallSeconds REAL,
      journalDigest TEXT NOT NULL, journalBytes INTEGER NOT NULL, folder TEXT NOT NULL,
      prunedAt INTEGER
    ) STRICT;
    CREATE INDEX runsByTime ON runs (startedAt);
    CREATE INDEX runsBySubject ON runs (firmware, scenario, model, startedAt, id, verdict);
    CREATE INDEX runsBySignature ON runs (cause, step, startedAt, verdict) WHERE cause IS NOT NULL;
    CREATE TABLE steps (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      number INTEGER NOT NULL, parent INTEGER,
      path INTEGER NOT NULL REFERENCES paths,
      outcome TEXT, cause TEXT, part TEXT, errno INTEGER, seconds REAL,
      PRIMARY KEY (run, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stepsByPath ON steps (path, run, seconds);
    CREATE TABLE measurements (
      measure INTEGER NOT NULL REFERENCES measures,
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
      ordinal INTEGER NOT NULL, value REAL NOT NULL,
      PRIMARY KEY (measure, run, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX measurementsByRun ON measurements (run);
    """

  /// What a run was played on and what it left out, as JSON; null where nobody wrote it down.
  private static let tested = """
    ALTER TABLE runs ADD COLUMN rigKind TEXT;
    ALTER TABLE runs ADD COLUMN leftOut TEXT;
    """
}
