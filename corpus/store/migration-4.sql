-- From schema 3 to schema 4: what moderators say about a source, and since when it has been failing.

-- NULL: nobody said. None of it is ever filled into a statement.
ALTER TABLE sources ADD COLUMN name TEXT;
ALTER TABLE sources ADD COLUMN organization TEXT;
ALTER TABLE sources ADD COLUMN language TEXT;
ALTER TABLE sources ADD COLUMN licence TEXT;
-- Hours from one reading to the next; NULL: as usual, 0: only when asked.
ALTER TABLE sources ADD COLUMN every_h INTEGER CHECK (every_h BETWEEN 0 AND 8784);

-- When the source failed for the first time since it was last read; and whether moderators were told that it is failing
-- and not yet that it is read again.
ALTER TABLE sources ADD COLUMN failing_since TEXT;
ALTER TABLE sources ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1));

-- Of what failed before, only the last time is known.
UPDATE sources SET failing_since = last_failure WHERE code IS NOT NULL;
