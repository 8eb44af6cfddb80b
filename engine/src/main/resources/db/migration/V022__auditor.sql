-- How far the auditor is with recomputing all exceptions, lap after lap, and what it found.
CREATE TABLE auditor (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  next uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  laps bigint NOT NULL DEFAULT 0,
  found bigint NOT NULL DEFAULT 0,
  found_before bigint NOT NULL DEFAULT 0
);
INSERT INTO auditor DEFAULT VALUES;
GRANT SELECT, UPDATE (next, laps, found, found_before) ON auditor TO signalbox_app;
