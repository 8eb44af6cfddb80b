package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is interrupted while a ruleset is compiled for him leaves nothing behind. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InterruptedTest {
  private static final int TIMES = 12;

  @TempDir private Path temporary;

  @Test
  void rules_whose_compilation_was_broken_off_compile_again() throws Exception {
    int brokenOff = 0;
    for (int i = 0; i < TIMES; i++) {
      var files = RulesetFiles.of(rules(i));
      var kept = new KeptInMemory();
      var failed = new AtomicBoolean();
      var compiling =
          Thread.ofPlatform()
              .uncaughtExceptionHandler((thread, e) -> failed.set(true))
              .start(() -> Rulesets.load(files, kept).close());
      // Somewhere along the way; where is the matter of luck.
      TimeUnit.MILLISECONDS.sleep(40L * i);
      brokenOff += compiling.isAlive() ? 1 : 0;
      compiling.interrupt();
      compiling.join();
      assertThat(kept.wasKept.isEmpty()).isEqualTo(failed.get());

      try (var rulebook = Rulesets.load(files, kept)) {
        assertThat(rulebook.ruleIds()).contains("any-" + i);
      }
    }
    assertThat(brokenOff).isPositive();
  }

  private Path rules(int number) {
    return RulesetFolder.in(temporary.resolve("rules" + number))
        .classify(
            RulesetFolder.rule(
                "any-" + number,
                "Item( transactionAgeHours > %d )".formatted(number),
                "classify.severity(Severity.HIGH);"))
        .path();
  }
}
