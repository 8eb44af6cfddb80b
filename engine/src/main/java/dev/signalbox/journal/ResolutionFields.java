package dev.signalbox.journal;

import dev.signalbox.exceptions.Money;
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
      case Resolution.ForceMatch match -> out.put("resolution", "FORCE_MATCH");
      case Resolution.Adjustment adjustment -> {
        out.put("resolution", "ADJUSTMENT")
            .put("adjustmentType", adjustment.type())
            .put("effectiveAt", adjustment.effectiveAt());
        money(out, adjustment.money());
      }
      case Resolution.WriteOff writeOff ->
          out.put("resolution", "WRITE_OFF").put("writeOffReason", writeOff.reason());
      case Resolution.Split split -> {
        out.put("resolution", "SPLIT").beginList("parts");
        for (var part : split.parts()) {
          money(out.beginItem().put("target", part.target()), part.money()).end();
        }
        out.endList();
      }
    }
  }

  static void writePersonal(Out out, Resolution resolution) {
    switch (resolution) {
      case Resolution.External external -> out.put("notes", external.notes());
      case Resolution.AutoCleared cleared -> out.put("reason", cleared.reason());
      case Resolution.AutoMatch match -> out.put("candidate", match.candidate());
      case Resolution.KnownDifference known -> out.put("note", known.note());
      case Resolution.ForceMatch match ->
          out.put("why", match.reason())
              .put("notes", match.notes())
              .put("candidate", match.candidate());
      case Resolution.Adjustment adjustment ->
          out.put("why", adjustment.reason()).put("description", adjustment.description());
      case Resolution.WriteOff writeOff ->
          out.put("notes", writeOff.notes()).put("referenceDocument", writeOff.referenceDocument());
      case Resolution.Split split -> out.put("notes", split.notes());
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
      case "FORCE_MATCH" ->
          new Resolution.ForceMatch(
              orErased(personal.textOrNull("why")),
              orErased(personal.textOrNull("notes")),
              personal.textOrNull("candidate"));
      case "ADJUSTMENT" ->
          new Resolution.Adjustment(
              facts.value(Resolution.AdjustmentType.class, "adjustmentType"),
              money(facts),
              orErased(personal.textOrNull("why")),
              orErased(personal.textOrNull("description")),
              facts.instantOrNull("effectiveAt"));
      case "WRITE_OFF" ->
          new Resolution.WriteOff(
              facts.value(Resolution.WriteOffReason.class, "writeOffReason"),
              orErased(personal.textOrNull("notes")),
              orErased(personal.textOrNull("referenceDocument")));
      case "SPLIT" ->
          new Resolution.Split(
              facts.list(
                  "parts", part -> new Resolution.Split.Part(money(part), part.text("target"))),
              personal.textOrNull("notes"));
      case String other -> throw new Corrupt("There is no resolution \"" + other + "\".", null);
    };
  }

  private static Out money(Out out, Money money) {
    return out.put("amount", money.plain()).put("currency", money.currency().value());
  }

  private static Money money(In in) {
    return Money.of(in.text("amount"), in.text("currency"));
  }

  private static String orErased(@Nullable String sealed) {
    return sealed == null ? JournalReader.ERASED : sealed;
  }
}
