package dev.signalbox.adapters.webhook;

import static dev.signalbox.adapters.TestSettings.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.testkit.Dispatches;
import dev.signalbox.testkit.Reports;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WebhookMessageTest {

  @Test
  void the_presentation_is_this_one() {
    var report = Reports.report("R-1", Instant.parse("2026-03-01T00:00:00Z")).of("120000.00");
    var dispatch = Dispatches.of(report.build(), "partner").build();
    assertThat(json(WebhookMessage.of(dispatch)))
        .isEqualTo(
            json(
                """
                {'type': 'exception.dispatched', 'timestamp': '2026-03-02T10:00:00Z', 'data': {
                  'exceptionId': '%s',
                  'dispatchId': '0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c',
                  'target': 'partner',
                  'version': 4,
                  'status': 'PENDING_RESOLUTION',
                  'severity': 'CRITICAL',
                  'dueAt': '2026-03-03T10:00:00Z',
                  'overdue': false,
                  'queue': 'senior',
                  'lane': 'IMMEDIATE',
                  'flags': ['SOX'],
                  'escalationLevel': 0,
                  'firstDetectedAt': '2026-03-02T10:00:00Z',
                  'lastDetectedAt': '2026-03-02T10:00:00Z',
                  'recurrences': 0,
                  'context': 'default',
                  'source': 'bank-a-mt940',
                  'sourceRef': 'R-1',
                  'reasonCode': 'AMOUNT_OUTSIDE_TOLERANCE',
                  'reasonDetails': 'The amounts differ.',
                  'amount': '120000.00',
                  'currency': 'EUR',
                  'transactionDate': '2026-03-01T00:00:00Z',
                  'confidence': '0.5',
                  'counterparty': {'id': 'cp-1', 'name': 'Meier & Söhne', 'riskTier': 'LOW',
                    'restricted': false, 'trusted': true},
                  'regulatory': [],
                  'glAccount': '1200',
                  'candidates': [{'ref': 'L-1', 'source': 'ledger', 'amount': '99.50',
                    'currency': 'EUR', 'date': '2026-03-01', 'score': '1'}],
                  'attributes': {'branch': '042'}}}
                """
                    .formatted(dispatch.exception().id())));
  }
}
