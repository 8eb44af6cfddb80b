package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.testkit.Reports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments and disputes, as the domain decides about them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversationTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final ExceptionReport REPORT = Reports.report("ref-1", NOW).build();
  private static final Reviewer ANA = new Reviewer("ana", List.of("ANALYST"));
  private static final Reviewer CHO = new Reviewer("cho", List.of("COMPLIANCE"));

  private ExceptionCase state =
      ExceptionCase.from(
          new CaseEvent.Opened(REPORT, REPORT.contentHash(), REPORT.substanceHash(), NOW), NOW);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Ask @ben.                        | ben
          @ann.lee, look; and @ben (again @ben)! | ann.lee,ben
          write to x@example.com           | ``
          (@sue@example.com)               | sue@example.com
          @ nobody, @@ neither             | ``
          @jürgen_7: see above             | jürgen_7
          """)
  void a_mention_is_a_name_after_an_at_sign(String text, String names) {
    assertThat(String.join(",", Comment.mentions(text))).isEqualTo(names);
  }

  @Test
  void what_somebody_wrote_is_redacted_by_the_author_or_by_compliance() {
    var comment = new Comment(4, "ben", false);

    assertThat(refusal(new CaseCommand.RedactComment(comment, ANA, null)))
        .isEqualTo("Only somebody with the role COMPLIANCE redacts what somebody else wrote.");
    assertThat(decide(new CaseCommand.RedactComment(comment, CHO, "A card number.")))
        .isEqualTo(new Accepted(List.of(new CaseEvent.CommentRedacted(4, "A card number."))));
    assertThat(decide(new CaseCommand.RedactComment(new Comment(4, "ana", true), ANA, "Again.")))
        .isEqualTo(new Accepted(List.of()));
  }

  @Test
  void a_dispute_takes_only_what_it_can_where_it_stands() {
    var id = open(true);
    assertThat(refusal(move(new DisputeMove.Close(id, true, "They pay."))))
        .isEqualTo("The dispute is DRAFT; this is possible while it is OPEN or PENDING_EVIDENCE.");
    does(move(new DisputeMove.Submit(id, "EXT-1")), DisputeState.OPEN);
    does(move(new DisputeMove.RequestEvidence(id, "The contract.")), DisputeState.PENDING_EVIDENCE);
    does(move(new DisputeMove.GiveEvidence(id, piece())), DisputeState.OPEN);
    does(move(new DisputeMove.Close(id, false, "They do not.")), DisputeState.LOST);
    assertThat(refusal(move(new DisputeMove.GiveEvidence(id, piece()))))
        .isEqualTo(
            "The dispute is LOST; this is possible while it is DRAFT or OPEN or PENDING_EVIDENCE.");
    does(move(new DisputeMove.Reopen(id, "There is a contract.")), DisputeState.OPEN);
    does(move(new DisputeMove.Close(id, true, "They pay.")), DisputeState.WON);
    assertThat(refusal(move(new DisputeMove.Reopen(id, "Why not."))))
        .isEqualTo("The dispute is WON; this is possible while it is LOST.");
    assertThat(refusal(move(new DisputeMove.Submit(new UUID(1, 1), null))))
        .isEqualTo("The exception has no dispute 00000000-0000-0001-0000-000000000001.");
  }

  @Test
  void there_is_an_end_to_what_is_said() {
    var id = open(false);
    for (int i = 0; i < Conversation.EVIDENCE_MAX; i++) {
      happens(new CaseEvent.EvidenceGiven(id, piece()));
    }
    for (int i = 1; i < Conversation.DISPUTES_MAX; i++) {
      open(false);
    }
    for (int i = 0; i < Conversation.COMMENTS_MAX; i++) {
      happens(new CaseEvent.CommentAdded("Hm.", List.of()));
    }

    assertThat(refusal(move(new DisputeMove.GiveEvidence(id, piece()))))
        .isEqualTo("The dispute has 50 pieces of evidence, and takes no more.");
    assertThat(refusal(move(new DisputeMove.Open(DisputeCategory.OTHER, "Hm.", null, false))))
        .isEqualTo("The exception has 20 disputes, and takes no more.");
    assertThat(refusal(new CaseCommand.AddComment("Hm.")))
        .isEqualTo("The exception has 1000 comments, and takes no more.");
  }

  @Test
  void a_lost_dispute_is_looked_at_again_by_who_has_the_exception_or_closed_it() {
    var id = open(false);
    assertThat(closed(id, false)).isEqualTo(new CaseEvent.ReviewStarted("ana"));
    happens(new CaseEvent.Assigned("ben"));
    assertThat(closed(id, false)).isEqualTo(new CaseEvent.ReviewStarted("ben"));
    happens(new CaseEvent.ReviewStarted("ben"));
    assertThat(closed(id, false)).isNull();
  }

  @Test
  void with_a_won_dispute_the_exception_is_back_where_it_is_settled() {
    var id = open(false);
    assertThat(closed(id, true)).isNull();
    happens(new CaseEvent.ReviewStarted("ben"));
    assertThat(closed(id, true)).isEqualTo(new CaseEvent.Assigned("ben"));
  }

  private @Nullable CaseEvent closed(UUID id, boolean won) {
    var events = ((Accepted) decide(move(new DisputeMove.Close(id, won, "So it is.")))).events();
    assertThat(events.getFirst()).isEqualTo(new CaseEvent.DisputeClosed(id, won, "So it is."));
    return events.size() == 1 ? null : events.getLast();
  }

  private UUID open(boolean draft) {
    var open = new DisputeMove.Open(DisputeCategory.OTHER, "They took too much.", null, draft);
    for (var event : ((Accepted) decide(move(open))).events()) {
      happens(event);
    }
    var dispute = state.talk().disputes().getLast();
    assertThat(dispute.id()).isEqualTo(EventId.of(state.id(), state.version()).value());
    return dispute.id();
  }

  private void does(CaseCommand command, DisputeState to) {
    ((Accepted) decide(command)).events().forEach(this::happens);
    assertThat(state.talk().disputes().getFirst().state()).isEqualTo(to);
  }

  private void happens(CaseEvent event) {
    state = state.after(event, NOW);
  }

  private Outcome decide(CaseCommand command) {
    return Lifecycle.decide(state.id(), state, command, NOW);
  }

  private String refusal(CaseCommand command) {
    return ((Refused) decide(command)).refusal().detail();
  }

  private static CaseCommand move(DisputeMove move) {
    return new CaseCommand.MoveDispute(move, ANA);
  }

  private static Evidence piece() {
    return new Evidence("The statement.", null, null);
  }
}
