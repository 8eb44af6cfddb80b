package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.access.Role;
import dev.signalbox.api.problems.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The routes: which path does what, for whom. Everything but reports and signed answers is
 * validated against the contract before it is looked at.
 */
final class HttpApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BODY_MAX = 1 << 20;

  private final Collaborators with;
  private final OpenAPIContract contract;
  private final RequestValidator validator;
  private final Gate gate;
  private final Router router;

  private HttpApi(Vertx vertx, OpenAPIContract contract, Collaborators with) {
    this.with = with;
    this.contract = contract;
    validator = RequestValidator.create(vertx, contract);
    gate = new Gate(with);
    router = Router.router(vertx);
  }

  /**
   * The router with all routes.
   *
   * @param contract as {@link Contract#load} gives it
   */
  public static Router router(Vertx vertx, OpenAPIContract contract, Collaborators with) {
    var api = new HttpApi(vertx, contract, with);
    api.reports();
    api.cases();
    api.operations();
    api.open();
    api.everythingElse();
    return api.router;
  }

  private void reports() {
    var reports = new ReportRoutes(with);
    router
        .post("/v1/exceptions")
        .handler(routing ->
            gate.enter(
                new Exchange(routing, with.signals(), "/v1/exceptions"),
                Role.REPORTER,
                reports::report));
  }

  private void cases() {
    var cases = new CaseRoutes(with);
    route(HttpMethod.GET, "list", "/v1/exceptions", Role.VIEWER, cases::list);
    route(HttpMethod.GET, "get", "/v1/exceptions/:id", Role.VIEWER, cases::get);
    route(HttpMethod.GET, "history", "/v1/exceptions/:id/history", Role.VIEWER, cases::history);
    route(
        HttpMethod.GET,
        "explanation",
        "/v1/exceptions/:id/explanation",
        Role.VIEWER,
        cases::explanation);
    route(HttpMethod.POST, "clear", "/v1/exceptions/:id/clear", Role.REPORTER, cases::clear);
    route(
        HttpMethod.POST, "dispatch", "/v1/exceptions/:id/dispatch", Role.OPERATOR, cases::dispatch);
    route(
        HttpMethod.POST,
        "redriveCase",
        "/v1/exceptions/:id/redrive",
        Role.OPERATOR,
        cases::redrive);
    route(
        HttpMethod.POST, "callback", "/v1/exceptions/:id/callback", Role.OPERATOR, cases::callback);
  }

  private void operations() {
    var letters = new DeadLetterRoutes(with);
    route(HttpMethod.GET, "deadLetters", "/v1/dead-letters", Role.VIEWER, letters::list);
    route(
        HttpMethod.POST,
        "redriveMany",
        "/v1/dead-letters/redrive",
        Role.OPERATOR,
        letters::redriveMany);
    route(
        HttpMethod.GET, "deadLetter", "/v1/dead-letters/:deadLetterId", Role.VIEWER, letters::get);
    route(
        HttpMethod.POST,
        "redriveOne",
        "/v1/dead-letters/:deadLetterId/redrive",
        Role.OPERATOR,
        letters::redriveOne);
    var audit = new AuditRoutes(with);
    route(HttpMethod.GET, "auditVerify", "/v1/audit/verify", Role.VIEWER, audit::verify);
    var system = new SystemRoutes(with);
    route(HttpMethod.GET, "rulesets", "/v1/rulesets", Role.VIEWER, system::rulesets);
    route(HttpMethod.GET, "status", "/v1/status", Role.VIEWER, system::status);
    route(HttpMethod.GET, "metrics", "/metrics", Role.VIEWER, system::metrics);
  }

  private void open() {
    var system = new SystemRoutes(with);
    var callbacks = new CallbackRoutes(with);
    openRoute("/health/live", system::live);
    openRoute("/health/ready", exchange -> blocking(exchange, () -> system.ready(exchange)));
    openRoute("/openapi.yaml", system::contract);
    for (var path : List.of("/callbacks/webhook/:target", "/callbacks/:target")) {
      router
          .post(path)
          .handler(
              routing -> callbacks.take(new Exchange(routing, with.signals(), template(path))));
    }
  }

  private void openRoute(String path, Consumer<Exchange> handler) {
    router
        .get(path)
        .handler(routing -> handler.accept(new Exchange(routing, with.signals(), path)));
  }

  /** What no route takes: a wrong method where the path is known, else nothing there. */
  private void everythingElse() {
    router
        .route()
        .last()
        .handler(routing -> {
          var exchange = new Exchange(routing, with.signals(), "unknown");
          var allowed = methodsAt(routing.normalizedPath());
          if (allowed.isEmpty()) {
            exchange.problem(
                Problem.of(404, "NOT_FOUND", "Not found.", "There is nothing at this path."));
          } else {
            routing.response().putHeader("Allow", String.join(", ", allowed));
            exchange.problem(
                Problem.of(
                    405,
                    "METHOD",
                    "Not a method for this path.",
                    "This path takes %s.".formatted(String.join(", ", allowed))));
          }
        });
  }

  private Set<String> methodsAt(String path) {
    var methods = new TreeSet<String>();
    var found = contract.findPath(path);
    if (found != null) {
      found.getOperations().forEach(operation -> methods.add(operation.getHttpMethod().name()));
    }
    return methods;
  }

  private void route(
      HttpMethod method,
      String operation,
      String path,
      Role role,
      BiConsumer<Exchange, JsonNode> handler) {
    router
        .route(method, path)
        .handler(routing ->
            gate.enter(
                new Exchange(routing, with.signals(), template(path)),
                role,
                exchange -> validated(exchange, operation, handler)));
  }

  private void validated(
      Exchange exchange, String operation, BiConsumer<Exchange, JsonNode> handler) {
    var problem = sizeProblem(exchange);
    if (problem != null) {
      exchange.problem(problem);
      exchange.request().resume();
      return;
    }
    exchange.request().resume();
    validator
        .validate(exchange.request(), operation)
        .onComplete(
            valid -> blocking(exchange, () -> handler.accept(exchange, body(valid))),
            failure -> exchange.problem(invalid(failure)));
  }

  /** The size is known beforehand, so that nobody can fill the memory. */
  private static @Nullable Problem sizeProblem(Exchange exchange) {
    var length = exchange.request().getHeader("Content-Length");
    if (length == null && exchange.request().getHeader("Transfer-Encoding") != null) {
      return Problem.of(
          411, "LENGTH", "The length is missing.", "The body needs a Content-Length header.");
    }
    boolean over = length != null && (length.length() > 9 || Long.parseLong(length) > BODY_MAX);
    return over ? Bodies.tooLarge(BODY_MAX) : null;
  }

  private void blocking(Exchange exchange, Runnable step) {
    with.blocking().execute(() -> exchange.step(step));
  }

  private static JsonNode body(ValidatedRequest valid) {
    try {
      return valid.getBody() == null || valid.getBody().isEmpty() || valid.getBody().isNull()
          ? JsonNodeFactory.instance.objectNode()
          : JSON.readTree(valid.getBody().get().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem invalid(Throwable failure) {
    var faults = new ArrayList<Problem.Fault>();
    if (failure instanceof SchemaValidationException schema
        && schema.getOutputUnit() != null
        && schema.getOutputUnit().getErrors() != null) {
      schema
          .getOutputUnit()
          .getErrors()
          .forEach(unit ->
              faults.add(
                  new Problem.Fault(
                      pointer(unit.getInstanceLocation()),
                      "INVALID",
                      String.valueOf(unit.getError()))));
    }
    return Problem.invalid(String.valueOf(failure.getMessage()), faults);
  }

  private static String pointer(String location) {
    return location.startsWith("#") ? location.substring(1) : location;
  }

  /** As the contract writes it: {@code /v1/exceptions/{id}}. */
  private static String template(String path) {
    return path.replaceAll(":([A-Za-z]+)", "{$1}");
  }
}
