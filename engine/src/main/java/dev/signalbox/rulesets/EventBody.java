package dev.signalbox.rulesets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.outside.RulesetSource.Version;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.scenarios.ScenarioReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of ruleset events: written once, and shown as they are. */
public final class EventBody {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A ruleset with more faults is told apart by the first. */
  private static final int FINDINGS_MAX = 200;

  private EventBody() {}

  /** What a body says. */
  public static ObjectNode read(RulesetEvent event) {
    try {
      return (ObjectNode) JSON.readTree(event.body());
    } catch (JsonProcessingException | ClassCastException e) {
      throw new IllegalStateException(
          "The body of the ruleset event %d is no JSON object.".formatted(event.number()), e);
    }
  }

  static String judged(Version version, Judgement judgement, Duration took) {
    var body = version(version).put("tookMillis", took.toMillis());
    var rulebook = judgement.rulebook();
    if (rulebook != null) {
      describe(body, rulebook);
    }
    findings(body.putArray("findings"), judgement.findings());
    if (!judgement.warnings().isEmpty()) {
      findings(body.putArray("warnings"), judgement.warnings());
    }
    var scenarios = judgement.scenarios();
    if (scenarios != null) {
      scenarios(body.putObject("scenarios"), scenarios);
    }
    return body.toString();
  }

  /** The same files under another version: what was found of them holds. */
  static String judgedBefore(Version version, RulesetEvent before) {
    var body = version(version).put("sameAs", before.number());
    var told = read(before);
    for (var field :
        List.of("name", "reportingCurrency", "rules", "findings", "warnings", "scenarios")) {
      JsonNode value = told.get(field);
      if (value != null) {
        body.set(field, value);
      }
    }
    return body.toString();
  }

  static String why(String why, @Nullable Long backtest) {
    var body = JsonNodeFactory.instance.objectNode().put("why", why);
    if (backtest != null) {
      body.put("backtest", backtest);
    }
    return body.toString();
  }

  static String begun(ShadowPlan.Bounds bounds, Sha256 baseline, String why) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("why", why)
            .put("until", bounds.until().toString())
            .put("sample", bounds.sample())
            .put("share", bounds.share());
    body.putObject("baseline").put("digest", baseline.hex());
    return body.toString();
  }

  static String ended(ShadowPlan plan, Shadows.End end, String why) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("why", why)
        .put("end", end.name())
        .put("begun", plan.number())
        .toString();
  }

  private static ObjectNode version(Version version) {
    var body = JsonNodeFactory.instance.objectNode();
    if (!version.author().isEmpty()) {
      body.put("author", version.author());
    }
    if (version.at() != null) {
      body.put("committedAt", version.at().toString());
    }
    if (!version.message().isEmpty()) {
      body.put("message", version.message());
    }
    return body;
  }

  private static void describe(ObjectNode body, Rulebook rulebook) {
    body.put("name", rulebook.name());
    body.put("reportingCurrency", rulebook.reportingCurrency().value());
    var rules = body.putArray("rules");
    for (var rule : rulebook.rules()) {
      rules
          .addObject()
          .put("id", rule.id())
          .put("owner", rule.owner())
          .put("because", rule.fired().because())
          .put("name", rule.name())
          .put("file", rule.file())
          .put("line", rule.line());
    }
  }

  private static void findings(ArrayNode list, List<Finding> findings) {
    for (var finding : findings.subList(0, Math.min(FINDINGS_MAX, findings.size()))) {
      var node =
          list.addObject()
              .put("file", finding.file())
              .put("line", finding.line())
              .put("column", finding.column())
              .put("what", finding.what());
      if (finding.rule() != null) {
        node.put("rule", finding.rule());
      }
    }
  }

  private static void scenarios(ObjectNode node, ScenarioReport report) {
    node.put("passed", report.results().size() - report.failures().size());
    node.put("failed", report.failures().size());
    var never = node.putArray("neverFired");
    report.neverFired().forEach(never::add);
  }
}
