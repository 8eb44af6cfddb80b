-- The record of every event: appended to, read, never changed. See the documentation of
-- dev.signalbox.journal.Chain for what the hashes are taken over.
CREATE TABLE journal (
  case_id uuid NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  type text NOT NULL,
  -- Whose key seals the sealed part; a keyed digest, so it names nobody.
  subject bytea,
  public bytea NOT NULL,
  sealed bytea,
  prev_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (case_id, seq),
  CHECK ((subject IS NULL) = (sealed IS NULL)),
  CHECK (octet_length(subject) = 32),
  CHECK (octet_length(prev_hash) = 32 AND octet_length(hash) = 32)
);

-- The keys of the subjects, wrapped by the master key; null once destroyed.
CREATE TABLE subject_key (
  subject bytea PRIMARY KEY,
  wrapped_key bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The table % is only ever appended to; % is refused.', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For replication sessions and owners too.
ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_no_change;
ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_no_truncate;

GRANT SELECT,
  INSERT (case_id, seq, at, type, subject, public, sealed, prev_hash, hash)
  ON journal TO signalbox_app;
GRANT SELECT, INSERT (subject, wrapped_key) ON subject_key TO signalbox_app;
