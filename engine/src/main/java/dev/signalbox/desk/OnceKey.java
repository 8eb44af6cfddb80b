package dev.signalbox.desk;

import dev.signalbox.exceptions.Sha256;

/**
 * Makes a request take effect once, however often it is sent.
 *
 * @param scope who sends it and what for, so that callers cannot meet each other's keys
 * @param key the sender's own
 * @param requestHash the digest of what was sent, so that a key cannot be used for something else
 */
public record OnceKey(String scope, String key, Sha256 requestHash) {
  public static final int LENGTH_MAX = 255;
}
