-- The embedded book: the ledger of an installation that has no other. Appended to, never changed.
CREATE TABLE book_posting (
  -- The idempotency key, derived from the case and its version.
  id uuid PRIMARY KEY,
  -- Of the reference; there may be gaps.
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  case_id uuid NOT NULL,
  context text NOT NULL,
  effective_on date NOT NULL,
  description text NOT NULL,
  lines int NOT NULL CHECK (lines >= 2),
  posted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX book_posting_case ON book_posting (case_id);

CREATE TABLE book_line (
  posting uuid NOT NULL REFERENCES book_posting,
  line int NOT NULL,
  account text NOT NULL,
  side text NOT NULL CHECK (side IN ('DEBIT', 'CREDIT')),
  amount numeric NOT NULL CHECK (amount > 0),
  currency text NOT NULL,
  PRIMARY KEY (posting, line)
);
CREATE INDEX book_line_account ON book_line (account, currency);

-- Looked at when the transaction ends: all lines are there, and they balance in every currency.
CREATE FUNCTION book_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid := (to_jsonb(NEW) ->> TG_ARGV[0])::uuid;
BEGIN
  IF (SELECT count(*) FROM book_line WHERE posting = wanted)
      IS DISTINCT FROM (SELECT lines FROM book_posting WHERE id = wanted) THEN
    RAISE EXCEPTION 'The posting % has not the lines it says it has.', wanted
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
      SELECT FROM book_line WHERE posting = wanted GROUP BY currency
      HAVING sum(CASE side WHEN 'DEBIT' THEN amount ELSE -amount END) <> 0) THEN
    RAISE EXCEPTION 'The posting % does not balance.', wanted
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER book_posting_balances AFTER INSERT ON book_posting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION book_balances('id');
CREATE CONSTRAINT TRIGGER book_line_balances AFTER INSERT ON book_line
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION book_balances('posting');

CREATE TRIGGER book_posting_no_change BEFORE UPDATE OR DELETE ON book_posting
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER book_posting_no_truncate BEFORE TRUNCATE ON book_posting
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER book_line_no_change BEFORE UPDATE OR DELETE ON book_line
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER book_line_no_truncate BEFORE TRUNCATE ON book_line
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- For replication sessions and owners too.
ALTER TABLE book_posting ENABLE ALWAYS TRIGGER book_posting_balances;
ALTER TABLE book_posting ENABLE ALWAYS TRIGGER book_posting_no_change;
ALTER TABLE book_posting ENABLE ALWAYS TRIGGER book_posting_no_truncate;
ALTER TABLE book_line ENABLE ALWAYS TRIGGER book_line_balances;
ALTER TABLE book_line ENABLE ALWAYS TRIGGER book_line_no_change;
ALTER TABLE book_line ENABLE ALWAYS TRIGGER book_line_no_truncate;

-- What the book does not post for others. A release that comes first leaves a row, so that a hold
-- that comes late holds nothing.
CREATE TABLE book_hold (
  hold uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  kind text CHECK (kind IN ('ITEM', 'COUNTERPARTY', 'GL_ACCOUNT')),
  value text,
  released boolean NOT NULL DEFAULT false,
  CHECK (released OR value IS NOT NULL)
);
CREATE INDEX book_hold_value ON book_hold (kind, value) WHERE NOT released;

GRANT SELECT, INSERT (id, case_id, context, effective_on, description, lines)
  ON book_posting TO signalbox_app;
GRANT SELECT, INSERT (posting, line, account, side, amount, currency) ON book_line TO signalbox_app;
GRANT SELECT, INSERT, UPDATE (kind, value, released) ON book_hold TO signalbox_app;
ALTER TABLE work
  -- What the ledger shall do, as JSON; null where the exception is handed over.
  ADD COLUMN ledger_order bytea;
