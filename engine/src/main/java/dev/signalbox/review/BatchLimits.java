package dev.signalbox.review;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one batch may come to.
 *
 * @param items how many it may hold
 * @param everywhere by currency, on any account; a currency that is missing has no limit
 * @param accounts for single accounts, by account and currency; counts instead
 */
public record BatchLimits(
    int items, Map<String, BigDecimal> everywhere, Map<String, Map<String, BigDecimal>> accounts) {
  public static final BatchLimits USUAL = new BatchLimits(200, Map.of(), Map.of());

  public BatchLimits {
    everywhere = Map.copyOf(everywhere);
    accounts = Map.copyOf(accounts);
  }

  @Nullable BigDecimal of(String account, String currency) {
    var own = accounts.getOrDefault(account, Map.of()).get(currency);
    return own != null ? own : everywhere.get(currency);
  }
}
