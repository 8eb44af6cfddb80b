package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Journeys of an exception from its report to its end. They run wherever somebody can act: at the
 * desk, and over HTTP, which must make no difference.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class JourneyContract {

  /** Who acts. Each answer is the word of its effect, or the code of its refusal. */
  public interface Driver extends AutoCloseable {
    /** Reports an item of a day, with an amount in euro. */
    String reports(String ref, String amount, Instant transactionDate);

    String clears(String ref);

    String dispatches(String ref, String target);

    /** Tells what JIRA says of it: RESOLVED, REOPENED. */
    String answers(String ref, String verdict);

    String status(String ref);

    String severity(String ref);

    List<String> events(String ref);

    /** Lets time pass, and every timer happen that is due then. */
    void passes(Duration time);

    @Override
    void close();
  }

  private Driver driver;

  protected abstract Driver driver();

  @BeforeEach
  void begin() {
    driver = driver();
  }

  @AfterEach
  void end() {
    driver.close();
  }

  private String reports(String amount) {
    return driver.reports("J-1", amount, TestBox.START.minus(Duration.ofHours(1)));
  }

  private void hasHappened(String... events) {
    assertThat(driver.events("J-1")).containsExactly(events);
  }

  @Test
  void an_item_is_recorded_once_and_told_again_when_it_is_repeated() {
    assertThat(reports("100.00")).isEqualTo("recorded");
    assertThat(reports("100.00")).isEqualTo("duplicate");
    assertThat(reports("100.01")).isEqualTo("CONFLICT");

    assertThat(driver.status("J-1")).isEqualTo("OPEN");
    hasHappened("Opened", "Classified", "Routed", "ConflictingReport");
  }

  @Test
  void an_item_goes_out_and_is_resolved_by_the_answer_and_later_answers_change_nothing() {
    reports("100.00");

    assertThat(driver.answers("J-1", "RESOLVED")).isEqualTo("NOT_ALLOWED");
    assertThat(driver.dispatches("J-1", "jira")).isEqualTo("changed");
    assertThat(driver.status("J-1")).isEqualTo("PENDING_RESOLUTION");
    assertThat(driver.answers("J-1", "RESOLVED")).isEqualTo("changed");
    assertThat(driver.answers("J-1", "REOPENED")).isEqualTo("NOT_ALLOWED");

    assertThat(driver.status("J-1")).isEqualTo("RESOLVED");
    hasHappened(
        "Opened",
        "Classified",
        "Routed",
        "CallbackIgnored",
        "DispatchRequested",
        "CallbackReceived",
        "Resolved",
        "CallbackIgnored");
  }

  @Test
  void an_item_that_comes_back_can_go_out_again_or_be_withdrawn() {
    reports("100.00");
    driver.dispatches("J-1", "jira");

    assertThat(driver.answers("J-1", "REOPENED")).isEqualTo("changed");
    assertThat(driver.status("J-1")).isEqualTo("OPEN");
    assertThat(driver.dispatches("J-1", "jira")).isEqualTo("changed");
    assertThat(driver.clears("J-1")).isEqualTo("cleared");

    assertThat(driver.status("J-1")).isEqualTo("RESOLVED");
    assertThat(driver.clears("J-1")).isEqualTo("NOT_ALLOWED");
    assertThat(driver.events("J-1")).endsWith("DispatchRequested", "Cleared");
  }

  @Test
  void an_item_grows_more_severe_while_nobody_looks() {
    reports("100.00");
    var young = driver.severity("J-1");

    driver.passes(Duration.ofDays(40));

    assertThat(driver.severity("J-1")).isNotEqualTo(young);
    assertThat(driver.events("J-1")).contains("Reclassified");
  }

  @Test
  void nobody_can_do_anything_with_what_nobody_reported() {
    assertThat(driver.clears("J-9")).isEqualTo("NOT_FOUND");
    assertThat(driver.dispatches("J-9", "jira")).isEqualTo("NOT_FOUND");
    assertThat(driver.answers("J-9", "RESOLVED")).isEqualTo("NOT_FOUND");
  }
}
