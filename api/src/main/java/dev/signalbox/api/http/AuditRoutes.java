package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.audit.Finding;
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
            .put("misfits", finding.misfits());
    var first = finding.first();
    if (first != null) {
      var place = node.putObject("first").put("seq", first.seq()).put("what", first.what());
      if (first.exception() != null) {
        place.put("id", first.exception().toString());
      }
    }
    return node;
  }
}
