package dev.signalbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Runners;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.work.AttemptTable;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A signal box with runners, for tests of what goes outside. */
final class Dispatching implements AutoCloseable {
  static final TargetName WEBHOOK = new TargetName("webhook");
  static final TargetName JIRA = new TargetName("jira");

  final TestBox box;
  private final List<DispatchRunner> started = new ArrayList<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  Dispatching() {
    this(TestBox.open());
  }

  Dispatching(TestBox box) {
    this.box = box;
  }

  /** Three attempts, two at once, a breaker that opens at half of four and pauses shortly. */
  static TargetPolicy quick(Duration attemptTimeout) {
    return new TargetPolicy(
        new RetryPlan(3, Duration.ofMillis(5), Duration.ofMillis(50)),
        2,
        attemptTimeout,
        Duration.ofHours(1),
        new Breaker.Policy(10, 4, 0.5, Duration.ofMillis(200)));
  }

  DispatchRunner runner(TargetPolicy policy, Map<TargetName, Outlet> outlets) {
    return Runners.runner(box, executor, policy, outlets);
  }

  /** A runner that works until this is closed. */
  DispatchRunner started(TargetPolicy policy, Map<TargetName, Outlet> outlets) {
    var runner = runner(policy, outlets);
    started.add(runner);
    runner.start();
    return runner;
  }

  /** An exception that is handed to the webhook at once. */
  CaseId forWebhook(String ref) {
    return reported(ref, ReasonCode.MISSING_RECORD);
  }

  /** An exception that is handed to JIRA at once. */
  CaseId forJira(String ref) {
    return reported(ref, ReasonCode.VALIDATION_FAILED);
  }

  private CaseId reported(String ref, ReasonCode reason) {
    var report =
        Reports.report(ref, TestBox.START.minus(Duration.ofHours(1))).because(reason).build();
    assertThat(box.report(report)).isInstanceOf(Receipt.Done.class);
    return report.caseId();
  }

  /** The handing over that a case waits for. */
  DispatchId pending(CaseId id) {
    var pending = box.state(id).pending();
    if (pending == null) {
      throw new AssertionError("The case " + id + " waits for nobody.");
    }
    return pending.id();
  }

  boolean isDelivered(CaseId id) {
    return box.events(id).contains("DispatchDelivered");
  }

  boolean isDeadLettered(CaseId id) {
    return box.events(id).contains("DispatchDeadLettered");
  }

  /** What came of each attempt, in order. */
  List<String> outcomes(DispatchId dispatch) {
    return box.postgres().database().read(tx -> AttemptTable.of(tx, dispatch, 100)).stream()
        .map(AttemptTable.Made::outcome)
        .toList();
  }

  /** Each target and state there is work in, e.g. {@code webhook HELD}. */
  List<String> levels() {
    return box.postgres().database().read(WorkTable::levels).stream()
        .map(level -> level.target() + " " + level.state())
        .toList();
  }

  @Override
  public void close() {
    started.forEach(DispatchRunner::close);
    executor.shutdownNow();
    box.close();
  }
}
