package dev.signalbox.testkit;

import dev.signalbox.audit.AuditReplay;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.Corrupt;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.recall.ArchivedRulebooks.Found;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import dev.signalbox.rules.Rulebook;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides again, when a box is closed, all that was decided in it: so the suite's own decisions
 * show that each can be made again from the journal.
 */
public final class Replays {
  private static final Instant END = Instant.parse("9000-01-01T00:00:00Z");

  private Replays() {}

  /**
   * Fails when a decision comes out otherwise than it did. What a test has tampered with, and what
   * an unknown ruleset decided, is not looked at.
   */
  public static void check(
      Database database, SubjectKeys keys, Function<Sha256, @Nullable Rulebook> rulebooks) {
    var reader = new JournalReader(keys);
    var replay =
        new AuditReplay(
            new Recorded(database, reader),
            digest -> {
              var rulebook = rulebooks.apply(digest);
              return rulebook == null
                  ? new Found.Missing("It did not decide here.")
                  : new Found.Loaded(rulebook);
            });
    try {
      var found = replay.run(Stretch.allBefore(END), Lanes.ONE, progress -> {});
      if (found.differing() > 0 && new AuditVerify(database, reader).run(so -> {}).isClean()) {
        throw new AssertionError(
            "%d of %d decisions of this test come out otherwise when they are made again: %s"
                .formatted(found.differing(), found.decisions(), found.first()));
      }
    } catch (Unavailable | Corrupt e) {
      // The test has stopped the server, or tampered with its rows.
    }
  }
}
