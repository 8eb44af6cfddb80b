package dev.signalbox.api.model;

import dev.signalbox.api.model.Model.Expected;
import java.util.List;

/** What reports do to an exception of a {@link Model}, by the rules of {@link ModelRules}. */
final class Rules {
  /** The reasons that reports give; the rules go by them. */
  static final List<String> REASONS =
      List.of(
          "AMOUNT_OUTSIDE_TOLERANCE",
          "MISSING_RECORD",
          "VALIDATION_FAILED",
          "DUPLICATE_RECORD",
          "AMOUNT_WITHIN_TOLERANCE",
          "FX_VARIANCE");

  private final Item item;
  private String reason = "";

  Rules(Item item) {
    this.item = item;
  }

  Expected reported(Verb verb, String why) {
    if (item.status == null) {
      reason = verb == Verb.REPORT_SAME ? REASONS.getFirst() : why;
      item.status = "OPEN";
      routed();
      settled();
      return new Expected(201, null, "recorded");
    }
    boolean isSettled = item.isAt("RESOLVED");
    return switch (verb) {
      case REPORT_SAME -> Expected.done("duplicate");
      case REPORT_OTHER -> Expected.refused(409, "CONFLICT");
      case REPORT_OLD -> isSettled ? Expected.done("duplicate") : seenAgain(why);
      default -> {
        if (!isSettled) {
          yield seenAgain(why);
        }
        yield "KNOWN_DIFFERENCE".equals(item.resolution)
            ? Expected.done("duplicate")
            : recurred(why);
      }
    };
  }

  private Expected seenAgain(String why) {
    reason = why;
    settled();
    return Expected.done("redetected");
  }

  private Expected recurred(String why) {
    reason = why;
    item.recurrences++;
    item.resolution = null;
    item.posting = null;
    item.level = 0;
    item.moved("OPEN", null);
    routed();
    settled();
    return Expected.done("recurred");
  }

  Expected redriven() {
    item.rests = false;
    item.moved("OPEN", item.holder);
    routed();
    return Expected.done("changed");
  }

  private void routed() {
    item.neededRole = null;
    item.forOneAtATime = false;
    switch (reason) {
      case "VALIDATION_FAILED" -> {
        item.queue = null;
        item.moved("DEAD_LETTERED", item.holder);
      }
      case "MISSING_RECORD" -> {
        item.queue = "outside";
        item.dispatched();
      }
      case "DUPLICATE_RECORD" -> {
        item.queue = "compliance";
        item.neededRole = "compliance";
      }
      case "FX_VARIANCE" -> {
        item.queue = "vault";
        item.forOneAtATime = true;
      }
      default -> item.queue = "junior";
    }
  }

  /** Rules settle what nobody has. */
  private void settled() {
    if (item.isAt("OPEN") && reason.equals("AMOUNT_WITHIN_TOLERANCE")) {
      item.resolved("KNOWN_DIFFERENCE");
    }
  }
}
