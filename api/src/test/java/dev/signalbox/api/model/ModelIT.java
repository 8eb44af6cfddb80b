package dev.signalbox.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Wire;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.journal.JournalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of commands against the HTTP API, compared after every step with an independent
 * model of the lifecycle. {@code -Dsignalbox.model.steps=N} takes more steps, {@code
 * -Dsignalbox.seed=N} begins with another seed; a sequence that fails is told with its own seed,
 * made minimal.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelIT {
  private static final List<Verb> VERBS = List.of(Verb.values());
  private static final long STEPS = Long.getLong("signalbox.model.steps", 110_000);
  private static final long SEED = Long.getLong("signalbox.seed", 1);
  private static final int LENGTH = 44;

  private static final int CONNECTIONS = 24;
  private static final List<String> STATUSES =
      List.of(
          "OPEN",
          "ASSIGNED",
          "UNDER_REVIEW",
          "ESCALATED",
          "PENDING_APPROVAL",
          "PENDING_RESOLUTION",
          "DEAD_LETTERED",
          "RESOLVED");

  private final Map<String, LongAdder> cells = new ConcurrentHashMap<>();
  private final AtomicLong encounters = new AtomicLong();
  private final LongAdder taken = new LongAdder();
  private final LongAdder said = new LongAdder();
  @TempDir private Path folder;

  /** A sequence that failed, and why. */
  private record Failure(long seed, List<Step> steps, String what) {}

  @Test
  void the_service_does_what_the_documents_say_step_by_step() throws Exception {
    long began = System.nanoTime();
    try (var rules = ModelRules.in(folder);
        var box = ApiBox.posting(book -> book)) {
      box.box().decideBy(rules);
      var world = new World(box);
      var failure = search(world);
      if (failure != null) {
        throw new AssertionError(told(world, failure));
      }
      long took = Duration.ofNanos(System.nanoTime() - began).toSeconds();
      System.out.printf(
          "model: seed %d, %d steps (%d of them said) on %d exceptions in %d s; fewest of a cell: %s%n",
          SEED, taken.sum(), said.sum(), encounters.get(), took, fewest());
      var keys = box.box().keys();
      var audit = new AuditVerify(box.box().postgres().database(), new JournalReader(keys));
      assertThat(audit.run(progress -> {}).first()).isNull();
      if (STEPS >= 100_000) {
        assertThat(cells.keySet()).containsAll(everyCell());
      }
    }
  }

  private @Nullable Failure search(World world) throws Exception {
    var next = new AtomicLong(SEED);
    var last = SEED + (STEPS + LENGTH - 1) / LENGTH;
    var found = new ConcurrentHashMap<Long, Failure>();
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < CONNECTIONS; i++) {
        all.add(
            threads.submit(() -> {
              try (var wire = new Wire(world.port())) {
                for (long seed = next.getAndIncrement();
                    seed < last && found.isEmpty();
                    seed = next.getAndIncrement()) {
                  var steps = sequence(new Random(seed));
                  var what = fails(world, wire, steps);
                  if (what != null) {
                    found.put(seed, new Failure(seed, steps, what));
                  }
                }
              }
            }));
      }
      for (var one : all) {
        one.get();
      }
    }
    return found.values().stream().findFirst().orElse(null);
  }

  private String told(World world, Failure failure) {
    try (var wire = new Wire(world.port())) {
      var minimal = Shrinker.minimal(failure.steps(), steps -> fails(world, wire, steps) != null);
      return "The sequence of seed %d fails: %s.%nThe shortest part of it that still fails: %s.%n%s"
          .formatted(
              failure.seed(),
              failure.what(),
              fails(world, wire, minimal),
              minimal.stream().map(Step::toString).collect(Collectors.joining("\n")));
    }
  }

  /** What differs at some step, in words; null when nothing does. */
  private @Nullable String fails(World world, Wire wire, List<Step> steps) {
    var ref = "model-" + encounters.incrementAndGet();
    var encounter = new Encounter(world, wire, ref);
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var before = encounter.model().status();
      var what = encounter.differs(step);
      taken.increment();
      if (!step.verb().isByItself()) {
        said.increment();
      }
      if (before != null) {
        cells.computeIfAbsent(cell(step.verb(), before), cell -> new LongAdder()).increment();
      }
      if (what == null && i % 8 == 7 && encounter.isUnseen()) {
        what = encounter.differs();
      }
      if (what != null) {
        return "step %d, %s at %s: %s".formatted(i + 1, step, before, what);
      }
    }
    return encounter.differs();
  }

  /** What would be refused is drawn again most times, or little would happen. */
  private static List<Step> sequence(Random random) {
    var steps = new ArrayList<Step>();
    steps.add(new Step(Verb.REPORT_NEW, "reporter", reason(random), Step.How.PLAIN));
    while (steps.size() < LENGTH) {
      var step = step(random);
      for (int i = 0; i < 3 && random.nextInt(4) > 0 && isRefused(steps, step); i++) {
        step = step(random);
      }
      steps.add(step);
    }
    return steps;
  }

  private static boolean isRefused(List<Step> before, Step step) {
    var model = new Model();
    before.forEach(model::take);
    return model.take(step).code() != null;
  }

  /** What is over soon comes seldom. */
  private static Step step(Random random) {
    var verb = VERBS.get(random.nextInt(VERBS.size()));
    if (verb == Verb.CLEAR && random.nextInt(3) > 0) {
      verb = Verb.REPORT_NEW;
    } else if (verb.isByItself() && random.nextBoolean()) {
      verb = VERBS.get(random.nextInt(VERBS.size()));
    }
    var variant = verb.isReport() ? reason(random) : random.nextInt(420);
    return new Step(verb, caller(random, verb), variant, how(random));
  }

  private static int reason(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(Rules.REASONS.size()) : 0;
  }

  private static String caller(Random random, Verb verb) {
    if (verb.isByItself()) {
      return "nobody";
    }
    if (random.nextInt(25) == 0) {
      return World.CALLERS.get(random.nextInt(World.CALLERS.size()));
    }
    var allowed = World.CALLERS.stream().filter(verb::isFor).toList();
    return allowed.get(random.nextInt(allowed.size()));
  }

  private static Step.How how(Random random) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4, 5 -> Step.How.AT_VERSION;
      case 6, 7 -> Step.How.AT_STALE_VERSION;
      case 8, 9 -> Step.How.TWICE;
      case 10, 11, 12 -> Step.How.UNDER_CLAIM;
      case 13 -> Step.How.UNDER_OLD_CLAIM;
      default -> Step.How.PLAIN;
    };
  }

  private static String cell(Verb verb, String status) {
    return verb + " at " + status;
  }

  private static List<String> everyCell() {
    return Stream.of(Verb.values())
        .flatMap(verb -> STATUSES.stream().map(status -> cell(verb, status)))
        .toList();
  }

  private Map<String, Long> fewest() {
    var sorted = new TreeMap<String, Long>();
    cells.entrySet().stream()
        .sorted((a, b) -> Long.compare(a.getValue().sum(), b.getValue().sum()))
        .limit(3)
        .forEach(cell -> sorted.put(cell.getKey(), cell.getValue().sum()));
    return sorted;
  }
}
