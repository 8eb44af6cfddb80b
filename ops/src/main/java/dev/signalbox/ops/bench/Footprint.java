package dev.signalbox.ops.bench;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;

/** What a million exceptions occupy, on disk and in the service's memory. */
final class Footprint {
  private static final double MILLION = 1e6;
  private static final double MEGA = 1e6;

  private final Postgres postgres;
  private final long heapBefore;

  private Footprint(Postgres postgres, long heapBefore) {
    this.postgres = postgres;
    this.heapBefore = heapBefore;
  }

  /** Notes the memory that is held before the reports come. */
  static Footprint begin(Postgres postgres) {
    return new Footprint(postgres, heldHeap());
  }

  /**
   * What the reports that came since take.
   *
   * @param bytesIn how many bytes they had as they came
   */
  Measure disk(long bytesIn, long reports) throws SQLException {
    long exceptions = postgres.number("SELECT count(*) FROM exception_case");
    long cases = postgres.number("SELECT pg_total_relation_size('exception_case')");
    long journal = postgres.number("SELECT pg_total_relation_size('journal')");
    return new Measure.Limit(perMillion(bytesIn, reports), "the reports themselves")
        .of(
            "(e) disk per million exceptions",
            perMillion(cases + journal, exceptions),
            "MB",
            "with indexes: state %,.0f MB, journal %,.0f MB"
                .formatted(perMillion(cases, exceptions), perMillion(journal, exceptions)));
  }

  /** The memory that is held now beyond what was held before. */
  Measure heap(long reports) {
    long now = heldHeap();
    return new Measure(
        "(e) heap per million exceptions",
        perMillion(Math.max(0, now - heapBefore), reports),
        "MB",
        null,
        null,
        null,
        "held after a collection: %,.0f MB before, %,.0f MB after %,d reports"
            .formatted(heapBefore / MEGA, now / MEGA, reports));
  }

  private static double perMillion(long bytes, long count) {
    return bytes / MEGA * MILLION / count;
  }

  private static long heldHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
