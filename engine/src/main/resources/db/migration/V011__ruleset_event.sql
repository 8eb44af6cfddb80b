-- Rulesets are kept before anybody knows whether they have a name.
ALTER TABLE ruleset DROP COLUMN name;

-- What happened to the rules of the whole installation, in order: judged, approved, activated,
-- rolled back. Appended to, read, never changed. See dev.signalbox.rulesets.RulesetEvent for what
-- the hashes are taken over.
CREATE TABLE ruleset_event (
  number bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL
    CHECK (kind IN ('ADMITTED', 'REFUSED', 'APPROVED', 'ACTIVATED', 'ROLLED_BACK')),
  -- Null where a version could not even be read.
  digest text REFERENCES ruleset (digest),
  source text NOT NULL,
  version text NOT NULL,
  actor text NOT NULL,
  -- The event that a decision about a ruleset rests on.
  admission bigint,
  -- Of an activation: where a roll-back leads.
  back_to bigint,
  body text NOT NULL,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32),
  CHECK (digest IS NOT NULL OR kind = 'REFUSED')
);

CREATE INDEX ruleset_event_activation ON ruleset_event (number)
  WHERE kind IN ('ACTIVATED', 'ROLLED_BACK');
CREATE INDEX ruleset_event_digest ON ruleset_event (digest, number);
CREATE INDEX ruleset_event_source ON ruleset_event (source, number)
  WHERE kind IN ('ADMITTED', 'REFUSED');

CREATE TRIGGER ruleset_event_no_change BEFORE UPDATE OR DELETE ON ruleset_event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ruleset_event_no_truncate BEFORE TRUNCATE ON ruleset_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For replication sessions and owners too.
ALTER TABLE ruleset_event ENABLE ALWAYS TRIGGER ruleset_event_no_change;
ALTER TABLE ruleset_event ENABLE ALWAYS TRIGGER ruleset_event_no_truncate;

GRANT SELECT, INSERT ON ruleset_event TO signalbox_app;

-- Who writes rules.
ALTER TABLE api_key DROP CONSTRAINT api_key_role_check;
ALTER TABLE api_key ADD CONSTRAINT api_key_role_check
  CHECK (role IN ('ADMIN', 'AUTHOR', 'OPERATOR', 'REPORTER', 'VIEWER'));
