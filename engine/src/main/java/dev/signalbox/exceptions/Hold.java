package dev.signalbox.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to the ledger not to post anything related until it is released.
 *
 * @param reason why, in the words of whoever placed it
 * @param by who placed it; null when the fallback chain did
 */
public record Hold(HoldId id, Scope scope, String reason, @Nullable String by, Instant at) {

  /**
   * What the ledger does not post.
   *
   * @param value the id of the case, of the counterparty, or the ledger account
   */
  public record Scope(Kind kind, String value) {

    /** The scope that a kind is for a case; null when its report names nothing of that kind. */
    static @Nullable Scope of(Kind kind, ExceptionCase of) {
      var counterparty = of.report().counterparty();
      var value =
          switch (kind) {
            case ITEM -> of.id().toString();
            case COUNTERPARTY -> counterparty == null ? null : counterparty.id();
            case GL_ACCOUNT -> of.report().glAccount();
          };
      return value == null ? null : new Scope(kind, value);
    }
  }

  /** What a hold may be on. */
  public enum Kind {
    /** All that concerns the reported item, but for what settles it. */
    ITEM,
    /** All with the item's counterparty, but for what settles the item. */
    COUNTERPARTY,
    /** All on the item's ledger account, but for what settles the item. */
    GL_ACCOUNT;

    /** As a person says it. */
    String words() {
      return switch (this) {
        case ITEM -> "item";
        case COUNTERPARTY -> "counterparty";
        case GL_ACCOUNT -> "ledger account";
      };
    }
  }
}
