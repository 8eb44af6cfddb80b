package dev.signalbox.rulesets;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.backtest.BacktestJson;
import dev.signalbox.backtest.Comparison;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.recall.Recorded;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rulesets.Activations.Outcome;
import dev.signalbox.rulesets.Activations.Wish;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestRulesets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What speaks for a ruleset before it decides, and what is seen of it after. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EvidenceIT {
  private TestBox box;
  private TestRulesets node;
  private RulesetFolder folder;
  private Sha256 first;

  @BeforeEach
  void open(@TempDir Path parent) {
    box = TestBox.open();
    folder = RulesetFolder.in(parent).with("scenarios/all.yaml", scenarios(""));
    node =
        new TestRulesets(
                box.postgres(),
                new FolderSource(folder.path()),
                new Activations.Policy(false, 1, true),
                Duration.ofMinutes(1),
                box.clock())
            .begun();
    first = node.active().get().digest();
  }

  @AfterEach
  void close() {
    node.close();
    box.close();
  }

  private static String scenarios(String more) {
    return """
    description: All of it.
    scenarios:
      - name: a small item
        expect: {severity: LOW}
    %s\
    """
        .formatted(more);
  }

  /** Two more rules on routes; gives the event that admits them. */
  private RulesetEvent change() {
    folder
        .route(
            rule("junior", "Item()", "route.to(\"junior\");"),
            rule("swiss", 5, "Item( currency == \"CHF\" )", "route.to(\"swiss\");"),
            rule("senior", 9, "Item( magnitude >= 1000B )", "route.to(\"senior\");"))
        .with(
            "scenarios/all.yaml",
            scenarios(
                """
                  - name: a Swiss one
                    given: {currency: CHF, baseAmount: "1.00"}
                    expect: {queue: swiss}
                  - name: a large one
                    given: {amount: "5000.00"}
                    expect: {queue: senior}
                """));
    node.watch().look();
    assertThat(node.last().kind()).as(node.last().body()).isEqualTo(RulesetEvent.Kind.ADMITTED);
    return node.last();
  }

  /** As {@code signalbox rules backtest --format json} writes it. */
  private ObjectNode result(String... brokenLimits) {
    try (var candidate = Rulesets.load(folder.path())) {
      var found = new Comparison(node.active().get(), candidate).result();
      var json = BacktestJson.write(found, "a test");
      json.put("digest", BacktestJson.digest(json).hex());
      var list = json.putArray("brokenLimits");
      for (var limit : brokenLimits) {
        list.add(limit);
      }
      return json;
    }
  }

  private Evidence.Published publish(Sha256 digest, ObjectNode result) {
    return node.desk().evidence().publish(digest, result, TestRulesets.ANN);
  }

  private long published(Sha256 digest, String... brokenLimits) {
    var event = publish(digest, result(brokenLimits)).event();
    assertThat(event).isNotNull();
    return event == null ? 0 : event.number();
  }

  private Outcome activate(RulesetEvent admitted, @Nullable Long backtest) {
    return node.activations()
        .activate(
            new Wish(
                admitted.ruleset(), admitted.number(), backtest, "It is right.", TestRulesets.BOB));
  }

  private static void isRefused(Outcome outcome, String code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void what_was_admitted_is_activated_by_who_names_a_backtest_that_passed() {
    var admitted = change();
    isRefused(activate(admitted, null), "NEEDS_BACKTEST");
    assertThat(node.active().get().digest()).isEqualTo(first);
    long number = published(admitted.ruleset());

    assertThat(activate(admitted, number)).isInstanceOf(Outcome.Activated.class);

    assertThat(node.active().get().digest()).isEqualTo(admitted.ruleset());
    assertThat(EventBody.read(node.last()).path("backtest").asLong()).isEqualTo(number);
    assertThat(node.kinds()).endsWith("BACKTESTED", "ACTIVATED");
    assertThat(node.looked()).last().isEqualTo(node.last());
  }

  @Test
  void a_backtest_that_failed_or_is_of_something_else_speaks_for_nothing() {
    var admitted = change();
    long failed = published(admitted.ruleset(), "Too much would change.");

    isRefused(activate(admitted, failed), "BACKTEST_FAILED");
    isRefused(activate(admitted, admitted.number()), "NO_BACKTEST");
    isRefused(activate(admitted, 99L), "NO_BACKTEST");
    assertThat(node.active().get().digest()).isEqualTo(first);
  }

  @Test
  void a_backtest_against_what_decides_no_more_is_outdated() {
    var admitted = change();
    long outdated = published(admitted.ruleset());
    folder.classify(rule("low", "Item()", "classify.severity(Severity.LOW, 9);"));
    node.watch().look();
    var other = node.last();
    assertThat(activate(other, published(other.ruleset()))).isInstanceOf(Outcome.Activated.class);

    isRefused(activate(admitted, outdated), "BACKTEST_OUTDATED");
  }

  @Test
  void a_result_that_was_changed_or_whose_candidate_nobody_knows_is_not_kept() {
    var admitted = change();
    var changed = result();
    changed.put("changed", 77);
    var none = new Sha256("a".repeat(64));

    for (var published :
        new Evidence.Published[] {
          publish(admitted.ruleset(), changed), publish(first, result()), publish(none, result())
        }) {
      assertThat(published.refused())
          .isNotNull()
          .satisfies(refused -> assertThat(refused.code()).isEqualTo("NOT_ITS_RESULT"));
    }
    assertThat(node.kinds()).doesNotContain("BACKTESTED");
  }

  @Test
  void after_an_activation_rules_that_would_have_done_nothing_are_named() {
    box.report(Reports.report("small", TestBox.START).build());
    box.clock().advance(Duration.ofHours(1));
    box.report(Reports.report("large", TestBox.START).of("7000.00").build());
    box.clock().advance(Duration.ofHours(1));
    var admitted = change();
    activate(admitted, published(admitted.ruleset()));
    var reader = new JournalReader(box.keys());
    var recorded = new Recorded(box.postgres().database(), reader);
    box.report(Reports.report("after", TestBox.START).build());

    new FirstLook(box.postgres().database(), recorded, box.clock(), Runnable::run).at(node.last());

    var measured = node.last();
    assertThat(measured.kind()).isEqualTo(RulesetEvent.Kind.MEASURED);
    var body = EventBody.read(measured);
    assertThat(body.path("exceptions").asLong()).isEqualTo(2);
    assertThat(body.path("whole").asBoolean()).isTrue();
    assertThat(body.path("hits").toString())
        .isEqualTo(
            "[{\"rule\":\"junior\",\"decisions\":2},{\"rule\":\"senior\",\"decisions\":1},"
                + "{\"rule\":\"swiss\",\"decisions\":0}]");
    assertThat(body.path("silent").toString()).isEqualTo("[\"swiss\"]");
    var verified = new AuditVerify(box.postgres().database(), reader).run(progress -> {});
    assertThat(verified.first()).isNull();
  }

  @Test
  void what_came_in_longer_ago_than_a_day_says_nothing_about_an_activation() {
    box.report(Reports.report("old", TestBox.START).build());
    box.clock().advance(Duration.ofHours(25));
    var admitted = change();
    activate(admitted, published(admitted.ruleset()));
    var recorded = new Recorded(box.postgres().database(), new JournalReader(box.keys()));

    new FirstLook(box.postgres().database(), recorded, box.clock(), Runnable::run).at(node.last());

    assertThat(node.last().kind()).isEqualTo(RulesetEvent.Kind.ACTIVATED);
  }
}
