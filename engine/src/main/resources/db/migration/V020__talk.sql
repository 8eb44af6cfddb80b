-- Who is named in which comment; where a comment stands in the journal. Without those that were
-- redacted.
CREATE TABLE mention (
  name text NOT NULL,
  case_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, seq, name)
);
CREATE INDEX mention_of ON mention (name, at, case_id, seq);
GRANT SELECT, INSERT, DELETE ON mention TO signalbox_app;

-- Each dispute as the state of its exception has it.
CREATE TABLE dispute (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  category text NOT NULL,
  state text NOT NULL,
  evidence int NOT NULL,
  entries int NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX dispute_of_case ON dispute (case_id);
CREATE INDEX dispute_created ON dispute (created_at, id);
GRANT SELECT, INSERT, UPDATE (state, evidence, entries, updated_at) ON dispute TO signalbox_app;

-- The service may destroy a key, and do nothing else to it.
CREATE FUNCTION destroy_subject_keys(subjects bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE subject_key SET wrapped_key = NULL WHERE subject = ANY (subjects) $$;
REVOKE EXECUTE ON FUNCTION destroy_subject_keys(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION destroy_subject_keys(bytea[]) TO signalbox_app;
