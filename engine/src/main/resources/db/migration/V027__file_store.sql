-- Where the bytes of a file lie: its store, and the place there. Only PostgreSQL's own store has large objects.
-- A file that is leaving belongs to nothing, and its bytes are being removed.
ALTER TABLE evidence_file
  ALTER COLUMN content DROP NOT NULL,
  ADD COLUMN store text NOT NULL DEFAULT 'postgresql',
  ADD COLUMN place text,
  ADD COLUMN leaving boolean NOT NULL DEFAULT false;
CREATE INDEX evidence_file_leaving ON evidence_file (id) WHERE leaving;
GRANT UPDATE (content, leaving) ON evidence_file TO signalbox_app;
