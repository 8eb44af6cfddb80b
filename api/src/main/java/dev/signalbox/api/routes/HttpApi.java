package dev.signalbox.api.routes;

import dev.signalbox.api.http.Bodies;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Limits;
import dev.signalbox.api.http.Operations;
import dev.signalbox.api.problems.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The routes: which operation of the contract is done by whom. The table of contents of the API.
 */
final class HttpApi {
  private static final long BODIES_MAX = 128L << 20;

  /** For those whose signature can be checked only when all is there; they crowd out nobody. */
  private static final long STRANGERS_MAX = 32L << 20;

  private final Collaborators with;
  private final OpenAPIContract contract;
  private final Bodies bodies;
  private final Bodies strangers;
  private final Router router;
  private final Operations operations;

  private HttpApi(Vertx vertx, OpenAPIContract contract, Collaborators with, Limits limits) {
    this.with = with;
    this.contract = contract;
    bodies = new Bodies(limits.body(), BODIES_MAX);
    strangers = new Bodies(limits.body(), STRANGERS_MAX);
    router = Router.router(vertx);
    operations = new Operations(vertx, router, contract, with, bodies);
  }

  /**
   * The router with all routes.
   *
   * @param contract as {@link Listener#contract} gives it
   */
  static Router router(Vertx vertx, OpenAPIContract contract, Collaborators with, Limits limits) {
    var api = new HttpApi(vertx, contract, with, limits);
    api.many();
    api.cases();
    api.work();
    api.talk();
    api.books();
    api.operations();
    api.rulesets();
    api.keys();
    api.open();
    api.everythingElse();
    api.failures();
    return api.router;
  }

  private void cases() {
    var reports = new ReportRoutes(with, bodies);
    operations.raw("report", exchange -> exchange.step(() -> reports.report(exchange)));
    var cases = new CaseRoutes(with);
    operations.add("list", cases::list);
    operations.add("get", cases.inSight(cases::get));
    operations.add("history", cases.inSight(cases::history));
    operations.add("explanation", cases.inSight(cases::explanation));
    operations.add("question", cases.inSight(cases::question));
    operations.add("clear", cases::clear);
    operations.add("dispatch", cases::dispatch);
    operations.add("redriveCase", cases::redrive);
    operations.add("callback", cases::callback);
  }

  private void work() {
    var cases = new CaseRoutes(with);
    var queues = new QueueRoutes(with, cases);
    operations.add("claimNext", queues::next);
    operations.add("claim", queues::claim);
    operations.add("heartbeat", queues::heartbeat);
    operations.add("release", queues::release);
    var rosters = new RosterRoutes(with);
    operations.add("roster", rosters::list);
    operations.add("putReviewer", rosters::put);
    operations.add("removeReviewer", rosters::remove);
    operations.add("away", rosters::away);
    var work = new WorkRoutes(cases);
    operations.add("assign", work::assign);
    operations.add("unassign", work::unassign);
    operations.add("review", work::review);
    operations.add("forceMatch", work::forceMatch);
    operations.add("adjustEntry", work::adjust);
    operations.add("writeOff", work::writeOff);
    operations.add("split", work::split);
    operations.add("knownDifference", work::accept);
    operations.add("approve", work::approve);
    operations.add("reject", work::reject);
    operations.add("escalate", work::escalate);
    var standing = new StandingRoutes(cases);
    operations.add("placeHold", standing::hold);
    operations.add("releaseHold", standing::release);
    operations.add("snooze", standing::snooze);
    operations.add("wake", standing::wake);
  }

  private void talk() {
    var cases = new CaseRoutes(with);
    var comments = new CommentRoutes(with, cases);
    operations.add("comments", cases.inSight(comments::list));
    operations.add("comment", comments::add);
    operations.add("redactComment", comments::redact);
    operations.add("mentions", comments::mentions);
    var disputes = new DisputeRoutes(with, cases);
    operations.add("openDispute", disputes::open);
    operations.add("disputes", disputes::list);
    operations.add("dispute", disputes::get);
    operations.add("submitDispute", disputes::submit);
    operations.add("evidence", disputes::evidence);
    var evidence = new EvidenceRoutes(with, disputes);
    operations.add("redactEvidence", evidence::redact);
    var files = new FileRoutes(with, disputes, evidence);
    operations.raw("uploadEvidence", files::upload);
    operations.add("evidenceFile", files::download);
    operations.add("requestEvidence", disputes::requestEvidence);
    operations.add("acknowledgeDispute", disputes::acknowledge);
    operations.add("logDispute", disputes::log);
    operations.add("closeDispute", disputes::close);
    operations.add("reopenDispute", disputes::reopen);
  }

  /** Before the single ones, whose ids would take the word for one. */
  private void many() {
    var bulk = new BulkRoutes(with);
    operations.add("bulkAssign", bulk::assign);
    operations.add("bulkResolve", bulk::resolve);
    operations.add("bulkDispatch", bulk::dispatch);
  }

  private void books() {
    var batches = new BatchRoutes(with);
    operations.add("buildBatch", batches::build);
    operations.add("batches", batches::list);
    operations.add("batch", batches::get);
    operations.add("excludeFromBatch", batches::exclude);
    operations.add("approveBatch", batches::approve);
    operations.add("rejectBatch", batches::reject);
    var book = new BookRoutes(with);
    operations.add("ledgerPostings", book::postings);
    operations.add("ledgerBalances", book::balances);
  }

  private void operations() {
    var letters = new DeadLetterRoutes(with);
    operations.add("deadLetters", letters::list);
    operations.add("redriveMany", letters::redriveMany);
    operations.add("deadLetter", letters::get);
    operations.add("redriveOne", letters::redriveOne);
    var audit = new AuditRoutes(with);
    operations.add("auditVerify", audit::verify);
    operations.add("auditReplay", audit::replay);
    var system = new SystemRoutes(with);
    operations.add("status", system::status);
    operations.add("metrics", system::metrics);
  }

  private void rulesets() {
    var rulesets = new RulesetRoutes(with);
    operations.add("rulesets", rulesets::list);
    operations.add("refresh", rulesets::refresh);
    operations.add("rollBack", rulesets::rollBack);
    operations.add("ruleset", rulesets::get);
    operations.add("rulesetRules", rulesets::rules);
    operations.add("rulesetArchive", rulesets::archive);
    operations.add("backtest", rulesets::backtest);
    operations.add("activate", rulesets::activate);
    var shadows = new ShadowRoutes(with);
    operations.add("shadow", shadows::get);
    operations.add("beginShadow", shadows::begin);
    operations.add("stopShadow", shadows::stop);
  }

  private void keys() {
    var keys = new KeyRoutes(with);
    operations.add("keys", keys::list);
    operations.add("createKey", keys::create);
    operations.add("rotateKey", keys::rotate);
    operations.add("revokeKey", keys::revoke);
  }

  private void open() {
    var system = new SystemRoutes(with);
    operations.open("live", system::live);
    operations.open(
        "ready",
        exchange -> with.blocking().execute(() -> exchange.step(() -> system.ready(exchange))));
    operations.open("contract", system::contract);
    var callbacks = new CallbackRoutes(with, strangers);
    operations.open("signedWebhook", callbacks::take);
    operations.open("signedCallback", callbacks::take);
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
}
