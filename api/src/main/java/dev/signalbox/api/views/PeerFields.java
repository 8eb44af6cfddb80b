package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Resolution;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What clients of the exception manager read of an exception, under the names they know. Everything
 * of it is elsewhere, too, under ours.
 */
final class PeerFields {

  private PeerFields() {}

  static void write(ObjectNode node, ExceptionCase state) {
    var report = state.report();
    node.put("transactionId", transaction(state));
    put(node, "assignedTo", state.assignee());
    put(
        node,
        "reason",
        report.reasonDetails() != null ? report.reasonDetails() : report.reasonCode().name());
    var pending = state.pending();
    if (pending != null) {
      node.put("externalSystem", pending.target().value().toUpperCase(Locale.ROOT));
      put(node, "externalIssueId", pending.externalReference());
    }
    if (state.resolution() != null) {
      resolution(node, state.resolution());
    }
  }

  /** They expect a UUID: the reference in the source where it is one, else the exception's id. */
  private static String transaction(ExceptionCase state) {
    var reference = state.report().identity().sourceRef();
    try {
      return UUID.fromString(reference).toString().equalsIgnoreCase(reference)
          ? reference
          : state.id().toString();
    } catch (IllegalArgumentException e) {
      return state.id().toString();
    }
  }

  private static void resolution(ObjectNode node, Resolution resolution) {
    switch (resolution) {
      case Resolution.ForceMatch match -> is(node, "FORCE_MATCH", match.reason(), match.notes());
      case Resolution.Adjustment adjustment ->
          is(node, "ADJUST_ENTRY", adjustment.reason(), adjustment.description());
      case Resolution.WriteOff off -> is(node, "WRITE_OFF", off.reason().name(), off.notes());
      case Resolution.Split split -> is(node, "SPLIT", null, split.notes());
      case Resolution.KnownDifference known -> is(node, "KNOWN_DIFFERENCE", null, known.note());
      case Resolution.AutoMatch match -> is(node, "AUTO_MATCH", null, null);
      case Resolution.AutoCleared cleared -> is(node, "AUTO_CLEARED", cleared.reason(), null);
      case Resolution.External external -> {
        is(node, "EXTERNAL", null, external.notes());
        node.put("externalSystem", external.system());
        put(node, "externalIssueId", external.externalReference());
      }
    }
  }

  private static void is(
      ObjectNode node, String type, @Nullable String reason, @Nullable String notes) {
    node.put("resolutionType", type);
    put(node, "resolutionReason", reason);
    put(node, "resolutionNotes", notes);
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
