package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.Chain;
import dev.signalbox.journal.Inspection;
import dev.signalbox.journal.Inspection.Flawed;
import dev.signalbox.journal.Inspection.Sound;
import dev.signalbox.journal.JournalRow;
import dev.signalbox.talk.Mention;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One case made again from its journal, row by row, up to the first row that does not fit. */
final class Replay {
  private final CaseId caseId;
  private Sha256 head = Chain.GENESIS;
  private @Nullable ExceptionCase state;
  private @Nullable Misfit misfit;
  private final Dispatched dispatched = new Dispatched();
  private long rows;
  private long erased;
  private final Map<Long, List<Mention>> mentions = new HashMap<>();
  private final Set<Long> unreadable = new HashSet<>();

  Replay(CaseId caseId) {
    this.caseId = caseId;
  }

  CaseId caseId() {
    return caseId;
  }

  /** The first row that does not fit; null as long as all do. */
  @Nullable Misfit misfit() {
    return misfit;
  }

  /** The case after all rows that fit; null before the first. */
  @Nullable ExceptionCase state() {
    return state;
  }

  /** The hash of the last row that fits. */
  Sha256 head() {
    return head;
  }

  /** How many rows there were, whether they fit or not. */
  long rows() {
    return rows;
  }

  /** Who is named in what can be read. */
  List<Mention> mentions() {
    return mentions.values().stream().flatMap(List::stream).toList();
  }

  long erased() {
    return erased;
  }

  void add(JournalRow row, Inspection inspection) {
    rows++;
    if (inspection instanceof Sound sound && sound.erased()) {
      erased++;
    }
    if (misfit == null) {
      misfit = checked(row, inspection);
      head = row.hash();
    }
  }

  private @Nullable Misfit checked(JournalRow row, Inspection inspection) {
    if (row.seq() != rows) {
      return new Misfit(caseId, rows, "The row is missing.");
    }
    var what =
        row.previous().equals(head)
            ? switch (inspection) {
              case Flawed flawed -> flawed.flaw();
              case Sound sound -> happens(sound);
            }
            : "The row does not follow the one before it.";
    return what == null ? null : new Misfit(caseId, row.seq(), what);
  }

  /** Lets the event happen; null when it can. */
  private @Nullable String happens(Sound sound) {
    var event = sound.entry().event();
    var misreported = sound.erased() ? null : misreported(event);
    if (misreported != null) {
      return misreported;
    }
    var said = said(event, sound);
    if (said != null) {
      return said;
    }
    try {
      state = next(event, sound);
      dispatched.saw(event);
      return null;
    } catch (IllegalStateException e) {
      return "The row's event cannot have happened then: " + e.getMessage();
    }
  }

  /** What was redacted must not be readable any more. */
  private @Nullable String said(CaseEvent event, Sound sound) {
    var entry = sound.entry();
    if (event instanceof CaseEvent.CommentAdded comment) {
      var place = new Mention.Place(caseId, entry.seq());
      mentions.put(
          entry.seq(),
          comment.mentions().stream().map(name -> new Mention(name, place, entry.at())).toList());
      if (sound.erased()) {
        unreadable.add(entry.seq());
      }
    } else if (event instanceof CaseEvent.EvidenceGiven && sound.erased()) {
      unreadable.add(entry.seq());
    } else if (event instanceof CaseEvent.EvidenceRedacted redacted) {
      return unreadable.contains(redacted.piece())
          ? null
          : "The row redacts the evidence in row %d, which can still be read."
              .formatted(redacted.piece());
    } else if (event instanceof CaseEvent.CommentRedacted redacted) {
      mentions.remove(redacted.comment());
      return unreadable.contains(redacted.comment())
          ? null
          : "The row redacts the comment in row %d, which can still be read."
              .formatted(redacted.comment());
    }
    return null;
  }

  /** What does not add up of what was handed out; null when all does. */
  @Nullable String flawOfDispatches() {
    return state == null ? null : dispatched.flaw(state);
  }

  private ExceptionCase next(CaseEvent event, Sound sound) {
    var at = sound.entry().at();
    if (state != null) {
      return state.after(event, at);
    }
    if (event instanceof CaseEvent.Opened opened && opened.report().caseId().equals(caseId)) {
      return ExceptionCase.from(opened, at);
    }
    throw new IllegalStateException("A journal begins with the report of its exception.");
  }

  /** A report must still have the hashes that were taken of it when it came. */
  private static @Nullable String misreported(CaseEvent event) {
    if (event instanceof CaseEvent.Opened opened) {
      return opened.report().substanceHash().equals(opened.substanceHash())
          ? misreported(opened.report(), opened.contentHash())
          : "The row's report does not have the substance hash beside it.";
    }
    if (event instanceof CaseEvent.Redetected again) {
      return misreported(again.report(), again.contentHash());
    }
    return event instanceof CaseEvent.Recurred again
        ? misreported(again.report(), again.contentHash())
        : null;
  }

  private static @Nullable String misreported(ExceptionReport report, Sha256 contentHash) {
    return report.contentHash().equals(contentHash)
        ? null
        : "The row's report does not have the content hash beside it.";
  }
}
