package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Recorded;
import org.jspecify.annotations.Nullable;

/**
 * What was put to rules for a recorded decision: whoever puts it to the same ruleset gets the same
 * answer. Of all decisions up to a row, the last.
 */
public final class QuestionView implements Recorded.Part<QuestionView> {
  private final long until;
  private boolean known;
  private @Nullable Moment last;

  /**
   * @param until the row of the journal
   */
  public QuestionView(long until) {
    this.until = until;
  }

  /** Whether there is such an exception. */
  public boolean isKnown() {
    return known;
  }

  /** The decision; null when there is none up to the row. */
  public @Nullable Moment last() {
    return last;
  }

  @Override
  public void take(Moment moment) {
    if (moment.seq() <= until && moment.said().ruleset() != null) {
      last = moment;
    }
  }

  @Override
  public void end(CaseId exception) {
    known = true;
  }

  /** One exception has no other parts. */
  @Override
  public void join(QuestionView other) {
    throw new UnsupportedOperationException("One exception is read by one thread.");
  }

  public static ObjectNode of(Moment moment, Sha256 ruleset) {
    var question = moment.question();
    var detection = question.detection();
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", moment.exception().toString())
            .put("seq", moment.seq())
            .put("occasion", moment.occasion().name())
            .put("at", moment.at().toString())
            .put("ruleset", ruleset.hex())
            .put("asOf", question.asOf().toString())
            .put("firstDetectedAt", detection.first().toString())
            .put("lastDetectedAt", detection.last().toString())
            .put("recurrences", detection.recurrences());
    CaseView.report(node.putObject("report"), question.report());
    return node;
  }
}
