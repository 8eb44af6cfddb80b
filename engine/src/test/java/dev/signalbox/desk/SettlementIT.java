package dev.signalbox.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Items that the rules settle when they are reported. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettlementIT {
  private static final Reports ITEM =
      Reports.report("S-1", TestBox.START.minus(Duration.ofHours(1)))
          .because(ReasonCode.IDENTIFIER_MISMATCH);

  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void a_clean_item_is_opened_and_matched_in_one_commit_under_the_rules_that_did_it() {
    var clean = ITEM.buildClean();

    assertThat(effect(clean)).isEqualTo(Effect.RECORDED);

    var state = box.state(clean.caseId());
    assertThat(state.status()).isEqualTo(CaseStatus.RESOLVED);
    assertThat(state.resolution()).isEqualTo(new Resolution.AutoMatch("L-1"));
    assertThat(state.nextTimer()).isNull();
    assertThat(box.events(clean.caseId()))
        .containsExactly(
            "Opened",
            "Classified",
            "Routed",
            "ResolutionProposed",
            "ResolutionApproved",
            "Resolved");
    var proposed = (CaseEvent.ResolutionProposed) box.history(clean.caseId()).get(3).event();
    assertThat(proposed.advice().ruleset()).isEqualTo(TestBox.rules().digest());
    assertThat(proposed.advice().fired())
        .extracting(FiredRule::id)
        .containsExactly("resolve-exact-match");
    var approved = (CaseEvent.ResolutionApproved) box.history(clean.caseId()).get(4).event();
    assertThat(approved.advice().fired()).extracting(FiredRule::id).containsExactly("approve-free");
  }

  @Test
  void what_would_go_outside_does_not_when_it_is_matched() {
    var validation =
        Reports.report("S-2", TestBox.START.minus(Duration.ofHours(1)))
            .because(ReasonCode.VALIDATION_FAILED);

    effect(validation.buildClean());

    assertThat(box.events(validation.build().caseId())).doesNotContain("DispatchRequested");
  }

  @Test
  void an_open_item_is_matched_when_a_later_report_brings_the_other_side() {
    assertThat(effect(ITEM.build())).isEqualTo(Effect.RECORDED);
    assertThat(box.state(ITEM.build().caseId()).status()).isEqualTo(CaseStatus.OPEN);

    assertThat(effect(ITEM.buildClean())).isEqualTo(Effect.REDETECTED);

    assertThat(box.events(ITEM.build().caseId()))
        .containsExactly(
            "Opened",
            "Classified",
            "Routed",
            "Redetected",
            "ResolutionProposed",
            "ResolutionApproved",
            "Resolved");
  }

  @Test
  void an_item_that_is_with_an_outside_system_is_not_matched_under_its_hands() {
    effect(ITEM.build());
    box.say(
        ITEM.build().caseId(), new CaseCommand.RequestDispatch(new TargetName("jira"), null, null));

    effect(ITEM.buildClean());

    assertThat(box.state(ITEM.build().caseId()).status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    assertThat(box.events(ITEM.build().caseId())).endsWith("Redetected");
  }

  @Test
  void a_matched_item_that_comes_back_is_left_to_people() {
    var clean = ITEM.buildClean();
    effect(clean);
    box.clock().advance(Duration.ofHours(2));

    var again = ITEM.detectedAt(box.clock().instant()).buildClean();

    assertThat(effect(again)).isEqualTo(Effect.RECURRED);
    var state = box.state(clean.caseId());
    assertThat(state.status()).isEqualTo(CaseStatus.OPEN);
    assertThat(state.resolution()).isNull();
    assertThat(state.detection().recurrences()).isEqualTo(1);
  }

  private Effect effect(ExceptionReport report) {
    return ((Receipt.Done) box.report(report)).effect();
  }
}
