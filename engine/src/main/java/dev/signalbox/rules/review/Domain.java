package dev.signalbox.rules.review;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values that comparisons leave to one component. It may be too large, but never too small.
 *
 * @param low the least number; null for none
 * @param lowOpen whether it is greater than that
 * @param high the greatest number; null for none
 * @param highOpen whether it is less than that
 * @param only the only values; null for any
 * @param never values that it does not have
 */
record Domain(
    @Nullable BigDecimal low,
    boolean lowOpen,
    @Nullable BigDecimal high,
    boolean highOpen,
    @Nullable Set<Object> only,
    Set<Object> never) {
  static final Domain ANY = new Domain(null, false, null, false, null, Set.of());

  static Domain only(Set<Object> values) {
    return new Domain(null, false, null, false, Set.copyOf(values), Set.of());
  }

  static Domain without(Set<Object> values) {
    return new Domain(null, false, null, false, null, Set.copyOf(values));
  }

  static Domain from(BigDecimal low, boolean open) {
    return new Domain(low, open, null, false, null, Set.of());
  }

  static Domain to(BigDecimal high, boolean open) {
    return new Domain(null, false, high, open, null, Set.of());
  }

  /** What both leave. */
  Domain and(Domain other) {
    boolean otherLow = isHigher(other.low, other.lowOpen, low, lowOpen);
    boolean otherHigh = isLower(other.high, other.highOpen, high, highOpen);
    Set<Object> values = only;
    if (values == null) {
      values = other.only;
    } else if (other.only != null) {
      values = new HashSet<>(values);
      values.retainAll(other.only);
    }
    return new Domain(
        otherLow ? other.low : low,
        otherLow ? other.lowOpen : lowOpen,
        otherHigh ? other.high : high,
        otherHigh ? other.highOpen : highOpen,
        values == null ? null : Set.copyOf(values),
        union(never, other.never));
  }

  private static Set<Object> union(Set<Object> one, Set<Object> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    var both = new HashSet<>(one);
    both.addAll(other);
    return Set.copyOf(both);
  }

  /** Whether both leave some value; as {@link #and}, and quicker. */
  boolean overlaps(Domain other) {
    var values = only == null ? other.only : only;
    return values == null
        ? !and(other).isEmpty()
        : values.stream().anyMatch(value -> has(value) && other.has(value));
  }

  private static boolean isHigher(
      @Nullable BigDecimal a, boolean aOpen, @Nullable BigDecimal b, boolean bOpen) {
    return a != null
        && (b == null || a.compareTo(b) > 0 || (a.compareTo(b) == 0 && aOpen && !bOpen));
  }

  private static boolean isLower(
      @Nullable BigDecimal a, boolean aOpen, @Nullable BigDecimal b, boolean bOpen) {
    return a != null
        && (b == null || a.compareTo(b) < 0 || (a.compareTo(b) == 0 && aOpen && !bOpen));
  }

  /** Whether no value is left. */
  boolean isEmpty() {
    if (only != null) {
      return only.stream().noneMatch(this::has);
    }
    if (low == null || high == null) {
      return false;
    }
    int order = low.compareTo(high);
    return order > 0 || (order == 0 && (lowOpen || highOpen || never.contains(key(low))));
  }

  /** Whether a value is left; numbers are compared as such. */
  boolean has(Object value) {
    if (never.contains(key(value)) || (only != null && !only.contains(key(value)))) {
      return false;
    }
    if (!(value instanceof BigDecimal number)) {
      return low == null && high == null;
    }
    boolean above =
        low == null || number.compareTo(low) > 0 || (number.compareTo(low) == 0 && !lowOpen);
    boolean below =
        high == null || number.compareTo(high) < 0 || (number.compareTo(high) == 0 && !highOpen);
    return above && below;
  }

  /** Whether every value of another one is left here; false where that cannot be told. */
  boolean includes(Domain other) {
    if (other.only != null) {
      return other.only.stream().filter(other::has).allMatch(this::has);
    }
    boolean above = low == null || !isHigher(low, lowOpen, other.low, other.lowOpen);
    boolean below = high == null || !isLower(high, highOpen, other.high, other.highOpen);
    return only == null
        && (low == null || other.low != null)
        && (high == null || other.high != null)
        && above
        && below
        && never.stream().noneMatch(other::has);
  }

  /** Numbers that differ in zeros only are one value. */
  static Object key(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
  }

  /** Some values that are left, for examples: at the bounds, between and beside them. */
  Stream<Object> samples() {
    if (only != null) {
      // Sets have another order in each program.
      return only.stream().filter(this::has).sorted(Comparator.comparing(Object::toString));
    }
    var bounds = new LinkedHashSet<Object>();
    for (var bound : new BigDecimal[] {low, high}) {
      if (bound != null) {
        bounds.add(bound);
        bounds.add(bound.add(BigDecimal.ONE));
        bounds.add(bound.subtract(BigDecimal.ONE));
      }
    }
    if (low != null && high != null) {
      bounds.add(low.add(high).multiply(new BigDecimal("0.5")));
    }
    return bounds.stream().filter(this::has);
  }
}
