package dev.signalbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Payload;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.testkit.RandomHistories;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.Settlements;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventJsonTest {
  private static final Instant AT = Instant.parse("2026-03-02T10:00:00.000001Z");
  private static final String SECRET = "PERSONAL";
  private static final HoldId HOLD = HoldId.parse("3b8569d1-792a-8f3f-8c0c-3de77ae8af42");
  private static final UUID DISPUTE = new UUID(1, 2);

  @Test
  void every_event_of_any_history_comes_back_as_it_was_and_gives_the_same_state() {
    var seen = new HashSet<String>();
    Seeds.each(
        300,
        random -> {
          var history = new RandomHistories(random).history(40);
          ExceptionCase replayed = null;
          long seq = 0;
          for (var step : history.steps()) {
            seq++;
            var entry =
                new JournalEntry(
                    history.id(), seq, step.at(), step.actor(), step.traceId(), step.event());

            var read = read(new EventJson(entry));

            assertThat(read).isEqualTo(entry);
            replayed =
                replayed == null
                    ? ExceptionCase.from((CaseEvent.Opened) read.event(), read.at())
                    : replayed.after(read.event(), read.at());
            seen.add(EventJson.type(step.event()));
          }
          assertThat(replayed).isEqualTo(history.state());
          assertThat(history.state().version()).isEqualTo(seq);
        });
    assertThat(seen).isEqualTo(names());
  }

  @Test
  void what_is_stored_under_these_names_is_never_renamed() {
    assertThat(names())
        .containsExactlyInAnyOrder(
            "Opened",
            "Classified",
            "Routed",
            "Reclassified",
            "Redetected",
            "ConflictingReport",
            "Recurred",
            "Cleared",
            "DispatchRequested",
            "DispatchDelivered",
            "DispatchDeadLettered",
            "CallbackReceived",
            "CallbackIgnored",
            "ResolutionProposed",
            "ResolutionApproved",
            "Resolved",
            "Reopened",
            "Assigned",
            "MarkedOverdue",
            "Redriven",
            "Claimed",
            "ClaimReleased",
            "ClaimExpired",
            "Unassigned",
            "ReviewStarted",
            "ProposalMade",
            "ApprovalsDecided",
            "ApprovalGiven",
            "ResolutionRejected",
            "Escalated",
            "HoldPlaced",
            "HoldReleased",
            "CommentAdded",
            "CommentRedacted",
            "DisputeOpened",
            "DisputeSubmitted",
            "EvidenceGiven",
            "EvidenceRedacted",
            "EvidenceRequested",
            "DisputeAcknowledged",
            "DisputeLogged",
            "DisputeClosed",
            "DisputeReopened",
            "Reminded",
            "DeadLettered",
            "Snoozed",
            "Woken",
            "PostingDrafted",
            "PostingRequested",
            "LedgerPosted",
            "PostingRefused",
            "PostingStuck",
            "PostingRetried",
            "HoldNotTaken");
  }

  @ParameterizedTest
  @MethodSource("eventsWithPersonalData")
  void personal_data_is_in_the_sealed_part_only(CaseEvent event) {
    var json = new EventJson(entry(event));

    assertThat(text(json.facts())).doesNotContain(SECRET);
    assertThat(text(json.personal())).contains(SECRET);
  }

  @ParameterizedTest
  @MethodSource("eventsWithPersonalData")
  void an_event_whose_personal_data_is_erased_can_still_be_read_and_replayed(CaseEvent event) {
    var json = new EventJson(entry(event));

    var read = EventReading.read(In.of(json.facts()), In.empty());

    assertThat(read.event()).isInstanceOf(event.getClass());
    assertThat(text(new EventJson(read).facts())).isEqualTo(text(json.facts()));
  }

  @Test
  void an_erased_report_keeps_what_rules_and_replay_need() {
    var opened = (CaseEvent.Opened) eventsWithPersonalData().findFirst().orElseThrow();

    var read = EventReading.read(In.of(new EventJson(entry(opened)).facts()), In.empty());

    var report = ((CaseEvent.Opened) read.event()).report();
    assertThat(report.caseId()).isEqualTo(opened.report().caseId());
    assertThat(report.money()).isEqualTo(opened.report().money());
    assertThat(report.counterparty())
        .isEqualTo(new Counterparty("cp-1", null, RiskTier.HIGH, true, false));
    assertThat(report.reasonDetails()).isNull();
    assertThat(report.payload()).isNull();
  }

  @Test
  void who_was_assigned_and_then_erased_is_still_somebody() {
    var assigned = entry(new CaseEvent.Assigned(SECRET));

    var read = EventReading.read(In.of(new EventJson(assigned).facts()), In.empty());

    assertThat(read.event()).isEqualTo(new CaseEvent.Assigned("[erased]"));
  }

  @Test
  void what_holds_no_personal_data_has_no_sealed_part() {
    assertThat(new EventJson(entry(new CaseEvent.Reopened("Reopened"))).personal()).isNull();
    assertThat(new EventJson(entry(new CaseEvent.Cleared(null))).personal()).isNull();
  }

  @Test
  void the_stored_shape_is_this_one() {
    assertThat(text(new EventJson(entry(new CaseEvent.Reopened("In review"))).facts()))
        .isEqualTo(
            """
            {"type":"Reopened/1","case":"3b8569d1-792a-8f3f-8c0c-3de77ae8af41","seq":7,\
            "at":"2026-03-02T10:00:00.000001Z","trace":"4bf92f3577b34da6a3ce929d0e0e4736",\
            "actor":{"kind":"person","name":"bank-a"},"body":{"reason":"In review"}}\
            """);
  }

  @Test
  void a_shape_of_a_later_version_is_refused_by_its_name() {
    var later =
        text(new EventJson(entry(new CaseEvent.Reopened("x"))).facts())
            .replace("Reopened/1", "Reopened/2");

    assertThatThrownBy(
            () -> EventReading.read(In.of(later.getBytes(StandardCharsets.UTF_8)), In.empty()))
        .isInstanceOf(Corrupt.class)
        .hasMessage("There is no event \"Reopened/2\".");
  }

  static Stream<CaseEvent> eventsWithPersonalData() {
    var report = personalReport();
    var hash = report.contentHash();
    var callback =
        new Callback(
            "JIRA", "REC-1", Callback.Verdict.ASSIGNED, "Assigned", SECRET, SECRET + " Ana", AT);
    return Stream.of(
        new CaseEvent.Opened(report, hash, report.substanceHash(), AT),
        new CaseEvent.Redetected(report, hash, AT),
        new CaseEvent.Recurred(report, hash, AT),
        new CaseEvent.Cleared(SECRET),
        new CaseEvent.Redriven(SECRET),
        new CaseEvent.Assigned(SECRET),
        new CaseEvent.CallbackReceived(callback),
        new CaseEvent.CallbackIgnored(callback, "The exception is RESOLVED."),
        new CaseEvent.Resolved(new Resolution.External("JIRA", "REC-1", SECRET)),
        new CaseEvent.Resolved(new Resolution.AutoMatch(SECRET)),
        new CaseEvent.Resolved(new Resolution.KnownDifference(SECRET, null)),
        new CaseEvent.ResolutionProposed(Settlements.of(SECRET, AT).resolution()),
        new CaseEvent.ApprovalGiven("sue", "SENIOR", SECRET),
        new CaseEvent.ResolutionRejected("sue", SECRET),
        new CaseEvent.Escalated(new QueueName("senior"), SECRET),
        new CaseEvent.HoldPlaced(HOLD, new Hold.Scope(Hold.Kind.GL_ACCOUNT, "1200"), SECRET, "sue"),
        new CaseEvent.HoldReleased(HOLD, SECRET, null),
        new CaseEvent.Snoozed(AT, SECRET, "sue"),
        new CaseEvent.ProposalMade(
            new Resolution.ForceMatch(SECRET, SECRET, SECRET), "ann", "ANALYST"),
        new CaseEvent.ProposalMade(
            new Resolution.WriteOff(Resolution.WriteOffReason.CANCELLED, SECRET, SECRET),
            "ann",
            "ANALYST"),
        new CaseEvent.ProposalMade(
            new Resolution.Adjustment(
                Resolution.AdjustmentType.OTHER, Money.of("1", "EUR"), SECRET, SECRET, null),
            "ann",
            "ANALYST"),
        new CaseEvent.ProposalMade(
            new Resolution.Split(
                List.of(new Resolution.Split.Part(Money.of("1", "EUR"), "1200")), SECRET),
            "ann",
            "ANALYST"),
        new CaseEvent.Resolved(new Resolution.AutoCleared(SECRET)),
        new CaseEvent.CommentAdded(SECRET + " @ben", List.of("ben")),
        new CaseEvent.CommentRedacted(3, SECRET),
        new CaseEvent.DisputeOpened(DISPUTE, DisputeCategory.OTHER, SECRET, "EXT-1", false),
        new CaseEvent.EvidenceGiven(
            DISPUTE,
            new Evidence(
                SECRET,
                SECRET,
                new Evidence.Upload(DISPUTE, SECRET, "text/plain", 3, "ab".repeat(32)))),
        new CaseEvent.EvidenceRedacted(DISPUTE, 3, DISPUTE, SECRET),
        new CaseEvent.EvidenceRequested(DISPUTE, SECRET),
        new CaseEvent.DisputeAcknowledged(DISPUTE, "EXT-1", SECRET),
        new CaseEvent.DisputeLogged(DISPUTE, DisputeMove.Direction.SENT, "mail", SECRET),
        new CaseEvent.DisputeClosed(DISPUTE, true, SECRET),
        new CaseEvent.DisputeReopened(DISPUTE, SECRET));
  }

  private static ExceptionReport personalReport() {
    var plain = Reports.report("ref-1", AT).build();
    return new ExceptionReport(
        plain.identity(),
        plain.reasonCode(),
        SECRET + " details",
        plain.money(),
        null,
        AT,
        AT,
        null,
        new Counterparty("cp-1", SECRET + " name", RiskTier.HIGH, true, false),
        List.of("SOX"),
        "1200",
        List.of(new Candidate(SECRET, SECRET, null, null, null, SECRET)),
        Map.of(SECRET, SECRET),
        new Payload("{\"x\":\"" + SECRET + "\"}"));
  }

  private static JournalEntry read(EventJson json) {
    var personal = json.personal();
    return EventReading.read(In.of(json.facts()), personal == null ? In.empty() : In.of(personal));
  }

  private static Set<String> names() {
    return records(CaseEvent.class).map(Class::getSimpleName).collect(Collectors.toSet());
  }

  private static Stream<Class<?>> records(Class<?> kind) {
    return kind.isRecord()
        ? Stream.of(kind)
        : Arrays.stream(kind.getPermittedSubclasses()).flatMap(EventJsonTest::records);
  }

  private static JournalEntry entry(CaseEvent event) {
    return new JournalEntry(
        CaseId.parse("3b8569d1-792a-8f3f-8c0c-3de77ae8af41"),
        7,
        AT,
        new Actor.Person("bank-a"),
        "4bf92f3577b34da6a3ce929d0e0e4736",
        event);
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
