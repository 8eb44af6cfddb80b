package dev.signalbox.journal;

import dev.signalbox.exceptions.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a resolution in storage. A candidate may be a person's payment, so it is sealed.
 */
final class ResolutionFields {

  private ResolutionFields() {}

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

  static Resolution read(In facts, In personal) {
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
