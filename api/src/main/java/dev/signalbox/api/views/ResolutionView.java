package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.PendingProposal;
import dev.signalbox.exceptions.Resolution;
import org.jspecify.annotations.Nullable;

/** How a case is settled, or is proposed to be, as callers see it. */
final class ResolutionView {
  private ResolutionView() {}

  /** Writes the fields of a resolution. */
  static void write(ObjectNode node, Resolution resolution) {
    node.put("kind", resolution.kind().name());
    switch (resolution) {
      case Resolution.External external -> {
        node.put("system", external.system());
        put(node, "externalReference", external.externalReference());
        put(node, "notes", external.notes());
      }
      case Resolution.AutoCleared cleared -> put(node, "reason", cleared.reason());
      case Resolution.AutoMatch match -> node.put("candidate", match.candidate());
      case Resolution.KnownDifference known -> {
        node.put("note", known.note());
        put(node, "expiresAt", known.expiresAt() == null ? null : known.expiresAt().toString());
      }
      case Resolution.ForceMatch match -> {
        node.put("reason", match.reason()).put("notes", match.notes());
        put(node, "candidate", match.candidate());
      }
      case Resolution.Adjustment adjustment -> adjustment(node, adjustment);
      case Resolution.WriteOff writeOff ->
          node.put("reason", writeOff.reason().name())
              .put("notes", writeOff.notes())
              .put("referenceDocument", writeOff.referenceDocument());
      case Resolution.Split split -> {
        put(node, "notes", split.notes());
        var parts = node.putArray("splits");
        split
            .parts()
            .forEach(part -> money(parts.addObject().put("target", part.target()), part.money()));
      }
    }
  }

  private static void adjustment(ObjectNode node, Resolution.Adjustment adjustment) {
    node.put("adjustmentType", adjustment.type().name())
        .put("reason", adjustment.reason())
        .put("description", adjustment.description());
    money(node, adjustment.money());
    var effective = adjustment.effectiveAt();
    put(node, "effectiveAt", effective == null ? null : effective.toString());
  }

  /** Writes what is proposed, and who has approved and has to. */
  static void write(ObjectNode node, PendingProposal proposal) {
    write(node.putObject("resolution"), proposal.resolution());
    node.put("proposedBy", proposal.by()).put("proposedAt", proposal.at().toString());
    var needed = node.putArray("approvalsNeeded");
    proposal
        .needed()
        .forEach(one -> needed.addObject().put("role", one.role()).put("why", one.why()));
    var given = node.putArray("approvalsGiven");
    proposal.given().forEach(one -> given.addObject().put("role", one.role()).put("by", one.by()));
  }

  private static void money(ObjectNode node, Money money) {
    node.put("amount", money.plain()).put("currency", money.currency().value());
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }
}
