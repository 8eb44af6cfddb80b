package dev.signalbox.rules.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.calendars.CalendarReading;
import dev.signalbox.rules.explain.ConditionText;
import dev.signalbox.rules.written.WrittenRule;
import dev.signalbox.rules.written.WrittenRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions of a ruleset.
 *
 * @param rules by decision point and id
 * @param settings what {@code ruleset.yaml} sets, by path, e.g. {@code parameters.amount.limit}
 * @param scenarios by file and name
 */
public record RulesetDiff(List<RuleChange> rules, List<Change> settings, List<Change> scenarios) {
  private static final String MANIFEST = "ruleset.yaml";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  public RulesetDiff {
    rules = List.copyOf(rules);
    settings = List.copyOf(settings);
    scenarios = List.copyOf(scenarios);
  }

  /**
   * Something that is not the same.
   *
   * @param was null where it is new
   * @param now null where it is gone
   */
  public record Change(String what, @Nullable String was, @Nullable String now) {}

  /**
   * A rule that is not the same.
   *
   * @param was null where it is new
   * @param now null where it is gone
   * @param changes its parts; empty where it is new or gone, and where only comments or format
   *     differ
   */
  public record RuleChange(
      String id, @Nullable WrittenRule was, @Nullable WrittenRule now, List<Change> changes) {
    public RuleChange {
      changes = List.copyOf(changes);
    }

    /** Whether what it decides is the same: only comments, format or its place changed. */
    public boolean isFormat() {
      return was != null && now != null && changes.isEmpty();
    }
  }

  /** Whether they are the same, but for comments and format. */
  public boolean isEmpty() {
    return settings.isEmpty()
        && scenarios.isEmpty()
        && rules.stream().allMatch(RuleChange::isFormat);
  }

  /**
   * Compares.
   *
   * @param was a ruleset that passes its check
   * @param now another one
   */
  public static RulesetDiff of(RulesetFiles was, RulesetFiles now) {
    return new RulesetDiff(
        rules(byId(was), byId(now)),
        changes(settings(was), settings(now)),
        changes(scenarios(was), scenarios(now)));
  }

  private static Map<String, WrittenRule> byId(RulesetFiles files) {
    return WrittenRules.of(files).stream()
        .collect(Collectors.toMap(WrittenRule::id, rule -> rule, (a, b) -> a, TreeMap::new));
  }

  private static List<RuleChange> rules(
      Map<String, WrittenRule> was, Map<String, WrittenRule> now) {
    var ids = new TreeSet<>(was.keySet());
    ids.addAll(now.keySet());
    var changes = new ArrayList<RuleChange>();
    for (var id : ids) {
      var before = was.get(id);
      var after = now.get(id);
      if (before == null || after == null) {
        changes.add(new RuleChange(id, before, after, List.of()));
      } else if (!before.text().equals(after.text()) || !before.point().equals(after.point())) {
        changes.add(new RuleChange(id, before, after, changes(parts(before), parts(after))));
      }
    }
    return changes;
  }

  private static Map<String, String> parts(WrittenRule rule) {
    var parts = new TreeMap<String, String>();
    parts.put("point", rule.point());
    parts.put("name", rule.card().name());
    parts.put("owner", rule.card().owner());
    parts.put("because", rule.card().fired().because());
    parts.put("salience", String.valueOf(rule.card().salience()));
    parts.put("when", ConditionText.of(rule));
    parts.put("then", SPACE.matcher(rule.then()).replaceAll(" "));
    return parts;
  }

  private static List<Change> changes(Map<String, String> was, Map<String, String> now) {
    var names = new TreeSet<>(was.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> new Change(name, was.get(name), now.get(name)))
        .filter(change -> change.was() == null || !change.was().equals(change.now()))
        .toList();
  }

  private static Map<String, String> settings(RulesetFiles files) {
    var settings = new TreeMap<String, String>();
    var content = files.all().get(MANIFEST);
    if (content != null) {
      flatten("", YamlTree.of(content), settings);
    }
    files
        .in(CalendarReading.FOLDER, CalendarReading.ENDING)
        .forEach((file, calendar) -> flatten(file, YamlTree.of(calendar), settings));
    return settings;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(e ->
              flatten(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), into));
    } else if (!path.isEmpty()) {
      into.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }

  /** What each gives and expects, with what its file gives for all. */
  private static Map<String, String> scenarios(RulesetFiles files) {
    var scenarios = new TreeMap<String, String>();
    files
        .in("scenarios", ".yaml")
        .forEach((file, content) -> {
          var tree = YamlTree.of(content);
          for (var scenario : tree.path("scenarios")) {
            var given = sorted(tree.path("given"));
            given.putAll(sorted(scenario.path("given")));
            scenarios.put(
                file + ": " + scenario.path("name").asText(),
                "given %s expect %s".formatted(given, sorted(scenario.path("expect"))));
          }
        });
    return scenarios;
  }

  private static Map<String, JsonNode> sorted(JsonNode node) {
    var sorted = new TreeMap<String, JsonNode>();
    node.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
    return sorted;
  }
}
