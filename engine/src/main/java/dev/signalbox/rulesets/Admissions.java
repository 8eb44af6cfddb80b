package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.outside.RulesetSource.Fault;
import dev.signalbox.outside.RulesetSource.Look;
import dev.signalbox.outside.RulesetSource.Version;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rulesets.RulesetEvent.Draft;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import dev.signalbox.signals.Signals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges the versions of one source, apart from all requests and within a bound, and keeps what
 * came of it as events. The same files are judged once, whatever their version; but what an earlier
 * program refused, this one judges again. Several nodes may do the same: whoever is first appends,
 * and the others find it done. Not safe for several threads.
 */
final class Admissions {
  private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);
  private static final String ITSELF = new Actor.Component("rulesets").text();

  private final String source;
  private final With with;
  private final Duration limit;
  private final Instant began;
  private @Nullable String handled;

  /**
   * What they work with.
   *
   * @param threads for what may take long, and at worst for ever: of their own, and few
   */
  record With(
      Database database,
      ActiveRuleset active,
      Activations activations,
      Signals signals,
      InstantSource clock,
      Executor threads) {}

  /**
   * Admissions.
   *
   * @param limit what a ruleset may take to be compiled and tried
   */
  Admissions(String source, With with, Duration limit) {
    this.source = source;
    this.with = with;
    this.limit = limit;
    began = with.clock().instant();
  }

  /** Takes what a look showed; gives what is wrong with it, when it is new and refused. */
  List<Finding> take(Look look) {
    return switch (look) {
      case Look.Away away -> List.of();
      case Look.Unfit(var version, var faults) ->
          isNews(version) ? refused(version, findings(faults)) : List.of();
      case Look.Found(var version, var files) -> {
        if (!isNews(version)) {
          yield List.of();
        }
        RulesetFiles read;
        try {
          read = RulesetFiles.of(source, files);
        } catch (BadRuleset e) {
          yield refused(version, e.findings());
        }
        yield judged(version, read);
      }
    };
  }

  /** What was handled before, here or on another node, is none. */
  private boolean isNews(Version version) {
    if (version.id().equals(handled)) {
      return false;
    }
    var last = with.database().<@Nullable RulesetEvent>read(this::last);
    if (last == null || !last.version().equals(version.id()) || !holds(last)) {
      return true;
    }
    handled = version.id();
    if (last.kind() == Kind.ADMITTED) {
      with.activations().follow(last);
    }
    return false;
  }

  private @Nullable RulesetEvent last(Tx tx) {
    return RulesetEventTable.lastJudged(tx, source);
  }

  private boolean holds(RulesetEvent judgement) {
    return judgement.kind() == Kind.ADMITTED || !judgement.at().isBefore(began);
  }

  private List<Finding> refused(Version version, List<Finding> findings) {
    var body = EventBody.judged(version, Judgement.refused(findings), Duration.ZERO);
    settle(append(draft(version, Kind.REFUSED, null, body), null));
    return findings;
  }

  private List<Finding> judged(Version version, RulesetFiles files) {
    var digest = files.digest();
    var before =
        with.database().<@Nullable RulesetEvent>read(tx -> RulesetEventTable.judgement(tx, digest));
    if (before != null && holds(before)) {
      var body = EventBody.judgedBefore(version, before);
      settle(append(draft(version, before.kind(), digest, body), null));
      return List.of();
    }
    long start = System.nanoTime();
    var judgement = judgement(files);
    var took = Duration.ofNanos(System.nanoTime() - start);
    var rulebook = judgement.rulebook();
    if (rulebook != null) {
      with.active().offer(rulebook);
    }
    var kind = rulebook == null ? Kind.REFUSED : Kind.ADMITTED;
    var body = EventBody.judged(version, judgement, took);
    settle(append(draft(version, kind, digest, body), files));
    return judgement.findings();
  }

  private Draft draft(Version version, Kind kind, @Nullable Sha256 digest, String body) {
    return new Draft(
        with.clock().instant(), kind, digest, source, version.id(), ITSELF, null, null, body);
  }

  /** Appends, unless another node did so meanwhile, or this says nothing new. */
  private RulesetEvent append(Draft draft, @Nullable RulesetFiles files) {
    return with.database()
        .inTransaction(tx -> {
          RulesetEventTable.lock(tx);
          var last = last(tx);
          if (last != null
              && last.version().equals(draft.version())
              && last.kind() == draft.kind()) {
            return last;
          }
          if (files != null) {
            RulesetTable.archive(tx, files);
          }
          return RulesetEventTable.append(tx, draft);
        });
  }

  private void settle(RulesetEvent event) {
    handled = event.version();
    with.signals().rulesetJudged(event.kind().name());
    if (event.kind() == Kind.ADMITTED) {
      LOG.info("The version {} of {} is admitted: {}.", event.version(), source, event.digest());
      with.activations().follow(event);
    } else {
      LOG.warn(
          "The version {} of {} is refused: {}",
          event.version(),
          source,
          EventBody.read(event).path("findings"));
    }
  }

  private Judgement judgement(RulesetFiles files) {
    var judging = new Judging(files, with.active().kept());
    with.threads().execute(judging);
    try {
      var judgement = judging.within(limit);
      return judgement != null
          ? judgement
          : Judgement.refused(
              List.of(
                  finding(
                      source,
                      "Compiling and trying it takes longer than %d s; make its rules simpler."
                          .formatted(limit.toSeconds()))));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A ruleset could not be judged.", e);
    } catch (InterruptedException e) {
      judging.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Judging a ruleset was interrupted.", e);
    }
  }

  private static List<Finding> findings(List<Fault> faults) {
    return faults.stream().map(fault -> finding(fault.path(), fault.what())).toList();
  }

  static Finding finding(String file, String what) {
    return new Finding(file, 0, 0, null, what);
  }
}
