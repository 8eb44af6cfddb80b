package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.recall.ArchivedRulebooks.Found;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides recorded decisions again: under the ruleset that decided them, from the facts that it saw
 * then. What {@link AuditVerify} does for states, this does for decisions; it shows that each can
 * still be explained, and finds a program or a machine on which the same rules say something else.
 */
public final class AuditReplay {
  private final Recorded recorded;
  private final Function<Sha256, Found> rulebooks;

  /**
   * @param rulebooks the archive
   */
  public AuditReplay(Recorded recorded, Function<Sha256, Found> rulebooks) {
    this.recorded = recorded;
    this.rulebooks = rulebooks;
  }

  /**
   * Decides all decisions of a stretch again.
   *
   * @param progress told what is found so far
   * @throws dev.signalbox.journal.Corrupt when a journal cannot be read
   * @throws dev.signalbox.db.Unavailable when PostgreSQL is away or too slow
   */
  public Redecided run(Stretch stretch, Lanes lanes, Consumer<Redecided> progress) {
    return recorded.sweep(stretch, lanes, () -> new Redecided(rulebooks), progress);
  }

  /** Decides those of one exception again; there were none when there is none with this id. */
  public Redecided run(CaseId exception) {
    var found = new Redecided(rulebooks);
    recorded.moments(List.of(exception), Instant.MAX, found);
    return found;
  }
}
