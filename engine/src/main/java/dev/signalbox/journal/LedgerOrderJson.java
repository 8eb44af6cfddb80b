package dev.signalbox.journal;

import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.LedgerOrder;
import java.time.DateTimeException;

/** The stored form of what the ledger is asked to do. */
public final class LedgerOrderJson {

  private LedgerOrderJson() {}

  public static byte[] write(LedgerOrder order) {
    return switch (order) {
      case LedgerOrder.Post(var posting) ->
          PostingFields.write(new Out().put("order", "POST"), posting).bytes();
      case LedgerOrder.Hold(var hold, var scope) ->
          new Out()
              .put("order", "HOLD")
              .put("hold", hold.toString())
              .put("kind", scope.kind())
              .put("value", scope.value())
              .bytes();
      case LedgerOrder.Release(var hold) ->
          new Out().put("order", "RELEASE").put("hold", hold.toString()).bytes();
    };
  }

  /**
   * Reads {@link #write} back.
   *
   * @throws Corrupt when it is something else
   */
  public static LedgerOrder read(byte[] stored) {
    var in = In.of(stored);
    try {
      var order =
          switch (in.text("order")) {
            case "POST" -> new LedgerOrder.Post(PostingFields.read(in));
            case "HOLD" ->
                new LedgerOrder.Hold(
                    HoldId.parse(in.text("hold")),
                    new Hold.Scope(in.value(Hold.Kind.class, "kind"), in.text("value")));
            case "RELEASE" -> new LedgerOrder.Release(HoldId.parse(in.text("hold")));
            case String other ->
                throw new Corrupt("There is no ledger order \"" + other + "\".", null);
          };
      in.end();
      return order;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Corrupt("A stored ledger order holds what cannot be: " + e.getMessage(), e);
    }
  }
}
