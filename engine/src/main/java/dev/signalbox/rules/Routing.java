package dev.signalbox.rules;

import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.TargetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code route} speaks: the global {@code route}. Of the routes that rules name, the
 * one with the highest salience counts; flags are collected from all rules.
 */
public final class Routing {
  private static final Comparator<Way> BY_RANK = Comparator.comparing(Way::rule, RuleCard.BY_RANK);

  private final List<Way> ways = new ArrayList<>(4);
  private final TreeSet<String> flags = new TreeSet<>();
  private @Nullable RuleCard speaker;

  Routing() {}

  /** Told before each rule which one it is. */
  void speaking(RuleCard rule) {
    speaker = rule;
  }

  /** Names the queue. What else there is to say about the route follows on the result. */
  public Way to(String queue) {
    if (speaker == null) {
      throw new IllegalStateException("A route was named while no rule was speaking.");
    }
    var way = new Way(speaker, new QueueName(queue));
    ways.add(way);
    return way;
  }

  /** Marks the item for its reviewers, whatever its route. */
  public void flag(String flag) {
    flags.add(flag);
  }

  /** Marks the item with several words, e.g. all regimes it touches. */
  public void flags(List<String> more) {
    flags.addAll(more);
  }

  /** The route that counts; null when no rule named one. */
  @Nullable Route route() {
    ways.sort(BY_RANK);
    return ways.isEmpty() ? null : ways.getFirst().route(flags);
  }

  /**
   * Rules of the same rank that disagree with the one that counts, which is the first by its id.
   */
  List<String> conflicts() {
    if (ways.size() < 2) {
      return List.of();
    }
    ways.sort(BY_RANK);
    var first = ways.getFirst();
    return ways.stream()
        .skip(1)
        .filter(way -> way.rule.salience() == first.rule.salience() && !way.isSameAs(first))
        .map(way -> ambiguous(first.rule, way.rule))
        .distinct()
        .toList();
  }

  private static String ambiguous(RuleCard counts, RuleCard other) {
    return "AMBIGUOUS: The rules %s and %s have salience %d and different routes; %s counts."
        .formatted(counts.id(), other.id(), counts.salience(), counts.id());
  }

  /** A route as one rule names it: unless more is said, for the digest, and without a target. */
  public static final class Way {
    private final RuleCard rule;
    private final QueueName queue;
    private Lane lane = Lane.BATCH;
    private @Nullable TargetName target;
    private @Nullable String requiredRole;
    private boolean exclusiveLock;
    private @Nullable String skill;
    private @Nullable AssignmentRule assign;

    private Way(RuleCard rule, QueueName queue) {
      this.rule = rule;
      this.queue = queue;
    }

    /** Notify now. */
    public Way immediate() {
      return lane(Lane.IMMEDIATE);
    }

    /** Collect for a digest and for batch approval. */
    public Way batch() {
      return lane(Lane.BATCH);
    }

    /** Come back after a while: the other side may still arrive. */
    public Way retry() {
      return lane(Lane.RETRY);
    }

    public Way lane(Lane value) {
      lane = value;
      return this;
    }

    /** Hands the item to this outside system at once. */
    public Way target(String name) {
      target = new TargetName(name);
      return this;
    }

    /** A reviewer must have this role, beside the queue's. */
    public Way requiredRole(String role) {
      requiredRole = role;
      return this;
    }

    /** One reviewer at a time; all others are refused. */
    public Way exclusiveLock() {
      exclusiveLock = true;
      return this;
    }

    /** A reviewer must know this, e.g. {@code fx}. */
    public Way skill(String name) {
      skill = name;
      return this;
    }

    /** Somebody of the queue's roster gets it at once, chosen like this: {@code round-robin}. */
    public Way assign(String rule) {
      assign = AssignmentRule.of(rule);
      return this;
    }

    private RuleCard rule() {
      return rule;
    }

    private boolean isSameAs(Way other) {
      return route(List.of()).equals(other.route(List.of()));
    }

    private Route route(Collection<String> flags) {
      return new Route(
          queue, lane, target, requiredRole, exclusiveLock, List.copyOf(flags), skill, assign);
    }
  }
}
