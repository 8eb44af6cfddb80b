package dev.signalbox.exceptions;

/** How the queue an exception waits on is worked. */
public enum Lane {
  /** Notify now. */
  IMMEDIATE,
  /** Collect for a digest and for batch approval. */
  BATCH,
  /** Come back after a backoff: the other side may still arrive. */
  RETRY
}
