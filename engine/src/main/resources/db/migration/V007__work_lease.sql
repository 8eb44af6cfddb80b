ALTER TABLE work
  -- Whether it was leased and nobody has said yet how that ended. Whoever leases such a row takes it
  -- over from a node that died or froze, so its last attempt is one of unknown outcome.
  ADD COLUMN leased boolean NOT NULL DEFAULT false,
  -- How many of the attempts do not count, because the target was down.
  ADD COLUMN spared int NOT NULL DEFAULT 0;

-- HELD is what people see: whoever may call the target may lease what is held as well.
DROP INDEX work_due;
CREATE INDEX work_due ON work (target, priority DESC, due_at);
