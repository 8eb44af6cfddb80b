package dev.signalbox.journal;

import dev.signalbox.exceptions.Callback;

/** The fields of an outside system's answer in storage. */
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
}
