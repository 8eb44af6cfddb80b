package dev.signalbox.api.http;

import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.intake.Overloaded;
import dev.signalbox.outside.StoreAway;
import dev.signalbox.talk.FileDamaged;

/** What a failure is to a caller: the world's, the caller's own, or ours. */
final class FailureProblems {

  private FailureProblems() {}

  /** The problem; its status is 500 when nobody expected the failure. */
  static Problem of(Throwable failure) {
    return switch (failure) {
      case Unavailable away ->
          Problem.unavailable(
              away.outcomeUnknown()
                  ? "The database did not answer in time; whether this was stored is unknown."
                      + " It is safe to repeat."
                  : "The database is not available; nothing was stored. It is safe to repeat.");
      case StoreAway away ->
          Problem.unavailable(
              "The store of files is not available; nothing was stored. It is safe to repeat.");
      case FileDamaged damaged ->
          Problem.of(
              500,
              "DAMAGED",
              "The file is damaged.",
              "The file is not the one that was taken in, and is not given out; the log says more.");
      case Overloaded many -> Problem.unavailable(String.valueOf(many.getMessage()));
      case IllegalArgumentException invalid ->
          Problem.invalid(String.valueOf(invalid.getMessage()));
      default ->
          Problem.of(
              500,
              "FAILED",
              "Something went wrong here.",
              "The request could not be handled; the log has the cause.");
    };
  }
}
