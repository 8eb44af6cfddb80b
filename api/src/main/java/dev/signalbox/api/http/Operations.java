package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.access.Permission;
import dev.signalbox.api.problems.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the contract, each with what does it. Path, method and permission are the
 * contract's; who may not is turned away, and what does not fit the contract is refused, before
 * anybody looks at it.
 */
public final class Operations {
  private static final int BODY_MAX = 1 << 20;
  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Router router;
  private final OpenAPIContract contract;
  private final Collaborators with;
  private final Validation validation;
  private final Bodies bodies;
  private final Gate gate;

  public Operations(
      Vertx vertx, Router router, OpenAPIContract contract, Collaborators with, Bodies bodies) {
    this.router = router;
    this.contract = contract;
    this.with = with;
    this.bodies = bodies;
    validation = new Validation(vertx, contract);
    gate = new Gate(with);
  }

  /**
   * Has an operation done on a virtual thread: one that reads gets an empty body.
   *
   * @param id as the contract names it
   */
  public void add(String id, BiConsumer<Exchange, JsonNode> handler) {
    if (HttpMethod.GET.equals(operation(id).getHttpMethod())) {
      raw(id, exchange -> asked(exchange, id, handler));
    } else {
      raw(id, exchange -> commanded(exchange, id, handler));
    }
  }

  /**
   * Has an operation done on the event loop, as it comes: the request is paused, and nothing of it
   * was looked at but whose it is.
   */
  public void raw(String id, Consumer<Exchange> handler) {
    var needed = permission(id);
    var template = operation(id).getOpenAPIPath();
    route(id)
        .handler(routing ->
            gate.enter(new Exchange(routing, with.signals(), template), needed, handler));
  }

  /** Has an operation done that is open to everybody; on the event loop. */
  public void open(String id, Consumer<Exchange> handler) {
    var template = operation(id).getOpenAPIPath();
    route(id).handler(routing -> handler.accept(new Exchange(routing, with.signals(), template)));
  }

  private Route route(String id) {
    var operation = operation(id);
    var route =
        router
            .route(operation.getOpenAPIPath().replaceAll("\\{([A-Za-z]+)}", ":$1"))
            .method(operation.getHttpMethod());
    return HttpMethod.GET.equals(operation.getHttpMethod()) ? route.method(HttpMethod.HEAD) : route;
  }

  private Operation operation(String id) {
    var found = contract.operation(id);
    if (found == null) {
      throw new IllegalStateException("The contract has no operation \"%s\".".formatted(id));
    }
    return found;
  }

  /** What a caller must be allowed, as the contract says; nobody may what it is silent on. */
  private Permission permission(String id) {
    var name = operation(id).getOpenAPIModel().getString("x-permission");
    if (name == null) {
      throw new IllegalStateException("The contract does not say who may do \"%s\".".formatted(id));
    }
    return Permission.valueOf(name);
  }

  private void asked(Exchange exchange, String operation, BiConsumer<Exchange, JsonNode> handler) {
    exchange.request().resume();
    validation
        .parameters(exchange.request(), operation)
        .onComplete(
            problem -> {
              if (problem != null) {
                exchange.problem(problem);
              } else {
                blocking(exchange, () -> handler.accept(exchange, NOTHING));
              }
            },
            exchange::failed);
  }

  private void commanded(
      Exchange exchange, String operation, BiConsumer<Exchange, JsonNode> handler) {
    bodies.collect(
        exchange,
        BODY_MAX,
        bytes -> {
          if (bytes.length > 0 && !MediaTypes.isJson(exchange.request())) {
            exchange.problem(
                MediaTypes.notTaken(exchange.request(), "A command is application/json"));
            return;
          }
          if (bytes.length == 0 && validation.needsBody(operation)) {
            exchange.problem(Problem.invalid("The body is missing."));
            return;
          }
          switch (CommandBody.read(bytes)) {
            case CommandBody.Reading.Refused(var problem) -> exchange.problem(problem);
            case CommandBody.Reading.Accepted(var body) -> {
              var invalid = validation.body(operation, body);
              var problem = invalid == null ? beyondBudget(exchange, operation, body) : invalid;
              if (problem != null) {
                exchange.problem(problem);
              } else {
                blocking(exchange, () -> handler.accept(exchange, body));
              }
            }
          }
        });
  }

  /**
   * Null when the caller may ask for so much, which is spent then; or the contract sets no bound.
   */
  private @Nullable Problem beyondBudget(Exchange exchange, String operation, JsonNode body) {
    var budget = operation(operation).getOpenAPIModel().getString("x-budget");
    if (budget == null) {
      return null;
    }
    var caller = exchange.caller().name();
    int count = Math.max(1, body.path("exceptionIds").size());
    var wait = with.budgets().spend(budget, caller, count);
    return wait.isZero()
        ? null
        : new Problem(
            429,
            "BUDGET_SPENT",
            "Too much for the moment.",
            "\"%s\" may ask for %d a minute here (budget \"%s\"); nothing was done, and it is safe to repeat."
                .formatted(caller, with.budgets().perMinute(budget), budget),
            List.of(),
            Math.toIntExact(wait.plusMillis(999).toSeconds()));
  }

  private void blocking(Exchange exchange, Runnable step) {
    with.blocking().execute(() -> exchange.step(step));
  }
}
