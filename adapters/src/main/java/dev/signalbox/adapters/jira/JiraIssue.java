package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.outside.Dispatch;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The issue that an exception becomes. */
final class JiraIssue {
  private static final int SUMMARY_MAX = 255;
  private static final int FACT_MAX = 500;

  private JiraIssue() {}

  /** The body that creates it. */
  static String of(Dispatch dispatch, JiraSettings settings) {
    var exception = dispatch.exception();
    var issue = JsonNodeFactory.instance.objectNode();
    var fields = issue.putObject("fields");
    fields.putObject("project").put("key", settings.project());
    fields.putObject("issuetype").put("name", settings.issueType());
    fields.put("summary", summary(exception));
    fields.set("description", description(exception));
    fields
        .putArray("labels")
        .add(JiraLabels.ALL)
        .add(JiraLabels.of(dispatch.id()))
        .add(JiraLabels.of(exception.id()));
    grade(fields, exception, settings);
    return OutsideJson.text(issue);
  }

  private static void grade(ObjectNode fields, ExceptionCase exception, JiraSettings settings) {
    var classification = exception.classification();
    if (classification == null) {
      return;
    }
    var priority = settings.priorities().get(classification.severity());
    if (priority != null) {
      fields.putObject("priority").put("name", priority);
    }
    if (settings.dueDates()) {
      var day = classification.dueAt().atOffset(ZoneOffset.UTC).toLocalDate();
      fields.put("duedate", day.toString());
    }
  }

  private static String summary(ExceptionCase exception) {
    var report = exception.report();
    var classification = exception.classification();
    var severity = classification == null ? "" : "[" + classification.severity() + "] ";
    return ReadableText.line(
        "%s%s: %s, %s %s"
            .formatted(
                severity,
                report.reasonCode(),
                report.money(),
                report.identity().source(),
                report.identity().sourceRef()),
        SUMMARY_MAX);
  }

  private static ObjectNode description(ExceptionCase exception) {
    var report = exception.report();
    return new AdfDocument()
        .facts(facts(exception))
        .verbatim("Why it did not match", readable(report.reasonDetails()))
        .verbatim(
            "Near candidates",
            readable(
                report.candidates().stream()
                    .map(JiraIssue::candidate)
                    .collect(Collectors.joining("\n"))))
        .verbatim("Attributes", attributes(report))
        .end(
            "Cut here, since JIRA takes no longer text. Signalbox has all of exception %s."
                .formatted(exception.id()));
  }

  private static Map<String, String> facts(ExceptionCase exception) {
    var report = exception.report();
    var identity = report.identity();
    var facts = new LinkedHashMap<String, String>();
    put(facts, "Exception", exception.id());
    var classification = exception.classification();
    if (classification != null) {
      put(facts, "Severity", classification.severity());
      put(facts, "Due", classification.dueAt());
    }
    put(facts, "Amount", report.money());
    put(facts, "Reason", report.reasonCode());
    put(facts, "Source", identity.source() + " " + identity.sourceRef());
    put(facts, "Context", identity.context());
    put(facts, "Period", identity.period());
    put(facts, "Transaction date", report.transactionDate());
    put(facts, "First detected", exception.detection().first());
    if (exception.detection().recurrences() > 0) {
      put(facts, "Came back", exception.detection().recurrences() + " times");
    }
    put(facts, "Confidence", report.confidence());
    put(facts, "Counterparty", counterparty(report.counterparty()));
    put(facts, "Ledger account", report.glAccount());
    put(facts, "Regulatory", String.join(", ", report.regulatory()));
    var route = exception.route();
    if (route != null) {
      put(facts, "Queue", route.queue());
      put(facts, "Flags", String.join(", ", route.flags()));
    }
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable Object value) {
    var text = value == null ? "" : ReadableText.line(value.toString(), FACT_MAX);
    if (!text.isEmpty()) {
      facts.put(name, text);
    }
  }

  private static @Nullable String counterparty(@Nullable Counterparty party) {
    if (party == null) {
      return null;
    }
    return "%s%s%s%s%s"
        .formatted(
            party.name() == null ? "" : party.name() + " ",
            party.id() == null ? "" : "(" + party.id() + ")",
            party.riskTier() == null ? "" : ", risk " + party.riskTier(),
            party.restricted() ? ", restricted" : "",
            party.trusted() ? ", trusted" : "");
  }

  private static String candidate(Candidate candidate) {
    var line = new StringBuilder(candidate.ref());
    append(line, candidate.source());
    append(line, candidate.money());
    append(line, candidate.date());
    append(line, candidate.score() == null ? null : "score " + candidate.score().toPlainString());
    append(line, candidate.reference());
    return line.toString();
  }

  private static void append(StringBuilder line, @Nullable Object value) {
    if (value != null) {
      line.append(", ").append(value);
    }
  }

  private static String attributes(ExceptionReport report) {
    return report.attributes().isEmpty()
        ? ""
        : readable(OutsideJson.pretty(OutsideJson.tree(report.attributes())));
  }

  private static String readable(@Nullable String text) {
    return text == null ? "" : ReadableText.lines(text);
  }
}
