package dev.signalbox.ops.findings;

import static dev.signalbox.ops.findings.Lines.counted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.ops.findings.Tested.Coverage;
import dev.signalbox.ops.findings.Tested.Tried;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code rules test} came to, in each form. */
public final class TestForms {
  private static final int NAME_MAX = 90;

  private TestForms() {}

  /**
   * Writes it.
   *
   * @param version of this program
   */
  public static void write(
      PrintWriter out, Format format, Colours colours, String version, List<Tested> all) {
    switch (format) {
      case TEXT -> all.forEach(tested -> lines(out, colours, tested));
      case JSON -> out.println(json(all).toPrettyString());
      case JUNIT -> out.print(JunitXml.text(all.stream().map(TestForms::suite).toList()));
      case SARIF ->
          out.println(
              Sarif.log(version, all.stream().flatMap(one -> one.told().stream()).toList())
                  .toPrettyString());
    }
    out.flush();
  }

  private static void lines(PrintWriter out, Colours colours, Tested tested) {
    int width =
        Math.min(
            NAME_MAX, tested.scenarios().stream().mapToInt(t -> t.name().length()).max().orElse(1));
    String file = "";
    for (var tried : tested.scenarios()) {
      if (!tried.file().equals(file)) {
        file = tried.file();
        out.println(colours.bold(file));
      }
      out.println(
          ("  %s  %-" + width + "s  %s")
              .formatted(
                  tried.passed() ? colours.green("passed") : colours.red("FAILED"),
                  tried.name(),
                  String.join(", ", tried.fired()))
              .stripTrailing());
      if (!tried.passed()) {
        out.println("          " + tried.file() + ":" + tried.line());
      }
      tried.differences().forEach(difference -> out.println("          " + difference));
    }
    var lines = new Lines(out, colours);
    tested.told().stream().filter(one -> one.code() != Told.Code.SCENARIO).forEach(lines::told);
    out.println(tested.folder() + ": " + summary(tested, colours));
  }

  private static String summary(Tested tested, Colours colours) {
    if (tested.digest() == null) {
      return colours.red("cannot be tested");
    }
    var text =
        "%s, %d failed".formatted(counted(tested.scenarios().size(), "scenario"), tested.failed());
    var coverage = tested.coverage();
    if (coverage != null) {
      text +=
          "; %d of %s fired (%s %%)"
              .formatted(coverage.fired(), counted(coverage.rules(), "rule"), percent(coverage));
    }
    return tested.passed() ? colours.green(text) : colours.red(text);
  }

  private static String percent(Coverage coverage) {
    return String.format(Locale.ROOT, "%.1f", coverage.percent()).replace(".0", "");
  }

  private static ObjectNode json(List<Tested> all) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("passed", all.stream().allMatch(Tested::passed));
    var rulesets = node.putArray("rulesets");
    for (var tested : all) {
      var ruleset = rulesets.addObject();
      ruleset.put("folder", tested.folder()).put("digest", tested.digest());
      var scenarios = ruleset.putArray("scenarios");
      tested.scenarios().forEach(tried -> scenarios.add(json(tried)));
      var coverage = tested.coverage();
      if (coverage != null) {
        var covered = ruleset.putObject("coverage").put("rules", coverage.rules());
        covered.put("fired", coverage.fired()).put("percent", coverage.percent());
        var never = covered.putArray("neverFired");
        coverage.neverFired().forEach(told -> never.add(FindingsJson.finding(told)));
      }
    }
    var findings = node.putArray("findings");
    all.forEach(one -> one.told().forEach(told -> findings.add(FindingsJson.finding(told))));
    return node;
  }

  private static ObjectNode json(Tried tried) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", tried.file())
            .put("line", tried.line())
            .put("name", tried.name())
            .put("passed", tried.passed())
            .put("seconds", tried.seconds());
    tried.fired().forEach(node.putArray("fired")::add);
    tried.differences().forEach(node.putArray("differences")::add);
    return node;
  }

  /** A test for each scenario, and one each for what else must hold. */
  private static JunitXml.Suite suite(Tested tested) {
    var cases = new ArrayList<JunitXml.Case>();
    cases.add(
        whole(
            tested,
            "the ruleset can be used",
            tested.told().stream().filter(told -> told.code() == Told.Code.INVALID).toList()));
    for (var tried : tested.scenarios()) {
      cases.add(
          new JunitXml.Case(
              tried.file(),
              tried.name(),
              tried.file(),
              tried.line(),
              tried.seconds(),
              tried.passed() ? null : String.join("\n", tried.differences())));
    }
    if (tested.coverage() != null) {
      cases.add(whole(tested, "every rule is fired", tested.coverage().neverFired()));
    }
    return new JunitXml.Suite("test " + tested.folder(), cases);
  }

  private static JunitXml.Case whole(Tested tested, String name, List<Told> told) {
    return new JunitXml.Case(
        tested.folder(),
        name,
        told.isEmpty() ? tested.folder() : told.getFirst().file(),
        told.isEmpty() ? 0 : told.getFirst().line(),
        0,
        told.isEmpty()
            ? null
            : told.stream().map(Told::toString).collect(Collectors.joining("\n")));
  }
}
