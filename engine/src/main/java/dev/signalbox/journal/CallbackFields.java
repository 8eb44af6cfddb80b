package dev.signalbox.journal;

import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Resolution;
import org.jspecify.annotations.Nullable;

/** The fields of an outside system's answer, and of what it settles, in storage. */
final class CallbackFields {

  private CallbackFields() {}

  static void writeFacts(Out out, Callback callback) {
    out.put("system", callback.system())
        .put("externalReference", callback.externalReference())
        .put("verdict", callback.verdict())
        .put("status", callback.status())
        .put("updatedAt", callback.updatedAt());
  }

  static void writePersonal(Out out, Callback callback) {
    out.put("notes", callback.notes()).put("assignee", callback.assignee());
  }

  /** An assignee whose name was erased is still an assignee. */
  static Callback read(In facts, In personal) {
    var verdict = facts.value(Callback.Verdict.class, "verdict");
    var assignee = personal.textOrNull("assignee");
    return new Callback(
        facts.text("system"),
        facts.textOrNull("externalReference"),
        verdict,
        facts.text("status"),
        personal.textOrNull("notes"),
        assignee == null && verdict == Callback.Verdict.ASSIGNED ? JournalReader.ERASED : assignee,
        facts.instantOrNull("updatedAt"));
  }

  static void writeFacts(Out out, Resolution resolution) {
    switch (resolution) {
      case Resolution.External external ->
          out.put("resolution", "EXTERNAL")
              .put("system", external.system())
              .put("externalReference", external.externalReference());
      case Resolution.AutoCleared cleared -> out.put("resolution", "AUTO_CLEARED");
      case Resolution.AutoMatch match -> out.put("resolution", "AUTO_MATCH");
      case Resolution.KnownDifference known ->
          out.put("resolution", "KNOWN_DIFFERENCE").put("expiresAt", known.expiresAt());
    }
  }

  static void writePersonal(Out out, Resolution resolution) {
    switch (resolution) {
      case Resolution.External external -> out.put("notes", external.notes());
      case Resolution.AutoCleared cleared -> out.put("reason", cleared.reason());
      case Resolution.AutoMatch match -> out.put("candidate", match.candidate());
      case Resolution.KnownDifference known -> out.put("note", known.note());
    }
  }

  static Resolution resolution(In facts, In personal) {
    return switch (facts.text("resolution")) {
      case "EXTERNAL" ->
          new Resolution.External(
              facts.text("system"),
              facts.textOrNull("externalReference"),
              personal.textOrNull("notes"));
      case "AUTO_CLEARED" -> new Resolution.AutoCleared(personal.textOrNull("reason"));
      case "AUTO_MATCH" -> new Resolution.AutoMatch(orErased(personal.textOrNull("candidate")));
      case "KNOWN_DIFFERENCE" ->
          new Resolution.KnownDifference(
              orErased(personal.textOrNull("note")), facts.instantOrNull("expiresAt"));
      case String other -> throw new Corrupt("There is no resolution \"" + other + "\".", null);
    };
  }

  private static String orErased(@Nullable String sealed) {
    return sealed == null ? JournalReader.ERASED : sealed;
  }
}
