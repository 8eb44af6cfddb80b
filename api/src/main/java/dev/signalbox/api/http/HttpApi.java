package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.access.Permission;
import dev.signalbox.api.problems.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The routes: which path does what, for whom. Everything but reports and signed answers is
 * validated against the contract before it is looked at.
 */
final class HttpApi {
  private static final int BODY_MAX = 1 << 20;
  private static final long BODIES_MAX = 128L << 20;

  /** For those whose signature can be checked only when all is there; they crowd out nobody. */
  private static final long STRANGERS_MAX = 32L << 20;

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private final Collaborators with;
  private final OpenAPIContract contract;
  private final Validation validation;
  private final Bodies bodies;
  private final Bodies strangers;
  private final Gate gate;
  private final Router router;

  private HttpApi(Vertx vertx, OpenAPIContract contract, Collaborators with, Limits limits) {
    this.with = with;
    this.contract = contract;
    validation = new Validation(vertx, contract);
    bodies = new Bodies(limits.body(), BODIES_MAX);
    strangers = new Bodies(limits.body(), STRANGERS_MAX);
    gate = new Gate(with);
    router = Router.router(vertx);
  }

  /**
   * The router with all routes.
   *
   * @param contract as {@link Contract#load} gives it
   */
  static Router router(Vertx vertx, OpenAPIContract contract, Collaborators with, Limits limits) {
    var api = new HttpApi(vertx, contract, with, limits);
    api.reports();
    api.cases();
    api.operations();
    api.rulesets();
    api.keys();
    api.open();
    api.everythingElse();
    api.failures();
    return api.router;
  }

  private void reports() {
    var reports = new ReportRoutes(with, bodies);
    var needed = permission("report");
    router
        .post("/v1/exceptions")
        .handler(routing ->
            gate.enter(
                new Exchange(routing, with.signals(), "/v1/exceptions"),
                needed,
                exchange -> exchange.step(() -> reports.report(exchange))));
  }

  private void cases() {
    var cases = new CaseRoutes(with);
    readable("list", "/v1/exceptions", cases::list);
    readable("get", "/v1/exceptions/:id", cases.inSight(cases::get));
    readable("history", "/v1/exceptions/:id/history", cases.inSight(cases::history));
    readable("explanation", "/v1/exceptions/:id/explanation", cases.inSight(cases::explanation));
    readable("question", "/v1/exceptions/:id/question", cases.inSight(cases::question));
    command("clear", "/v1/exceptions/:id/clear", cases::clear);
    command("dispatch", "/v1/exceptions/:id/dispatch", cases::dispatch);
    command("redriveCase", "/v1/exceptions/:id/redrive", cases::redrive);
    var work = new WorkRoutes(cases);
    command("assign", "/v1/exceptions/:id/assign", work::assign);
    command("unassign", "/v1/exceptions/:id/unassign", work::unassign);
    command("review", "/v1/exceptions/:id/review", work::review);
    command("forceMatch", "/v1/exceptions/:id/force-match", work::forceMatch);
    command("adjustEntry", "/v1/exceptions/:id/adjust-entry", work::adjust);
    command("writeOff", "/v1/exceptions/:id/write-off", work::writeOff);
    command("split", "/v1/exceptions/:id/split", work::split);
    command("knownDifference", "/v1/exceptions/:id/known-difference", work::accept);
    command("approve", "/v1/exceptions/:id/approve", work::approve);
    command("reject", "/v1/exceptions/:id/reject", work::reject);
    command("escalate", "/v1/exceptions/:id/escalate", work::escalate);
    command("callback", "/v1/exceptions/:id/callback", cases::callback);
  }

  private void operations() {
    var letters = new DeadLetterRoutes(with);
    readable("deadLetters", "/v1/dead-letters", letters::list);
    command("redriveMany", "/v1/dead-letters/redrive", letters::redriveMany);
    readable("deadLetter", "/v1/dead-letters/:deadLetterId", letters::get);
    command("redriveOne", "/v1/dead-letters/:deadLetterId/redrive", letters::redriveOne);
    var audit = new AuditRoutes(with);
    readable("auditVerify", "/v1/audit/verify", audit::verify);
    readable("auditReplay", "/v1/audit/replay", audit::replay);
    var system = new SystemRoutes(with);
    readable("status", "/v1/status", system::status);
    readable("metrics", "/metrics", system::metrics);
  }

