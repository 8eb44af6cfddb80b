package dev.signalbox.ops.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The limit of the intake: the very rows that it wrote, copied raw into tables of the same shape
 * with the same indexes, in one durable transaction.
 */
final class CopyLimit {
  private final Postgres postgres;

  CopyLimit(Postgres postgres) throws SQLException {
    this.postgres = postgres;
    postgres.run("CREATE TABLE copied_case (LIKE exception_case INCLUDING ALL)");
    postgres.run("CREATE TABLE copied_journal (LIKE journal INCLUDING ALL)");
  }

  /** How long it takes for the cases that were opened since an instant of the database. */
  Duration since(String instant) throws SQLException, IOException {
    var opened = "opened_at >= '" + instant + "'";
    var cases = postgres.copyOut("SELECT * FROM exception_case WHERE " + opened);
    var journal =
        postgres.copyOut(
            "SELECT j.* FROM journal j JOIN exception_case c ON c.id = j.case_id WHERE " + opened);
    postgres.run("TRUNCATE copied_case, copied_journal");
    var took =
        postgres.timed(() -> {
          postgres.copyIn("copied_case", cases);
          postgres.copyIn("copied_journal", journal);
        });
    postgres.run("TRUNCATE copied_case, copied_journal");
    return took;
  }
}
