-- From schema 1 to schema 2: what each generation holds, how sources fare, what moderators decided and did.

-- When the source was last read, when it last failed, and the code of that failure while it has not been read since.
ALTER TABLE sources ADD COLUMN last_success TEXT;
ALTER TABLE sources ADD COLUMN last_failure TEXT;
ALTER TABLE sources ADD COLUMN code TEXT;

-- Since when nothing stands there any more; and what tells, without reading it again, that it has not changed.
ALTER TABLE locators ADD COLUMN missing_since TEXT;
ALTER TABLE locators ADD COLUMN validator TEXT;

ALTER TABLE generations ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generations ADD COLUMN what TEXT NOT NULL DEFAULT 'add';

-- The revision that a statement has from a generation on, until a later row says otherwise; NULL: it is out.
CREATE TABLE contents (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    generation INTEGER NOT NULL REFERENCES generations (number) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER,
    PRIMARY KEY (statement_id, generation)
) WITHOUT ROWID;

INSERT INTO contents SELECT statement_id, generation, max(revision) FROM revisions GROUP BY statement_id, generation;

CREATE INDEX contents_by_generation ON contents (generation);

-- What the last generation holds, hidden statements included.
CREATE VIEW live (statement_id, revision) AS
SELECT c.statement_id, c.revision FROM contents c
WHERE c.revision IS NOT NULL
AND c.generation = (SELECT max(generation) FROM contents WHERE statement_id = c.statement_id);

-- Statements that no reader may see. The readings of erased ones are empty; what is left of them is cleared from the
-- files afterwards, and is_cleared says whether that is done.
CREATE TABLE withheld (
    statement_id TEXT PRIMARY KEY REFERENCES statements (id),
    kind TEXT NOT NULL CHECK (kind IN ('hidden', 'erased')),
    since TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    is_cleared INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

-- What a moderator says instead of what was read; place is the words that a correction of one quote or paragraph is of.
CREATE TABLE corrections (
    statement_id TEXT NOT NULL REFERENCES statements (id),
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    value TEXT NOT NULL,
    since TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (statement_id, field, place)
) WITHOUT ROWID;

-- Who did what, when and why.
CREATE TABLE actions (
    number INTEGER PRIMARY KEY,
    done TEXT NOT NULL,
    author TEXT NOT NULL,
    what TEXT NOT NULL,
    statement_id TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL
);
