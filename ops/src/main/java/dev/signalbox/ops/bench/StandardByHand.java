package dev.signalbox.ops.bench;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.rules.Question;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard ruleset once more, written by hand from its tables as plain Java: the limit of how
 * fast the rules could be, and the oracle that they are compared with. It shares no code with them,
 * and names no fired rules.
 */
public final class StandardByHand {
  private static final BigDecimal SMALL = new BigDecimal("1000");
  private static final BigDecimal LARGE = new BigDecimal("10000");
  private static final BigDecimal HUGE = new BigDecimal("100000");
  private static final Sha256 NO_RULESET = new Sha256("0".repeat(64));

  private StandardByHand() {}

  /** What the standard ruleset decides, by nobody's rules. */
  public static Assessment assess(Question question) {
    var report = question.report();
    var base = base(report);
    var born = earlier(report.transactionDate(), question.detection().first());
    var age = Duration.between(born, question.asOf());
    var severity = severity(base, age);
    var decision =
        new SeverityDecision(severity, sla(severity), next(born, question.asOf()), base, null);
    return new Assessment(
        new Advice<>(NO_RULESET, question.asOf(), decision, List.of(), List.of()),
        new Advice<>(
            NO_RULESET,
            question.asOf(),
            route(question, base, age, severity),
            List.of(),
            List.of()));
  }

  private static @Nullable BigDecimal base(ExceptionReport report) {
    if (report.baseAmount() != null) {
      return report.baseAmount().abs();
    }
    return report.money().currency().value().equals("EUR") ? report.money().amount().abs() : null;
  }

  private static Severity severity(@Nullable BigDecimal base, Duration age) {
    if (from(base, HUGE) || from(age, 120)) {
      return Severity.CRITICAL;
    }
    if (base == null || from(base, LARGE) || from(age, 72)) {
      return Severity.HIGH;
    }
    return from(base, SMALL) || from(age, 24) ? Severity.MEDIUM : Severity.LOW;
  }

  private static Duration sla(Severity severity) {
    return Duration.ofHours(
        switch (severity) {
          case CRITICAL -> 24;
          case HIGH -> 72;
          case MEDIUM -> 120;
          case LOW -> 168;
        });
  }

  private static @Nullable Instant next(Instant born, Instant asOf) {
    for (int hours : new int[] {24, 72, 120}) {
      var at = born.plus(Duration.ofHours(hours));
      if (asOf.isBefore(at)) {
        return at;
      }
    }
    return null;
  }

  private static Route route(
      Question question, @Nullable BigDecimal base, Duration age, Severity severity) {
    var report = question.report();
    var flags = flags(question, base);
    var party = report.counterparty();
    if (party != null && party.restricted()) {
      return new Route(
          new QueueName("compliance"), Lane.IMMEDIATE, null, "COMPLIANCE", true, flags);
    }
    if (report.regulatory().stream()
        .anyMatch(r -> r.equals("AML") || r.equals("CTF") || r.equals("SANCTIONS"))) {
      return to("compliance", Lane.IMMEDIATE, null, flags);
    }
    if (severity == Severity.CRITICAL) {
      boolean lock = base == null || from(base, HUGE);
      return new Route(new QueueName("senior"), Lane.IMMEDIATE, null, null, lock, flags);
    }
    if (isRisky(party) || base == null) {
      return to("senior", Lane.IMMEDIATE, null, flags);
    }
    if (severity == Severity.HIGH) {
      return high(report.reasonCode(), flags);
    }
    if (question.detection().recurrences() > 1) {
      return to("senior", Lane.BATCH, null, flags);
    }
    boolean small = party != null && party.trusted() && !from(base, SMALL);
    return small ? trusted(report.reasonCode(), age, flags) : byDefault(report.reasonCode(), flags);
  }

  private static List<String> flags(Question question, @Nullable BigDecimal base) {
    var report = question.report();
    var party = report.counterparty();
    if (report.regulatory().isEmpty()
        && base != null
        && question.detection().recurrences() == 0
        && (party == null || !party.restricted())) {
      return List.of();
    }
    var flags = new ArrayList<>(report.regulatory());
    if (base == null) {
      flags.add("AMOUNT_UNKNOWN");
    }
    if (question.detection().recurrences() > 0) {
      flags.add("RECURRING");
    }
    if (party != null && party.restricted()) {
      flags.add("RESTRICTED");
    }
    Collections.sort(flags);
    return flags.stream().distinct().toList();
  }

  private static Route high(ReasonCode reason, List<String> flags) {
    return switch (reason) {
      case FX_VARIANCE -> to("treasury", Lane.IMMEDIATE, null, flags);
      case SOURCE_IMBALANCE, VALIDATION_FAILED -> to("senior", Lane.IMMEDIATE, "jira", flags);
      case MISSING_RECORD -> to("senior", Lane.IMMEDIATE, "webhook", flags);
      default -> to("senior", Lane.IMMEDIATE, null, flags);
    };
  }

  private static Route trusted(ReasonCode reason, Duration age, List<String> flags) {
    return switch (reason) {
      case TIMING_MISMATCH, NO_CANDIDATE ->
          to("junior", from(age, 48) ? Lane.BATCH : Lane.RETRY, null, flags);
      case AMOUNT_OUTSIDE_TOLERANCE -> to("junior", Lane.BATCH, null, flags);
      default -> byDefault(reason, flags);
    };
  }

  private static Route byDefault(ReasonCode reason, List<String> flags) {
    return switch (reason) {
      case NO_CANDIDATE,
          BELOW_CONFIDENCE,
          DUPLICATE_REJECTED,
          IDENTIFIER_MISMATCH,
          AMOUNT_WITHIN_TOLERANCE,
          DUPLICATE_RECORD,
          MISSING_REFERENCE ->
          to("junior", Lane.BATCH, null, flags);
      case SOURCE_IMBALANCE, VALIDATION_FAILED -> to("junior", Lane.BATCH, "jira", flags);
      case TIMING_MISMATCH -> to("junior", Lane.RETRY, null, flags);
      case MISSING_RECORD -> to("junior", Lane.RETRY, "webhook", flags);
      case FX_VARIANCE -> to("treasury", Lane.BATCH, null, flags);
      case AMOUNT_OUTSIDE_TOLERANCE, OTHER -> to("senior", Lane.BATCH, null, flags);
    };
  }

  private static Route to(String queue, Lane lane, @Nullable String target, List<String> flags) {
    return new Route(
        new QueueName(queue),
        lane,
        target == null ? null : new TargetName(target),
        null,
        false,
        flags);
  }

  private static boolean isRisky(@Nullable Counterparty party) {
    return party != null
        && (party.riskTier() == RiskTier.HIGH || party.riskTier() == RiskTier.CRITICAL);
  }

  private static boolean from(@Nullable BigDecimal amount, BigDecimal threshold) {
    return amount != null && amount.compareTo(threshold) >= 0;
  }

  private static boolean from(Duration age, int hours) {
    return age.compareTo(Duration.ofHours(hours)) >= 0;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
