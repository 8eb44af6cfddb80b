-- Files that were uploaded as evidence: the content is a large object, and what it is is in the journal.
-- One that no event speaks of was broken off, or refused, and is swept.
CREATE TABLE evidence_file (
  id uuid PRIMARY KEY,
  content oid NOT NULL,
  begun_at timestamptz NOT NULL,
  attached boolean NOT NULL DEFAULT false
);
CREATE INDEX evidence_file_loose ON evidence_file (begun_at) WHERE NOT attached;
GRANT SELECT, INSERT, DELETE, UPDATE (attached) ON evidence_file TO signalbox_app;
