package dev.signalbox.rules;

import static java.util.Objects.requireNonNull;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.GateDecision;
import dev.signalbox.exceptions.Decision.ResolutionDecision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.Settlement;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.NearMatch;
import dev.signalbox.rules.facts.Proposal;
import dev.signalbox.rules.facts.Waiting;
import dev.signalbox.rules.hits.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A compiled ruleset. Asking it is a pure function of the question: no clock, no chance, no I/O;
 * the same question to the same digest has the same answer on any machine. Safe for many threads.
 *
 * <p>It fails closed, and never throws for what a rule did: when the rules of {@code classify}
 * throw, fire without end or say nothing, the item is CRITICAL; when those of {@code route} throw,
 * fire without end or name no route, or when classifying failed, it is unrouted, which makes it a
 * dead letter that everybody sees. When other rules do, or are not there: nothing is settled by
 * rules, a proposal is reviewed, a resolution needs the highest role, and the default fallback
 * chain counts. The reason is in the advice.
 */
public final class Rulebook implements AutoCloseable {
  private static final int SHORT_DIGEST = 12;

  private final RulesetFiles files;
  private final RulesetManifest manifest;
  private final Facts facts;
  private final Map<RuleFolder, DecisionPoint> points;
  private final DecisionPoint classify;
  private final DecisionPoint route;
  private final UnaryOperator<List<Object>> order;

  Rulebook(RulesetFiles files, RulesetManifest manifest, Map<RuleFolder, DecisionPoint> points) {
    this(files, manifest, points, UnaryOperator.identity());
  }

  private Rulebook(
      RulesetFiles files,
      RulesetManifest manifest,
      Map<RuleFolder, DecisionPoint> points,
      UnaryOperator<List<Object>> order) {
    this.order = order;
    this.files = files;
    this.manifest = manifest;
    this.facts = new Facts(manifest);
    this.points = new EnumMap<>(points);
    this.classify = requireNonNull(points.get(RuleFolder.CLASSIFY));
    this.route = requireNonNull(points.get(RuleFolder.ROUTE));
  }

  public String name() {
    return manifest.name();
  }

  /** The identity of the ruleset: see {@link RulesetFiles}. */
  public Sha256 digest() {
    return files.digest();
  }

  /** How it is shown: its name and the first twelve digits of its digest. */
  public String label() {
    return name() + "@" + digest().hex().substring(0, SHORT_DIGEST);
  }

  /** The currency of the thresholds. */
  public CurrencyCode reportingCurrency() {
    return manifest.reportingCurrency();
  }

  public RulesetFiles files() {
    return files;
  }

  /** The ids of all rules, in their order. */
  public List<String> ruleIds() {
    return points.values().stream()
        .flatMap(point -> point.cards().stream())
        .map(RuleCard::id)
        .sorted()
        .toList();
  }

  /** What is known of all rules beside their code, in the order of their ids. */
  public List<RuleCard> rules() {
    return points.values().stream()
        .flatMap(point -> point.cards().stream())
        .sorted(Comparator.comparing(RuleCard::id))
        .toList();
  }

  /** How long the rules of each decision point took here so far. */
  public Map<String, Timing> timings() {
    var timings = new TreeMap<String, Timing>();
    points.forEach((folder, point) -> timings.put(folder.word(), point.timing()));
    return timings;
  }

  /** What the rules see of a question. */
  public Item facts(Question question) {
    return facts.of(question);
  }

  /** What the rules of {@code resolve} see of a question beside it: a fact for each candidate. */
  public List<NearMatch> near(Question question) {
    return facts.near(question);
  }

  /** What the rules of {@code gate} and {@code approve} see of a proposal. */
  public Proposal facts(ProposalQuestion proposal) {
    return facts.of(proposal);
  }

  /** For tests: the same rules, before whom the facts come in another order; it must not matter. */
  Rulebook ordered(UnaryOperator<List<Object>> other) {
    return new Rulebook(files, manifest, points, other);
  }

  /**
   * For measuring what explaining costs: the same rules, of which nobody learns which fired. It is
   * not closed by itself, and not asked once this one is.
   */
  public Rulebook untold() {
    var untold = new EnumMap<RuleFolder, DecisionPoint>(RuleFolder.class);
    points.forEach((folder, point) -> untold.put(folder, point.untold()));
    return new Rulebook(files, manifest, untold);
  }

  /** Whether rules settle the item by themselves. */
  public Advice<ResolutionDecision> resolve(Question question, Severity severity) {
    var near = facts.near(question);
    var seen = new ArrayList<Object>(List.of(facts.of(question), new Classified(severity)));
    seen.addAll(near);
    var refs = near.stream().map(NearMatch::ref).collect(Collectors.toSet());
    return ask(RuleFolder.RESOLVE, new Resolving(refs, question.asOf()), question, seen);
  }

  /**
   * How rules settle the item by themselves, and who would have to approve; null when they leave it
   * to people.
   */
  public @Nullable Settlement settle(Question question, Severity severity) {
    var advice = resolve(question, severity);
    return advice.decision() instanceof Settled settled
        ? new Settlement(
            new Advice<>(
                advice.ruleset(), advice.asOf(), settled, advice.fired(), advice.conflicts()),
            approve(ProposalQuestion.byRules(question, settled.resolution()), severity))
        : null;
  }

