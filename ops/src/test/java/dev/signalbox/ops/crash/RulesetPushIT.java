package dev.signalbox.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Access;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules are pushed to a real repository while the real program works under load. How long it takes
 * is printed: a push shall be live in 5 seconds and a roll-back take less than one, on a machine
 * that has nothing else to do.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetPushIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RULES = "route/defaults.drl";
  private static final String SCENARIOS = "scenarios/defaults.yaml";
  private static final int LOOKED_AT = 300;

  @TempDir private Path temporary;
  private final String key = Access.newKey();
  private final List<String> figures = new ArrayList<>();
  private Path config;

  @Test
  void good_rules_go_live_bad_ones_do_not_and_no_report_suffers() throws Exception {
    try (var repository = RulesRepository.in(temporary.resolve("rules"))) {
      config = Files.writeString(temporary.resolve("signalbox.yaml"), repository.settings());
      var program = start();
      var crowd = new Crowd(key, System.nanoTime());
      crowd.report(program.url());
      Until.holds(SOON, () -> crowd.acknowledged() > 200);
      var api = new Api(program.url(), key);
      var digests = new TreeSet<String>();
      digests.add(active(api).path("digest").asText());

      var first = active(api).path("digest").asText();
      pushGood(repository, api);
      digests.add(active(api).path("digest").asText());
      pushBad(repository, api);
      rollBack(api, first);
      crowd.disperse();

      var found = crowd.found(program.url());
      figures.add("%d reports, %d failed".formatted(crowd.acknowledged(), crowd.failed().size()));
      assertThat(crowd.failed()).isEmpty();
      assertThat(deciders(api, crowd)).isEqualTo(digests);
      crowd.insistOn(found, "Pushes under load");
      assertThat(decidedBy(api, api.reported(LiveBox.report("after-all")))).isEqualTo(first);
      program.stop();
      repository.disappear(temporary.resolve("gone"));
      restart(first);
    } finally {
      figures.forEach(figure -> System.out.println("Rulesets: " + figure));
    }
  }

  private RunningProgram start() throws IOException {
    return RunningProgram.start(
        temporary.resolve("data"), key, Map.of(), "--config", config.toString());
  }

  private void pushGood(RulesRepository repository, Api api) throws IOException, GitAPIException {
    long start = System.nanoTime();
    var commit = repository.push(RULES, repository.read(RULES) + "\n// A change.\n");
    Until.holds(SOON, () -> active(api).at("/activation/version").asText().equals(commit));
    var took = since(start);
    var judging =
        stream(Api.json(api.get("/v1/rulesets")).path("events"))
            .filter(event -> event.path("kind").asText().equals("ADMITTED"))
            .findFirst()
            .orElseThrow()
            .path("tookMillis")
            .asLong();
    figures.add(
        "a push is live after %d ms, of which %d judging".formatted(took.toMillis(), judging));
  }

  private void pushBad(RulesRepository repository, Api api) throws IOException, GitAPIException {
    var active = active(api).path("digest").asText();
    for (var push : badPushes(repository).entrySet()) {
      var file = push.getValue().file();
      var good = repository.read(file);
      long start = System.nanoTime();
      var commit = repository.push(file, push.getValue().content());
      Until.holds(SOON, () -> said(api, commit).isPresent());
      var took = since(start);
      var refused = said(api, commit).orElseThrow();
      var finding = refused.at("/findings/0");
      figures.add(
          "%s refused after %d ms at %s:%d: %s"
              .formatted(
                  push.getKey(),
                  took.toMillis(),
                  finding.path("file").asText(),
                  finding.path("line").asInt(),
                  finding.path("what").asText()));
      assertThat(refused.path("kind").asText()).as(push.getKey()).isEqualTo("REFUSED");
      assertThat(finding.path("file").asText()).as(push.getKey()).isEqualTo(file);
      assertThat(finding.path("line").asInt()).as(push.getKey()).isPositive();
      assertThat(active(api).path("digest").asText()).isEqualTo(active);
      var mended = repository.push(file, good);
      Until.holds(SOON, () -> said(api, mended).isPresent());
    }
  }

  private record Push(String file, String content) {}

  private static Map<String, Push> badPushes(RulesRepository repository) throws IOException {
    var rules = repository.read(RULES);
    var pushes = new LinkedHashMap<String, Push>();
    pushes.put(
        "bad syntax", new Push(RULES, rules + "\nrule \"unfinished\" when Item( then end\n"));
    pushes.put(
        "a failing scenario",
        new Push(SCENARIOS, repository.read(SCENARIOS).replaceFirst("queue: \\w+", "queue: x")));
    pushes.put(
        "a rule that disagrees with another",
        new Push(
            RULES,
            rules
                + rule("Item( reasonCode == ReasonCode.OTHER )", "route.to(\"x\");")
                    .replaceFirst("when", "salience 100 when")));
    pushes.put(
        "a forbidden call",
        new Push(RULES, rules + rule("Item()", "java.lang.System.exit(0); route.to(\"x\");")));
    pushes.put(
        "an endless rule",
        new Push(RULES, rules + rule("Item()", "while (true) { route.to(\"x\"); }")));
    var either = "( Item( amount > 1B ) or Item( amount > 2B ) or Item( amount > 3B ) )\n";
    pushes.put(
        "a memory bomb",
        new Push(
            RULES,
            rules
                + rule(
                    IntStream.range(0, 20).mapToObj(i -> either).collect(Collectors.joining()),
                    "route.to(\"x\");")));
    return pushes;
  }

  private static String rule(String when, String then) {
    return """

    rule "Bad"
      @id("bad")
      @owner("tests")
      @because("It is bad.")
    when
      %s
    then
      %s
    end
    """
        .formatted(when, then);
  }

  private void rollBack(Api api, String to) {
    long start = System.nanoTime();
    var answer = api.post("/v1/rulesets/rollback", "application/json", "{\"why\": \"Too many.\"}");
    var took = since(start);
    figures.add("a roll-back takes %d ms".formatted(took.toMillis()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(active(api).path("digest").asText()).isEqualTo(to);
  }

  private void restart(String digest) throws Exception {
    long start = System.nanoTime();
    var program = start();
    figures.add("a start without the repository takes %d ms".formatted(since(start).toMillis()));
    var api = new Api(program.url(), key);
    assertThat(active(api).path("digest").asText()).isEqualTo(digest);
    assertThat(decidedBy(api, api.reported(LiveBox.report("after-the-start")))).isEqualTo(digest);
    assertThat(Api.json(api.get("/v1/status")).at("/rulesetSource/outcome").asText())
        .isEqualTo("AWAY");
    program.stop();
  }

  /** The rulesets that decided a part of what the crowd reported. */
  private static Set<String> deciders(Api api, Crowd crowd) {
    return crowd.acknowledgedIds().stream()
        .sorted()
        .limit(LOOKED_AT)
        .map(id -> decidedBy(api, id))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String decidedBy(Api api, String id) {
    return Api.json(api.get("/v1/exceptions/" + id + "/explanation"))
        .at("/decisions/0/ruleset")
        .asText();
  }

  private static JsonNode active(Api api) {
    return Api.json(api.get("/v1/rulesets")).path("active");
  }

  /** What became of a push; what is measured of an earlier one may be said in between. */
  private static Optional<JsonNode> said(Api api, String commit) {
    return stream(Api.json(api.get("/v1/rulesets")).path("events"))
        .filter(event -> event.path("version").asText().equals(commit))
        .filter(event -> !event.path("kind").asText().equals("MEASURED"))
        .findFirst();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
