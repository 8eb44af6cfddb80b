package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Reviewer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is asked of the desk: a command, or something that becomes one once rules have advised. */
public sealed interface Ask {

  /** The command it is; null for a report, of which nobody knows yet. */
  default CaseCommand.@Nullable Kind kind() {
    return switch (this) {
      case Report report -> null;
      case Redecide redecide -> CaseCommand.Kind.RECLASSIFY;
      case Redrive redrive -> CaseCommand.Kind.REDRIVE;
      case Propose propose -> CaseCommand.Kind.PROPOSE_RESOLUTION;
      case Snooze snooze -> CaseCommand.Kind.SNOOZE;
      case Say say -> say.command().kind();
    };
  }

  /**
   * An item is reported; whether for the first time is for the desk to see.
   *
   * @param released whether a person let it through the storm guard
   */
  record Report(ExceptionReport report, Instant receivedAt, boolean released) implements Ask {}

  /** An age threshold was reached. */
  record Redecide() implements Ask {}

  /** A dead-lettered case is tried again. */
  record Redrive(@Nullable String reason) implements Ask {}

  /** A person proposes how to settle it; rules say who must approve. */
  record Propose(Resolution resolution, Reviewer by) implements Ask {}

  /** A person lets it rest; rules say for how long it may. */
  record Snooze(Instant until, String reason, String by) implements Ask {}

  /** A command that needs no rules. */
  record Say(CaseCommand command) implements Ask {}
}
