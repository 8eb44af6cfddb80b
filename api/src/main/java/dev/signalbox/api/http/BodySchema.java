package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.problems.Problem.Fault;
import dev.signalbox.words.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the body of a command may be. The two most frequent mistakes are said in our own words. */
final class BodySchema {
  private final Validator validator;
  private final List<String> required;
  private final List<String> known;
  private final boolean takesAnything;

  BodySchema(JsonSchema schema, SchemaRepository repository) {
    validator = repository.validator(schema);
    required = schema.get("required", new JsonArray()).stream().map(String::valueOf).toList();
    known = List.copyOf(schema.get("properties", new JsonObject()).fieldNames());
    takesAnything = schema.get("additionalProperties", false);
  }

  /** The problem; null when there is none. */
  @Nullable Problem check(ObjectNode body) {
    var faults = new ArrayList<Fault>();
    for (var name : required) {
      if (!body.has(name)) {
        faults.add(
            new Fault("/" + name, "MISSING", "The field \"%s\" is missing.".formatted(name)));
      }
    }
    for (var field : body.properties()) {
      if (!takesAnything && !known.contains(field.getKey())) {
        faults.add(unknown(field.getKey()));
      }
    }
    if (faults.isEmpty()) {
      faults.addAll(violations(body));
    }
    return faults.isEmpty() ? null : Problem.invalid(faults.getFirst().detail(), faults);
  }

  private Fault unknown(String name) {
    var nearest = Nearest.to(name, known);
    return new Fault(
        "/" + name.replace("~", "~0").replace("/", "~1"),
        "UNKNOWN_FIELD",
        "There is no field \"%s\".%s"
            .formatted(
                name.length() <= 40 ? name : name.substring(0, 40) + "…",
                nearest == null ? "" : " Maybe \"" + nearest + "\"."));
  }

  private List<Fault> violations(ObjectNode body) {
    var found = validator.validate(new JsonObject(body.toString()));
    if (Boolean.TRUE.equals(found.getValid())) {
      return List.of();
    }
    var deepest = new LinkedHashMap<String, OutputUnit>();
    if (found.getErrors() != null) {
      for (var unit : found.getErrors()) {
        var place = unit.getInstanceLocation();
        var pointer = place.startsWith("#") ? place.substring(1) : place;
        // The parts of the schema above the place say no more than that something is wrong below.
        if (!pointer.isEmpty()) {
          // Of all that is said of a place, the keyword that lies deepest is the most exact.
          deepest.merge(pointer, unit, BodySchema::deeper);
        }
      }
    }
    return deepest.isEmpty()
        ? List.of(new Fault("", "INVALID", "The body is not as the contract says."))
        : deepest.entrySet().stream()
            .map(e -> new Fault(e.getKey(), "INVALID", String.valueOf(e.getValue().getError())))
            .toList();
  }

  private static OutputUnit deeper(OutputUnit one, OutputUnit other) {
    return depth(other) > depth(one) ? other : one;
  }

  private static long depth(OutputUnit unit) {
    return unit.getKeywordLocation().chars().filter(c -> c == '/').count();
  }
}
