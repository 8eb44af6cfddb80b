package dev.signalbox.testkit;

import static java.util.Objects.requireNonNull;

import dev.signalbox.access.Authority;
import dev.signalbox.deadlines.Deadlines;
import dev.signalbox.desk.Brought;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.reviewers.Assigner;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.signals.Signals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A signal box for tests: the real desk on a real database, with a clock that tests move. */
public final class TestBox implements AutoCloseable {
  public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  public static final Actor SOURCE = new Actor.Person("bank-a");

  private static final Rulebook STANDARD = Rulesets.load(standardRuleset());

  private final TestPostgres postgres;
  private final TestClock clock = new TestClock(START);
  private final SubjectKeys keys;
  private final Desk desk;
  private final Deadlines deadlines;
  private final Map<Sha256, Rulebook> decided = new ConcurrentHashMap<>();
  private volatile Rulebook rules = STANDARD;
  private volatile Consumer<Brought> bell = brought -> {};
  private volatile Desk.Onlooker onlooker = Desk.Onlooker.NOBODY;

  private TestBox(TestPostgres postgres, StormGuard guard, Signals signals) {
    this(postgres, guard, signals, null);
  }

  private TestBox(TestPostgres postgres, StormGuard guard, Signals signals, @Nullable Chart chart) {
    this.postgres = postgres;
    decided.put(STANDARD.digest(), STANDARD);
    keys = new SubjectKeys(postgres.database(), new MasterKey(new byte[MasterKey.BYTES]));
    desk =
        new Desk(
            postgres.database(),
            () -> rules,
            new Journal(keys),
            guard,
            clock,
            signals,
            brought -> bell.accept(brought),
            (before, events) -> onlooker.saw(before, events),
            new Desk.Setup(chart, new Assigner(Authority.UNLIMITED)));
    deadlines = new Deadlines(postgres.database(), desk, clock);
  }

  public static TestBox open() {
    return new TestBox(TestPostgres.freshDatabase(), StormGuard.off(), Signals.none());
  }

  /** One whose resolutions are posted to these accounts. */
  public static TestBox posting(Chart chart) {
    return new TestBox(TestPostgres.freshDatabase(), StormGuard.off(), Signals.none(), chart);
  }

  public static TestBox guardedBy(StormGuard guard) {
    return new TestBox(TestPostgres.freshDatabase(), guard, Signals.none());
  }

  /** One whose signals somebody looks at. */
  public static TestBox telling(Signals signals, StormGuard guard) {
    return new TestBox(TestPostgres.freshDatabase(), guard, signals);
  }

  /** On a database that the box closes. */
  public static TestBox on(TestPostgres postgres) {
    return new TestBox(postgres, StormGuard.off(), Signals.none());
  }

  /** The folder of the ruleset that the product brings. */
  public static Path standardRuleset() {
    return Path.of(System.getProperty("signalbox.root", ".."), "rules-repo/rulesets/standard");
  }

  /** Lets another rulebook decide from now on; whoever made it closes it. */
  public void decideBy(Rulebook other) {
    decided.put(other.digest(), other);
    rules = other;
  }

  /** The rulebook that decides now. */
  public Rulebook deciding() {
    return rules;
  }

  /** The rulebook that decides here, unless another one was said to. */
  public static Rulebook rules() {
    return STANDARD;
  }

  /** The standard ruleset, but nothing falls back for a year; not to be closed. */
  public static Rulebook patient() {
    return Patient.RULES;
  }

  private static final class Patient {
    static final Rulebook RULES =
        standardBut(
            "ruleset.yaml",
            "remind: 24h\n    reassign: 48h\n    deadLetter: 72h",
            "remind: 9000h\n    reassign: 9001h\n    deadLetter: 9002h");
  }

  /** The standard ruleset with other words in a file of it; whoever asks for it closes it. */
  public static Rulebook standardBut(String file, String words, String others) {
    var files = new TreeMap<>(RulesetFiles.of(standardRuleset()).all());
    var before = new String(requireNonNull(files.get(file)), StandardCharsets.UTF_8);
    var after = before.replace(words, others);
    if (after.equals(before)) {
      throw new AssertionError(file + " does not say: " + words);
    }
    files.put(file, after.getBytes(StandardCharsets.UTF_8));
    return Rulesets.load(RulesetFiles.of("standard", files));
  }

  /** The standard ruleset with one more file, and more lines in ruleset.yaml. */
  public static Rulebook standardWith(String file, String content, String lines) {
    var files = new TreeMap<>(RulesetFiles.of(standardRuleset()).all());
    files.put(file, content.getBytes(StandardCharsets.UTF_8));
    files.compute(
        "ruleset.yaml",
        (name, manifest) ->
            (new String(requireNonNull(manifest), StandardCharsets.UTF_8) + "\n" + lines + "\n")
                .getBytes(StandardCharsets.UTF_8));
    return Rulesets.load(RulesetFiles.of("standard", files));
  }

  public Desk desk() {
    return desk;
  }

  /** Who is told what each commit brought. */
  public void onCommit(Consumer<Brought> told) {
    bell = told;
  }

  /** Who sees what each commit did. */
  public void onLook(Desk.Onlooker other) {
    onlooker = other;
  }

  public TestPostgres postgres() {
    return postgres;
  }

  public TestClock clock() {
    return clock;
  }

  public SubjectKeys keys() {
    return keys;
  }

  public Receipt report(ExceptionReport report) {
    return desk.handle(Request.report(report, clock.instant(), SOURCE, null));
  }

  public List<Receipt> reportAll(List<ExceptionReport> reports) {
    return desk.handle(
        reports.stream()
            .map(report -> Request.report(report, clock.instant(), SOURCE, null))
            .toList());
  }

  public Receipt say(CaseId id, CaseCommand command) {
    return desk.handle(Request.say(id, command, SOURCE));
  }

  /** Lets every timer happen that is due by now. */
  public void letTimersHappen() {
    while (deadlines.catchUp()) {
      // One batch after the other.
    }
  }

  public ExceptionCase state(CaseId id) {
    var stored = postgres.database().read(tx -> CaseTable.find(tx, id));
    if (stored == null) {
      throw new AssertionError("There is no case " + id + ".");
    }
    return stored.state();
  }

  public List<JournalEntry> history(CaseId id) {
    var rows = postgres.database().read(tx -> JournalTable.history(tx, id, 0, 1_000));
    return new JournalReader(keys).read(rows);
  }

  /** The names of the events of a case, in order. */
  public List<String> events(CaseId id) {
    return history(id).stream().map(entry -> entry.event().getClass().getSimpleName()).toList();
  }

  /** Before it goes, all that was decided here is decided again. */
  @Override
  public void close() {
    try {
      Replays.check(postgres.database(), keys, decided::get);
    } finally {
      postgres.close();
    }
  }
}
