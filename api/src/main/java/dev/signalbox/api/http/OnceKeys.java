package dev.signalbox.api.http;

import dev.signalbox.access.Caller;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The keys under which requests take effect once; no two kinds of sender meet each other's. */
public final class OnceKeys {

  private OnceKeys() {}

  static OnceKey whole(Caller caller, @Nullable String path, String key, byte[] body) {
    return new OnceKey(caller.name() + " " + path, key, digest(body));
  }

  /** Of a line of a stream. */
  static OnceKey line(Caller caller, @Nullable String path, String key, long line, byte[] text) {
    return new OnceKey(caller.name() + " " + path + " line", key + "/" + line, digest(text));
  }

  /** Of a signed message. */
  public static OnceKey message(TargetName target, String messageId, byte[] body) {
    return new OnceKey("callback " + target, messageId, digest(body));
  }

  private static Sha256 digest(byte[] body) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
