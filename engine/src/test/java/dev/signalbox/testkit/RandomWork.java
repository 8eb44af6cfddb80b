package dev.signalbox.testkit;

import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.Competence;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import dev.signalbox.exceptions.Resolution.Split.Part;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import dev.signalbox.exceptions.Reviewer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a few people with different roles may say to a case, whether it takes it or not. */
public final class RandomWork {
  private static final List<Reviewer> PEOPLE =
      List.of(
          new Reviewer("ann", List.of("ANALYST")),
          new Reviewer("ben", List.of("senior", "ANALYST")),
          new Reviewer(
              "sue",
              List.of("senior", "SENIOR"),
              new Competence(Set.of("fx"), new BigDecimal("50000"), List.of("COMPLIANCE"))),
          new Reviewer("sam", List.of("SENIOR", "ANALYST")),
          new Reviewer("cho", List.of("senior", "COMPLIANCE")));

  private final Random random;
  private final RandomReports reports;

  RandomWork(Random random, RandomReports reports) {
    this.random = random;
    this.reports = reports;
  }

  CaseCommand assign() {
    return new CaseCommand.Assign(
        reports.oneOf(PEOPLE).name(),
        reports.orNull(() -> reports.oneOf(List.of(AssignmentRule.values()))));
  }

  CaseCommand startReview() {
    return new CaseCommand.StartReview(person());
  }

  CaseCommand claim() {
    return new CaseCommand.Claim(person(), Duration.ofMinutes(1 + random.nextInt(60)));
  }

  /** Whoever holds it comes more often. */
  CaseCommand release(ExceptionCase state) {
    var claim = state.claim();
    return new CaseCommand.ReleaseClaim(
        claim == null || random.nextInt(3) == 0 ? person().name() : claim.by());
  }

  CaseCommand propose(ExceptionCase state, Instant now) {
    var needed =
        switch (random.nextInt(3)) {
          case 0 -> new Approval[0];
          case 1 -> new Approval[] {new Approval("SENIOR", "It is large.")};
          default ->
              new Approval[] {
                new Approval("SENIOR", "It is large."),
                new Approval("COMPLIANCE", "The party is restricted.")
              };
        };
    var resolution = resolution(state.report().money(), now);
    // Whoever has it comes more often, or nothing would get on.
    var holder = state.assignee();
    var by =
        holder == null || random.nextInt(3) == 0
            ? person()
            : PEOPLE.stream().filter(one -> one.name().equals(holder)).findFirst().orElse(person());
    return new CaseCommand.Propose(
        resolution, by, Settlements.of(resolution, now, needed).approval(), chart());
  }

  private @Nullable Chart chart() {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> new Chart(Chart.Accounts.NONE, Map.of());
      default -> Charts.full();
    };
  }

  CaseCommand approve() {
    return new CaseCommand.Approve(person(), reports.orNull(reports::text));
  }

  CaseCommand reject() {
    return new CaseCommand.Reject(person(), reports.text());
  }

  CaseCommand escalate() {
    return new CaseCommand.Escalate(
        new QueueName(reports.oneOf(List.of("senior", "compliance"))), reports.text());
  }

  CaseCommand placeHold() {
    return new CaseCommand.PlaceHold(
        reports.oneOf(List.of(Hold.Kind.values())), reports.text(), person().name());
  }

  CaseCommand releaseHold(ExceptionCase state) {
    var holds = state.standing().holds();
    var hold =
        holds.isEmpty()
            ? new HoldId(new UUID(random.nextLong(), random.nextLong()))
            : reports.oneOf(holds).id();
    return new CaseCommand.ReleaseHold(hold, reports.text(), person().name());
  }

  CaseCommand snooze(Instant now) {
    return new CaseCommand.Snooze(
        now.plusSeconds(random.nextInt(9_000) - 100),
        reports.text(),
        person().name(),
        reports.orNull(() -> Duration.ofHours(random.nextInt(4))));
  }

  CaseCommand wake() {
    return new CaseCommand.Wake(reports.orNull(() -> person().name()));
  }

  private Reviewer person() {
    return reports.oneOf(PEOPLE);
  }

  private Resolution resolution(Money whole, Instant now) {
    return switch (random.nextInt(5)) {
      case 0 ->
          new Resolution.ForceMatch(
              reports.text(), reports.text(), reports.orNull(() -> "L-" + random.nextInt(3)));
      case 1 ->
          new Resolution.Adjustment(
              reports.oneOf(List.of(AdjustmentType.values())),
              new Money(new BigDecimal("12.50"), new CurrencyCode("EUR")),
              reports.text(),
              reports.text(),
              reports.orNull(reports::instant));
      case 2 ->
          new Resolution.WriteOff(
              reports.oneOf(List.of(WriteOffReason.values())), reports.text(), reports.text());
      case 3 ->
          new Resolution.Split(
              List.of(
                  new Part(whole, reports.oneOf(List.of("1200", "account:1200"))),
                  new Part(
                      new Money(BigDecimal.valueOf(random.nextInt(2)), whole.currency()),
                      "account:1300")),
              reports.orNull(reports::text));
      default ->
          new Resolution.KnownDifference(
              reports.text(), reports.orNull(() -> now.plusSeconds(random.nextInt(4_000))));
    };
  }
}
