package dev.signalbox.ops.bench;

import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param what what was measured
 * @param value how much of the unit
 * @param unit e.g. {@code reports/s}
 * @param limit what it is held against; null for nothing
 * @param goal the part of the limit that is aimed at; null where none is
 * @param floor the part of the limit below which it is not good enough; null where none is
 * @param detail what else there is to know, in one line
 */
public record Measure(
    String what,
    double value,
    String unit,
    @Nullable Limit limit,
    @Nullable Double goal,
    @Nullable Double floor,
    String detail) {

  /**
   * What the machine itself can do.
   *
   * @param value in the unit of what is held against it
   * @param name what set it
   */
  public record Limit(double value, String name) {
    Measure of(String what, double measured, String unit, String detail) {
      return new Measure(what, measured, unit, this, null, null, detail);
    }
  }

  Measure aimingAt(double newGoal, @Nullable Double newFloor) {
    return new Measure(what, value, unit, limit, newGoal, newFloor, detail);
  }

  /** The part of the limit that was reached; null without one. */
  public @Nullable Double ratio() {
    return limit == null ? null : value / limit.value();
  }

  /** How it compares with what was aimed at, in a word. */
  public String verdict() {
    var reached = ratio();
    if (reached == null || goal == null) {
      return "";
    }
    if (reached >= goal) {
      return "goal";
    }
    return floor != null && reached >= floor ? "floor" : "below";
  }
}
