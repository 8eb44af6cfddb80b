package dev.signalbox.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.hits.RuleHits;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How often rules fired, over restarts and over nodes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RuleHitsIT {
  private final Sha256 standard = TestBox.rules().digest();
  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  private void report(String ref) {
    box.report(Reports.report(ref, TestBox.START).build());
  }

  private Map<String, Long> counted(RuleHits hits) {
    return hits.of(box.postgres().database(), standard).values().stream()
        .collect(Collectors.toMap(RuleHits.Hit::rule, RuleHits.Hit::hits));
  }

  @Test
  void every_committed_decision_counts_the_rules_that_fired_once() {
    report("1");
    var once = counted(box.desk().ruleHits());
    assertThat(once)
        .isNotEmpty()
        .containsKey("severity-amount-low")
        .allSatisfy((id, n) -> assertThat(n).isEqualTo(1));

    report("1");
    assertThat(counted(box.desk().ruleHits())).isEqualTo(once);
    report("2");
    assertThat(counted(box.desk().ruleHits())).containsEntry("severity-amount-low", 2L);
    assertThat(box.desk().ruleHits().total()).containsEntry("severity-amount-low", 2L);
  }

  @Test
  void what_was_saved_outlives_the_node_and_nodes_add_up() {
    report("1");
    box.desk().ruleHits().save(box.postgres().database());
    box.desk().ruleHits().save(box.postgres().database());
    var other = new RuleHits();
    assertThat(counted(other)).containsEntry("severity-amount-low", 1L);

    box.clock().advance(Duration.ofHours(1));
    report("2");
    box.desk().ruleHits().save(box.postgres().database());
    var hit =
        requireNonNull(other.of(box.postgres().database(), standard).get("severity-amount-low"));
    assertThat(hit.hits()).isEqualTo(2);
    assertThat(hit.last()).isEqualTo(box.clock().instant());
  }
}
