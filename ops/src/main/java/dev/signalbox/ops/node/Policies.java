package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.dispatch.Breaker;
import dev.signalbox.dispatch.RetryPlan;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.ops.settings.SettingsReader;
import java.time.Duration;
import java.util.Set;

/** How a target is treated, from {@code targets.NAME.dispatch}; what is not said is standard. */
final class Policies {
  private static final double PERCENT = 100;

  private Policies() {}

  static TargetPolicy of(TargetName name, JsonNode node) {
    var path = "targets.%s.dispatch".formatted(name);
    check(path, node, Set.of("attempts", "base", "cap", "concurrency", "breaker"));
    var standard = TargetPolicy.STANDARD;
    var breaker = node.path("breaker");
    check(path + ".breaker", breaker, Set.of("calls", "minimum", "failurePercent", "pause"));
    return new TargetPolicy(
        new RetryPlan(
            node.path("attempts").asInt(standard.retries().attempts()),
            duration(path + ".base", node.path("base"), standard.retries().base()),
            duration(path + ".cap", node.path("cap"), standard.retries().cap())),
        node.path("concurrency").asInt(standard.concurrency()),
        standard.attemptTimeout(),
        standard.answerWithin(),
        new Breaker.Policy(
            breaker.path("calls").asInt(standard.breaker().calls()),
            breaker.path("minimum").asInt(standard.breaker().minimum()),
            breaker.path("failurePercent").asInt((int) (standard.breaker().failureRate() * PERCENT))
                / PERCENT,
            duration(path + ".breaker.pause", breaker.path("pause"), standard.breaker().pause())));
  }

  private static Duration duration(String path, JsonNode node, Duration absent) {
    return node.isMissingNode() ? absent : SettingsReader.duration(path, node.asText());
  }

  private static void check(String path, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(field -> {
          if (!known.contains(field)) {
            throw new BadSettings(
                "There is no setting \"%s.%s\"; there are %s."
                    .formatted(path, field, String.join(", ", known.stream().sorted().toList())));
          }
        });
  }
}
