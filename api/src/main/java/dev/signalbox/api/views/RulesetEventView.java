package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.rulesets.EventBody;
import dev.signalbox.rulesets.RulesetEvent;
import java.util.List;

/** Something that happened to rulesets as JSON. */
public final class RulesetEventView {

  private RulesetEventView() {}

  /** What a person decided. */
  public static ObjectNode brief(RulesetEvent event) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", event.kind().name())
        .put("number", event.number())
        .put("digest", event.ruleset().hex());
  }

  /** An event without the list of all rules. */
  public static ObjectNode of(RulesetEvent event) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("number", event.number())
            .put("at", event.at().toString())
            .put("kind", event.kind().name())
            .put("source", event.source())
            .put("version", event.version())
            .put("actor", event.actor());
    if (event.digest() != null) {
      node.put("digest", event.digest().hex());
    }
    if (event.admission() != null) {
      node.put("admission", event.admission());
    }
    if (event.backTo() != null) {
      node.put("backTo", event.backTo());
    }
    node.setAll(EventBody.read(event));
    // What is long is for who asks for one ruleset.
    node.remove(List.of("rules", "tables"));
    return node;
  }
}
