package dev.signalbox.api.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reports as they are sent. */
public final class ReportText {

  private ReportText() {}

  /** A small young item of a trusted counterparty; change what matters. */
  public static ObjectNode report(String sourceRef) {
    var report =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", "bank-a-mt940")
            .put("sourceRef", sourceRef)
            .put("reasonCode", "AMOUNT_OUTSIDE_TOLERANCE")
            .put("amount", "100.00")
            .put("currency", "EUR")
            .put("transactionDate", "2026-03-02T09:00:00Z");
    report
        .putObject("counterparty")
        .put("id", "cp-1")
        .put("name", "Meier & Söhne")
        .put("riskTier", "LOW")
        .put("trusted", true);
    return report;
  }
}
