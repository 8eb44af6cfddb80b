package dev.signalbox.talk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.audit.AuditVerify;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Comment;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is said, on disk: who finds it, who cannot read it any more, and what the audit proves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TalkIT {
  private static final Reviewer ANA = new Reviewer("ana", List.of("ANALYST"));
  private static TestBox box;

  @BeforeAll
  static void open() {
    box = TestBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Test
  void a_redacted_comment_opens_with_no_key_and_the_chain_verifies() {
    var id = reported("redacted");
    long seq = says(id, "The card is 4711, @ben.");
    says(id, "Thanks.");
    assertThat(text(id, seq)).isEqualTo("The card is 4711, @ben.");
    assertThat(named("ben", id)).hasSize(1);

    box.say(
        id, new CaseCommand.RedactComment(new Comment(seq, "ana", false), ANA, "It named a card."));

    assertThat(text(id, seq)).isEqualTo("[erased]");
    assertThat(text(id, seq + 1)).isEqualTo("Thanks.");
    assertThat(named("ben", id)).isEmpty();
    assertThat(box.state(id).talk().readable()).isEqualTo(1);
    assertThat(box.history(id).getLast().event())
        .isEqualTo(new CaseEvent.CommentRedacted(seq, "It named a card."));
    assertThat(misfit(id)).isNull();
  }

  @Test
  void redacted_evidence_opens_with_no_key_and_its_digest_stays() {
    var id = reported("redacted-evidence");
    var dispute = opens(id);
    var evidence = new Evidence("The card is 4711.", "https://example.com/4711", null);
    box.say(id, new CaseCommand.MoveDispute(new DisputeMove.GiveEvidence(dispute, evidence), ANA));
    long seq = box.state(id).version();
    assertThat(box.history(id).getLast().event())
        .isEqualTo(new CaseEvent.EvidenceGiven(dispute, evidence));

    var key = onlyKey(() -> box.say(id, redactEvidence(dispute, seq)));

    assertThat(box.history(id).get((int) seq - 1).event())
        .isEqualTo(new CaseEvent.EvidenceGiven(dispute, new Evidence("[erased]", null, null)));
    assertThat(misfit(id)).isNull();
    tamper(
        "UPDATE subject_key SET wrapped_key = decode('"
            + key
            + "', 'hex') WHERE wrapped_key IS NULL");
    assertThat(misfit(id))
        .isEqualTo(
            "The row redacts the evidence in row %d, which can still be read.".formatted(seq));
    tamper(
        "UPDATE subject_key SET wrapped_key = NULL WHERE encode(wrapped_key, 'hex') = '"
            + key
            + "'");
  }

  private static CaseCommand redactEvidence(UUID dispute, long seq) {
    return new CaseCommand.RedactEvidence(
        dispute, new Comment(seq, "ana", false), null, ANA, "It named a card.");
  }

  @Test
  void the_service_can_destroy_a_key_and_not_change_one() {
    var id = reported("keys");
    says(id, "Words.");

    assertThat(
            box.postgres()
                .asSuperuser()
                .read(tx ->
                    tx.query(
                        "SELECT has_any_column_privilege('signalbox_app', 'subject_key', 'UPDATE')"
                            + " AS may"))
                .getFirst()
                .bool("may"))
        .isFalse();
  }

  @Test
  void a_comment_that_was_redacted_in_name_only_is_found() {
    var id = reported("in-name-only");
    long seq = says(id, "Words.");
    var key = onlyKey(() -> box.say(id, redact(seq)));

    tamper(
        "UPDATE subject_key SET wrapped_key = decode('"
            + key
            + "', 'hex')"
            + " WHERE wrapped_key IS NULL");

    assertThat(misfit(id))
        .isEqualTo(
            "The row redacts the comment in row %d, which can still be read.".formatted(seq));
    tamper(
        "UPDATE subject_key SET wrapped_key = NULL WHERE encode(wrapped_key, 'hex') = '"
            + key
            + "'");
  }

  @Test
  void mentions_and_disputes_that_the_journal_does_not_know_are_found() {
    var id = reported("tampered");
    says(id, "Look, @dora.");
    var dispute = opens(id);
    assertThat(misfit(id)).isNull();

    tamper("UPDATE mention SET name = 'eve' WHERE name = 'dora'");
    assertThat(misfit(id))
        .isEqualTo("The mentions beside the journal are not those of its comments.");
    tamper("UPDATE mention SET name = 'dora' WHERE name = 'eve'");
    tamper("UPDATE dispute SET state = 'WON' WHERE id = '" + dispute + "'");
    assertThat(misfit(id)).isEqualTo("The disputes beside the case are not those of its state.");
    tamper("UPDATE dispute SET state = 'OPEN' WHERE id = '" + dispute + "'");
    assertThat(misfit(id)).isNull();
  }

  @Test
  void a_dispute_is_found_as_it_stands() {
    var id = reported("found");
    var dispute = opens(id);

    box.say(
        id,
        new CaseCommand.MoveDispute(
            new DisputeMove.RequestEvidence(dispute, "The contract."), ANA));

    var found =
        box.postgres()
            .database()
            .<@Nullable FoundDispute>read(tx -> DisputeTable.find(tx, dispute));
    assertThat(found)
        .isEqualTo(new FoundDispute(id, box.state(id).talk().disputes().getFirst()))
        .extracting(one -> one.dispute().state())
        .isEqualTo(DisputeState.PENDING_EVIDENCE);
  }

  private static CaseCommand redact(long seq) {
    return new CaseCommand.RedactComment(new Comment(seq, "ana", false), ANA, null);
  }

  /** The key that a step destroys, in hexadecimal digits. */
  private static String onlyKey(Runnable step) {
    var sql = "SELECT subject, encode(wrapped_key, 'hex') AS k FROM subject_key ORDER BY 1";
    var before = box.postgres().asSuperuser().read(tx -> tx.query(sql));
    step.run();
    var after = box.postgres().asSuperuser().read(tx -> tx.query(sql));
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).textOrNull("k") != null && after.get(i).textOrNull("k") == null) {
        return before.get(i).text("k");
      }
    }
    throw new AssertionError("No key was destroyed.");
  }

  private static CaseId reported(String ref) {
    var report = Reports.report(ref, TestBox.START).build();
    box.report(report);
    return report.caseId();
  }

  private static long says(CaseId id, String text) {
    var receipt = (Receipt.Done) box.say(id, new CaseCommand.AddComment(text));
    return receipt.state().version();
  }

  private static UUID opens(CaseId id) {
    var open = new DisputeMove.Open(DisputeCategory.AMOUNT_MISMATCH, "Too much.", "EXT-1", false);
    var receipt = (Receipt.Done) box.say(id, new CaseCommand.MoveDispute(open, ANA));
    return receipt.state().talk().disputes().getLast().id();
  }

  /** As a node reads it that has no memory. */
  private static String text(CaseId id, long seq) {
    var event = box.history(id).get((int) seq - 1).event();
    return ((CaseEvent.CommentAdded) event).text();
  }

  private static List<Mention> named(String name, CaseId id) {
    return box
        .postgres()
        .database()
        .read(tx -> MentionTable.of(tx, name, Sight.ALL, null, 9))
        .stream()
        .filter(mention -> mention.place().caseId().equals(id))
        .toList();
  }

  private static @Nullable String misfit(CaseId id) {
    var keys = new SubjectKeys(box.postgres().database(), new MasterKey(new byte[MasterKey.BYTES]));
    var first = new AuditVerify(box.postgres().database(), new JournalReader(keys)).run(id).first();
    return first == null ? null : first.what();
  }

  private static void tamper(String sql) {
    box.postgres().asSuperuser().inTransaction(tx -> tx.update(sql));
  }
}
