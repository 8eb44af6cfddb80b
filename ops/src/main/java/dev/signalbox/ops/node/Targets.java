package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.outside.CallbackReader;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;

/** The outside systems as configured: how to reach each, and how to read its answers. */
record Targets(
    Map<TargetName, DispatchRunner.Target> outlets, Map<TargetName, CallbackReader> callbacks) {

  static Targets of(Map<TargetName, JsonNode> configured, Vertx vertx) {
    var outlets = new HashMap<TargetName, DispatchRunner.Target>();
    var callbacks = new HashMap<TargetName, CallbackReader>();
    configured.forEach((name, node) -> {
      throw new BadSettings(
          "The target \"%s\" has the type \"%s\"; there are jira and webhook."
              .formatted(name, node.path("type").asText()));
    });
    return new Targets(outlets, callbacks);
  }
}
