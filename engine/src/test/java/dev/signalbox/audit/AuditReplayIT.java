package dev.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.db.Tx;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.recall.ArchivedRulebooks;
import dev.signalbox.recall.ArchivedRulebooks.Found;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.testkit.RandomReports;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.TestBox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded decisions, made again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditReplayIT {
  private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
  private static final Reports YOUNG = Reports.report("young", TestBox.START);

  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void every_kind_of_decision_comes_out_as_it_did() {
    box.report(YOUNG.build());
    box.report(Reports.report("clean", TestBox.START).buildClean());
    var later = Reports.report("later", TestBox.START);
    box.report(later.build());
    // Three thresholds pass unseen, and are decided as of each.
    box.clock().advance(Duration.ofHours(100));
    box.letTimersHappen();
    // By now it is a dead letter, of which somebody takes care.
    box.desk().handle(Request.of(later.build().caseId(), new Ask.Redrive(null), TestBox.SOURCE));
    box.report(later.buildClean());
    box.clock().advance(Duration.ofHours(1));
    var back = Reports.report("clean", TestBox.START).detectedAt(box.clock().instant());
    box.report(back.saying("It is back.").build());
    box.say(
        YOUNG.build().caseId(),
        new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));
    box.report(YOUNG.saying("Seen again.").of("100.00").build());

    var found = replay(box.keys(), this::standard);

    assertThat(found.first()).isEmpty();
    assertThat(found.exceptions()).isEqualTo(3);
    // Opened (3, 4, 3), settled (2), classed anew (2 twice), redriven (3), settled (2), back (2).
    assertThat(found.decisions()).isGreaterThanOrEqualTo(20);
    assertThat(found.same()).isEqualTo(found.decisions());
    assertThat(found.isClean()).isTrue();
  }

  @Test
  void the_oddest_reports_come_out_as_they_did_on_two_lanes_as_on_one() {
    Seeds.each(1, this::oddReports);

    var one = replay(box.keys(), this::standard);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var two =
          new AuditReplay(recorded(box.keys()), this::standard)
              .run(Stretch.allBefore(END), new Lanes(threads, 2), progress -> {});
      assertThat(two.decisions()).isEqualTo(one.decisions());
      assertThat(two.same()).isEqualTo(one.same());
    }
    assertThat(one.first()).isEmpty();
    assertThat(one.decisions()).isGreaterThan(400);
    assertThat(one.same()).isEqualTo(one.decisions());
  }

  private void oddReports(Random random) {
    var reports = new RandomReports(random);
    var known = new ArrayList<ExceptionReport>();
    for (int i = 0; i < 300; i++) {
      var report =
          known.isEmpty() || random.nextInt(3) > 0
              ? reports.report()
              : reports.again(reports.oneOf(known));
      known.add(report);
      box.report(report);
      box.clock().advance(Duration.ofNanos(1_000L * random.nextInt(2_000_000_000)));
    }
    box.letTimersHappen();
  }

  @Test
  void a_decision_that_comes_out_otherwise_is_named_with_what_was_and_what_is(
      @TempDir Path folder) {
    box.report(YOUNG.build());
    try (var other =
        RulesetFolder.in(folder)
            .classify(RulesetFolder.rule("high", "Item()", "classify.severity(Severity.HIGH);"))
            .load()) {

      var found = replay(box.keys(), digest -> new Found.Loaded(other));

      assertThat(found.isClean()).isFalse();
      assertThat(found.differing()).isEqualTo(3);
      assertThat(found.same()).isZero();
      var first = found.first().getFirst();
      assertThat(first.exception()).isEqualTo(YOUNG.build().caseId());
      assertThat(first.seq()).isEqualTo(1);
      assertThat(first.point()).isEqualTo(Point.SEVERITY);
      assertThat(first.was()).startsWith("LOW within 168h, again at ").contains(" by severity-");
      assertThat(first.is()).startsWith("HIGH within 72h").endsWith(" by high");
    }
  }

  @Test
  void who_must_approve_what_a_person_proposed_is_decided_again(@TempDir Path folder) {
    box.report(YOUNG.build());
    var before = replay(box.keys(), this::standard).decisions();
    box.desk()
        .handle(
            Request.of(
                YOUNG.build().caseId(),
                new Ask.Propose(
                    new Resolution.WriteOff(WriteOffReason.CANCELLED, "Gone.", "DOC-1"),
                    new Reviewer("ann", List.of("ANALYST"))),
                new Actor.Person("ann")));

    var found = replay(box.keys(), this::standard);

    assertThat(found.decisions()).isEqualTo(before + 1);
    assertThat(found.same()).isEqualTo(found.decisions());
    try (var lax = settling(folder, "recurrences > 9")) {
      assertThat(replay(box.keys(), digest -> new Found.Loaded(lax)).first().getLast())
          .extracting(Difference::point, Difference::was, Difference::is)
          .containsExactly(Point.APPROVALS, "SENIOR by approve-write-off", "nobody by free");
    }
  }

  @Test
  void what_rules_left_to_people_and_would_settle_now_differs(@TempDir Path folder) {
    try (var strict = settling(folder.resolve("a"), "recurrences > 9");
        var lenient = settling(folder.resolve("b"), "recurrences >= 0")) {
      box.decideBy(strict);
      box.report(YOUNG.build());

      var found = replay(box.keys(), digest -> new Found.Loaded(lenient));

      assertThat(found.first())
          .extracting(Difference::point)
          .containsExactly(Point.SEVERITY, Point.ROUTE, Point.RESOLUTION, Point.FALLBACK);
      assertThat(found.first().get(2).was()).isEqualTo("left to people");
      assertThat(found.first().get(2).is()).isEqualTo("KNOWN_DIFFERENCE by known");
    }
  }

  private static Rulebook settling(Path folder, String condition) {
    return RulesetFolder.in(folder)
        .resolve(
            RulesetFolder.rule(
                "known", "Item( " + condition + " )", "resolve.knownDifference(\"Fees.\");"))
        .approve(RulesetFolder.rule("free", "Item()", "approve.byNobody();"))
        .load();
  }

  @Test
  void the_archive_gives_the_ruleset_and_what_it_does_not_have_is_told() {
    box.report(YOUNG.build());
    try (var archive = new ArchivedRulebooks(box.postgres().database())) {
      var without = replay(box.keys(), archive::find);
      assertThat(without.isClean()).isFalse();
      assertThat(without.missing())
          .containsExactly(
              Map.entry("The ruleset %s is not archived.".formatted(TestBox.rules().digest()), 3L));
    }
    box.postgres().database().inTransaction(AuditReplayIT::archived);
    try (var archive = new ArchivedRulebooks(box.postgres().database())) {
      assertThat(replay(box.keys(), archive::find).same()).isEqualTo(3);
    }
  }

  private static boolean archived(Tx tx) {
    RulesetTable.archive(tx, TestBox.rules().files());
    return true;
  }

  @Test
  void what_was_erased_is_not_decided_again_and_is_no_difference() {
    box.report(YOUNG.build());
    box.postgres()
        .asSuperuser()
        .inTransaction(tx -> tx.update("UPDATE subject_key SET wrapped_key = NULL"));
    var fresh = new SubjectKeys(box.postgres().database(), new MasterKey(new byte[32]));

    var found = replay(fresh, this::standard);

    assertThat(found.erased()).isEqualTo(3);
    assertThat(found.differing()).isZero();
    assertThat(found.isClean()).isTrue();
  }

  @Test
  void one_exception_or_a_stretch_of_time_is_looked_at_alone() {
    box.report(YOUNG.build());
    box.clock().advance(Duration.ofHours(1));
    var second = Reports.report("second", TestBox.START).in("books-de").build();
    box.report(second);
    var replay = new AuditReplay(recorded(box.keys()), this::standard);

    assertThat(replay.run(second.caseId()).exceptions()).isEqualTo(1);
    assertThat(replay.run(Reports.report("none", TestBox.START).build().caseId()).exceptions())
        .isZero();
    assertThat(exceptions(replay, new Stretch(box.clock().instant(), END, null))).isEqualTo(1);
    assertThat(exceptions(replay, new Stretch(Instant.EPOCH, box.clock().instant(), null)))
        .isEqualTo(1);
    assertThat(exceptions(replay, new Stretch(Instant.EPOCH, END, "books-de"))).isEqualTo(1);
    assertThat(exceptions(replay, new Stretch(Instant.EPOCH, END, "elsewhere"))).isZero();
  }

  private static long exceptions(AuditReplay replay, Stretch stretch) {
    return replay.run(stretch, Lanes.ONE, progress -> {}).exceptions();
  }

  private Redecided replay(SubjectKeys keys, Function<Sha256, Found> rulebooks) {
    return new AuditReplay(recorded(keys), rulebooks)
        .run(Stretch.allBefore(END), Lanes.ONE, progress -> {});
  }

  private Recorded recorded(SubjectKeys keys) {
    return new Recorded(box.postgres().database(), new JournalReader(keys));
  }

  private Found standard(Sha256 digest) {
    assertThat(digest).isEqualTo(TestBox.rules().digest());
    return new Found.Loaded(TestBox.rules());
  }

  @Test
  void the_rows_of_many_pages_are_put_together() {
    var ids = new ArrayList<CaseId>();
    for (int i = 0; i < 450; i++) {
      ids.add(Reports.report("many-" + i, TestBox.START).build().caseId());
    }
    box.reportAll(
        IntStream.range(0, 450)
            .mapToObj(i -> Reports.report("many-" + i, TestBox.START).build())
            .toList());
    for (int round = 0; round < 3; round++) {
      int now = round;
      box.reportAll(
          List.of(
              Reports.report("many-7", TestBox.START).saying("again " + now).build(),
              Reports.report("many-8", TestBox.START).saying("again " + now).build()));
    }

    var found = replay(box.keys(), this::standard);

    assertThat(found.exceptions()).isEqualTo(ids.size());
    assertThat(found.decisions()).isEqualTo(1_350);
    assertThat(found.same()).isEqualTo(1_350);
  }
}
