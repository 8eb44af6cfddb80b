package dev.signalbox.rules.review;

import dev.signalbox.rules.written.WrittenRule;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A rule and what is known of it without trying it.
 *
 * @param ways all ways to meet its conditions
 * @param possible those that some fact may go
 * @param route where it sends an item, as it says it; empty where it does not
 */
record Reviewed(WrittenRule rule, List<Way> ways, List<Way> possible, List<String> route) {
  private static final Pattern ROUTE =
      Pattern.compile("route\\s*\\.\\s*to\\s*\\(.*?;", Pattern.DOTALL);

  static Reviewed of(WrittenRule rule) {
    var ways = Way.of(rule);
    return new Reviewed(
        rule,
        ways,
        ways.stream().filter(way -> way.impossible() == null).toList(),
        ROUTE
            .matcher(rule.then())
            .results()
            .map(found -> found.group().replaceAll("\\s+", ""))
            .toList());
  }

  int salience() {
    return rule.card().salience();
  }

  /** How others call it. */
  String named() {
    return "%s (%s:%d)".formatted(rule.id(), rule.card().file(), rule.card().line());
  }
}
