package dev.signalbox.rulesets;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rulesets.Activations.Outcome;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.TestRulesets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetLifeIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path temporary;
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestPostgres postgres;
  private RulesetFolder folder;

  @BeforeEach
  void begin() {
    postgres = TestPostgres.freshDatabase();
    folder = RulesetFolder.in(temporary);
    write("first");
  }

  @AfterEach
  void close() throws Exception {
    for (var closing : open) {
      closing.close();
    }
    postgres.close();
  }

  /** A ruleset that passes; its name tells it apart. */
  private void write(String name) {
    folder
        .with(
            "ruleset.yaml",
            """
            name: %s
            description: For tests.
            owner: tests
            reportingCurrency: EUR
            ageThresholds: [24h]
            sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
            """
                .formatted(name))
        .with("scenarios/all.yaml", scenario("junior"));
  }

  private static String scenario(String queue) {
    return """
    description: All of it.
    scenarios:
      - name: a small item
        expect: {severity: LOW, queue: %s}
    """
        .formatted(queue);
  }

  private TestRulesets node() {
    return node(Activations.Policy.USUAL);
  }

  private TestRulesets node(Activations.Policy policy) {
    var node = new TestRulesets(postgres, new FolderSource(folder.path()), policy, LONG);
    open.add(node);
    return node;
  }

  @Test
  void the_first_ruleset_is_admitted_and_decides() {
    var node = node().begun();

    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.kinds()).containsExactly("ADMITTED", "ACTIVATED");
    assertThat(node.active().now().activation().number()).isEqualTo(2);
    assertThat(node.last().actor()).isEqualTo("component:rulesets");
  }

  @Test
  void without_any_ruleset_there_is_no_start_and_the_reason_is_told() {
    folder.classify("rule \"broken\" when Item( then end");

    assertThatThrownBy(() -> node().begun())
        .isInstanceOf(BadRuleset.class)
        .hasMessageContaining("classify/rules.drl:");
    assertThat(node().kinds()).containsExactly("REFUSED");
  }

  @Test
  void a_change_is_live_after_one_look_and_looking_again_does_nothing() {
    var node = node().begun();
    write("second");

    node.watch().look();
    node.watch().look();

    assertThat(node.decides()).isEqualTo("second");
    assertThat(node.kinds()).containsExactly("ADMITTED", "ACTIVATED", "ADMITTED", "ACTIVATED");
    assertThat(node.last().backTo()).isEqualTo(2);
  }

  @Test
  void a_bad_change_is_refused_with_its_place_and_the_old_rules_decide() {
    var node = node().begun();
    folder.with("scenarios/all.yaml", scenario("seniors"));

    node.watch().look();

    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.last().kind()).isEqualTo(RulesetEvent.Kind.REFUSED);
    var finding = EventBody.read(node.last()).path("findings").path(0);
    assertThat(finding.path("file").asText()).isEqualTo("scenarios/all.yaml");
    assertThat(finding.path("line").asInt()).isEqualTo(3);
    assertThat(finding.path("what").asText()).contains("The scenario \"a small item\" failed");
  }

  @Test
  void what_is_an_error_in_the_check_refuses_a_change_and_a_warning_is_told_with_its_admission() {
    var node = node().begun();
    folder.route(
        rule("junior", "Item()", "route.to(\"junior\");"),
        rule("senior", "Item( magnitude > 5B )", "route.to(\"senior\");"));

    node.watch().look();

    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.last().kind()).isEqualTo(RulesetEvent.Kind.REFUSED);
    var finding = EventBody.read(node.last()).path("findings").path(0);
    assertThat(finding.path("file").asText()).isEqualTo("route/rules.drl");
    assertThat(finding.path("line").asInt()).isEqualTo(15);
    assertThat(finding.path("rule").asText()).isEqualTo("senior");
    assertThat(finding.path("what").asText()).startsWith("It has salience 0 as junior (route/");

    folder.route(
        rule("junior", 1, "Item()", "route.to(\"junior\");"),
        rule("senior", "Item( magnitude > 5B )", "route.to(\"senior\");"));

    node.watch().look();

    var admitted = EventBody.read(node.events().get(node.events().size() - 2));
    assertThat(admitted.path("findings")).isEmpty();
    assertThat(admitted.path("warnings").path(0).path("what").asText())
        .startsWith("It decides nothing: wherever it fires, junior (route/rules.drl:5) fires too");
    assertThat(node.last().kind()).isEqualTo(RulesetEvent.Kind.ACTIVATED);
  }

  @Test
  void a_ruleset_that_takes_too_long_to_judge_is_refused() {
    node().begun();
    write("second");
    try (var hurried =
        new TestRulesets(
            postgres,
            new FolderSource(folder.path()),
            Activations.Policy.USUAL,
            Duration.ofNanos(1))) {
      hurried.begun();

      assertThat(hurried.decides()).isEqualTo("first");
      assertThat(hurried.last().body()).contains("takes longer than 0 s; make its rules simpler.");
    }
  }

  @Test
  void the_same_files_under_another_version_are_not_judged_again() {
    var node = node().begun();
    write("second");
    node.watch().look();
    write("first");

    node.watch().look();

    assertThat(node.decides()).isEqualTo("first");
    assertThat(EventBody.read(node.events().get(4)).path("sameAs").asLong()).isEqualTo(1);
  }

  @Test
  void a_roll_back_leads_to_what_decided_before_and_the_watch_leaves_it_so() {
    var node = node().begun();
    write("second");
    node.watch().look();

    var outcome = node.activations().rollBack(4L, "It routes too much to us.", TestRulesets.ANN);

    assertThat(outcome).isInstanceOf(Outcome.Activated.class);
    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.last().actor()).isEqualTo("person:ann");
    assertThat(node.last().body()).contains("It routes too much to us.");
    node.watch().look();
    assertThat(node.decides()).isEqualTo("first");
    assertThat(node().begun().decides()).isEqualTo("first");
    write("third");
    node.watch().look();
    assertThat(node.decides()).isEqualTo("third");
  }

  @Test
  void nobody_goes_back_beyond_the_first_or_from_what_is_left_already() {
    var node = node().begun();
    assertThat(node.activations().rollBack(null, "Why not?", TestRulesets.ANN))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("NOTHING_BEFORE"));
    write("second");
    node.watch().look();
    assertThat(node.activations().rollBack(2L, "Too late.", TestRulesets.ANN))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, refused -> assertThat(refused.code()).isEqualTo("CHANGED"));
  }

  @Test
  void other_nodes_follow_by_the_number_of_the_activation() {
    var node = node().begun();
    var other = node().begun();
    write("second");
    node.watch().look();

    other.active().follow();
    other.watch().look();

    assertThat(other.decides()).isEqualTo("second");
    assertThat(other.active().now().activation()).isEqualTo(node.active().now().activation());
    assertThat(node.kinds()).containsExactly("ADMITTED", "ACTIVATED", "ADMITTED", "ACTIVATED");
  }

  @Test
  void a_node_that_starts_without_its_source_decides_by_what_was_active_last() throws IOException {
    node().begun();
    Files.move(folder.path(), temporary.resolve("gone"));

    var node = node().begun();

    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.watch().seen().outcome()).isEqualTo("AWAY");
  }

  @Test
  void a_node_that_starts_with_a_bad_newest_decides_by_what_was_active_last() {
    node().begun();
    folder.classify("rule \"broken\" when Item( then end");

    assertThat(node().begun().decides()).isEqualTo("first");
    assertThat(node().begun().kinds()).containsExactly("ADMITTED", "ACTIVATED", "REFUSED");
  }

  @Test
  void a_node_whose_archive_was_tampered_with_decides_by_what_a_roll_back_leads_to() {
    var node = node().begun();
    write("second");
    node.watch().look();
    postgres
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "UPDATE ruleset SET archive = '' WHERE digest = ?", node.last().ruleset().hex()));

    var other = node();
    assertThat(other.active().resume()).isTrue();

    assertThat(other.decides()).isEqualTo("first");
    assertThat(other.active().behind()).isEqualTo(4);
  }

  @Test
  void where_people_activate_a_change_waits_for_them() {
    var node = node(new Activations.Policy(false, 1)).begun();
    write("second");
    node.watch().look();
    assertThat(node.decides()).isEqualTo("first");
    var admitted = node.last();

    var outcome = node.activate(admitted.ruleset(), admitted.number(), "Agreed.", TestRulesets.ANN);

    assertThat(outcome).isInstanceOf(Outcome.Activated.class);
    assertThat(node.decides()).isEqualTo("second");
    assertThat(node.last().admission()).isEqualTo(admitted.number());
  }

  @Test
  void where_two_people_are_needed_one_is_not_enough_however_often() {
    var node = node(new Activations.Policy(false, 2)).begun();
    write("second");
    node.watch().look();
    var admitted = node.last();
    var digest = admitted.ruleset();

    assertThat(node.activate(digest, admitted.number(), "Agreed.", TestRulesets.ANN))
        .isInstanceOf(Outcome.Approved.class);
    assertThat(node.activate(digest, admitted.number(), "Really.", TestRulesets.ANN))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("SECOND_PERSON"));
    assertThat(node.decides()).isEqualTo("first");
    assertThat(node.activate(digest, admitted.number(), "Agreed, too.", TestRulesets.BOB))
        .isInstanceOf(Outcome.Activated.class);
    assertThat(node.decides()).isEqualTo("second");
  }

  @Test
  void nothing_is_activated_that_was_not_admitted() {
    var node = node().begun();
    var first = node.active().get().digest();
    folder.with("scenarios/all.yaml", scenario("seniors"));
    node.watch().look();
    var refused = node.last();

    for (var attempt :
        List.of(
            node.activate(refused.ruleset(), refused.number(), "Now.", TestRulesets.ANN),
            node.activate(refused.ruleset(), 1, "Now.", TestRulesets.ANN),
            node.activate(new Sha256("a".repeat(64)), 99, "Now.", TestRulesets.ANN))) {
      assertThat(attempt)
          .isInstanceOfSatisfying(
              Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo("NOT_ADMITTED"));
    }
    assertThat(node.active().get().digest()).isEqualTo(first);
  }

  @Test
  void neither_the_service_nor_the_owner_can_change_what_happened() {
    node().begun();
    for (var database : List.of(postgres.database(), postgres.asOwner())) {
      for (var sql :
          List.of(
              "UPDATE ruleset_event SET actor = 'person:bob'",
              "DELETE FROM ruleset_event",
              "TRUNCATE ruleset_event")) {
        assertThatThrownBy(() -> database.inTransaction(tx -> tx.update(sql)))
            .hasStackTraceContaining("ruleset_event");
      }
    }
  }
}
