-- What has to be done outside. Rows are small and live shortly: leased, attempted, deleted.
CREATE TABLE work (
  case_id uuid NOT NULL,
  -- The dispatch id.
  id uuid NOT NULL,
  target text NOT NULL,
  queue text,
  state text NOT NULL DEFAULT 'READY' CHECK (state IN ('READY', 'HELD')),
  held_reason text,
  priority smallint NOT NULL,
  -- When it may be leased next; a lease moves it to its own end.
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts int NOT NULL DEFAULT 0,
  -- Whether an attempt may have arrived without our knowing.
  unknown boolean NOT NULL DEFAULT false,
  fence bigint NOT NULL DEFAULT 0,
  trace_parent text,
  body bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (case_id, id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX work_due ON work (target, priority DESC, due_at) WHERE state = 'READY';

CREATE TABLE work_attempt (
  work_id uuid NOT NULL,
  attempt int NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome text NOT NULL,
  detail text,
  took_millis bigint NOT NULL
);
CREATE INDEX work_attempt_work ON work_attempt (work_id, at);

-- What could not be done: kept whole, never deleted.
CREATE TABLE dead_letter (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('DISPATCH', 'CASE', 'REPORT')),
  case_id uuid NOT NULL,
  target text,
  queue text,
  reason text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  -- The request as it was to be made, or the report as it came.
  body bytea,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  redriven_at timestamptz,
  redriven_by text
);
CREATE INDEX dead_letter_created ON dead_letter (created_at, id);
CREATE INDEX dead_letter_case ON dead_letter (case_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON work TO signalbox_app;
GRANT SELECT, INSERT ON work_attempt TO signalbox_app;
GRANT SELECT, INSERT, UPDATE (redriven_at, redriven_by) ON dead_letter TO signalbox_app;
