-- Proposals that are approved or rejected together, at the versions that were frozen.
CREATE TABLE approval_batch (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('OPEN', 'APPROVED', 'REJECTED')),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  note text,
  CHECK ((status = 'OPEN') = (decided_by IS NULL))
);
CREATE INDEX approval_batch_created ON approval_batch (created_at DESC, id);

CREATE TABLE approval_batch_item (
  batch uuid NOT NULL REFERENCES approval_batch,
  case_id uuid NOT NULL,
  case_version bigint NOT NULL,
  excluded_by text,
  excluded_why text,
  PRIMARY KEY (batch, case_id)
);

GRANT SELECT, INSERT, UPDATE (version, status, decided_by, decided_at, note)
  ON approval_batch TO signalbox_app;
GRANT SELECT, INSERT (batch, case_id, case_version), UPDATE (excluded_by, excluded_why)
  ON approval_batch_item TO signalbox_app;
