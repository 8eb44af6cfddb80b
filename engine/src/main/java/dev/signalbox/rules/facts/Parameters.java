package dev.signalbox.rules.facts;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ruleset.yaml} sets, by kind and name. That every name a rule asks for exists is
 * checked when the ruleset is loaded.
 */
public record Parameters(
    Map<String, BigDecimal> amounts,
    Map<String, BigDecimal> numbers,
    Map<String, Duration> durations,
    Map<String, List<String>> lists,
    Map<String, String> texts,
    Map<String, String> roles) {
  public static final Parameters NONE =
      new Parameters(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  public Parameters {
    amounts = Map.copyOf(amounts);
    numbers = Map.copyOf(numbers);
    durations = Map.copyOf(durations);
    lists = Map.copyOf(lists);
    texts = Map.copyOf(texts);
    roles = Map.copyOf(roles);
  }

  /** In the reporting currency. */
  public BigDecimal amount(String name) {
    return present("amount", name, amounts.get(name));
  }

  /** A share or a count, e.g. to be compared with {@code confidence}. */
  public BigDecimal number(String name) {
    return present("number", name, numbers.get(name));
  }

  /** The whole hours of a duration, to be compared with {@code transactionAgeHours}. */
  public long hours(String name) {
    return present("duration", name, durations.get(name)).toHours();
  }

  public List<String> list(String name) {
    return present("list", name, lists.get(name));
  }

  /** Whether any of the values stands in a list. */
  public boolean anyIn(String name, List<String> values) {
    var listed = list(name);
    for (var value : values) {
      if (listed.contains(value)) {
        return true;
      }
    }
    return false;
  }

  public String text(String name) {
    return present("text", name, texts.get(name));
  }

  /** Somebody who may approve. */
  public String role(String name) {
    return present("role", name, roles.get(name));
  }

  private static <T> T present(String kind, String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("ruleset.yaml sets no %s \"%s\".".formatted(kind, name));
    }
    return value;
  }
}
