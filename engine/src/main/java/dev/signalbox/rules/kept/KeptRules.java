package dev.signalbox.rules.kept;

import org.jspecify.annotations.Nullable;

/**
 * Where compiled rules are kept for the next start. It may forget anything at any time, and never
 * fails: without it, rules are compiled. Safe for many threads.
 */
public interface KeptRules {
  /** Keeps nothing. */
  KeptRules NOWHERE = new Nowhere();

  /** What was kept under a name, whole and unchanged, or null. */
  byte @Nullable [] find(String name);

  /**
   * Keeps something.
   *
   * @param name lower-case letters, digits and "-"; at most 100
   */
  void keep(String name, byte[] content);

  /**
   * Forgets what cannot be used.
   *
   * @param why a sentence for the log
   */
  void discard(String name, String why);

  /** See {@link #NOWHERE}. */
  final class Nowhere implements KeptRules {
    private Nowhere() {}

    @Override
    public byte @Nullable [] find(String name) {
      return null;
    }

    @Override
    public void keep(String name, byte[] content) {
      // The next start compiles.
    }

    @Override
    public void discard(String name, String why) {
      // Nothing was kept.
    }
  }
}
