-- Which of several open cases comes next: see dev.signalbox.exceptions.Urgency. Time passes for all alike, so it is
-- written when a case changes and at no other time.
ALTER TABLE exception_case ADD COLUMN urgent_at timestamptz;
-- Of what is there already nobody kept the amount in the reporting currency, so it counts as large.
UPDATE exception_case SET urgent_at = due_at - interval '36 hours'
  - CASE severity WHEN 'LOW' THEN interval '0' WHEN 'MEDIUM' THEN interval '12 hours'
      WHEN 'HIGH' THEN interval '24 hours' ELSE interval '48 hours' END
  - CASE (convert_from(body, 'UTF8')::jsonb #>> '{report,counterparty,riskTier}')
      WHEN 'MEDIUM' THEN interval '2 hours' WHEN 'HIGH' THEN interval '6 hours'
      WHEN 'CRITICAL' THEN interval '12 hours' ELSE interval '0' END
  - CASE WHEN (convert_from(body, 'UTF8')::jsonb #>> '{report,counterparty,restricted}') = 'true'
      THEN interval '12 hours' ELSE interval '0' END;
ALTER TABLE exception_case ALTER COLUMN urgent_at SET NOT NULL;

-- What anybody may claim, to work on it or to approve it; the next one is the first entry of its queue.
CREATE INDEX exception_case_unheld ON exception_case (queue, urgent_at, id)
  WHERE status IN ('OPEN', 'ESCALATED');
CREATE INDEX exception_case_proposed ON exception_case (queue, urgent_at, id)
  WHERE status = 'PENDING_APPROVAL';
-- What somebody has.
CREATE INDEX exception_case_held ON exception_case (assignee, urgent_at, id)
  WHERE status IN ('ASSIGNED', 'UNDER_REVIEW');

-- The leases of claims: a heartbeat moves the end, and no case is written for it. By the database's clock.
CREATE TABLE claim (
  case_id uuid PRIMARY KEY,
  holder text NOT NULL,
  -- The version of the case at which it was claimed.
  fence bigint NOT NULL,
  lease_seconds bigint NOT NULL,
  expires_at timestamptz NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX claim_expires ON claim (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON claim TO signalbox_app;
