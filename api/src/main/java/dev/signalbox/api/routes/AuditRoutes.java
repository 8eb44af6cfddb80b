package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Query;
import dev.signalbox.audit.AuditReplay;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.audit.Finding;
import dev.signalbox.audit.Redecided;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.intake.Instants;
import dev.signalbox.recall.ArchivedRulebooks;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import java.time.Instant;
import java.util.concurrent.CancellationException;

/**
 * The auditor's look at everything, told line by line while it goes on. Runs on a virtual thread.
 */
final class AuditRoutes {
  private final Collaborators with;

  AuditRoutes(Collaborators with) {
    this.with = with;
  }

  void verify(Exchange exchange, JsonNode body) {
    var answers = new LineAnswers(exchange);
    try {
      answers.begin();
      var found =
          new AuditVerify(with.database(), with.journal())
              .run(progress -> tell(answers, view(progress).put("done", false)));
      answers.line(view(found).put("done", true));
      answers.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LineAnswers.Gone | CancellationException e) {
      // Nobody listens any more.
    }
  }

  /** Decides recorded decisions again, one page after the other: it takes no one's processor. */
  void replay(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    var id = query.textOrNull("exception");
    var since = query.textOrNull("since");
    var now = with.clock().instant();
    var from = since == null ? Instant.EPOCH : Instants.parse(since, true);
    if (!from.isBefore(now)) {
      throw new IllegalArgumentException("The parameter \"since\" lies in the past.");
    }
    var answers = new LineAnswers(exchange);
    var recorded = new Recorded(with.database(), with.journal());
    try (var archive = new ArchivedRulebooks(with.database())) {
      answers.begin();
      var replay = new AuditReplay(recorded, archive::find);
      if (id != null) {
        answers.line(view(replay.run(CaseId.parse(id))).put("of", 1).put("done", true));
      } else {
        var stretch = new Stretch(from, now, null);
        long of = recorded.count(stretch);
        var found =
            replay.run(
                stretch,
                Lanes.ONE,
                progress -> tell(answers, view(progress).put("of", of).put("done", false)));
        answers.line(view(found).put("of", of).put("done", true));
      }
      answers.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (LineAnswers.Gone | CancellationException e) {
      // Nobody listens any more.
    }
  }

  private static ObjectNode view(Redecided found) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("exceptions", found.exceptions())
            .put("decisions", found.decisions())
            .put("same", found.same())
            .put("differing", found.differing())
            .put("erased", found.erased());
    var missing = node.putArray("missing");
    found
        .missing()
        .forEach((why, count) -> missing.addObject().put("why", why).put("decisions", count));
    var first = node.putArray("first");
    for (var difference : found.first()) {
      first
          .addObject()
          .put("id", difference.exception().toString())
          .put("seq", difference.seq())
          .put("point", difference.point().name())
          .put("was", difference.was())
          .put("is", difference.is());
    }
    return node;
  }

  /** An auditor who has gone away ends the audit. */
  private static void tell(LineAnswers answers, ObjectNode line) {
    try {
      answers.line(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    } catch (LineAnswers.Gone e) {
      throw new CancellationException();
    }
  }

  private static ObjectNode view(Finding finding) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("exceptions", finding.exceptions())
            .put("rows", finding.rows())
            .put("erased", finding.erased())
            .put("rulesetEvents", finding.rulesetEvents())
            .put("keyEvents", finding.keyEvents())
            .put("rosterEvents", finding.rosterEvents())
            .put("misfits", finding.misfits());
    var first = finding.first();
    if (first != null) {
      var place =
          node.putObject("first")
              .put("chain", first.chain().name())
              .put("seq", first.seq())
              .put("what", first.what());
      if (first.exception() != null) {
        place.put("id", first.exception().toString());
      }
    }
    return node;
  }
}
