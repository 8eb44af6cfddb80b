-- What happened to keys, in order: made, replaced, revoked. Appended to, read, never changed. See
-- dev.signalbox.access.KeyEvent for what the hashes are taken over.
CREATE TABLE key_event (
  number bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CREATED', 'ROTATED', 'REVOKED')),
  key uuid NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  key_hash bytea NOT NULL,
  -- From when the key lets nobody in; null for never.
  ends_at timestamptz,
  actor text NOT NULL,
  why text NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32)
);

CREATE TRIGGER key_event_no_change BEFORE UPDATE OR DELETE ON key_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER key_event_no_truncate BEFORE TRUNCATE ON key_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For replication sessions and owners too.
ALTER TABLE key_event ENABLE ALWAYS TRIGGER key_event_no_change;
ALTER TABLE key_event ENABLE ALWAYS TRIGGER key_event_no_truncate;

GRANT SELECT, INSERT ON key_event TO signalbox_app;

-- What is revoked is revoked from an instant on, which may be to come.
ALTER TABLE api_key RENAME COLUMN revoked_at TO ends_at;
