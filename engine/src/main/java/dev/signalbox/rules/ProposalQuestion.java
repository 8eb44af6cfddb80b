package dev.signalbox.rules;

import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.rules.facts.Proposer;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A proposed resolution, as it is put to {@code gate} and {@code approve}.
 *
 * @param item the exception it would settle
 * @param money what it posts; null for the whole amount of the item
 * @param candidate the candidate it takes; null where it takes none
 * @param role the highest role of a person who proposes it; null where it is no person
 * @param model which model inferred it; null where none did
 * @param confidence the proposer's own, 0 to 1; null where it has none
 */
public record ProposalQuestion(
    Question item,
    ResolutionKind kind,
    Proposer proposer,
    @Nullable Money money,
    @Nullable String candidate,
    @Nullable String role,
    @Nullable String model,
    @Nullable BigDecimal confidence) {

  /**
   * What a person proposes.
   *
   * @param role the person's highest one
   */
  public static ProposalQuestion byPerson(Question item, Resolution resolution, String role) {
    return new ProposalQuestion(
        item,
        resolution.kind(),
        Proposer.PERSON,
        resolution.posts(),
        resolution instanceof Resolution.ForceMatch match ? match.candidate() : null,
        role,
        null,
        null);
  }

  /** What rules propose by themselves. */
  public static ProposalQuestion byRules(Question item, Resolution resolution) {
    return new ProposalQuestion(
        item,
        resolution.kind(),
        Proposer.RULES,
        null,
        resolution instanceof Resolution.AutoMatch match ? match.candidate() : null,
        null,
        null,
        null);
  }
}
