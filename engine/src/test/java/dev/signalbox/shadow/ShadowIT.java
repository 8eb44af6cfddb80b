package dev.signalbox.shadow;

import static dev.signalbox.rules.RulesetFolder.rule;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.audit.AuditVerify;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rulesets.Activations;
import dev.signalbox.rulesets.EventBody;
import dev.signalbox.rulesets.FolderSource;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.ShadowPlan.Bounds;
import dev.signalbox.rulesets.Shadows;
import dev.signalbox.shadow.Findings.Entry;
import dev.signalbox.shadow.Findings.Totals;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestRulesets;
import dev.signalbox.testkit.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate is asked about what was just decided, and nothing follows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShadowIT {
  @TempDir private Path parent;
  private final List<Node> nodes = new ArrayList<>();

  /** A node on a database of its own, with a candidate that was admitted there. */
  private final class Node implements AutoCloseable {
    private final TestBox box = TestBox.open();
    private final RulesetFolder folder =
        RulesetFolder.in(parent.resolve("node" + nodes.size()))
            .with("scenarios/all.yaml", scenarios(""));
    private final TestRulesets rulesets =
        new TestRulesets(
                box.postgres(),
                new FolderSource(folder.path()),
                new Activations.Policy(false, 1),
                Duration.ofMinutes(1),
                box.clock())
            .begun();
    private ShadowRunner runner = started();

    Node() {
      nodes.add(this);
      box.decideBy(rulesets.active().get());
    }

    private ShadowRunner started() {
      var fresh =
          new ShadowRunner(box.postgres().database(), shadows(), Signals.none(), box.clock());
      box.onLook(fresh);
      Thread.ofPlatform().daemon().start(fresh::run);
      return fresh;
    }

    /** As another program goes on. */
    void restart() {
      runner.close();
      runner = started();
    }

    Shadows.Shadow last() {
      return requireNonNull(
          box.postgres().database().<Shadows.@Nullable Shadow>read(Shadows::newest));
    }

    Shadows shadows() {
      return rulesets.desk().shadows();
    }

    /** Puts a version into the folder; gives the event that admits it. */
    RulesetEvent admits(String scenario, String... classify) {
      folder.classify(classify).with("scenarios/all.yaml", scenarios(scenario));
      rulesets.watch().look();
      assertThat(rulesets.last().kind())
          .as(rulesets.last().body())
          .isEqualTo(RulesetEvent.Kind.ADMITTED);
      return rulesets.last();
    }

    /** Large items are HIGH with the candidate, and LOW with what decides. */
    Sha256 stricter() {
      return admits(
              """
                - name: a large item
                  given: {amount: "5000.00"}
                  expect: {severity: HIGH}
              """,
              rule("low", "Item()", "classify.severity(Severity.LOW);"),
              rule("high", "Item( magnitude >= 1000B )", "classify.severity(Severity.HIGH);"))
          .ruleset();
    }

    long begins(Sha256 digest, double sample, double share) {
      var bounds = new Bounds(box.clock().instant().plus(Duration.ofHours(24)), sample, share);
      var event =
          requireNonNull(
              shadows()
                  .begin(new Shadows.Wish(digest, "To see.", bounds, TestRulesets.ANN))
                  .event());
      runner.ring();
      Until.holds(runner::isRunning);
      return event.number();
    }

    void reports(String ref, String amount) {
      box.report(report(ref, amount));
    }

    Findings until(long shadow, Predicate<Totals> isThere) {
      Until.holds(() -> isThere.test(runner.findings(shadow).totals()));
      return runner.findings(shadow);
    }

    String end() {
      Until.holds(() -> !runner.isRunning());
      var last = last();
      return EventBody.read(requireNonNull(last.ended())).path("end").asText();
    }

    @Override
    public void close() {
      runner.close();
      box.close();
      rulesets.close();
    }
  }

  private Node node;

  @BeforeEach
  void open() {
    node = new Node();
  }

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
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

  private static ExceptionReport report(String ref, String amount) {
    return Reports.report(ref, TestBox.START).of(amount).build();
  }

  private static List<ExceptionReport> many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> report("many-" + i, i % 10 == 0 ? "5000.00" : "10.00"))
        .toList();
  }

  private static CaseId id(String ref) {
    return report(ref, "1.00").caseId();
  }

  @Test
  void exactly_what_differs_is_counted_with_examples_and_nothing_follows() {
    var other = new Node();
    long shadow = node.begins(node.stricter(), 1, 0.5);

    for (var each : List.of(node, other)) {
      each.reports("small", "10.00");
      each.reports("large", "5000.00");
      each.reports("small", "10.00");
    }

    var found = node.until(shadow, totals -> totals.asked() == 2);
    assertThat(found.totals().same()).isEqualTo(1);
    assertThat(found.totals().differs()).isEqualTo(1);
    assertThat(found.totals().took()).isPositive();
    var example = List.of(id("large"));
    assertThat(found.differences())
        .containsExactly(
            new Entry("FIRES", "", "high", 1, example),
            new Entry("SEVERITY", "LOW", "HIGH", 1, example),
            new Entry("SLA", "168h", "72h", 1, example));
    for (var ref : List.of("small", "large")) {
      assertThat(node.box.state(id(ref))).isEqualTo(other.box.state(id(ref)));
      assertThat(node.box.events(id(ref))).isEqualTo(other.box.events(id(ref)));
    }
    assertThat(node.rulesets.active().get().digest())
        .isEqualTo(other.rulesets.active().get().digest());
  }

  @Test
  void what_is_decided_again_is_compared_again() {
    node.reports("large", "5000.00");
    node.box.clock().advance(Duration.ofHours(23));
    long shadow = node.begins(node.stricter(), 1, 0.5);
    node.box.clock().advance(Duration.ofHours(2));
    node.box.letTimersHappen();

    var found = node.until(shadow, totals -> totals.asked() == 1);

    assertThat(found.differences())
        .contains(new Entry("SEVERITY", "LOW", "HIGH", 1, List.of(id("large"))));
  }

  @Test
  void who_must_approve_what_people_propose_is_compared() {
    node.folder.approve(rule("boss", "Proposal()", "approve.by(\"BOSS\");"));
    var candidate =
        node.admits(
            """
              - name: a proposal
                given: {proposal: {kind: WRITE_OFF, proposer: PERSON, role: ANALYST}}
                expect: {approvals: [BOSS]}
            """,
            rule("low", "Item()", "classify.severity(Severity.LOW);"));
    long shadow = node.begins(candidate.ruleset(), 1, 0.5);
    node.reports("small", "10.00");

    node.box
        .desk()
        .handle(
            Request.of(
                id("small"),
                new Ask.Propose(
                    new Resolution.WriteOff(WriteOffReason.CANCELLED, "Gone.", "DOC-1"),
                    new Reviewer("ann", List.of("ANALYST"))),
                TestRulesets.ANN));

    var found = node.until(shadow, totals -> totals.asked() == 2);
    assertThat(found.totals().failed()).isZero();
    assertThat(found.differences())
        .contains(new Entry("FIRES", "", "boss", 1, List.of(id("small"))))
        .filteredOn(entry -> entry.what().equals("APPROVALS"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.becomes()).isEqualTo("BOSS"));
  }

  @Test
  void its_time_ends_it_and_what_is_decided_from_then_on_is_not_compared() {
    long shadow = node.begins(node.stricter(), 1, 0.5);
    node.reports("one", "10.00");
    node.until(shadow, totals -> totals.asked() == 1);

    node.box.clock().advance(Duration.ofHours(24));
    node.reports("late", "10.00");

    assertThat(node.end()).isEqualTo("TIME");
    assertThat(node.rulesets.kinds()).endsWith("SHADOW_BEGUN", "SHADOW_ENDED");
    var totals = node.runner.findings(shadow).totals();
    assertThat(totals.asked()).isEqualTo(1);
    assertThat(totals.dropped()).isZero();
  }

  @Test
  void its_time_also_runs_while_no_node_does() {
    node.begins(node.stricter(), 1, 0.5);
    node.runner.close();
    node.box.clock().advance(Duration.ofDays(3));
    node.restart();

    Until.holds(() -> !node.last().runs());
    assertThat(node.end()).isEqualTo("TIME");
  }

  @Test
  void a_person_ends_it_and_another_may_follow() {
    var digest = node.stricter();
    long first = node.begins(digest, 1, 0.5);
    node.reports("one", "5000.00");
    node.until(first, totals -> totals.asked() == 1);

    var stopped = node.shadows().stop(digest, "Seen enough.", TestRulesets.BOB);

    assertThat(requireNonNull(stopped.event()).actor()).isEqualTo("person:bob");
    assertThat(node.end()).isEqualTo("STOPPED");
    node.reports("two", "5000.00");
    long second = node.begins(digest, 1, 0.5);
    node.reports("three", "10.00");
    node.until(second, totals -> totals.asked() == 1);
    assertThat(node.runner.findings(first).totals().differs()).isEqualTo(1);
    assertThat(node.runner.findings(second).differences()).isEmpty();
    var verified =
        new AuditVerify(node.box.postgres().database(), new JournalReader(node.box.keys()))
            .run(progress -> {});
    assertThat(verified.first()).isNull();
    assertThat(verified.rulesetEvents()).isEqualTo(node.rulesets.events().size());
  }

  @Test
  void whatever_comes_into_force_ends_it_in_the_same_moment() {
    var digest = node.stricter();
    var admitted = node.rulesets.last();
    node.begins(digest, 1, 0.5);

    node.rulesets.activate(digest, admitted.number(), "It is right.", TestRulesets.ANN);

    assertThat(node.rulesets.kinds()).endsWith("SHADOW_BEGUN", "ACTIVATED", "SHADOW_ENDED");
    assertThat(node.end()).isEqualTo("ACTIVATION");
    assertThat(EventBody.read(node.rulesets.last()).path("why").asText())
        .isEqualTo("It decides from now on, by activation 5.");

    var next = node.admits("", rule("low", "Item()", "classify.severity(Severity.LOW, 3);"));
    node.begins(next.ruleset(), 1, 0.5);
    node.rulesets.activations().rollBack(null, "Too many.", TestRulesets.ANN);
    assertThat(node.rulesets.kinds()).endsWith("SHADOW_BEGUN", "ROLLED_BACK", "SHADOW_ENDED");
    assertThat(EventBody.read(node.rulesets.last()).path("why").asText())
        .startsWith("Another ruleset decides from now on");
  }

  @Test
  void a_restart_goes_on_and_what_was_found_adds_up() {
    long shadow = node.begins(node.stricter(), 1, 0.5);
    node.reports("one", "5000.00");
    node.until(shadow, totals -> totals.asked() == 1);

    node.restart();
    Until.holds(node.runner::isRunning);
    node.reports("two", "5000.00");
    node.reports("three", "10.00");

    var found = node.until(shadow, totals -> totals.asked() == 3);
    assertThat(found.differences())
        .contains(
            new Entry(
                "SEVERITY",
                "LOW",
                "HIGH",
                2,
                List.of(id("one"), id("two")).stream().sorted().toList()));
    assertThat(node.rulesets.kinds()).endsWith("SHADOW_BEGUN");
  }

  @Test
  void every_node_takes_part_and_what_they_find_adds_up() {
    var other =
        new ShadowRunner(
            node.box.postgres().database(), node.shadows(), Signals.none(), node.box.clock());
    Thread.ofPlatform().daemon().start(other::run);
    try (other) {
      node.box.onLook((before, events) -> {
        node.runner.saw(before, events);
        other.saw(before, events);
      });
      long shadow = node.begins(node.stricter(), 1, 0.5);
      Until.holds(other::isRunning);
      node.reports("large", "5000.00");
      node.reports("small", "5.00");

      Until.holds(() -> other.findings(shadow).totals().asked() >= 2);
      var found = node.until(shadow, totals -> totals.asked() == 4);
      assertThat(found.totals().differs()).isEqualTo(2);
      assertThat(found.differences())
          .contains(new Entry("SEVERITY", "LOW", "HIGH", 2, List.of(id("large"))));

      node.shadows().stop(node.last().plan().candidate(), "Seen enough.", TestRulesets.ANN);
      Until.holds(() -> !other.isRunning() && !node.runner.isRunning());
    }
  }

  @Test
  void a_candidate_that_does_not_load_any_more_ends_at_once() {
    var digest = node.stricter();
    node.box
        .postgres()
        .asSuperuser()
        .inTransaction(
            tx -> tx.update("UPDATE ruleset SET archive = '' WHERE digest = ?", digest.hex()));
    var bounds = new Bounds(node.box.clock().instant().plusSeconds(60), 1, 0.1);

    node.shadows().begin(new Shadows.Wish(digest, "To see.", bounds, TestRulesets.ANN));

    Until.holds(() -> !node.last().runs());
    assertThat(node.end()).isEqualTo("FAILED");
    assertThat(EventBody.read(node.rulesets.last()).path("why").asText())
        .startsWith("It does not load: ");
  }

  @Test
  void all_nodes_draw_the_same_sample() {
    var totals = new ArrayList<Totals>();
    var differences = new ArrayList<List<Entry>>();
    for (var each : List.of(node, new Node())) {
      long shadow = each.begins(each.stricter(), 0.3, 0.5);
      each.box.reportAll(many(0, 200));
      var found = each.until(shadow, so -> so.asked() + so.unsampled() + so.dropped() == 200);
      totals.add(found.totals());
      differences.add(found.differences());
    }

    assertThat(totals.getFirst().asked()).isBetween(30L, 90L);
    assertThat(totals.getFirst().differs()).isPositive();
    assertThat(totals.getLast().asked()).isEqualTo(totals.getFirst().asked());
    assertThat(differences.getLast()).isEqualTo(differences.getFirst());
  }

  @Test
  void what_there_is_no_time_for_is_dropped_and_nobody_waits() {
    long shadow = node.begins(node.stricter(), 1, 0.000_1);
    for (int from = 0; from < 1_600; from += 200) {
      node.box.reportAll(many(from, from + 200));
    }
    var rested = node.runner.findings(shadow).totals();
    assertThat(rested.dropped()).isPositive();
    assertThat(rested.asked()).isLessThan(1_000);

    node.shadows().stop(node.rulesets.last().ruleset(), "Too slow.", TestRulesets.ANN);

    assertThat(node.end()).isEqualTo("STOPPED");
    var totals = node.runner.findings(shadow).totals();
    assertThat(totals.asked() + totals.dropped()).isEqualTo(1_600);
  }

  @Test
  void a_candidate_that_fails_too_often_is_asked_no_more() {
    var picky =
        node.admits("", rule("low", "Item( magnitude > 50B )", "classify.severity(Severity.LOW);"));
    long shadow = node.begins(picky.ruleset(), 1, 0.5);

    node.box.reportAll(many(1, 10));
    node.until(shadow, totals -> totals.failed() == 9);
    assertThat(node.last().runs()).isTrue();
    node.box.reportAll(many(21, 40));

    assertThat(node.end()).isEqualTo("FAILED");
    var found = node.runner.findings(shadow);
    assertThat(found.totals().failed()).isBetween(20L, 27L);
    var reason = found.differences().getFirst();
    assertThat(reason.what()).isEqualTo("FAILED");
    assertThat(reason.becomes()).startsWith("FAILED_CLOSED: No rule of small@");
    assertThat(reason.examples()).hasSize(3);
    assertThat(EventBody.read(node.rulesets.last()).path("why").asText())
        .endsWith("decisions failed on one node.");
  }

  @Test
  void only_what_was_admitted_and_does_not_decide_is_asked_and_one_at_a_time() {
    var active = node.rulesets.active().get().digest();
    var digest = node.stricter();
    node.begins(digest, 1, 0.5);

    assertThat(refusal(new Sha256("a".repeat(64)))).isEqualTo("NOT_ADMITTED");
    assertThat(refusal(active)).isEqualTo("ACTIVE_ALREADY");
    assertThat(refusal(digest)).isEqualTo("SHADOW_RUNS");
    var bad = node.shadows().stop(active, "Why not.", TestRulesets.ANN).refused();
    assertThat(requireNonNull(bad).code()).isEqualTo("NO_SHADOW");
    node.folder.classify(rule("broken", "Item(", "classify.severity(Severity.LOW);"));
    node.rulesets.watch().look();
    assertThat(node.rulesets.last().kind()).isEqualTo(RulesetEvent.Kind.REFUSED);
    assertThat(refusal(node.rulesets.last().ruleset())).isEqualTo("NOT_ADMITTED");
  }

  private String refusal(Sha256 digest) {
    var bounds = new Bounds(node.box.clock().instant().plusSeconds(60), 1, 0.1);
    var refused =
        node.shadows().begin(new Shadows.Wish(digest, "To see.", bounds, TestRulesets.ANN));
    return requireNonNull(refused.refused()).code();
  }
}
