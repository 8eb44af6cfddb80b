package dev.signalbox.testkit;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Payload;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reports as odd as intake lets them be: every optional part is there or not, texts are nasty. */
public final class RandomReports {
  private static final Instant EPOCH = Instant.parse("2026-03-02T10:00:00Z");
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "Meier & Söhne",
          "\"quoted\" \\ and / slashed",
          "=HYPERLINK(\"http://x\")",
          "<script>alert(1)</script>",
          "tab\tline\nreturn\r",
          "\u0001\u001f\u007f",
          "😀 ­ 名前",
          "\u2028\u2029\uFEFF",
          " ",
          "[erased]");
  private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "KWD", "CHF");
  private static final List<String> PAYLOADS =
      List.of("{}", " [ 1 ,2.50, 1e3 ] ", "\"x\"", "null", "{\"a\":\"\\u00e9\",\"a\":1}");
  private static final int DEPTH_MAX = 3;

  private final Random random;

  public RandomReports(Random random) {
    this.random = random;
  }

  /** A report of a new item. */
  public ExceptionReport report() {
    return draft(
        new ItemIdentity(
            oneOf(List.of("default", "books-de", "книга")),
            oneOf(List.of("bank-a-mt940", "psp")),
            "ref-" + random.nextLong(),
            orNull(() -> "2026-0" + (1 + random.nextInt(9)))),
        new Money(amount(), new CurrencyCode(oneOf(CURRENCIES))),
        instant(),
        orNull(this::counterparty));
  }

  /** The same substance with new observations. */
  public ExceptionReport again(ExceptionReport before) {
    var known = before.counterparty();
    var party =
        known == null
            ? null
            : new Counterparty(
                known.id(),
                known.id() == null ? known.name() : orNull(this::text),
                orNull(() -> oneOf(List.of(RiskTier.values()))),
                random.nextBoolean(),
                random.nextBoolean());
    return draft(before.identity(), before.money(), before.transactionDate(), party);
  }

  /** The same item with another substance. */
  public ExceptionReport conflicting(ExceptionReport before) {
    return draft(
        before.identity(),
        new Money(before.money().amount().add(BigDecimal.ONE), before.money().currency()),
        before.transactionDate(),
        before.counterparty());
  }

  /** A text from the drawer of nasty ones. */
  public String text() {
    return oneOf(TEXTS) + (random.nextBoolean() ? "" : random.nextInt(1_000));
  }

  /** An instant in microseconds, within some weeks. */
  public Instant instant() {
    return EPOCH.plusSeconds(random.nextInt(2_000_000) - 1_000_000L).plusNanos(1_000L * micros());
  }

  /** One of some values. */
  public <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A value, or null every third time. */
  public <T> @Nullable T orNull(Supplier<T> value) {
    return random.nextInt(3) == 0 ? null : value.get();
  }

  // The class file of a record does not keep the nullness within the type of a component.
  @SuppressWarnings("NullAway")
  private ExceptionReport draft(
      ItemIdentity identity, Money money, Instant date, @Nullable Counterparty party) {
    return new ExceptionReport(
        identity,
        oneOf(List.of(ReasonCode.values())),
        orNull(this::text),
        money,
        orNull(this::amount),
        date,
        orNull(this::instant),
        orNull(this::share),
        party,
        some(() -> oneOf(List.of("SOX", "AML", "MiFID II"))),
        orNull(this::text),
        some(this::candidate),
        tree(0),
        orNull(() -> new Payload(oneOf(PAYLOADS))));
  }

  private Counterparty counterparty() {
    return new Counterparty(
        orNull(() -> "cp-" + random.nextInt(5)),
        orNull(this::text),
        orNull(() -> oneOf(List.of(RiskTier.values()))),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private Candidate candidate() {
    return new Candidate(
        text(),
        orNull(this::text),
        orNull(() -> new Money(amount(), new CurrencyCode(oneOf(CURRENCIES)))),
        orNull(() -> "2026-03-01"),
        orNull(this::share),
        orNull(this::text));
  }

  private BigDecimal amount() {
    int digits = 1 + random.nextInt(Money.DIGITS_MAX);
    int scale = random.nextInt(Math.min(digits, Money.DECIMALS_MAX) + 1);
    var unscaled = new BigInteger(digits * 3, random).mod(BigInteger.TEN.pow(digits));
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
  }

  private BigDecimal share() {
    return BigDecimal.valueOf(random.nextInt(1_001), 3);
  }

  private Map<String, @Nullable Object> tree(int depth) {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tree.put(text(), node(depth + 1));
    }
    return tree;
  }

  private @Nullable Object node(int depth) {
    return switch (random.nextInt(depth < DEPTH_MAX ? 7 : 5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> text();
      case 3 -> new BigDecimal(oneOf(List.of("0", "-0.00", "1E+3", "1.50", "7E-900", "42")));
      case 4 -> List.of();
      case 5 -> tree(depth);
      default -> {
        var list = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(node(depth + 1));
        }
        yield list;
      }
    };
  }

  private <T> List<T> some(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(3)).toList();
  }

  private int micros() {
    return random.nextInt(1_000_000);
  }
}
