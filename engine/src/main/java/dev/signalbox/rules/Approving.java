package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code approve} speaks: the global {@code approve}. All approvals that rules ask
 * for are needed; that nobody need approve counts only where no rule asks for anybody.
 */
public final class Approving extends Output<ApprovalDecision> {
  private static final Pattern ROLE = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");

  private final String highestRole;
  private final Map<String, RuleCard> needed = new TreeMap<>();
  private boolean said;

  /**
   * @param highestRole who must approve where no rule says anything
   */
  Approving(String highestRole) {
    this.highestRole = highestRole;
  }

  static boolean isRole(String text) {
    return ROLE.matcher(text).matches();
  }

  /** Somebody of this role must approve. */
  public void by(String role) {
    if (!isRole(role)) {
      throw new IllegalArgumentException(
          "The role \"%s\" is not upper-case letters, digits and \"_\".".formatted(role));
    }
    said = true;
    needed.merge(role, speaker(), (a, b) -> RuleCard.BY_RANK.compare(a, b) <= 0 ? a : b);
  }

  /** Nobody need approve, unless another rule asks for somebody. */
  public void byNobody() {
    said = true;
  }

  @Override
  @Nullable ApprovalDecision decision() {
    return said
        ? new ApprovalDecision(
            needed.entrySet().stream()
                .map(e -> new Approval(e.getKey(), e.getValue().fired().because()))
                .toList())
        : null;
  }

  @Override
  ApprovalDecision closed(String why) {
    return new ApprovalDecision(List.of(new Approval(highestRole, why)));
  }
}
