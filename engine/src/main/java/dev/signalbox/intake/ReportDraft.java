package dev.signalbox.intake;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Payload;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.words.Nearest;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report while it is read: its fields, and what they may hold. */
final class ReportDraft {
  private static final int SOURCE_MAX = 100;
  private static final int SOURCE_REF_MAX = 200;
  private static final int PERIOD_MAX = 40;
  private static final int DETAILS_MAX = 4_000;
  private static final int NAME_MAX = 200;
  private static final int REGIMES_MAX = 20;
  private static final int REGIME_MAX = 20;
  private static final int ACCOUNT_MAX = 100;
  private static final int CANDIDATES_MAX = 100;
  private static final int ATTRIBUTES_MAX = 64 * 1024;
  private static final List<String> FIELDS =
      List.of(
          "source",
          "sourceRef",
          "context",
          "period",
          "reasonCode",
          "reasonDetails",
          "amount",
          "currency",
          "baseAmount",
          "transactionDate",
          "detectedAt",
          "confidence",
          "counterparty",
          "regulatory",
          "glAccount",
          "candidates",
          "attributes",
          "payload",
          "cleared",
          "reason");

  private final ReportText text;
  private @Nullable String source;
  private @Nullable String sourceRef;
  private @Nullable String context;
  private @Nullable String period;
  private @Nullable ReasonCode reasonCode;
  private @Nullable String reasonDetails;
  private @Nullable BigDecimal amount;
  private @Nullable CurrencyCode currency;
  private @Nullable BigDecimal baseAmount;
  private @Nullable Instant transactionDate;
  private @Nullable Instant detectedAt;
  private @Nullable BigDecimal confidence;
  private @Nullable Counterparty counterparty;
  private List<String> regulatory = List.of();
  private @Nullable String glAccount;
  private List<Candidate> candidates = List.of();
  private Map<String, @Nullable Object> attributes = Map.of();
  private @Nullable Payload payload;
  private boolean cleared;
  private @Nullable String reason;

  ReportDraft(ReportText text) {
    this.text = text;
  }

  void readFields() throws IOException {
    for (var name = text.nextField(); name != null; name = text.nextField()) {
      if (!text.isNull() || name.equals("payload") || !FIELDS.contains(name)) {
        read(name, "/" + name);
      }
    }
  }

  private void read(String name, String pointer) throws IOException {
    switch (name) {
      case "source" -> source = text.name(pointer, SOURCE_MAX);
      case "sourceRef" -> sourceRef = text.name(pointer, SOURCE_REF_MAX);
      case "context" -> context = text.name(pointer, SOURCE_MAX);
      case "period" -> period = text.name(pointer, PERIOD_MAX);
      case "reasonCode" -> reasonCode = oneOf(ReasonCode.class, pointer);
      case "reasonDetails" -> reasonDetails = text.freeText(pointer, DETAILS_MAX);
      case "amount" -> amount = amount(pointer);
      case "currency" -> currency = text.parsed(pointer, 10, CurrencyCode::new);
      case "baseAmount" -> baseAmount = amount(pointer);
      case "transactionDate" -> transactionDate = text.instant(pointer, true);
      case "detectedAt" -> detectedAt = text.instant(pointer, false);
      case "confidence" -> confidence = text.share(pointer);
      case "counterparty" -> counterparty = counterparty(pointer);
      case "regulatory" -> regulatory = regulatory(pointer);
      case "glAccount" -> glAccount = text.name(pointer, ACCOUNT_MAX);
      case "candidates" -> candidates = candidates(pointer);
      case "attributes" -> attributes = attributes(pointer);
      case "payload" -> payload = new Payload(text.verbatim());
      case "cleared" -> cleared = text.truth(pointer);
      case "reason" -> reason = text.freeText(pointer, DETAILS_MAX);
      default -> text.unknownField("", name, FIELDS);
    }
  }

  private @Nullable BigDecimal amount(String pointer) throws IOException {
    return text.decimal(pointer, Money.DIGITS_MAX, Money.DECIMALS_MAX);
  }

