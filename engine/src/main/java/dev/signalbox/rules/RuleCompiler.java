package dev.signalbox.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieContainer;

/**
 * Compiles the rules of one decision point: one folder, one rulebase, so that a rule cannot reach
 * into another decision. Every compilation has a release id of its own, and gives all of it back
 * when closed; else each reload would leak its classes.
 */
final class RuleCompiler implements AutoCloseable {
  private final KieServices services = KieServices.get();
  private final ReleaseId release =
      services.newReleaseId("dev.signalbox.ruleset", "r" + UUID.randomUUID(), "1");
  private final KieContainer container;

  RuleCompiler(String where, RulesetFiles files, String point) {
    var sources = services.newKieFileSystem().generateAndWritePomXML(release);
    files
        .in(point, ".drl")
        .forEach((path, content) -> sources.write("src/main/resources/" + path, content));
    var results =
        services.newKieBuilder(sources).buildAll(ExecutableModelProject.class).getResults();
    var errors = results.getMessages(Message.Level.ERROR);
    if (!errors.isEmpty()) {
      services.getRepository().removeKieModule(release);
      throw new BadRuleset(where, errors.stream().map(RuleCompiler::finding).toList());
    }
    container = services.newKieContainer(release);
  }

  private static String finding(Message message) {
    var path = message.getPath() == null ? "" : message.getPath();
    var place = path.isEmpty() || message.getLine() <= 0 ? path : path + ":" + message.getLine();
    var text = message.getText().lines().collect(Collectors.joining(" ")).strip();
    return (place.isEmpty() ? "" : place.replace("src/main/resources/", "") + ": ") + text;
  }

  KieBase base() {
    return container.getKieBase();
  }

  /** What is known of the rules of a point, by name; every rule must say who it is and why. */
  static Map<String, RuleCard> cards(String where, KieBase base) {
    var cards = new HashMap<String, RuleCard>();
    var ids = new HashMap<String, String>();
    var findings = new ArrayList<String>();
    for (var unit : base.getKiePackages()) {
      for (var rule : unit.getRules()) {
        var card = card(rule, findings);
        cards.put(rule.getName(), card);
        var other = ids.put(card.id(), rule.getName());
        if (other != null) {
          findings.add(
              "The rules \"%s\" and \"%s\" have the same @id %s."
                  .formatted(other, rule.getName(), card.id()));
        }
      }
    }
    if (!findings.isEmpty()) {
      throw new BadRuleset(where, findings);
    }
    return cards;
  }

  private static RuleCard card(Rule rule, List<String> findings) {
    return new RuleCard(
        rule.getName(),
        annotation(rule, "id", findings),
        annotation(rule, "owner", findings),
        annotation(rule, "because", findings),
        rule instanceof org.drools.base.definitions.rule.impl.RuleImpl impl
            ? impl.getSalienceValue()
            : 0);
  }

  private static String annotation(Rule rule, String name, List<String> findings) {
    var value = rule.getMetaData().get(name);
    if (value == null || value.toString().isBlank()) {
      findings.add("The rule \"%s\" has no @%s.".formatted(rule.getName(), name));
      return "";
    }
    return unquoted(value.toString());
  }

  /** An annotation's text comes with the quotes it was written in. */
  private static String unquoted(String text) {
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1).replace("\\\"", "\"")
        : text;
  }

  @Override
  public void close() {
    container.dispose();
    services.getRepository().removeKieModule(release);
  }
}
