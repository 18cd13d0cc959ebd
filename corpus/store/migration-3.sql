-- From schema 2 to schema 3: what tells of a feed or a sitemap, without reading it again, that it lists what it listed.
-- It belongs to this copy of the record and is in no export; without it a listing is read whole once more.
ALTER TABLE sources ADD COLUMN validator TEXT;
