package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.kept.KeptRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The compiled rulebooks of this node: few, since each holds its classes. Safe for many threads.
 */
final class Shelf implements AutoCloseable {
  private final Database database;
  private final KeptRules kept;
  private final Map<Sha256, Rulebook> books = new HashMap<>();

  Shelf(Database database, KeptRules kept) {
    this.database = database;
    this.kept = kept;
  }

  /**
   * The rulebook with a digest; compiled from the archive when it is not here, which takes seconds.
   *
   * @throws dev.signalbox.rules.BadRuleset when it does not compile any more
   * @throws IllegalStateException when the archive does not have it, or it was tampered with
   */
  Rulebook get(Sha256 digest) {
    var here = find(digest);
    if (here != null) {
      return here;
    }
    var files = database.<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, digest));
    if (files == null) {
      throw new IllegalStateException("The ruleset %s is not archived.".formatted(digest));
    }
    // Without a lock: whoever wants one that is here does not wait for this one.
    return put(Rulesets.load(files, kept));
  }

  private synchronized @Nullable Rulebook find(Sha256 digest) {
    return books.get(digest);
  }

  /** Takes a rulebook, or closes it when it is here already; gives the one that is here. */
  synchronized Rulebook put(Rulebook rulebook) {
    var here = books.putIfAbsent(rulebook.digest(), rulebook);
    if (here == null) {
      return rulebook;
    }
    rulebook.close();
    return here;
  }

  /** Closes all others; who still asks one of them is answered. */
  synchronized void keep(Set<Sha256> digests) {
    books
        .values()
        .removeIf(book -> {
          boolean isNeeded = digests.contains(book.digest());
          if (!isNeeded) {
            book.close();
          }
          return !isNeeded;
        });
  }

  @Override
  public void close() {
    keep(Set.of());
  }
}
