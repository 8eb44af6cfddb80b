package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static dev.signalbox.rules.RulesetFolder.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.rules.kept.KeptRules;
import dev.signalbox.rules.kept.RuleClasses;
import dev.signalbox.rules.scenarios.Scenarios;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier start kept decides as what the compiler makes, or not at all. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeptRulesTest {
  private static final String SPOKEN = "signalbox.test.spoken";
  private static final int ITEMS = 3_000;
  private static final int RELOADS = 20;
  private static final int COLLECTIONS_MAX = 200;

  @TempDir private Path temporary;

  @Test
  void all_points_are_kept_and_decide_as_if_they_were_compiled_and_are_not_compiled_again() {
    var kept = new KeptInMemory();
    var files = unlikeOthers();
    Rulesets.load(files, kept).close();
    assertThat(kept.contents).hasSize(RuleFolder.values().length);
    kept.wasKept.clear();
    long seed = System.nanoTime();
    try (var loaded = Rulesets.load(files, kept);
        var compiled = Rulesets.loadApart(files)) {
      assertThat(kept.wasKept).isEmpty();
      assertThat(kept.discarded).isEmpty();
      assertThat(loaded.loaderOfRules()).isNotSameAs(compiled.loaderOfRules());
      assertThat(loaded.rules()).isEqualTo(compiled.rules());
      assertSameAnswers(loaded, compiled, seed);
      assertThat(Scenarios.run(loaded).results()).isEqualTo(Scenarios.run(compiled).results());
      assertThat(Scenarios.run(loaded).failures()).isEmpty();
    }
  }

  /** The standard ruleset, with an empty line more: else other tests may have it compiled. */
  private static RulesetFiles unlikeOthers() {
    var files = new TreeMap<>(RulesetFiles.of(Given.STANDARD).all());
    files.replaceAll((path, content) ->
        path.endsWith(".drl") ? (RulesetFiles.text(content) + "\n").getBytes(UTF_8) : content);
    return RulesetFiles.of("standard", files);
  }

  private static void assertSameAnswers(Rulebook loaded, Rulebook compiled, long seed) {
    var items = new RandomItems(seed);
    var proposals = new RandomProposals(seed);
    for (int i = 0; i < ITEMS; i++) {
      boolean clean = i % 5 == 0;
      var given = clean ? items.usual().reason(ReasonCode.AMOUNT_WITHIN_TOLERANCE) : items.edge();
      var question =
          given.question(clean ? proposals.match(given.money()) : proposals.candidates());
      var proposal = proposals.of(question);
      assertThat(AllPoints.of(loaded, proposal))
          .as("seed %d, item %d", seed, i)
          .isEqualTo(AllPoints.of(compiled, proposal));
    }
  }

  @Test
  void what_is_no_longer_whole_is_discarded_and_compiled_again() {
    assertIsDiscarded(content -> Arrays.copyOf(content, content.length / 2));
    assertIsDiscarded(content -> Arrays.copyOf(content, content.length + 1));
    assertIsDiscarded(content -> new byte[] {1, 2, 3});
    assertIsDiscarded(content -> new byte[0]);
    assertIsDiscarded(content -> RuleClasses.of(Map.of()).write());
    assertIsDiscarded(content -> {
      var half = RuleClasses.read(content);
      return RuleClasses.of(Map.of(half.models().getFirst(), new byte[] {1})).write();
    });
  }

  @Test
  void what_rules_may_not_do_is_stopped_by_the_second_wall_before_it_is_loaded() {
    assertThat(
            discarded(content -> {
              var name = RuleClasses.read(content).models().getFirst();
              return RuleClasses.of(Map.of(name, speakingWhenLoaded(name))).write();
            }))
        .contains("Rules may not link java.lang.System.setProperty.");
    assertThat(System.getProperty(SPOKEN)).isNull();
  }

  /** A class that sets a property of the system as soon as it is initialized. */
  private static byte[] speakingWhenLoaded(String name) {
    var text = ConstantDescs.CD_String;
    var type = MethodTypeDesc.of(text, text, text);
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            made ->
                made.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_STATIC,
                    code ->
                        code.loadConstant(SPOKEN)
                            .loadConstant("yes")
                            .invokestatic(ClassDesc.of("java.lang.System"), "setProperty", type)
                            .pop()
                            .return_()));
  }

  private void assertIsDiscarded(UnaryOperator<byte[]> damage) {
    assertThat(discarded(damage)).isNotEmpty();
  }

  /** Why it was discarded; what decides then is what the compiler made. */
  private String discarded(UnaryOperator<byte[]> damage) {
    var kept = new KeptInMemory();
    var folder = RulesetFolder.in(temporary);
    Rulesets.load(folder.path(), kept).close();
    kept.contents.replaceAll(
        (name, content) -> name.startsWith("route-") ? damage.apply(content) : content);
    kept.wasKept.clear();
    try (var rulebook = Rulesets.load(folder.path(), kept);
        var compiled = Rulesets.loadApart(rulebook.files())) {
      assertThat(kept.discarded).hasSize(1);
      assertThat(kept.wasKept).singleElement().asString().startsWith("route-");
      assertThat(rulebook.assess(item().question())).isEqualTo(compiled.assess(item().question()));
      assertThat(rulebook.assess(item().question()).routing().decision()).isInstanceOf(Route.class);
    }
    return kept.discarded.element();
  }

  @Test
  void rules_that_changed_are_not_decided_by_what_was_kept_of_them_before() {
    var kept = new KeptInMemory();
    var folder = RulesetFolder.in(temporary);
    Rulesets.load(folder.path(), kept).close();
    folder.route(rule("elsewhere", "Item()", "route.to(\"new\");"));
    try (var rulebook = Rulesets.load(folder.path(), kept)) {
      assertThat(kept.discarded).isEmpty();
      assertThat(rulebook.assess(item().question()).routing().fired())
          .anySatisfy(fired -> assertThat(fired.id()).isEqualTo("elsewhere"));
    }
    assertThat(kept.contents.keySet().stream().filter(name -> name.startsWith("route-")))
        .hasSize(2);
  }

  @Test
  void rules_that_do_not_compile_are_not_kept() {
    var kept = new KeptInMemory();
    var folder =
        RulesetFolder.in(temporary).route(rule("wrong", "Item(amount == \"x\")", "route.to(1);"));
    assertThat(thrownBy(folder, kept)).isInstanceOf(BadRuleset.class);
    assertThat(kept.contents.keySet()).noneMatch(name -> name.startsWith("route-"));
  }

  private static @Nullable Throwable thrownBy(RulesetFolder folder, KeptRules kept) {
    try {
      Rulesets.load(folder.path(), kept).close();
      return null;
    } catch (BadRuleset e) {
      return e;
    }
  }

  @Test
  void what_was_loaded_and_closed_leaves_nothing_in_memory() {
    var kept = new KeptInMemory();
    var folder = RulesetFolder.in(temporary);
    var gone = new ArrayList<WeakReference<Object>>();
    for (int i = 0; i < RELOADS; i++) {
      gone.addAll(loadedAndClosed(folder, kept));
    }
    assertThat(kept.wasKept).hasSameSizeAs(kept.contents.keySet());
    int left = gone.size();
    for (int i = 0; i < COLLECTIONS_MAX && left > 0; i++) {
      System.gc();
      left = (int) gone.stream().filter(reference -> reference.get() != null).count();
    }
    assertThat(left).isZero();
  }

  private static List<WeakReference<Object>> loadedAndClosed(RulesetFolder folder, KeptRules kept) {
    try (var rulebook = Rulesets.load(folder.path(), kept)) {
      rulebook.assess(item().question());
      return List.of(new WeakReference<>(rulebook), new WeakReference<>(rulebook.loaderOfRules()));
    }
  }
}