  private void rulesets() {
    var rulesets = new RulesetRoutes(with);
    readable("rulesets", "/v1/rulesets", rulesets::list);
    command("refresh", "/v1/rulesets/refresh", rulesets::refresh);
    command("rollBack", "/v1/rulesets/rollback", rulesets::rollBack);
    readable("ruleset", "/v1/rulesets/:digest", rulesets::get);
    readable("rulesetRules", "/v1/rulesets/:digest/rules", rulesets::rules);
    readable("rulesetArchive", "/v1/rulesets/:digest/archive", rulesets::archive);
    command("backtest", "/v1/rulesets/:digest/backtests", rulesets::backtest);
    command("activate", "/v1/rulesets/:digest/activate", rulesets::activate);
    var shadows = new ShadowRoutes(with);
    readable("shadow", "/v1/rulesets/:digest/shadow", shadows::get);
    command("beginShadow", "/v1/rulesets/:digest/shadow", shadows::begin);
    command("stopShadow", "/v1/rulesets/:digest/shadow/stop", shadows::stop);
  }

  private void keys() {
    var keys = new KeyRoutes(with);
    readable("keys", "/v1/keys", keys::list);
    command("createKey", "/v1/keys", keys::create);
    command("rotateKey", "/v1/keys/:keyId/rotate", keys::rotate);
    command("revokeKey", "/v1/keys/:keyId/revoke", keys::revoke);
  }

  private void open() {
    var system = new SystemRoutes(with);
    var callbacks = new CallbackRoutes(with, strangers);
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
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
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

  /** What goes wrong before a route has taken the request, or while it does. */
  private void failures() {
    for (int status : List.of(400, 500)) {
      router.errorHandler(
          status,
          routing -> {
            var exchange = new Exchange(routing, with.signals(), "unknown");
            if (status == 400 || routing.failure() == null) {
              exchange.problem(Problem.invalid("The path or the query cannot be read."));
            } else {
              exchange.failed(routing.failure());
            }
          });
    }
  }

  private Set<String> methodsAt(String path) {
    var methods = new TreeSet<String>();
    var found = contract.findPath(path);
    if (found != null) {
      found.getOperations().forEach(operation -> methods.add(operation.getHttpMethod().name()));
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
    }
    return methods;
  }

  private void readable(String operation, String path, BiConsumer<Exchange, JsonNode> handler) {
    var needed = permission(operation);
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(routing ->
            gate.enter(
                new Exchange(routing, with.signals(), template(path)),
                needed,
                exchange -> asked(exchange, operation, handler)));
  }

  private void command(String operation, String path, BiConsumer<Exchange, JsonNode> handler) {
    var needed = permission(operation);
    router
        .post(path)
        .handler(routing ->
            gate.enter(
                new Exchange(routing, with.signals(), template(path)),
                needed,
                exchange -> commanded(exchange, operation, handler)));
  }

  /** What a caller must be allowed, as the contract says; nobody may what it is silent on. */
  private Permission permission(String operation) {
    var found = contract.operation(operation);
    var name = found == null ? null : found.getOpenAPIModel().getString("x-permission");
    if (name == null) {
      throw new IllegalStateException(
          "The contract does not say who may do \"%s\".".formatted(operation));
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
              var problem = validation.body(operation, body);
              if (problem != null) {
                exchange.problem(problem);
              } else {
                blocking(exchange, () -> handler.accept(exchange, body));
              }
            }
          }
        });
  }

  private void blocking(Exchange exchange, Runnable step) {
    with.blocking().execute(() -> exchange.step(step));
  }

  /** As the contract writes it: {@code /v1/exceptions/{id}}. */
  private static String template(String path) {
    return path.replaceAll(":([A-Za-z]+)", "{$1}");
  }
}
