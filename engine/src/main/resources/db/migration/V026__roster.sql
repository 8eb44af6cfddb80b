-- Who is chosen, by rule, for the exceptions of a queue.
CREATE TABLE roster (
  queue text NOT NULL,
  reviewer text NOT NULL,
  skills text[] NOT NULL,
  roles text[] NOT NULL,
  -- Null for all.
  contexts text[],
  away boolean NOT NULL,
  -- The number of the queue's last choice that fell on him; 0 for none.
  turn bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (queue, reviewer)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX roster_reviewer ON roster (reviewer);

-- What happened to rosters, in order. Appended to, read, never changed. See
-- dev.signalbox.reviewers.RosterEvent for what the hashes are taken over.
CREATE TABLE roster_event (
  number bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('PUT', 'REMOVED')),
  queue text NOT NULL,
  reviewer text NOT NULL,
  skills text[] NOT NULL,
  roles text[] NOT NULL,
  contexts text[],
  away boolean NOT NULL,
  actor text NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32)
);
CREATE INDEX roster_event_queue ON roster_event (queue, number);

CREATE TRIGGER roster_event_no_change BEFORE UPDATE OR DELETE ON roster_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER roster_event_no_truncate BEFORE TRUNCATE ON roster_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For replication sessions and owners too.
ALTER TABLE roster_event ENABLE ALWAYS TRIGGER roster_event_no_change;
ALTER TABLE roster_event ENABLE ALWAYS TRIGGER roster_event_no_truncate;

GRANT SELECT, INSERT, UPDATE, DELETE ON roster TO signalbox_app;
GRANT SELECT, INSERT ON roster_event TO signalbox_app;
