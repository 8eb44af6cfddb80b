package dev.signalbox.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that can be said to a case: the table of contents of the product. A command carries the
 * advice it needs, so that deciding it is a pure function.
 */
public sealed interface CaseCommand {

  /** The word for it in tables, refusals and metrics. */
  Kind kind();

  /** The commands by name. */
  enum Kind {
    OPEN,
    REPORT_AGAIN,
    CLEAR,
    DISPATCH,
    RECORD_DELIVERY,
    RECORD_DELIVERY_FAILURE,
    CALLBACK,
    RECLASSIFY,
    MARK_OVERDUE,
    REDRIVE;

    /** As a person writes it: {@code record delivery}. */
    public String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * The first report of an item.
   *
   * @param settlement how rules settle it; null when they leave it to people
   */
  record Open(
      ExceptionReport report,
      Instant receivedAt,
      Assessment assessment,
      @Nullable Settlement settlement)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.OPEN;
    }
  }

  /**
   * A further report of an item that is already known.
   *
   * @param settlement how rules settle it; null when they leave it to people
   */
  record ReportAgain(
      ExceptionReport report,
      Instant receivedAt,
      Assessment assessment,
      @Nullable Settlement settlement)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REPORT_AGAIN;
    }
  }

  /** The source withdraws the item. */
  record Clear(@Nullable String reason) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.CLEAR;
    }
  }

  /**
   * Hand the exception to an outside system.
   *
   * @param again the handing over that failed and is tried again, under the same id, since it may
   *     have arrived; null for a new one
   */
  record RequestDispatch(TargetName target, @Nullable QueueName queue, @Nullable DispatchId again)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.DISPATCH;
    }
  }

  /**
   * The outside system took it.
   *
   * @param answerDueAt until when its answer is awaited; null when none is expected
   */
  record RecordDelivery(
      DispatchId dispatch, @Nullable String externalReference, @Nullable Instant answerDueAt)
      implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECORD_DELIVERY;
    }
  }

  /** The outside system did not take it, and will not be asked again. */
  record RecordDeliveryFailure(DispatchId dispatch, String reason) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECORD_DELIVERY_FAILURE;
    }
  }

  /** The outside system answers. */
  record AcceptCallback(Callback callback) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.CALLBACK;
    }
  }

  /** An age threshold was reached: decide again. */
  record Reclassify(Assessment assessment) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.RECLASSIFY;
    }
  }

  /** A due time passed: of the case, or of the outside system's answer. */
  record MarkOverdue(Overdue what) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.MARK_OVERDUE;
    }
  }

  /** Try a dead-lettered case again, under the rules of now. */
  record Redrive(@Nullable String reason, Assessment assessment) implements CaseCommand {
    @Override
    public Kind kind() {
      return Kind.REDRIVE;
    }
  }
}
