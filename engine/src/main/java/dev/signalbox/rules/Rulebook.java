package dev.signalbox.rules;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled ruleset. Asking it is a pure function of the question: no clock, no chance, no I/O;
 * the same question to the same digest has the same answer on any machine. Safe for many callers.
 *
 * <p>It fails closed: rules that throw, or fire without end, make an item CRITICAL and unrouted,
 * and the advice says why.
 */
public final class Rulebook implements AutoCloseable {
  private static final String CLASSIFY = "classify";
  private static final String ROUTE = "route";

  private final RulesetFiles files;
  private final RulesetManifest manifest;
  private final Sha256 digest;
  private final DecisionPoint classify;
  private final DecisionPoint route;

  private Rulebook(String where, RulesetFiles files) {
    this.files = files;
    manifest = RulesetManifest.of(files);
    digest = files.digest();
    classify = new DecisionPoint(where, CLASSIFY, files);
    try {
      route = new DecisionPoint(where, ROUTE, files);
    } catch (BadRuleset e) {
      classify.close();
      throw e;
    }
  }

  /**
   * Compiles the ruleset in a folder.
   *
   * @throws BadRuleset with everything that is wrong with it
   */
  public static Rulebook of(Path folder) {
    return new Rulebook(folder.toString(), RulesetFiles.of(folder));
  }

  /** Compiles a ruleset that was archived. */
  public static Rulebook of(RulesetFiles files) {
    return new Rulebook(files.digest().hex().substring(0, 12), files);
  }

  public String name() {
    return manifest.name();
  }

  public Sha256 digest() {
    return digest;
  }

  public CurrencyCode reportingCurrency() {
    return manifest.reportingCurrency();
  }

  public RulesetFiles files() {
    return files;
  }

  /** How it is shown: the name and the first twelve digits of the digest. */
  public String label() {
    return name() + "@" + digest.hex().substring(0, 12);
  }

  /** The ids of all rules, for those who want to know which never fire. */
  public List<String> ruleIds() {
    var ids = new ArrayList<String>();
    for (var cards : List.of(classify.cards(), route.cards())) {
      cards.values().forEach(card -> ids.add(card.id()));
    }
    ids.sort(null);
    return ids;
  }

  /** Decides how grave the item is, and where it goes. */
  public Assessment assess(Question question) {
    var item = Facts.of(question, manifest.reportingCurrency().value());
    var severity = severity(question, item);
    return new Assessment(severity, routing(question, item, severity.decision().severity()));
  }

  /** What the rules see of a question. */
  public Item facts(Question question) {
    return Facts.of(question, manifest.reportingCurrency().value());
  }

  private Advice<SeverityDecision> severity(Question question, Item item) {
    var said = new Classifying();
    var firing = classify.fire(said, rule -> {}, List.of(item));
    var notes = new ArrayList<String>();
    var gravest = said.gravest();
    if (firing.failure() != null) {
      notes.add("FAILED CLOSED: " + firing.failure());
      gravest = Severity.CRITICAL;
    } else if (gravest == null) {
      notes.add("FAILED CLOSED: no rule of the ruleset says how grave the item is.");
      gravest = Severity.CRITICAL;
    }
    return advice(
        question,
        new SeverityDecision(gravest, sla(gravest), redecideAt(question)),
        firing.fired(),
        notes);
  }

  private Advice<RoutingDecision> routing(Question question, Item item, Severity severity) {
    var said = new Routing();
    var firing = route.fire(said, said::speaking, List.of(item, new Classified(severity)));
    if (firing.failure() != null) {
      var reason = "RULES_FAILED: " + firing.failure();
      return advice(question, new Unrouted(reason), firing.fired(), List.of());
    }
    var ways = new ArrayList<>(said.ways());
    ways.sort(
        Comparator.comparing((Routing.Way way) -> -way.rule().salience())
            .thenComparing(way -> way.rule().id()));
    if (ways.isEmpty()) {
      var reason = "UNROUTED: no rule of the ruleset %s routes the item.".formatted(label());
      return advice(question, new Unrouted(reason), firing.fired(), List.of());
    }
    return advice(
        question, ways.getFirst().route(said.flags()), firing.fired(), conflicts(ways, said));
  }

  /** Rules of the same rank that disagree: the first by its id counts, and everybody can see it. */
  private static List<String> conflicts(List<Routing.Way> ways, Routing said) {
    var first = ways.getFirst();
    var notes = new ArrayList<String>();
    for (var way : ways.subList(1, ways.size())) {
      if (way.rule().salience() == first.rule().salience()
          && !way.route(said.flags()).equals(first.route(said.flags()))) {
        notes.add(
            "AMBIGUOUS: the rules %s and %s have the same salience and different routes; %s counts."
                .formatted(first.rule().id(), way.rule().id(), first.rule().id()));
      }
    }
    return notes;
  }

  private Duration sla(Severity severity) {
    var sla = manifest.sla().get(severity);
    if (sla == null) {
      throw new IllegalStateException("The ruleset has no SLA for " + severity + ".");
    }
    return sla;
  }

  /** The instant at which the item reaches the next age threshold; null when none is left. */
  private @Nullable Instant redecideAt(Question question) {
    var bornAt = Facts.bornAt(question);
    for (var threshold : manifest.ageThresholds()) {
      var at = bornAt.plus(threshold);
      if (at.isAfter(question.asOf())) {
        return at;
      }
    }
    return null;
  }

  private <D extends Decision> Advice<D> advice(
      Question question, D decision, List<FiredRule> fired, List<String> notes) {
    return new Advice<>(digest, question.asOf(), decision, fired, notes);
  }

  @Override
  public void close() {
    classify.close();
    route.close();
  }
}
