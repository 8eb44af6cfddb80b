package dev.signalbox.ops.author;

import static dev.signalbox.ops.findings.Lines.counted;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.ops.findings.Colours;
import dev.signalbox.rules.diff.RulesetDiff;
import dev.signalbox.rules.diff.RulesetDiff.Change;
import dev.signalbox.rules.diff.RulesetDiff.RuleChange;
import dev.signalbox.rules.written.WrittenRule;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What differs between two rulesets, for people and for scripts. */
public final class DiffForms {
  private static final int SHORT_MAX = 60;

  private DiffForms() {}

  /** For people. */
  public static void write(PrintWriter out, Colours colours, RulesetDiff diff) {
    if (!diff.rules().isEmpty()) {
      out.println(colours.bold("rules"));
      diff.rules().forEach(change -> rule(out, colours, change));
    }
    section(out, colours, "ruleset.yaml", diff.settings());
    section(out, colours, "scenarios", diff.scenarios());
    long added = diff.rules().stream().filter(one -> one.was() == null).count();
    long removed = diff.rules().stream().filter(one -> one.now() == null).count();
    long format = diff.rules().stream().filter(RuleChange::isFormat).count();
    out.println(
        "%s added, %d removed, %d changed, %d in comments or format only; %s; %s"
            .formatted(
                counted(added, "rule"),
                removed,
                diff.rules().size() - added - removed - format,
                format,
                counted(diff.settings().size(), "setting"),
                counted(diff.scenarios().size(), "scenario")));
    out.flush();
  }

  private static void rule(PrintWriter out, Colours colours, RuleChange change) {
    var rule = change.now() == null ? change.was() : change.now();
    if (rule == null) {
      return;
    }
    var sign =
        change.was() == null
            ? colours.green("+")
            : change.now() == null ? colours.red("-") : change.isFormat() ? "." : "~";
    out.println(
        "  %s %s  %s  (%s:%d)%s"
            .formatted(
                sign,
                change.id(),
                rule.card().name(),
                rule.card().file(),
                rule.card().line(),
                change.isFormat() ? "  comments or format only" : ""));
    change.changes().forEach(part -> change(out, colours, "      ", part));
  }

  private static void section(
      PrintWriter out, Colours colours, String title, List<Change> changes) {
    if (!changes.isEmpty()) {
      out.println(colours.bold(title));
      changes.forEach(change -> change(out, colours, "  ", change));
    }
  }

  private static void change(PrintWriter out, Colours colours, String indent, Change change) {
    var was = change.was();
    var now = change.now();
    if (was == null || now == null) {
      var value = was == null ? String.valueOf(now) : was;
      out.println(
          "%s%s %s%s"
              .formatted(
                  indent,
                  was == null ? colours.green("+") : colours.red("-"),
                  change.what(),
                  value.length() > SHORT_MAX ? "" : ": " + value));
    } else if (was.length() + now.length() <= SHORT_MAX) {
      out.println("%s~ %s: %s → %s".formatted(indent, change.what(), was, now));
    } else {
      out.println("%s~ %s".formatted(indent, change.what()));
      out.println("%s    was %s".formatted(indent, colours.red(was)));
      out.println("%s    now %s".formatted(indent, colours.green(now)));
    }
  }

  /** For scripts. */
  public static ObjectNode json(RulesetDiff diff) {
    var node = JsonNodeFactory.instance.objectNode().put("same", diff.isEmpty());
    var rules = node.putArray("rules");
    for (var change : diff.rules()) {
      var rule = rules.addObject().put("id", change.id()).put("change", kind(change));
      side(rule, "was", change.was());
      side(rule, "now", change.now());
      if (!change.changes().isEmpty()) {
        changes(rule.putArray("parts"), change.changes());
      }
    }
    changes(node.putArray("settings"), diff.settings());
    changes(node.putArray("scenarios"), diff.scenarios());
    return node;
  }

  private static String kind(RuleChange change) {
    if (change.was() == null) {
      return "added";
    }
    if (change.now() == null) {
      return "removed";
    }
    return change.isFormat() ? "format" : "changed";
  }

  private static void side(ObjectNode node, String name, @Nullable WrittenRule rule) {
    if (rule != null) {
      node.putObject(name)
          .put("rule", rule.card().name())
          .put("point", rule.point())
          .put("file", rule.card().file())
          .put("line", rule.card().line());
    }
  }

  private static void changes(ArrayNode array, List<Change> changes) {
    for (var change : changes) {
      var node = array.addObject().put("what", change.what());
      if (change.was() != null) {
        node.put("was", change.was());
      }
      if (change.now() != null) {
        node.put("now", change.now());
      }
    }
  }
}
