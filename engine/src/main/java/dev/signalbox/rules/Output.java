package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules of one decision point speak to, and what counts where they do not. */
abstract class Output<D extends Decision> {
  private @Nullable RuleCard speaker;

  /** Told before each rule which one it is. */
  final void speaking(RuleCard rule) {
    speaker = rule;
  }

  final RuleCard speaker() {
    if (speaker == null) {
      throw new IllegalStateException("Something was said while no rule was speaking.");
    }
    return speaker;
  }

  /** What counts of what was said; null when no rule said anything, and one should have. */
  abstract @Nullable D decision();

  /** What counts when the rules failed, said nothing or are not there. */
  abstract D closed(String why);

  /** Rules that disagreed, and how that was settled. */
  List<String> conflicts() {
    return List.of();
  }
}
