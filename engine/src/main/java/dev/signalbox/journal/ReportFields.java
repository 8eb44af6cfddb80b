package dev.signalbox.journal;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Payload;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a report in storage: the facts, and apart from them what may be personal data (a
 * name, free text, attributes, the candidates and the raw record), which the journal seals.
 */
final class ReportFields {

  private ReportFields() {}

  static void writeFacts(Out out, ExceptionReport report) {
    var identity = report.identity();
    out.put("context", identity.context())
        .put("source", identity.source())
        .put("sourceRef", identity.sourceRef())
        .put("period", identity.period())
        .put("reasonCode", report.reasonCode())
        .put("amount", report.money().amount())
        .put("currency", report.money().currency().value())
        .put("baseAmount", report.baseAmount())
        .put("transactionDate", report.transactionDate())
        .put("detectedAt", report.detectedAt())
        .put("confidence", report.confidence())
        .put("regulatory", report.regulatory())
        .put("glAccount", report.glAccount());
    var counterparty = report.counterparty();
    if (counterparty != null) {
      out.begin("counterparty")
          .put("id", counterparty.id())
          .put("riskTier", counterparty.riskTier())
          .put("restricted", counterparty.restricted())
          .put("trusted", counterparty.trusted())
          .end();
    }
  }

  static void writePersonal(Out out, ExceptionReport report) {
    out.put("reasonDetails", report.reasonDetails());
    if (report.counterparty() != null) {
      out.put("counterpartyName", report.counterparty().name());
    }
    if (!report.candidates().isEmpty()) {
      out.beginList("candidates");
      report.candidates().forEach(candidate -> writeCandidate(out, candidate));
      out.endList();
    }
    out.putTree("attributes", report.attributes());
    if (report.payload() != null) {
      out.put("payload", report.payload().json());
    }
  }

  private static void writeCandidate(Out out, Candidate candidate) {
    out.beginItem().put("ref", candidate.ref()).put("source", candidate.source());
    if (candidate.money() != null) {
      out.put("amount", candidate.money().amount())
          .put("currency", candidate.money().currency().value());
    }
    out.put("date", candidate.date())
        .put("score", candidate.score())
        .put("reference", candidate.reference())
        .end();
  }

  /**
   * Reads a report back.
   *
   * @param personal an empty object when the seal cannot be opened any more
   */
  static ExceptionReport read(In facts, In personal) {
    var payload = personal.textOrNull("payload");
    return new ExceptionReport(
        new ItemIdentity(
            facts.text("context"),
            facts.text("source"),
            facts.text("sourceRef"),
            facts.textOrNull("period")),
        facts.value(ReasonCode.class, "reasonCode"),
        personal.textOrNull("reasonDetails"),
        money(facts),
        facts.decimalOrNull("baseAmount"),
        facts.instant("transactionDate"),
        facts.instantOrNull("detectedAt"),
        facts.decimalOrNull("confidence"),
        counterparty(facts.objectOrNull("counterparty"), personal),
        facts.texts("regulatory"),
        facts.textOrNull("glAccount"),
        personal.list("candidates", ReportFields::candidate),
        personal.tree("attributes"),
        payload == null ? null : new Payload(payload));
  }

  private static @Nullable Counterparty counterparty(@Nullable In facts, In personal) {
    return facts == null
        ? null
        : new Counterparty(
            facts.textOrNull("id"),
            personal.textOrNull("counterpartyName"),
            facts.valueOrNull(RiskTier.class, "riskTier"),
            facts.truth("restricted"),
            facts.truth("trusted"));
  }

  private static Candidate candidate(In in) {
    return new Candidate(
        in.text("ref"),
        in.textOrNull("source"),
        in.textOrNull("currency") == null ? null : money(in),
        in.textOrNull("date"),
        in.decimalOrNull("score"),
        in.textOrNull("reference"));
  }

  private static Money money(In in) {
    return new Money(in.decimal("amount"), new CurrencyCode(in.text("currency")));
  }
}