  /** What becomes of a resolution that inference proposes. */
  public Advice<GateDecision> gate(ProposalQuestion proposal, Severity severity) {
    return ask(RuleFolder.GATE, new Gating(), proposal.item(), seen(proposal, severity));
  }

  /** Who must countersign a proposed resolution. */
  public Advice<ApprovalDecision> approve(ProposalQuestion proposal, Severity severity) {
    return ask(
        RuleFolder.APPROVE,
        new Approving(manifest.highestRole()),
        proposal.item(),
        seen(proposal, severity));
  }

  /** What happens to an item while nobody takes care of it, and when. */
  public Advice<FallbackDecision> escalate(Question question, Severity severity, Route route) {
    var advice =
        points.containsKey(RuleFolder.ESCALATE)
            ? ask(
                RuleFolder.ESCALATE,
                new Escalating(),
                question,
                List.of(
                    facts.of(question),
                    new Classified(severity),
                    new Waiting(route.queue().value(), route.lane())))
            : advice(question, Escalating.DEFAULT, new Firing(List.of(), null), List.of());
    var said = advice.decision();
    var at = said.chain().stream().map(step -> facts.after(question, step.after())).toList();
    return new Advice<>(
        advice.ruleset(), advice.asOf(), said.happening(at), advice.fired(), advice.conflicts());
  }

  /** How long an item of a context may rest; null when its rules do not let it. */
  public @Nullable Duration snoozeAtMost(String context) {
    return manifest.parameters(context).durations().get("snoozeAtMost");
  }

  private List<Object> seen(ProposalQuestion proposal, Severity severity) {
    return List.of(facts.of(proposal.item()), new Classified(severity), facts.of(proposal));
  }

  private <D extends Decision> Advice<D> ask(
      RuleFolder folder, Output<D> said, Question question, List<Object> seen) {
    var point = points.get(folder);
    var firing =
        point == null
            ? new Firing(List.of(), "There are no rules in %s/.".formatted(folder.word()))
            : point.fire(said, said::speaking, order.apply(seen));
    var failure = firing.failure();
    D decision = null;
    if (failure == null) {
      try {
        decision = said.decision();
      } catch (IllegalArgumentException e) {
        failure = e.getMessage();
      }
    }
    if (decision != null) {
      return advice(question, decision, firing, said.conflicts());
    }
    var why = failure == null ? "No rule of %s says it.".formatted(label()) : failure;
    return advice(question, said.closed(why), firing, List.of("FAILED_CLOSED: " + why));
  }

  /** What must be gone from memory once nobody holds the rulebook any more. */
  ClassLoader loaderOfRules() {
    return route.loader();
  }

  /** Decides how grave the item is, and then where it goes. */
  public Assessment assess(Question question) {
    var item = facts.of(question);
    var said = new Classifying();
    var firing = classify.fire(said, null, List.of(item));
    var severity = severity(question, said, firing);
    return new Assessment(
        severity,
        firing.failure() == null
            ? routing(question, item, severity.decision().severity())
            : unrouted(
                question,
                firing,
                "RULES_FAILED: The severity is not decided: " + firing.failure()));
  }

  private Advice<SeverityDecision> severity(Question question, Classifying said, Firing firing) {
    var gravest = said.gravest();
    var note = firing.failure();
    if (note == null && gravest == null) {
      note = "No rule of %s says how grave the item is.".formatted(label());
    }
    var severity = note != null || gravest == null ? Severity.CRITICAL : gravest;
    var sla = said.sla() == null || note != null ? manifest.sla(severity) : said.sla();
    return advice(
        question,
        new SeverityDecision(
            severity,
            sla,
            facts.redecideAt(question),
            facts.materiality(question.report()),
            facts.calendarDue(question, sla)),
        firing,
        note == null ? List.of() : List.of("FAILED_CLOSED: " + note));
  }

  private Advice<RoutingDecision> routing(Question question, Item item, Severity severity) {
    var said = new Routing();
    var firing =
        route.fire(said, said::speaking, order.apply(List.of(item, new Classified(severity))));
    if (firing.failure() != null) {
      return unrouted(question, firing, "RULES_FAILED: " + firing.failure());
    }
    var way = said.route();
    return way == null
        ? unrouted(question, firing, "UNROUTED: No rule of %s routes the item.".formatted(label()))
        : advice(question, way, firing, said.conflicts());
  }

  private Advice<RoutingDecision> unrouted(Question question, Firing firing, String reason) {
    return advice(question, new Unrouted(reason), firing, List.of());
  }

  private <D extends Decision> Advice<D> advice(
      Question question, D decision, Firing firing, List<String> notes) {
    return new Advice<>(digest(), question.asOf(), decision, firing.fired(), notes);
  }

  /**
   * Lets go of what would keep it in memory. Whoever still holds it is answered as before, so that
   * the rules can be changed while questions are being asked.
   */
  @Override
  public void close() {
    points.values().forEach(DecisionPoint::close);
  }
}
