package dev.signalbox.rules;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A compiled ruleset. Asking it is a pure function of the question: no clock, no chance, no I/O;
 * the same question to the same digest has the same answer on any machine. Safe for many threads.
 *
 * <p>It fails closed, and never throws for what a rule did: when the rules of {@code classify}
 * throw, fire without end or say nothing, the item is CRITICAL; when those of {@code route} throw,
 * fire without end or name no route, or when classifying failed, it is unrouted, which makes it a
 * dead letter that everybody sees. The reason is in the advice.
 */
public final class Rulebook implements AutoCloseable {
  private static final int SHORT_DIGEST = 12;

  private final RulesetFiles files;
  private final RulesetManifest manifest;
  private final Facts facts;
  private final DecisionPoint classify;
  private final DecisionPoint route;

  Rulebook(
      RulesetFiles files, RulesetManifest manifest, DecisionPoint classify, DecisionPoint route) {
    this.files = files;
    this.manifest = manifest;
    this.facts = new Facts(manifest);
    this.classify = classify;
    this.route = route;
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
    return Stream.of(classify.cards(), route.cards())
        .flatMap(Collection::stream)
        .map(RuleCard::id)
        .sorted()
        .toList();
  }

  /** What the rules see of a question. */
  public Item facts(Question question) {
    return facts.of(question);
  }

  /** Decides how grave the item is, and then where it goes. */
  public Assessment assess(Question question) {
    return assess(question, UnaryOperator.identity());
  }

  /** What must be gone from memory once nobody holds the rulebook any more. */
  ClassLoader loaderOfRules() {
    return route.loader();
  }

  /**
   * @param order the order in which the facts come before the rules; it must not matter
   */
  Assessment assess(Question question, UnaryOperator<List<Object>> order) {
    var item = facts.of(question);
    var said = new Classifying();
    var firing = classify.fire(said, null, List.of(item));
    var severity = severity(question, said, firing);
    return new Assessment(
        severity,
        firing.failure() == null
            ? routing(question, item, severity.decision().severity(), order)
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
        new SeverityDecision(severity, sla, facts.redecideAt(question)),
        firing,
        note == null ? List.of() : List.of("FAILED_CLOSED: " + note));
  }

  private Advice<RoutingDecision> routing(
      Question question, Item item, Severity severity, UnaryOperator<List<Object>> order) {
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
    classify.close();
    route.close();
  }
}
