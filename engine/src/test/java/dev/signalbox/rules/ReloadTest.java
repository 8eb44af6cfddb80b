package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReloadTest {
  private static final int RELOADS = 40;
  private static final int COLLECTIONS_MAX = 200;

  @TempDir private Path temporary;

  @Test
  void a_closed_ruleset_leaves_neither_its_classes_nor_itself_in_memory() {
    var folder = RulesetFolder.in(temporary);
    var gone = new ArrayList<WeakReference<Object>>();
    for (int i = 0; i < RELOADS; i++) {
      gone.addAll(loadedAndClosed(folder));
    }
    int left = gone.size();
    for (int i = 0; i < COLLECTIONS_MAX && left > 0; i++) {
      System.gc();
      left = (int) gone.stream().filter(reference -> reference.get() != null).count();
    }
    assertThat(left).isZero();
  }

  /** Weak references to a rulebook, and to the loader of the classes that its rules became. */
  private static List<WeakReference<Object>> loadedAndClosed(RulesetFolder folder) {
    try (var rulebook = folder.load()) {
      rulebook.assess(item().question());
      return List.of(new WeakReference<>(rulebook), new WeakReference<>(rulebook.loaderOfRules()));
    }
  }

  @Test
  void what_is_compiled_apart_shares_nothing_with_the_same_rules() {
    var folder = RulesetFolder.in(temporary);
    try (var one = folder.load();
        var same = folder.load()) {
      var apart = Rulesets.loadApart(one.files());
      assertThat(same.loaderOfRules()).isSameAs(one.loaderOfRules());
      assertThat(apart.loaderOfRules()).isNotSameAs(one.loaderOfRules());
      assertThat(apart.assess(item().question())).isEqualTo(one.assess(item().question()));
      apart.close();
      try (var again = folder.load()) {
        assertThat(again.loaderOfRules()).isSameAs(one.loaderOfRules());
      }
    }
  }

  @Test
  void whoever_holds_a_closed_ruleset_is_still_answered() {
    var rulebook = RulesetFolder.in(temporary).load();
    var before = rulebook.assess(item().question());
    rulebook.close();
    assertThat(rulebook.assess(item().question())).isEqualTo(before);
  }

  @Test
  void closing_while_many_ask_changes_no_answer() {
    var rulebook = Rulesets.load(Given.STANDARD);
    var question = item().question();
    var expected = rulebook.assess(question);
    var enough = new AtomicBoolean();
    var askers =
        IntStream.range(0, 4)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(() -> {
                  int asked = 0;
                  boolean same = true;
                  while (!enough.get() || asked < 1_000) {
                    same &= rulebook.assess(question).equals(expected);
                    asked++;
                  }
                  return same;
                }))
            .toList();
    rulebook.close();
    Rulesets.load(Given.STANDARD).close();
    enough.set(true);
    assertThat(askers).allSatisfy(asker -> assertThat(asker.join()).isTrue());
  }

  @Test
  void many_threads_get_the_answers_that_one_gets() {
    long seed = System.nanoTime();
    try (var rulebook = Rulesets.load(Given.STANDARD)) {
      var items = new RandomItems(seed);
      var questions = IntStream.range(0, 20_000).mapToObj(i -> items.edge().question()).toList();
      var expected = questions.stream().map(rulebook::assess).toList();
      var answers = questions.parallelStream().map(rulebook::assess).toList();
      for (int i = 0; i < expected.size(); i++) {
        assertThat(answers.get(i)).as("seed %d, question %d", seed, i).isEqualTo(expected.get(i));
      }
    }
  }
}
