-- Answers given under an idempotency key, written in the commit of what they answer, so that the
-- same request gets the same answer for a day, on every node and after a crash.
CREATE TABLE once (
  scope text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  answer bytea NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX once_answered ON once (answered_at);

GRANT SELECT, INSERT, DELETE ON once TO signalbox_app;
