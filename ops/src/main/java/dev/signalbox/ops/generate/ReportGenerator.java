package dev.signalbox.ops.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.ReasonCode;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Realistic reports: amounts are log-normal in several currencies, reasons come in plausible
 * shares, a few counterparties in most items, most items young and some old; 2 % repeat an earlier
 * report. The same seed and instant give the same bytes.
 */
public final class ReportGenerator {
  private static final double REPEATS = 0.02;
  private static final int REMEMBERED = 500;
  private static final double MEDIAN_LOG = Math.log(420);
  private static final double SIGMA = 1.9;

  private final Random random;
  private final Instant now;
  private final Parties parties;
  private final List<ObjectNode> earlier = new ArrayList<>();
  private long number;

  /**
   * A generator.
   *
   * @param now the ages of the items count back from it
   */
  public ReportGenerator(long seed, Instant now) {
    random = new Random(seed);
    this.now = now;
    parties = new Parties(new Random(seed + 1));
  }

  /** Writes so many lines. */
  public void write(int count, OutputStream out) throws IOException {
    for (int i = 0; i < count; i++) {
      out.write((next() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    out.flush();
  }

  /** The next report, as JSON. */
  public ObjectNode next() {
    if (!earlier.isEmpty() && random.nextDouble() < REPEATS) {
      return repeat(earlier.get(random.nextInt(earlier.size())).deepCopy());
    }
    var report = fresh();
    if (earlier.size() < REMEMBERED) {
      earlier.add(report);
    } else {
      earlier.set(random.nextInt(REMEMBERED), report);
    }
    return report.deepCopy();
  }

  /**
   * Mostly the nightly re-run: the same, or seen again; now and then another amount: a conflict.
   */
  private ObjectNode repeat(ObjectNode report) {
    double chance = random.nextDouble();
    if (chance < 0.4) {
      return report;
    }
    if (chance < 0.9) {
      return report
          .put("detectedAt", now.toString())
          .put("confidence", "0." + (10 + random.nextInt(90)));
    }
    return report.put("amount", "1.00");
  }

  private ObjectNode fresh() {
    number++;
    var reason = Reasons.pick(random);
    var currency = Currencies.pick(random);
    var amount = amount(currency);
    var age = age();
    var at = now.minus(age);
    var report =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", Reasons.source(reason, random))
            .put("sourceRef", "%d-%06d".formatted(at.getEpochSecond() / 86_400, number))
            .put("reasonCode", reason.name())
            .put("reasonDetails", Reasons.details(reason, random))
            .put("amount", amount.toPlainString())
            .put("currency", currency.code());
    if (!currency.code().equals("EUR")) {
      report.put("baseAmount", currency.inEuro(amount).toPlainString());
    }
    report
        .put("transactionDate", at.toString())
        .put("detectedAt", at.plus(age.dividedBy(20)).toString())
        .put("confidence", "0." + (10 + random.nextInt(90)));
    report.set("counterparty", parties.pick());
    regulatory(report, amount, currency);
    report.put("glAccount", Integer.toString(1_000 + 10 * random.nextInt(400)));
    candidates(report, reason, amount, currency, at);
    if (Reasons.isClean(reason, number)) {
      clean(report, reason, amount, currency);
    }
    report
        .putObject("attributes")
        .put("branch", "%03d".formatted(random.nextInt(120)))
        .put("valueDate", LocalDate.ofInstant(at, ZoneOffset.UTC).toString());
    return report;
  }

  private BigDecimal amount(Currencies.Currency currency) {
    double euro = Math.exp(MEDIAN_LOG + SIGMA * random.nextGaussian());
    var amount = currency.ofEuro(BigDecimal.valueOf(euro));
    return random.nextDouble() < 0.4 ? amount.negate() : amount;
  }

  private Duration age() {
    double chance = random.nextDouble();
    int hours =
        chance < 0.72
            ? random.nextInt(24)
            : chance < 0.88
                ? 24 + random.nextInt(48)
                : chance < 0.95 ? 72 + random.nextInt(48) : 120 + random.nextInt(600);
    return Duration.ofMinutes(hours * 60L + random.nextInt(60));
  }

  private void regulatory(ObjectNode report, BigDecimal amount, Currencies.Currency currency) {
    var regimes = report.putArray("regulatory");
    if (currency.inEuro(amount).abs().compareTo(BigDecimal.valueOf(50_000)) > 0
        && random.nextDouble() < 0.5) {
      regimes.add("SOX");
    }
    if (random.nextDouble() < 0.01) {
      regimes.add("AML");
    }
  }

  private void candidates(
      ObjectNode report,
      ReasonCode reason,
      BigDecimal amount,
      Currencies.Currency currency,
      Instant at) {
    var list = report.putArray("candidates");
    for (int i = Reasons.candidates(reason, random); i > 0; i--) {
      var off =
          amount
              .multiply(BigDecimal.valueOf(0.98 + random.nextDouble() * 0.04))
              .setScale(currency.decimals(), RoundingMode.HALF_EVEN);
      list.addObject()
          .put("ref", "L-%08d".formatted(random.nextInt(100_000_000)))
          .put("source", "ledger")
          .put("amount", off.toPlainString())
          .put("currency", currency.code())
          .put(
              "date",
              LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(random.nextInt(5) - 2L).toString())
          .put("score", String.format(Locale.ROOT, "%.2f", 0.3 + random.nextDouble() * 0.6));
    }
  }

  /** The other side is there for everybody to see, and only the matcher would not take it. */
  private static void clean(
      ObjectNode report, ReasonCode reason, BigDecimal amount, Currencies.Currency currency) {
    var rounding =
        reason == ReasonCode.AMOUNT_WITHIN_TOLERANCE
            ? BigDecimal.ONE.movePointLeft(currency.decimals())
            : BigDecimal.ZERO;
    report.put("confidence", "0.97");
    report
        .putArray("candidates")
        .addObject()
        .put("ref", "L-" + report.path("sourceRef").asText())
        .put("source", "ledger")
        .put("amount", amount.add(rounding).toPlainString())
        .put("currency", currency.code())
        .put("reference", report.path("sourceRef").asText());
  }
}
