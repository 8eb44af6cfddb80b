package dev.signalbox.rules.facts;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sender added to the report, by path: {@code attributes.text("payment.channel")} is the
 * member {@code channel} of the object {@code payment}. Every question has an answer; ask {@link
 * #has} first where absence matters.
 */
public record Attributes(Map<String, @Nullable Object> tree) {
  public static final Attributes NONE = new Attributes(Map.of());

  /** Whether there is a value, and it is not null. */
  public boolean has(String path) {
    return at(path) != null;
  }

  /** The text there; empty where there is none, or another kind of value. */
  public String text(String path) {
    return at(path) instanceof String text ? text : "";
  }

  /** The number there; 0 where there is none, or another kind of value. */
  public BigDecimal number(String path) {
    return at(path) instanceof BigDecimal number ? number : BigDecimal.ZERO;
  }

  /** Whether {@code true} stands there. */
  public boolean flag(String path) {
    return Boolean.TRUE.equals(at(path));
  }

  private @Nullable Object at(String path) {
    @Nullable Object node = tree;
    for (var name : path.split("\\.", -1)) {
      node = node instanceof Map<?, ?> object ? object.get(name) : null;
    }
    return node;
  }
}
