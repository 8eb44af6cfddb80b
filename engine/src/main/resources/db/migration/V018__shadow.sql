-- A candidate is asked beside the ruleset that decides.
ALTER TABLE ruleset_event DROP CONSTRAINT ruleset_event_kind_check;
ALTER TABLE ruleset_event ADD CONSTRAINT ruleset_event_kind_check
  CHECK (kind IN ('ADMITTED', 'REFUSED', 'BACKTESTED', 'APPROVED', 'ACTIVATED', 'ROLLED_BACK',
    'MEASURED', 'SHADOW_BEGUN', 'SHADOW_ENDED'));
CREATE INDEX ruleset_event_shadow ON ruleset_event (number)
  WHERE kind IN ('SHADOW_BEGUN', 'SHADOW_ENDED');

-- What it said, counted; a shadow is the number of the event that began it. Nodes count in memory and
-- add now and then, so a node that is killed forgets its last seconds.
CREATE TABLE shadow_total (
  shadow bigint PRIMARY KEY REFERENCES ruleset_event (number),
  same bigint NOT NULL,
  differs bigint NOT NULL,
  failed bigint NOT NULL,
  dropped bigint NOT NULL,
  unsampled bigint NOT NULL,
  took_micros bigint NOT NULL
) WITH (fillfactor = 70);

-- In what it differed from what was decided, and a few exceptions to look at: those with the lowest ids.
CREATE TABLE shadow_difference (
  shadow bigint NOT NULL REFERENCES ruleset_event (number),
  what text NOT NULL,
  was text NOT NULL,
  becomes text NOT NULL,
  count bigint NOT NULL,
  examples uuid[] NOT NULL,
  PRIMARY KEY (shadow, what, was, becomes)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT ON shadow_total, shadow_difference TO signalbox_app;
GRANT UPDATE (same, differs, failed, dropped, unsampled, took_micros) ON shadow_total TO signalbox_app;
GRANT UPDATE (count, examples) ON shadow_difference TO signalbox_app;
