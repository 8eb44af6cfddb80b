-- Who may call, as what. Only the digest of a key is kept.
CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('ADMIN', 'OPERATOR', 'REPORTER', 'VIEWER')),
  key_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_key TO signalbox_app;
