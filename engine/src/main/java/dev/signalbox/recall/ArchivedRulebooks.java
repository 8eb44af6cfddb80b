package dev.signalbox.recall;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rules.Rulesets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rulebooks compiled from the archive, apart from those that decide what comes in: a decision point
 * answers one at a time, and nobody should wait for those who look back. A few are kept. Safe for
 * many threads.
 */
public final class ArchivedRulebooks implements AutoCloseable {
  private static final int KEPT_MAX = 8;

  private final Database database;
  private final Map<Sha256, Found> found = new LinkedHashMap<>(16, 0.75f, true);

  public ArchivedRulebooks(Database database) {
    this.database = database;
  }

  /** What the archive has under a digest. */
  public sealed interface Found {
    /** The ruleset. */
    record Loaded(Rulebook rulebook) implements Found {}

    /** It is not there, or cannot be used; why, in a sentence. */
    record Missing(String why) implements Found {}
  }

  /** Looks it up; compiles it when it is not at hand, which takes seconds. */
  public synchronized Found find(Sha256 digest) {
    var known = found.get(digest);
    if (known != null) {
      return known;
    }
    var fresh = load(digest);
    found.put(digest, fresh);
    if (found.size() > KEPT_MAX) {
      var eldest = found.entrySet().iterator().next();
      found.remove(eldest.getKey());
      close(eldest.getValue());
    }
    return fresh;
  }

  private Found load(Sha256 digest) {
    try {
      var files = database.<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, digest));
      return files == null
          ? new Found.Missing("The ruleset %s is not archived.".formatted(digest))
          : new Found.Loaded(Rulesets.load(files));
    } catch (Unavailable e) {
      throw e;
    } catch (BadRuleset | IllegalStateException e) {
      return new Found.Missing(String.valueOf(e.getMessage()));
    }
  }

  private static void close(Found one) {
    if (one instanceof Found.Loaded(var rulebook)) {
      rulebook.close();
    }
  }

  /** Who still asks one of them is answered. */
  @Override
  public synchronized void close() {
    found.values().forEach(ArchivedRulebooks::close);
    found.clear();
  }
}
