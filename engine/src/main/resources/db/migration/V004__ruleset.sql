-- Every ruleset that ever decided anything, whole, so that each decision can be made again.
CREATE TABLE ruleset (
  digest text PRIMARY KEY,
  name text NOT NULL,
  archive bytea NOT NULL,
  archived_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT ON ruleset TO signalbox_app;
