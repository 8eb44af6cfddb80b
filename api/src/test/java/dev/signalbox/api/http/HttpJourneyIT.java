package dev.signalbox.api.http;

import static dev.signalbox.api.testkit.ReportText.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.testkit.JourneyContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The journeys, over HTTP. */
class HttpJourneyIT extends JourneyContract {

  @Override
  protected Driver driver() {
    return new OverHttp(ApiBox.open(), new AtomicInteger());
  }

  /** Says everything over HTTP; only time passes behind its back. */
  private record OverHttp(ApiBox box, AtomicInteger answered) implements Driver {

    private static String id(String ref) {
      return CaseId.of("default", "bank-a-mt940", ref, null).toString();
    }

    private static String word(Reply reply) {
      return reply.status() < 300 && reply.json().has("exception")
          ? reply.json().at("/exception/effect").asText()
          : reply.text(reply.status() < 300 ? "effect" : "code");
    }

    @Override
    public String reports(String ref, String amount, Instant transactionDate) {
      var report = report(ref).put("amount", amount);
      return word(
          box.reporter().reports(report.put("transactionDate", transactionDate.toString())));
    }

    @Override
    public String clears(String ref) {
      return word(box.reporter().clears(id(ref), null));
    }

    @Override
    public String dispatches(String ref, String target) {
      return word(box.operator().dispatches(id(ref), target));
    }

    @Override
    public String answers(String ref, String verdict) {
      var callback =
          JsonNodeFactory.instance
              .objectNode()
              .put("externalSystem", "jira")
              .put("status", verdict);
      var key = "answer-" + answered.incrementAndGet();
      return word(box.operator().once(key).answers(id(ref), callback));
    }

    @Override
    public String status(String ref) {
      return box.viewer().sees(id(ref)).is(200).text("status");
    }

    @Override
    public String severity(String ref) {
      return box.viewer().sees(id(ref)).is(200).text("severity");
    }

    @Override
    public List<String> events(String ref) {
      return box.viewer().events(id(ref));
    }

    @Override
    public void passes(Duration time) {
      box.box().clock().advance(time);
      box.box().letTimersHappen();
    }

    @Override
    public void close() {
      box.close();
    }
  }
}
