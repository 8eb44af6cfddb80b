package dev.signalbox.outside;

import java.time.Instant;
import java.util.Map;

/**
 * Reads the signed answers of one outside system. The signature is checked over the raw bytes
 * before anything is parsed.
 */
public interface CallbackReader {

  /**
   * @param headers names in lower case
   * @param body the bytes as they came
   * @param now for the window within which a signature is fresh
   */
  CallbackReading read(Map<String, String> headers, byte[] body, Instant now);
}
