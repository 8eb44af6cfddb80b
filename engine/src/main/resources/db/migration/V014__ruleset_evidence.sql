-- What speaks for a ruleset before it decides, and what is seen of it after.
ALTER TABLE ruleset_event DROP CONSTRAINT ruleset_event_kind_check;
ALTER TABLE ruleset_event ADD CONSTRAINT ruleset_event_kind_check
  CHECK (kind IN ('ADMITTED', 'REFUSED', 'BACKTESTED', 'APPROVED', 'ACTIVATED', 'ROLLED_BACK',
    'MEASURED'));
