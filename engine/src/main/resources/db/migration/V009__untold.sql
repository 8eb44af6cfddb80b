ALTER TABLE work
  -- How many leases in a row ended without a word from who held them: each time the node died or
  -- froze, maybe because of this very work.
  ADD COLUMN untold int NOT NULL DEFAULT 0;
