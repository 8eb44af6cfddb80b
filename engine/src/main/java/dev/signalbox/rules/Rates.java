package dev.signalbox.rules;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.rules.yaml.YamlFields;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of a currency is worth in the reporting currency: a rate counts from its day on, in
 * UTC, until the next one.
 */
final class Rates {
  private final Map<CurrencyCode, NavigableMap<LocalDate, BigDecimal>> table = new HashMap<>();

  private Rates() {}

  /** The rate of a day; null where the table has none for it. */
  @Nullable BigDecimal at(CurrencyCode currency, Instant at) {
    var rates = table.get(currency);
    var found = rates == null ? null : rates.floorEntry(at.atZone(ZoneOffset.UTC).toLocalDate());
    return found == null ? null : found.getValue();
  }

  /** Reads it: by currency and then by the first day, e.g. {@code USD: {2026-01-01: "0.92"}}. */
  static Rates read(YamlFields fields, CurrencyCode reporting) {
    var rates = new Rates();
    for (var name : fields.names()) {
      try {
        var currency = new CurrencyCode(name);
        if (currency.equals(reporting)) {
          fields.fault(name, "is the reporting currency, which needs no rate");
        }
        rates.table.put(currency, dated(fields.object(name)));
      } catch (IllegalArgumentException e) {
        fields.fault(name, "is no currency of ISO 4217 with a minor unit, e.g. USD");
      }
    }
    return rates;
  }

  private static NavigableMap<LocalDate, BigDecimal> dated(YamlFields fields) {
    var dated = new TreeMap<LocalDate, BigDecimal>();
    for (var name : fields.names()) {
      var rate = fields.decimal(name);
      if (rate.signum() <= 0) {
        fields.fault(name, "needs a rate above 0");
      }
      try {
        dated.put(LocalDate.parse(name), rate);
      } catch (DateTimeException e) {
        fields.fault(name, "is no day such as 2026-01-01");
      }
    }
    return dated;
  }
}
