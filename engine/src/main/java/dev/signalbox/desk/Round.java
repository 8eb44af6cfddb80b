package dev.signalbox.desk;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseCommand.Kind;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.Claiming;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.LeaseEnd;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a batch over the desk, between its read and its commit: advise, decide and follow,
 * purely. Requests about the same case see each other's effect in their order.
 */
final class Round {
  private static final Actor CLAIMS = new Actor.Component("claims");

  private final Rulebook rules;
  private final Instant now;
  private final Map<CaseId, Dossier> dossiers = new LinkedHashMap<>();
  private final Map<OnceTable.Id, Answer> answered;
  private final List<Answer> newAnswers = new ArrayList<>();
  private final Map<CaseId, LeaseEnd> leases;
  private final Storm storm;
  private final @Nullable Chart chart;

  /**
   * What is known of what is asked.
   *
   * @param cases those there are
   * @param answers what was answered before, under the keys of the batch
   * @param leases the ends of the claims on the cases
   */
  record Known(
      Map<CaseId, StoredCase> cases,
      Map<OnceTable.Id, Answer> answers,
      Map<CaseId, LeaseEnd> leases) {
    static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());
  }

  /**
   * A round.
   *
   * @param asked the cases that are asked about
   * @param chart which accounts resolutions are posted to; null where none is
   */
  Round(
      Rulebook rules,
      Instant now,
      Collection<CaseId> asked,
      Known known,
      Storm storm,
      @Nullable Chart chart) {
    this.chart = chart;
    this.rules = rules;
    this.now = now;
    this.storm = storm;
    this.answered = new HashMap<>(known.answers());
    this.leases = known.leases();
    for (var id : asked) {
      dossiers.computeIfAbsent(id, absent -> new Dossier(absent, known.cases().get(absent)));
    }
  }

  /**
   * The same round, further on.
   *
   * @param further dossiers in the place of those of the same cases
   * @param amended what then becomes of an answer
   */
  Round further(Map<CaseId, Dossier> further, UnaryOperator<Receipt> amended) {
    var round = new Round(rules, now, List.of(), Known.NOTHING, storm, chart);
    round.dossiers.putAll(dossiers);
    round.dossiers.putAll(further);
    for (var answer : newAnswers) {
      round.newAnswers.add(new Answer(answer.key(), amended.apply(answer.receipt())));
    }
    return round;
  }

  Instant now() {
    return now;
  }

  /** The answers to remember under their keys. */
  List<Answer> newAnswers() {
    return newAnswers;
  }

  /** The cases that changed, in the order in which they were asked about. */
  List<Dossier> touched() {
    return dossiers.values().stream().filter(Dossier::isChanged).toList();
  }

  /** The cases that changed, in the order of their ids: all writers take locks in one order. */
  List<Dossier> changed() {
    return dossiers.values().stream()
        .filter(Dossier::isChanged)
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  /** What the storm guard counted and held back. */
  Storm storm() {
    return storm;
  }

  Receipt take(Request request) {
    var key = request.once();
    if (key == null) {
      return decide(request);
    }
    var before = answered.get(OnceTable.Id.of(key));
    if (before != null) {
      return before.repeatedFor(key);
    }
    var receipt = decide(request);
    if (receipt instanceof Receipt.Refused && !key.keepsRefusals()) {
      return receipt;
    }
    var answer = new Answer(key, receipt);
    answered.put(OnceTable.Id.of(key), answer);
    newAnswers.add(answer);
    return receipt;
  }

  private Receipt decide(Request request) {
    var dossier = dossier(request.id());
    var state = dossier.state();
    var beyond = beyond(request, state);
    if (beyond != null) {
      return new Receipt.Refused(beyond, null);
    }
    if (request.expectedVersion() != null
        && state != null
        && state.version() != request.expectedVersion()) {
      return new Receipt.Refused(
          new Refusal.Stale(request.expectedVersion(), state.version()), state);
    }
    if (state != null) {
      var locked = locked(request, dossier, state);
      if (locked != null) {
        return locked;
      }
      state = dossier.state();
    }
    if (state == null && request.ask() instanceof Ask.Report report && !storm.lets(report)) {
      return storm.holdBack(report);
    }
    var command = command(request.ask(), state);
    if (command == null) {
      return state == null
          ? new Receipt.Refused(new Refusal.NotFound(request.id()), null)
          : new Receipt.Done(state, List.of(), Effect.DUPLICATE);
    }
    return follow(request, dossier, Lifecycle.decide(request.id(), state, command, now));
  }

  /**
   * A reporter is told which context is not his; to all others what they cannot see is not there.
   */
  private static @Nullable Refusal beyond(Request request, @Nullable ExceptionCase state) {
    var sight = request.sight();
    if (request.ask() instanceof Ask.Report report) {
      var context = report.report().identity().context();
      return sight.reaches(context) ? null : new Refusal.OutOfReach(context);
    }
    return state == null || sight.reaches(state) ? null : new Refusal.NotFound(request.id());
  }

  /**
   * A claim whose lease is over ends as soon as anybody looks; one that is not keeps others out.
   *
   * @return null when nothing keeps the request from being decided
   */
  private @Nullable Receipt locked(Request request, Dossier dossier, ExceptionCase standing) {
    var kind = request.ask().kind();
    var claim = standing.claim();
    var end = leases.get(request.id());
    var state = standing;
    if (claim != null && isOver(dossier, end)) {
      if (kind != null) {
        var expired =
            Lifecycle.decide(request.id(), state, new CaseCommand.ExpireClaim(claim.fence()), now);
        follow(
            Request.say(request.id(), new CaseCommand.ExpireClaim(claim.fence()), CLAIMS),
            dossier,
            expired);
        state = dossier.changedState();
      }
    } else if (kind == Kind.EXPIRE_CLAIM) {
      return new Receipt.Done(state, List.of(), Effect.UNCHANGED);
    }
    var refusal =
        kind == null ? null : Claiming.lock(state, kind, request.actor(), request.claim(), end);
    return refusal == null ? null : new Receipt.Refused(refusal, state);
  }

  /** What was claimed in this very round is not over. */
  private static boolean isOver(Dossier dossier, @Nullable LeaseEnd end) {
    var before = dossier.before();
    var read = before == null ? null : before.state().claim();
    return read != null
        && read.equals(dossier.changedState().claim())
        && (end == null || end.isOver());
  }

  private Receipt follow(Request request, Dossier dossier, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted(var events) -> {
        dossier.add(events, request.actor(), request.traceParent(), now);
        var state = dossier.state();
        if (state == null) {
          throw new IllegalStateException("Nothing opened the case " + request.id() + ".");
        }
        yield new Receipt.Done(state, events, Effect.of(request.ask(), events));
      }
      case Outcome.Refused(var refusal, var remembered) -> {
        dossier.add(remembered, request.actor(), request.traceParent(), now);
        yield new Receipt.Refused(refusal, dossier.state());
      }
    };
  }

  private Dossier dossier(CaseId id) {
    var dossier = dossiers.get(id);
    if (dossier == null) {
      throw new IllegalStateException("The case " + id + " was not read for this batch.");
    }
    return dossier;
  }

  /** The command, with the advice it needs; null when there is nothing to decide. */
  private @Nullable CaseCommand command(Ask ask, @Nullable ExceptionCase state) {
    return switch (ask) {
      case Ask.Report(var report, var receivedAt, var _) -> reported(report, receivedAt, state);
      case Ask.Redecide() ->
          state == null
              ? null
              : new CaseCommand.Reclassify(
                  rules.assess(
                      new Question(state.report(), state.detection(), redecidedAsOf(state))));
      case Ask.Redrive(var reason) ->
          state == null
              ? null
              : new CaseCommand.Redrive(
                  reason, falling(new Question(state.report(), state.detection(), now)));
      case Ask.Propose(var resolution, var by) -> proposed(resolution, by, state);
      case Ask.Snooze(var until, var reason, var by) ->
          state == null
              ? null
              : new CaseCommand.Snooze(
                  until, reason, by, rules.snoozeAtMost(state.report().identity().context()));
      case Ask.Say(var command) -> command;
    };
  }

  private @Nullable CaseCommand proposed(
      Resolution resolution, Reviewer by, @Nullable ExceptionCase state) {
    if (state == null || state.classification() == null) {
      return null;
    }
    var question = new Question(state.report(), state.detection(), now);
    var proposal = ProposalQuestion.byPerson(question, resolution, by.highestRole());
    var approval = rules.approve(proposal, state.classification().severity());
    return new CaseCommand.Propose(resolution, by, approval, chart);
  }

  /**
   * As of the threshold, however late that is noticed: who slept through several decides at each of
   * them, and finds the same severity and due time as who was awake.
   */
  private Instant redecidedAsOf(ExceptionCase state) {
    var standing = state.classification();
    var threshold = standing == null ? null : standing.redecideAt();
    return threshold != null && threshold.isBefore(now) ? threshold : now;
  }

  /** The exact repeat, by far the most frequent, is seen before any rule is asked. */
  private @Nullable CaseCommand reported(
      ExceptionReport report, Instant receivedAt, @Nullable ExceptionCase state) {
    var detected = report.detectedAt() != null ? report.detectedAt() : receivedAt;
    if (state == null) {
      var question = new Question(report, Detection.first(detected), now);
      var assessment = rules.assess(question);
      var settlement = settlement(question, assessment);
      return new CaseCommand.Open(
          report, receivedAt, falling(question, assessment, settlement), settlement);
    }
    if (state.contentHash().equals(report.contentHash())) {
      return null;
    }
    var detection =
        state.isOpen() ? state.detection().again(detected) : state.detection().recurred(detected);
    var question = new Question(report, detection, now);
    var assessment = rules.assess(question);
    var settlement = settlement(question, assessment);
    return new CaseCommand.ReportAgain(
        report,
        receivedAt,
        state.isOpen() ? assessment : falling(question, assessment, settlement),
        settlement);
  }

  private Assessment falling(Question question) {
    return falling(question, rules.assess(question), null);
  }

  /** With the fallback chain of what will wait for somebody, or may come back from outside. */
  private Assessment falling(
      Question question, Assessment assessment, @Nullable Settlement settlement) {
    return assessment.routing().decision() instanceof Route route
            && (settlement == null || !settlement.isApproved())
        ? assessment.falling(
            rules.escalate(question, assessment.classification().decision().severity(), route))
        : assessment;
  }

  /** Rules settle nothing that they cannot route. */
  private @Nullable Settlement settlement(Question question, Assessment assessment) {
    return assessment.routing().decision() instanceof Route
        ? rules.settle(question, assessment.classification().decision().severity())
        : null;
  }
}