  private <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String pointer) throws IOException {
    var names = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    return text.parsed(
        pointer,
        NAME_MAX,
        value -> {
          if (names.contains(value)) {
            return Enum.valueOf(type, value);
          }
          var nearest = Nearest.to(value, names);
          throw new IllegalArgumentException(
              "\"%s\" is none of %s.%s"
                  .formatted(
                      ReportText.shortened(value),
                      String.join(", ", names),
                      nearest == null ? "" : " Maybe " + nearest + "."));
        });
  }

  private @Nullable Counterparty counterparty(String pointer) throws IOException {
    if (!text.isObject(pointer)) {
      return null;
    }
    String id = null;
    String name = null;
    RiskTier tier = null;
    boolean restricted = false;
    boolean trusted = false;
    for (var field = text.nextField(); field != null; field = text.nextField()) {
      var place = pointer + "/" + field;
      switch (field) {
        case "id" -> id = text.isNull() ? null : text.name(place, NAME_MAX);
        case "name" -> name = text.isNull() ? null : text.name(place, NAME_MAX);
        case "riskTier" -> tier = text.isNull() ? null : oneOf(RiskTier.class, place);
        case "restricted" -> restricted = text.truth(place);
        case "trusted" -> trusted = text.truth(place);
        default ->
            text.unknownField(
                pointer, field, List.of("id", "name", "riskTier", "restricted", "trusted"));
      }
    }
    return new Counterparty(id, name, tier, restricted, trusted);
  }

  private List<String> regulatory(String pointer) throws IOException {
    var regimes = new ArrayList<String>();
    if (text.isList(pointer)) {
      while (text.nextItem()) {
        var regime = text.name(pointer + "/" + regimes.size(), REGIME_MAX);
        regimes.add(regime == null ? "" : regime);
      }
    }
    if (regimes.size() > REGIMES_MAX) {
      text.problem(pointer, "TOO_MANY", "At most %d regimes are possible.".formatted(REGIMES_MAX));
    }
    return regimes;
  }

  private List<Candidate> candidates(String pointer) throws IOException {
    var found = new ArrayList<Candidate>();
    if (!text.isList(pointer)) {
      return found;
    }
    int count = 0;
    while (text.nextItem()) {
      var candidate = CandidateFields.read(text, pointer + "/" + count++);
      if (candidate != null) {
        found.add(candidate);
      }
    }
    if (count > CANDIDATES_MAX) {
      text.problem(
          pointer, "TOO_MANY", "At most %d candidates are possible.".formatted(CANDIDATES_MAX));
    }
    return found;
  }

  private Map<String, @Nullable Object> attributes(String pointer) throws IOException {
    if (!text.isObject(pointer)) {
      return Map.of();
    }
    long from = text.offset();
    var tree = text.tree(pointer);
    if (text.offset() - from > ATTRIBUTES_MAX) {
      text.problem(pointer, "TOO_LARGE", "Attributes have at most 64 KiB.");
    }
    return tree;
  }

  ReportReading result() {
    if (source == null) {
      missing("source");
    }
    if (sourceRef == null) {
      missing("sourceRef");
    }
    if (!cleared) {
      checkReport();
    }
    if (!text.problems().isEmpty() || source == null || sourceRef == null) {
      return new ReportReading.Refused(text.problems());
    }
    var identity =
        new ItemIdentity(
            context == null ? ItemIdentity.DEFAULT_CONTEXT : context, source, sourceRef, period);
    return cleared ? new ReportReading.Withdrawn(identity, reason) : reported(identity);
  }

  private void checkReport() {
    if (reasonCode == null) {
      missing("reasonCode");
    }
    if (amount == null) {
      missing("amount");
    }
    if (currency == null) {
      missing("currency");
    }
    if (transactionDate == null) {
      missing("transactionDate");
    }
    if (reason != null) {
      text.problem(
          "/reason",
          "UNKNOWN_FIELD",
          "A \"reason\" belongs to a withdrawal. Maybe \"reasonDetails\", or \"cleared\": true.");
    }
  }

  private ReportReading reported(ItemIdentity identity) {
    if (reasonCode == null || amount == null || currency == null || transactionDate == null) {
      return new ReportReading.Refused(text.problems());
    }
    return new ReportReading.Reported(
        new ExceptionReport(
            identity,
            reasonCode,
            reasonDetails,
            new Money(amount, currency),
            baseAmount,
            transactionDate,
            detectedAt,
            confidence,
            counterparty,
            regulatory,
            glAccount,
            candidates,
            attributes,
            payload));
  }

  /** Says so once: a field that is there and wrong has been complained about. */
  private void missing(String field) {
    var pointer = "/" + field;
    if (!text.hasProblem(pointer)) {
      text.problem(pointer, "MISSING", "The field \"%s\" is missing.".formatted(field));
    }
  }
}
