package dev.signalbox.desk;

import dev.signalbox.exceptions.Sha256;

/**
 * Makes a request take effect once, however often it is sent.
 *
 * @param scope who sends it and what for, so that callers cannot meet each other's keys
 * @param key the sender's own
 * @param requestHash the digest of what was sent, so that a key cannot be used for something else
 * @param keepsRefusals whether a refusal is an answer to remember, too
 */
public record OnceKey(String scope, String key, Sha256 requestHash, boolean keepsRefusals) {
  public static final int LENGTH_MAX = 255;

  public OnceKey(String scope, String key, Sha256 requestHash) {
    this(scope, key, requestHash, true);
  }

  /** The same, for what may be asked again after a refusal, until it is done. */
  public OnceKey untilDone() {
    return new OnceKey(scope, key, requestHash, false);
  }
}
