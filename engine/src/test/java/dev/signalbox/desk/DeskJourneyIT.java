package dev.signalbox.desk;

import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.testkit.JourneyContract;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The journeys, at the desk. */
class DeskJourneyIT extends JourneyContract {

  @Override
  protected Driver driver() {
    return new AtTheDesk(TestBox.open());
  }

  /** Says everything to the desk itself. */
  private record AtTheDesk(TestBox box) implements Driver {

    private static CaseId id(String ref) {
      return Reports.report(ref, TestBox.START).build().caseId();
    }

    private static String word(Receipt receipt) {
      return switch (receipt) {
        case Receipt.Done done -> done.effect().word();
        case Receipt.Refused refused -> refused.refusal().code();
        case Receipt.HeldBack held -> "HELD_BACK";
        case Receipt.LeaseLost lost -> "LEASE_LOST";
      };
    }

    @Override
    public String reports(String ref, String amount, Instant transactionDate) {
      return word(box.report(Reports.report(ref, transactionDate).of(amount).build()));
    }

    @Override
    public String clears(String ref) {
      return word(box.say(id(ref), new CaseCommand.Clear(null)));
    }

    @Override
    public String dispatches(String ref, String target) {
      return word(
          box.say(id(ref), new CaseCommand.RequestDispatch(new TargetName(target), null, null)));
    }

    @Override
    public String answers(String ref, String verdict) {
      var callback =
          new Callback("jira", null, Callback.Verdict.valueOf(verdict), verdict, null, null, null);
      return word(box.say(id(ref), new CaseCommand.AcceptCallback(callback)));
    }

    @Override
    public String status(String ref) {
      return box.state(id(ref)).status().name();
    }

    @Override
    public String severity(String ref) {
      var classification = box.state(id(ref)).classification();
      return classification == null ? "" : classification.severity().name();
    }

    @Override
    public List<String> events(String ref) {
      return box.events(id(ref));
    }

    @Override
    public void passes(Duration time) {
      box.clock().advance(time);
      box.letTimersHappen();
    }

    @Override
    public void close() {
      box.close();
    }
  }
}
