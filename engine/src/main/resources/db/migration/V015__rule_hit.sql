-- How often each rule fired in decisions that are on disk. Nodes count in memory and add now and then, so
-- a node that is killed forgets its last seconds; the journal has them all.
CREATE TABLE rule_hit (
  ruleset text NOT NULL,
  rule text NOT NULL,
  hits bigint NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (ruleset, rule)
) WITH (fillfactor = 70);

GRANT SELECT, INSERT ON rule_hit TO signalbox_app;
GRANT UPDATE (hits, last_at) ON rule_hit TO signalbox_app;
