package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Resolution.AdjustmentType;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts resolutions are posted to. It is configured, since accounts belong to the books of
 * an installation and not to rules; what was taken from it for a proposal is in the journal, line
 * by line, and is what approvers approve.
 *
 * @param everywhere for every context that says nothing else
 * @param contexts for single ones, by name
 */
public record Chart(Accounts everywhere, Map<String, Accounts> contexts) {

  /**
   * Accounts; what is null or missing is not known here.
   *
   * @param suspense where an item stands that names no account
   * @param writeOff where what is given up goes
   * @param adjustments where what makes up for a difference goes
   */
  public record Accounts(
      @Nullable String suspense,
      @Nullable String writeOff,
      Map<AdjustmentType, String> adjustments) {
    public static final Accounts NONE = new Accounts(null, null, Map.of());

    public Accounts {
      adjustments = Map.copyOf(adjustments);
    }
  }

  public Chart {
    contexts = Map.copyOf(contexts);
  }

  /** An account, or what to configure to have it. */
  sealed interface Found {
    record Account(String name) implements Found {}

    record Missing(String why) implements Found {}
  }

  /** Where the item itself stands. */
  Found itemOf(ExceptionReport report) {
    if (report.glAccount() != null && !report.glAccount().isBlank()) {
      return new Found.Account(report.glAccount());
    }
    return found(
        report,
        Accounts::suspense,
        "The exception names no glAccount, and no suspense account is configured",
        "suspense");
  }

  Found writeOff(ExceptionReport report) {
    return found(report, Accounts::writeOff, "No account for write-offs is configured", "writeOff");
  }

  Found adjustment(ExceptionReport report, AdjustmentType type) {
    return found(
        report,
        accounts -> accounts.adjustments().get(type),
        "No account for adjustments of the type %s is configured".formatted(type),
        "adjustments." + type);
  }

  /** The nearer first. */
  private Found found(
      ExceptionReport report,
      Function<Accounts, @Nullable String> which,
      String lack,
      String setting) {
    var context = report.identity().context();
    var near = which.apply(contexts.getOrDefault(context, Accounts.NONE));
    var name = near != null ? near : which.apply(everywhere);
    return name != null
        ? new Found.Account(name)
        : new Found.Missing(
            "%s for the context \"%s\". Maybe have \"ledger.accounts.%s\" configured."
                .formatted(lack, context, setting));
  }
}
