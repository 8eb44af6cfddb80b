package dev.signalbox.rules.hits;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.hits.RuleHits.Hit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code rule_hit}. */
final class RuleHitTable {

  private RuleHitTable() {}

  /** Adds to what is there; in their order. */
  static int add(Tx tx, List<Hit> hits) {
    int rows = 0;
    for (var hit : hits) {
      rows +=
          tx.update(
              """
              INSERT INTO rule_hit (ruleset, rule, hits, last_at) VALUES (?, ?, ?, ?)
              ON CONFLICT (ruleset, rule) DO UPDATE
                SET hits = rule_hit.hits + excluded.hits,
                    last_at = greatest(rule_hit.last_at, excluded.last_at)
              """,
              hit.ruleset().hex(),
              hit.rule(),
              hit.hits(),
              hit.last());
    }
    return rows;
  }

  /** Those of a ruleset, by rule. */
  static Map<String, Hit> of(Tx tx, Sha256 ruleset) {
    var hits = new HashMap<String, Hit>();
    tx.query("SELECT rule, hits, last_at FROM rule_hit WHERE ruleset = ?", ruleset.hex())
        .forEach(row -> {
          var rule = row.text("rule");
          hits.put(rule, new Hit(ruleset, rule, row.int64("hits"), row.instant("last_at")));
        });
    return hits;
  }
}
