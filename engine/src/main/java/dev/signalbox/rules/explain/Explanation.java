package dev.signalbox.rules.explain;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Waiting;
import dev.signalbox.rules.scenarios.Answers;
import dev.signalbox.rules.written.WrittenRule;
import dev.signalbox.rules.written.WrittenRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a ruleset decides for one exception, and why: at each decision point the facts that its
 * rules see, the rules that fired, and of each other rule the first condition that failed.
 *
 * @param points those that were asked, in the order of asking
 */
public record Explanation(List<Point> points) {
  public Explanation {
    points = List.copyOf(points);
  }

  /**
   * One decision point.
   *
   * @param facts what its rules see
   * @param said by the names that scenarios use
   * @param fired by rank
   * @param silent the others, as they are written
   * @param notes rules that disagreed, or failed
   */
  public record Point(
      String name,
      List<Object> facts,
      Map<String, String> said,
      List<WrittenRule> fired,
      List<Silent> silent,
      List<String> notes) {
    public Point {
      facts = List.copyOf(facts);
      fired = List.copyOf(fired);
      silent = List.copyOf(silent);
      notes = List.copyOf(notes);
    }
  }

  /**
   * A rule that did not fire.
   *
   * @param failed null where all its conditions seem to be met: the engine and this disagree
   */
  public record Silent(WrittenRule rule, @Nullable Failed failed) {}

  /**
   * Asks a rulebook, and explains what it says.
   *
   * @param proposal a resolution that somebody proposes; null for none
   */
  public static Explanation of(
      Rulebook rulebook, Question question, @Nullable ProposalQuestion proposal) {
    var rules =
        WrittenRules.of(rulebook.files()).stream()
            .collect(
                Collectors.groupingBy(WrittenRule::point, LinkedHashMap::new, Collectors.toList()));
    var answers = Answers.of(rulebook, question, proposal);
    var saidAt = answers.saidAt();
    var points = new ArrayList<Point>();
    asked(rulebook, question, proposal, answers)
        .forEach((name, asked) ->
            points.add(
                point(
                    name,
                    asked,
                    saidAt.getOrDefault(name, Map.of()),
                    rules.getOrDefault(name, List.of()))));
    return new Explanation(points);
  }

  /** What was put to a decision point, and what came of it. */
  private record Asked(List<Object> facts, Advice<? extends Decision> advice) {}

  private static Map<String, Asked> asked(
      Rulebook rulebook, Question question, @Nullable ProposalQuestion proposal, Answers answers) {
    var item = rulebook.facts(question);
    var classification = answers.assessment().classification();
    var classified = new Classified(classification.decision().severity());
    var asked = new LinkedHashMap<String, Asked>();
    asked.put("classify", new Asked(List.of(item), classification));
    asked.put("route", new Asked(List.of(item, classified), answers.assessment().routing()));
    var seen = new ArrayList<Object>(List.of(item, classified));
    seen.addAll(rulebook.near(question));
    asked.put("resolve", new Asked(seen, answers.resolution()));
    var proposed = proposal;
    if (proposed == null && answers.resolution().decision() instanceof Settled settled) {
      proposed = ProposalQuestion.byRules(question, settled.resolution());
    }
    if (proposed != null) {
      var facts = List.<Object>of(item, classified, rulebook.facts(proposed));
      if (answers.gate() != null) {
        asked.put("gate", new Asked(facts, answers.gate()));
      }
      if (answers.approval() != null) {
        asked.put("approve", new Asked(facts, answers.approval()));
      }
    }
    if (answers.fallback() != null
        && answers.assessment().routing().decision() instanceof Route to) {
      var waiting = new Waiting(to.queue().value(), to.lane());
      asked.put("escalate", new Asked(List.of(item, classified, waiting), answers.fallback()));
    }
    return asked;
  }

  private static Point point(
      String name, Asked asked, Map<String, String> said, List<WrittenRule> rules) {
    var byId = rules.stream().collect(Collectors.toMap(WrittenRule::id, rule -> rule));
    var ids = asked.advice().fired().stream().map(FiredRule::id).toList();
    return new Point(
        name,
        asked.facts(),
        said,
        ids.stream().filter(byId::containsKey).map(byId::get).toList(),
        rules.stream()
            .filter(rule -> !ids.contains(rule.id()))
            .map(rule -> new Silent(rule, new Reasons(rule, asked.facts()).first()))
            .toList(),
        asked.advice().conflicts());
  }

  /** The same about one rule only: its decision point, without the others. */
  public Explanation about(String id) {
    return new Explanation(
        points.stream()
            .map(point ->
                new Point(
                    point.name(),
                    point.facts(),
                    point.said(),
                    point.fired().stream().filter(rule -> rule.id().equals(id)).toList(),
                    point.silent().stream().filter(one -> one.rule().id().equals(id)).toList(),
                    point.notes()))
            .filter(point -> !(point.fired().isEmpty() && point.silent().isEmpty()))
            .toList());
  }

  /**
   * The first condition of a rule that these facts do not meet; null when they meet all.
   *
   * @param facts what the rules of its decision point see
   */
  public static @Nullable Failed failed(WrittenRule rule, List<Object> facts) {
    return new Reasons(rule, facts).first();
  }
}
