package dev.signalbox.api.http;

import dev.signalbox.access.Caller;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import org.jspecify.annotations.Nullable;

/** The keys under which requests take effect once; no two kinds of sender meet each other's. */
public final class OnceKeys {

  private OnceKeys() {}

  static OnceKey whole(Caller caller, @Nullable String path, String key, byte[] body) {
    return new OnceKey(caller.name() + " " + path, key, Sha256.over(body));
  }

  /** Of a line of a stream. */
  static OnceKey line(Caller caller, @Nullable String path, String key, long line, byte[] text) {
    return new OnceKey(caller.name() + " " + path + " line", key + "/" + line, Sha256.over(text));
  }

  /** Of a signed message. */
  public static OnceKey message(TargetName target, String messageId, byte[] body) {
    return new OnceKey("callback " + target, messageId, Sha256.over(body));
  }
}
