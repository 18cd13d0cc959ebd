-- The whole of schema 1. A later schema arrives as a migration, never as an edit of these lines.

-- What was named in `corpus add`. The locator is an absolute path or an address.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    locator TEXT NOT NULL UNIQUE
);

-- The last number given in each series (a year, or "undated"). It only grows: no record number is given twice.
CREATE TABLE counters (
    series TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    series TEXT NOT NULL,
    number INTEGER NOT NULL,
    UNIQUE (series, number)
) WITHOUT ROWID;

-- One state of the whole corpus; the last one is live. The manifest says which index files belong to it.
CREATE TABLE generations (
    number INTEGER PRIMARY KEY,
    created TEXT NOT NULL,
    author TEXT NOT NULL,
    manifest TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    missing INTEGER NOT NULL
);

-- Each text that a statement had. The generation is opened by the same transaction, after its revisions.
CREATE TABLE revisions (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    revision INTEGER NOT NULL,
    generation INTEGER NOT NULL REFERENCES generations (number) DEFERRABLE INITIALLY DEFERRED,
    text_hash TEXT NOT NULL,
    words_hash TEXT NOT NULL,
    reading TEXT NOT NULL,
    PRIMARY KEY (statement_id, revision)
) WITHOUT ROWID;

CREATE INDEX revisions_by_words ON revisions (words_hash);

-- Where a statement was read. A copy is the same text at another place; words_hash is what stood there last.
CREATE TABLE locators (
    locator TEXT PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    statement_id TEXT NOT NULL REFERENCES statements (id),
    words_hash TEXT NOT NULL,
    is_copy INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX locators_by_statement ON locators (statement_id);
