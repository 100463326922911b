-- The store's first version. Times are microseconds since 1970, UTC.

CREATE TABLE runs (
    run INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a lock is named after it
    key TEXT NOT NULL,                      -- hash of the settings that it runs with
    begun_at INTEGER NOT NULL,
    finished_at INTEGER
);
CREATE UNIQUE INDEX unfinished_runs ON runs (key) WHERE finished_at IS NULL;

-- How far an unfinished run has come; a position of NULL says that the unit is done.
CREATE TABLE units (
    run INTEGER NOT NULL REFERENCES runs,
    unit TEXT NOT NULL,
    position INTEGER,
    PRIMARY KEY (run, unit)
) WITHOUT ROWID;

CREATE TABLE fetches (
    fetch INTEGER PRIMARY KEY,
    run INTEGER REFERENCES runs,
    collector TEXT NOT NULL,
    source TEXT NOT NULL,                   -- the URL or the file
    fetched_at INTEGER NOT NULL,
    status INTEGER,                         -- of HTTP
    sha256 TEXT,                            -- of the raw bytes, which `snapshots` may have
    reservations TEXT NOT NULL              -- a JSON list
);
CREATE INDEX fetches_by_source ON fetches (source, fetched_at);

CREATE TABLE snapshots (
    snapshot INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL                   -- the raw bytes, compressed by zlib
);

-- One headline is one (lang, url); without a URL it is what its revisions' ids say.
CREATE TABLE headlines (
    headline INTEGER PRIMARY KEY,
    lang TEXT NOT NULL CHECK (lang IN ('en', 'ja')),
    url TEXT,
    outlet TEXT,
    published_at INTEGER,
    wire_id TEXT,
    credit TEXT,
    section TEXT,
    current INTEGER NOT NULL REFERENCES revisions,
    UNIQUE (url, lang)
);

-- One text that a headline had; its current one is the one that was seen last.
CREATE TABLE revisions (
    revision INTEGER PRIMARY KEY,
    headline INTEGER NOT NULL REFERENCES headlines DEFERRABLE INITIALLY DEFERRED,
    id TEXT NOT NULL UNIQUE,
    id_given INTEGER NOT NULL,              -- 1: by the source; 0: derived from lang, url and text
    text TEXT NOT NULL,
    collector TEXT NOT NULL,
    collected_at INTEGER,
    source TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,             -- brought up to date once a run
    last_run INTEGER REFERENCES runs,
    fetch INTEGER NOT NULL REFERENCES fetches  -- the one that it was seen first in
);
CREATE INDEX revisions_by_headline ON revisions (headline);

CREATE TABLE rejects (
    reject INTEGER PRIMARY KEY,
    fetch INTEGER NOT NULL REFERENCES fetches,
    file TEXT NOT NULL,
    row INTEGER,
    "column" TEXT,
    value TEXT,
    reason TEXT NOT NULL,
    dropped TEXT NOT NULL
);
CREATE INDEX rejects_by_fetch ON rejects (fetch);
