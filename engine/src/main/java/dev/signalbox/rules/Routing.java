package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.TargetName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code route} speaks: the global {@code route}. The rule with the highest salience
 * names the route; flags of all rules count.
 */
public final class Routing {
  private final List<Way> ways = new ArrayList<>();
  private final TreeSet<String> flags = new TreeSet<>();
  private @Nullable RuleCard speaker;

  Routing() {}

  void speaking(RuleCard rule) {
    speaker = rule;
  }

  List<Way> ways() {
    return ways;
  }

  List<String> flags() {
    return List.copyOf(flags);
  }

  /** Names the queue; what follows on the result says more about the route. */
  public Way to(String queue) {
    if (speaker == null) {
      throw new IllegalStateException("No rule is speaking.");
    }
    var way = new Way(speaker, new QueueName(queue));
    ways.add(way);
    return way;
  }

  /** Marks the item for its reviewers, whatever its route. */
  public void flag(String flag) {
    flags.add(flag);
  }

  /** A route as one rule proposes it. */
  public static final class Way {
    private final RuleCard rule;
    private final QueueName queue;
    private Lane lane = Lane.BATCH;
    private @Nullable TargetName target;
    private @Nullable String requiredRole;
    private boolean exclusiveLock;

    private Way(RuleCard rule, QueueName queue) {
      this.rule = rule;
      this.queue = queue;
    }

    /** How the queue is worked for this item. */
    public Way lane(Lane value) {
      lane = value;
      return this;
    }

    /** The outside system to hand it to at once. */
    public Way target(String name) {
      target = new TargetName(name);
      return this;
    }

    /** The role a reviewer must have, beside the queue's. */
    public Way requiredRole(String role) {
      requiredRole = role;
      return this;
    }

    /** One reviewer at a time. */
    public Way exclusiveLock() {
      exclusiveLock = true;
      return this;
    }

    RuleCard rule() {
      return rule;
    }

    Route route(List<String> flags) {
      return new Route(queue, lane, target, requiredRole, exclusiveLock, flags);
    }
  }
}
