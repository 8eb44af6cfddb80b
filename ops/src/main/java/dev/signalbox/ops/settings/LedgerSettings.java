package dev.signalbox.ops.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.Chart.Accounts;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import dev.signalbox.review.BatchLimits;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where resolutions are posted.
 *
 * @param chart which accounts; null where nothing is posted
 * @param outside the settings of an outside ledger; null for the embedded book
 * @param batches what may be approved at once
 */
public record LedgerSettings(
    @Nullable Chart chart, @Nullable JsonNode outside, BatchLimits batches) {
  private static final int ITEMS_MAX = 1_000;

  /** The embedded book, with accounts that everybody can read. */
  public static final LedgerSettings USUAL =
      new LedgerSettings(new Chart(ofTheBook(), Map.of()), null, BatchLimits.USUAL);

  private static final String[] ADJUSTMENTS =
      Stream.of(AdjustmentType.values()).map(Enum::name).toArray(String[]::new);

  private static Accounts ofTheBook() {
    return new Accounts(
        "suspense",
        "write-offs",
        Map.of(
            AdjustmentType.BANK_FEE, "bank-fees",
            AdjustmentType.FX_VARIANCE, "fx-variances",
            AdjustmentType.TIMING_DIFFERENCE, "timing-differences",
            AdjustmentType.ROUNDING, "roundings",
            AdjustmentType.CORRECTION, "corrections",
            AdjustmentType.OTHER, "adjustments"));
  }

  /** Reads {@code ledger}; an outside ledger knows only the accounts that are named. */
  static LedgerSettings read(Section settings) {
    var ledger = settings.section("ledger");
    var kind = ledger.choice("kind", "book", "http", "none");
    var chart =
        chart(ledger.section("accounts"), kind.equals("http") ? Accounts.NONE : ofTheBook());
    var batches = batches(ledger.section("batches"));
    return switch (kind) {
      case "http" -> new LedgerSettings(chart, outside(settings.raw("ledger")), batches);
      case "none" -> {
        ledger.only("kind", "batches");
        yield new LedgerSettings(null, null, batches);
      }
      default -> {
        ledger.only("kind", "accounts", "batches");
        yield new LedgerSettings(chart, null, batches);
      }
    };
  }

  private static BatchLimits batches(Section batches) {
    batches.only("items", "limits", "accounts");
    var accounts = new HashMap<String, Map<String, BigDecimal>>();
    var named = batches.section("accounts");
    for (var account : named.names()) {
      accounts.put(account, amounts(named.section(account)));
    }
    return new BatchLimits(
        batches.number("items", 1, ITEMS_MAX, BatchLimits.USUAL.items()),
        amounts(batches.section("limits")),
        accounts);
  }

  private static Map<String, BigDecimal> amounts(Section byCurrency) {
    var amounts = new HashMap<String, BigDecimal>();
    for (var currency : byCurrency.names()) {
      var amount = byCurrency.amount(currency);
      if (amount != null) {
        amounts.put(currency, amount);
      }
    }
    return amounts;
  }

  private static JsonNode outside(JsonNode ledger) {
    return ledger instanceof ObjectNode object
        ? object.deepCopy().without(List.of("kind", "accounts", "batches"))
        : ledger;
  }

  private static Chart chart(Section accounts, Accounts usual) {
    accounts.only("suspense", "writeOff", "adjustments", "contexts");
    var contexts = new HashMap<String, Accounts>();
    var named = accounts.section("contexts");
    for (var name : named.names()) {
      var context = named.section(name).only("suspense", "writeOff", "adjustments");
      contexts.put(name, accounts(context, Accounts.NONE));
    }
    return new Chart(accounts(accounts, usual), contexts);
  }

  private static Accounts accounts(Section section, Accounts usual) {
    var adjustments = new EnumMap<AdjustmentType, String>(AdjustmentType.class);
    adjustments.putAll(usual.adjustments());
    var named = section.section("adjustments").only(ADJUSTMENTS);
    for (var type : AdjustmentType.values()) {
      var account = named.text(type.name());
      if (account != null) {
        adjustments.put(type, account);
      }
    }
    var suspense = section.text("suspense");
    var writeOff = section.text("writeOff");
    return new Accounts(
        suspense != null ? suspense : usual.suspense(),
        writeOff != null ? writeOff : usual.writeOff(),
        adjustments);
  }
}
