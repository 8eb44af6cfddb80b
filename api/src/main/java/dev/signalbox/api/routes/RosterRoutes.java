package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.reviewers.RosterEvent;
import dev.signalbox.reviewers.Rosters;
import dev.signalbox.reviewers.Rosters.Outcome;
import dev.signalbox.reviewers.Seat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Who is chosen by rule for the exceptions of a queue. What is repeated changes nothing. */
final class RosterRoutes {
  private static final int EVENTS_MAX = 100;
  private static final Pattern NAME = Pattern.compile("\\S|\\S[^\\p{Cc}]{0,198}\\S");

  private final Rosters rosters;

  RosterRoutes(Collaborators with) {
    rosters = new Rosters(with.database(), with.clock());
  }

  void list(Exchange exchange, JsonNode body) {
    var queue = queue(exchange);
    if (queue == null) {
      return;
    }
    var roster = rosters.of(queue, EVENTS_MAX);
    var node = JsonNodeFactory.instance.objectNode().put("queue", queue.value());
    var reviewers = node.putArray("reviewers");
    for (var seat : roster.seats()) {
      reviewers.add(view(seat).put("held", roster.loads().getOrDefault(seat.reviewer(), 0)));
    }
    var events = node.putArray("events");
    roster.events().forEach(event -> events.add(view(event)));
    exchange.json(200, node);
  }

  void put(Exchange exchange, JsonNode body) {
    var queue = queue(exchange);
    if (queue == null) {
      return;
    }
    var contexts = body.has("contexts") ? texts(body.path("contexts")) : null;
    var away = body.has("away") ? body.path("away").booleanValue() : null;
    var roles = texts(body.path("roles")).stream().map(Role::valueOf).distinct().toList();
    answer(
        exchange,
        rosters.put(
            new Rosters.Wanted(
                queue, reviewer(exchange), texts(body.path("skills")), roles, contexts, away),
            exchange.caller().actor()));
  }

  void remove(Exchange exchange, JsonNode body) {
    var queue = queue(exchange);
    if (queue != null) {
      answer(exchange, rosters.remove(queue, reviewer(exchange), exchange.caller().actor()));
    }
  }

  void away(Exchange exchange, JsonNode body) {
    var caller = exchange.caller();
    var seats = rosters.away(caller.name(), body.path("away").booleanValue(), caller.actor());
    var node = JsonNodeFactory.instance.objectNode();
    var places = node.putArray("places");
    seats.forEach(seat -> places.add(view(seat)));
    exchange.json(200, node);
  }

  /** Null where it has answered that the caller sees no such queue. */
  private static @Nullable QueueName queue(Exchange exchange) {
    var queue = new QueueName(exchange.pathText("queue"));
    var reached = exchange.caller().sight().queues();
    if (reached == null || reached.contains(queue.value())) {
      return queue;
    }
    exchange.problem(
        Problem.of(404, "NOT_FOUND", "Not found.", "There is no queue \"%s\".".formatted(queue)));
    return null;
  }

  private static String reviewer(Exchange exchange) {
    var name = exchange.pathText("reviewer");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A reviewer's name has 1 to 200 characters, and begins and ends with none of space.");
    }
    return name;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static void answer(Exchange exchange, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done(var seat) -> exchange.json(200, view(seat));
      case Outcome.Unknown unknown ->
          exchange.problem(
              Problem.of(
                  404,
                  "NOT_FOUND",
                  "Not found.",
                  "%s is not on the roster of \"%s\"."
                      .formatted(exchange.pathText("reviewer"), exchange.pathText("queue"))));
      case Outcome.Refused(var code, var why) ->
          exchange.problem(Problem.of(422, code, "Not possible where the rosters stand.", why));
    }
  }

  private static ObjectNode view(RosterEvent event) {
    return view(event.seat())
        .put("number", event.number())
        .put("at", event.at().toString())
        .put("kind", event.kind().name())
        .put("actor", event.actor());
  }

  private static ObjectNode view(Seat seat) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("queue", seat.queue().value())
            .put("reviewer", seat.reviewer());
    seat.skills().forEach(node.putArray("skills")::add);
    seat.roles().forEach(node.putArray("roles")::add);
    if (seat.contexts() != null) {
      seat.contexts().forEach(node.putArray("contexts")::add);
    }
    return node.put("away", seat.away());
  }
}
