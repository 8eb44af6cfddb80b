package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.jira.JiraCallbacks;
import dev.signalbox.adapters.jira.JiraOutlet;
import dev.signalbox.adapters.jira.JiraSettings;
import dev.signalbox.adapters.manual.ManualOutlet;
import dev.signalbox.adapters.manual.ManualSettings;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.adapters.webhook.WebhookCallbacks;
import dev.signalbox.adapters.webhook.WebhookOutlet;
import dev.signalbox.adapters.webhook.WebhookSettings;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.outside.CallbackReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The outside systems as configured: how to reach each, and how to read its answers. */
record Targets(
    Map<TargetName, DispatchRunner.Target> outlets, Map<TargetName, CallbackReader> callbacks) {

  /**
   * Wires them.
   *
   * @throws BadSettings when any of them cannot be used
   */
  static Targets of(Map<TargetName, JsonNode> configured, HttpCaller http, InstantSource clock) {
    var targets = new Targets(new HashMap<>(), new HashMap<>());
    var problems = new ArrayList<String>();
    configured.forEach((name, node) -> {
      try {
        targets.add(name, node, new Means(http, clock, problems::add));
      } catch (dev.signalbox.adapters.settings.BadSettings e) {
        problems.addAll(e.problems());
      }
    });
    if (!problems.isEmpty()) {
      throw new BadSettings(problems);
    }
    // People need no setting up.
    targets.outlets.putIfAbsent(
        TargetName.MANUAL, new DispatchRunner.Target(new ManualOutlet(), TargetPolicy.STANDARD));
    return targets;
  }

  /** What wiring takes. */
  private record Means(HttpCaller http, InstantSource clock, Consumer<String> problems) {}

  private void add(TargetName name, JsonNode configured, Means means) {
    var policy = Policies.of(name, configured.path("dispatch"), means.problems());
    var node = configured instanceof ObjectNode object ? object.deepCopy() : configured;
    if (node instanceof ObjectNode object) {
      object.remove("dispatch");
    }
    switch (node.path("kind").asText()) {
      case "webhook" -> addWebhook(name, node, policy, means);
      case "jira" -> addJira(name, node, policy, means);
      case "manual" -> addManual(name, node, policy);
      case "" ->
          means
              .problems()
              .accept("The target \"%s\" needs a kind: jira, manual or webhook.".formatted(name));
      default ->
          means
              .problems()
              .accept(
                  "The target \"%s\" is of the kind \"%s\"; there are jira, manual and webhook."
                      .formatted(name, node.path("kind").asText()));
    }
  }

  private void addWebhook(TargetName name, JsonNode node, TargetPolicy policy, Means means) {
    var settings = WebhookSettings.from(name, node, SecretReferences.in(System.getenv()));
    outlets.put(
        name,
        new DispatchRunner.Target(
            new WebhookOutlet(settings, means.http(), means.clock()),
            policy.callingWithin(settings.timeout()).answeredWithin(settings.answerWithin())));
    callbacks.put(name, new WebhookCallbacks(settings));
  }

  private void addManual(TargetName name, JsonNode node, TargetPolicy policy) {
    var settings = ManualSettings.from(name, node);
    outlets.put(
        name,
        new DispatchRunner.Target(
            new ManualOutlet(), policy.answeredWithin(settings.answerWithin())));
  }

  private void addJira(TargetName name, JsonNode node, TargetPolicy policy, Means means) {
    var settings = JiraSettings.from(name, node, SecretReferences.in(System.getenv()));
    outlets.put(
        name,
        new DispatchRunner.Target(
            new JiraOutlet(settings, means.http(), means.clock()),
            policy.callingWithin(settings.timeout()).answeredWithin(settings.answerWithin())));
    callbacks.put(name, new JiraCallbacks(settings));
  }
}
