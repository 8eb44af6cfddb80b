package dev.signalbox.journal;

import dev.signalbox.exceptions.ExceptionReport;
import java.time.DateTimeException;

/** The stored form of a report by itself, raw record included. */
public final class ReportJson {

  private ReportJson() {}

  public static byte[] write(ExceptionReport report) {
    var out = new Out();
    ReportFields.writeFacts(out, report);
    ReportFields.writePersonal(out, report);
    return out.bytes();
  }

  /**
   * Reads {@link #write} back.
   *
   * @throws Corrupt when it is something else
   */
  public static ExceptionReport read(byte[] stored) {
    var in = In.of(stored);
    try {
      var report = ReportFields.read(in, in);
      in.end();
      return report;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Corrupt("A stored report holds a value that cannot be: " + e.getMessage(), e);
    }
  }
}
