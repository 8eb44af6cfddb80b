package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a matching engine, bank feed or processor sends: one item that did not reconcile, with why,
 * and any near candidates. Limits and formats are checked where it is read.
 *
 * @param identity which item this is about
 * @param money the amount that did not reconcile, signed
 * @param baseAmount the amount in the context's reporting currency, where the sender knows it
 * @param transactionDate a bare date counts from its start in UTC
 * @param detectedAt when matching failed; null when the sender leaves it to the receipt
 * @param confidence the matcher's best score, 0 to 1
 * @param regulatory regimes touched, e.g. {@code SOX}
 * @param glAccount the ledger account it would post to
 * @param attributes anything else, as a JSON tree of maps, lists, strings, BigDecimals and booleans
 * @param payload the raw record; null once the journal holds it
 */
public record ExceptionReport(
    ItemIdentity identity,
    ReasonCode reasonCode,
    @Nullable String reasonDetails,
    Money money,
    @Nullable BigDecimal baseAmount,
    Instant transactionDate,
    @Nullable Instant detectedAt,
    @Nullable BigDecimal confidence,
    @Nullable Counterparty counterparty,
    List<String> regulatory,
    @Nullable String glAccount,
    List<Candidate> candidates,
    Map<String, @Nullable Object> attributes,
    @Nullable Payload payload) {

  public ExceptionReport {
    regulatory = List.copyOf(regulatory);
    candidates = List.copyOf(candidates);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  public CaseId caseId() {
    return identity.caseId();
  }

  /** The report without its raw record: what a case carries, while the journal keeps the whole. */
  public ExceptionReport withoutPayload() {
    return payload == null
        ? this
        : new ExceptionReport(
            identity,
            reasonCode,
            reasonDetails,
            money,
            baseAmount,
            transactionDate,
            detectedAt,
            confidence,
            counterparty,
            regulatory,
            glAccount,
            candidates,
            attributes,
            null);
  }

  /** The digest of all that was sent: two reports with the same one say the same. */
  public Sha256 contentHash() {
    return contentHash(substanceHash());
  }

  /** The content's digest, for whoever has that of the substance already. */
  Sha256 contentHash(Sha256 substance) {
    var digest =
        new FieldDigest("signalbox/content/1")
            .raw(substance.bytes())
            .value(reasonCode)
            .text(reasonDetails)
            .number(baseAmount)
            .value(detectedAt)
            .number(confidence)
            .texts(regulatory)
            .text(glAccount)
            .tree(attributes)
            .text(payload == null ? null : payload.json());
    if (counterparty != null) {
      digest
          .text(counterparty.name())
          .value(counterparty.riskTier())
          .value(counterparty.restricted())
          .value(counterparty.trusted());
    }
    for (var candidate : candidates) {
      digest
          .text(candidate.ref())
          .text(candidate.source())
          .number(candidate.money() == null ? null : candidate.money().amount())
          .value(candidate.money() == null ? null : candidate.money().currency())
          .text(candidate.date())
          .number(candidate.score())
          .text(candidate.reference());
    }
    return digest.sha256Digest();
  }

  /**
   * The digest of what makes the item the item: amount, currency, transaction date and
   * counterparty. A later report may add observations to the same substance; it may not change it.
   */
  public Sha256 substanceHash() {
    return new FieldDigest("signalbox/substance/1")
        .text(caseId().toString())
        .number(money.amount())
        .value(money.currency())
        .value(transactionDate)
        .text(counterparty == null ? null : counterparty.identity())
        .sha256Digest();
  }
}
