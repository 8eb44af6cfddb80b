-- The current state of every exception: one row each. The whole state is the body; the columns
-- beside it are copies for finding and ordering, and are proved equal to it by the audit.

-- In the order in which they sort.
CREATE TYPE case_severity AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');
CREATE TYPE case_status AS ENUM (
  'OPEN', 'ASSIGNED', 'UNDER_REVIEW', 'ESCALATED', 'PENDING_APPROVAL', 'PENDING_RESOLUTION',
  'DEAD_LETTERED', 'RESOLVED');

CREATE TABLE exception_case (
  id uuid PRIMARY KEY,
  -- The number of journal events; the ETag.
  version bigint NOT NULL,
  -- The hash of the last journal row, so that appending reads nothing and a cut tail shows.
  journal_head bytea NOT NULL,
  status case_status NOT NULL,
  severity case_severity NOT NULL,
  priority smallint NOT NULL,
  queue text,
  lane text,
  assignee text,
  context text NOT NULL,
  source text NOT NULL,
  due_at timestamptz NOT NULL,
  opened_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  -- The timer: what happens next by itself, and when.
  next_action text,
  next_action_at timestamptz,
  -- W3C Trace Context of the report, so that an answer days later joins its trace.
  trace_parent text,
  body bytea NOT NULL,
  CHECK ((next_action IS NULL) = (next_action_at IS NULL))
) WITH (fillfactor = 85);

CREATE INDEX exception_case_timer ON exception_case (next_action_at)
  WHERE next_action_at IS NOT NULL;
CREATE INDEX exception_case_opened ON exception_case (opened_at, id);
CREATE INDEX exception_case_worklist ON exception_case (queue, priority, id)
  WHERE status <> 'RESOLVED';

GRANT SELECT, INSERT, UPDATE ON exception_case TO signalbox_app;

-- What the storm guard counts, for the contexts it guards.
CREATE TABLE storm_tally (
  context text NOT NULL,
  source text NOT NULL,
  slice timestamptz NOT NULL,
  opened bigint NOT NULL,
  PRIMARY KEY (context, source, slice)
);

GRANT SELECT, INSERT, UPDATE ON storm_tally TO signalbox_app;
