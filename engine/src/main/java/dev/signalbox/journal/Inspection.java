package dev.signalbox.journal;

/** What a row of the journal turns out to be when nothing about it is taken for granted. */
public sealed interface Inspection {

  /**
   * Its hash, its columns and its seal agree with its bytes.
   *
   * @param erased whether its sealed part is gone for good, with the key of its subject
   */
  record Sound(JournalEntry entry, boolean erased) implements Inspection {}

  /**
   * Something does not.
   *
   * @param flaw one sentence
   */
  record Flawed(String flaw) implements Inspection {}
}
