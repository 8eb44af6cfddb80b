package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer may take on.
 *
 * @param skills in the words of rules
 * @param limit the largest amount, in the reporting currency; null for any
 * @param above the roles that may take on more; for the refusal
 */
public record Competence(Set<String> skills, @Nullable BigDecimal limit, List<String> above) {
  /** Any amount, and no skills. */
  public static final Competence PLAIN = new Competence(Set.of(), null, List.of());

  public Competence {
    skills = Set.copyOf(skills);
    above = List.copyOf(above);
  }

  /**
   * Why a case is not for the reviewer; null when it is. An amount that nobody knows is too large.
   */
  @Nullable Refusal lacking(ExceptionCase state) {
    var route = state.route();
    var skill = route == null ? null : route.skill();
    if (skill != null && !skills.contains(skill)) {
      return new Refusal.SkillNeeded(skill);
    }
    var standing = state.classification();
    var amount = standing == null ? null : standing.materiality();
    return limit != null && (amount == null || amount.compareTo(limit) > 0)
        ? new Refusal.AboveLimit(amount, limit, above)
        : null;
  }
}
