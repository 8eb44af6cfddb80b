package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.jira.JiraCallbacks;
import dev.signalbox.adapters.jira.JiraOutlet;
import dev.signalbox.adapters.jira.JiraSettings;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.adapters.webhook.WebhookCallbacks;
import dev.signalbox.adapters.webhook.WebhookOutlet;
import dev.signalbox.adapters.webhook.WebhookSettings;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.outside.CallbackReader;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The outside systems as configured: how to reach each, and how to read its answers. */
record Targets(
    Map<TargetName, DispatchRunner.Target> outlets, Map<TargetName, CallbackReader> callbacks) {

  /**
   * Wires them.
   *
   * @throws BadSettings when a target is of no kind that is known
   */
  static Targets of(Map<TargetName, JsonNode> configured, HttpCaller http, InstantSource clock) {
    var targets = new Targets(new HashMap<>(), new HashMap<>());
    configured.forEach((name, node) -> targets.add(name, node, http, clock));
    return targets;
  }

  private void add(TargetName name, JsonNode configured, HttpCaller http, InstantSource clock) {
    var secrets = SecretReferences.in(System.getenv());
    var policy = Policies.of(name, configured.path("dispatch"));
    var node = configured instanceof ObjectNode object ? object.deepCopy() : configured;
    if (node instanceof ObjectNode object) {
      object.remove("dispatch");
    }
    switch (node.path("kind").asText()) {
      case "webhook" -> {
        var settings = WebhookSettings.from(name, node, secrets);
        outlets.put(
            name,
            new DispatchRunner.Target(
                new WebhookOutlet(settings, http, clock),
                policy.answeredWithin(settings.answerWithin())));
        callbacks.put(name, new WebhookCallbacks(settings));
      }
      case "jira" -> {
        var settings = JiraSettings.from(name, node, secrets);
        outlets.put(
            name,
            new DispatchRunner.Target(
                new JiraOutlet(settings, http, clock),
                policy.answeredWithin(settings.answerWithin())));
        callbacks.put(name, new JiraCallbacks(settings));
      }
      default ->
          throw new BadSettings(
              "The target \"%s\" is of the kind \"%s\"; there are jira and webhook."
                  .formatted(name, node.path("kind").asText()));
    }
  }
}
