package dev.signalbox.exceptions;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How Signalbox chooses whom an exception is assigned to, when rules say that it shall. */
public enum AssignmentRule {
  /** Whoever was not chosen for longest. */
  ROUND_ROBIN,
  /** Whoever has the fewest exceptions; of several, who was not chosen for longest. */
  LEAST_LOADED,
  /**
   * Whoever has the fewest exceptions of those with the skill that is needed; of several, who has
   * the fewest other skills, so that who knows much is left for what few know.
   */
  BY_SKILL;

  /** As rules write it: {@code round-robin}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The rule of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static AssignmentRule of(String word) {
    return Arrays.stream(values())
        .filter(rule -> rule.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no assignment rule \"%s\"; there are %s."
                    .formatted(
                        word,
                        Arrays.stream(values())
                            .map(AssignmentRule::word)
                            .collect(Collectors.joining(", ")))));
  }
}
