package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.rulesets.EventBody;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.Shadows.Shadow;
import dev.signalbox.shadow.Findings;
import dev.signalbox.shadow.Findings.Entry;

/** A shadow as JSON. */
public final class ShadowView {

  private ShadowView() {}

  /** Which it is. */
  public static ObjectNode brief(Shadow shadow) {
    var plan = shadow.plan();
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", plan.number())
        .put("digest", plan.candidate().hex())
        .put("baseline", plan.baseline().hex())
        .put("until", plan.bounds().until().toString())
        .put("running", shadow.runs());
  }

  /** With what it has shown. */
  public static ObjectNode of(Shadow shadow, Findings findings) {
    var plan = shadow.plan();
    var node =
        brief(shadow)
            .put("begunAt", plan.begun().at().toString())
            .put("actor", plan.begun().actor())
            .put("why", EventBody.read(plan.begun()).path("why").asText())
            .put("sample", plan.bounds().sample())
            .put("share", plan.bounds().share());
    var ended = shadow.ended();
    if (ended != null) {
      node.set("ended", ended(ended));
    }
    var totals = findings.totals();
    node.putObject("decisions")
        .put("same", totals.same())
        .put("differs", totals.differs())
        .put("failed", totals.failed())
        .put("dropped", totals.dropped())
        .put("unsampled", totals.unsampled());
    node.put("tookMillis", totals.took().toMillis());
    var differences = node.putArray("differences");
    var rules = node.putArray("rules");
    var failures = node.putArray("failures");
    for (var entry : findings.differences()) {
      var shown =
          switch (entry.what()) {
            case Findings.FIRES ->
                rules.addObject().put("rule", entry.becomes()).put("change", entry.what());
            case Findings.SILENT ->
                rules.addObject().put("rule", entry.was()).put("change", entry.what());
            case Findings.FAILED -> failures.addObject().put("why", entry.becomes());
            default ->
                differences
                    .addObject()
                    .put("what", entry.what())
                    .put("from", entry.was())
                    .put("to", entry.becomes());
          };
      counted(shown, entry);
    }
    return node;
  }

  private static void counted(ObjectNode node, Entry entry) {
    node.put("count", entry.count());
    var examples = node.putArray("examples");
    entry.examples().forEach(id -> examples.add(id.toString()));
  }

  private static ObjectNode ended(RulesetEvent event) {
    var body = EventBody.read(event);
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", event.number())
        .put("at", event.at().toString())
        .put("actor", event.actor())
        .put("end", body.path("end").asText())
        .put("why", body.path("why").asText());
  }
}
