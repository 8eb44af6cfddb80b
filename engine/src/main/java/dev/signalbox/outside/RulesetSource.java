package dev.signalbox.outside;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a ruleset comes from, e.g. a branch of a git repository. */
public interface RulesetSource {

  /** How people know it; without credentials. Always the same. */
  String name();

  /**
   * Looks for the newest version. Blocks, within bounds of its own; never called by two threads at
   * once. A version that it gave before may be given again, and should then cost little.
   */
  Look look();

  /**
   * A version.
   *
   * @param id of a commit, or whatever changes when the files do
   * @param at when it was made; null where nobody knows
   */
  record Version(String id, String author, @Nullable Instant at, String message) {}

  /** Something in a version that a ruleset must not have. */
  record Fault(String path, String what) {}

  /** What a look showed. */
  sealed interface Look {
    /**
     * The newest version.
     *
     * @param files by their paths below the ruleset's folder; whether they are a ruleset is not
     *     known here, but they are not endless
     */
    record Found(Version version, SortedMap<String, byte[]> files) implements Look {
      public Found {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      }
    }

    /** The newest version must not be used: it is not signed, say, or leads out of its folder. */
    record Unfit(Version version, List<Fault> faults) implements Look {
      public Unfit {
        faults = List.copyOf(faults);
      }
    }

    /**
     * Nobody knows what the newest version is.
     *
     * @param why one sentence, without credentials
     */
    record Away(String why) implements Look {}
  }
}
