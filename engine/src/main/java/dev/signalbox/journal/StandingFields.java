package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Fallback;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.Pause;
import dev.signalbox.exceptions.Standing;
import org.jspecify.annotations.Nullable;

/**
 * The fields of what stands over a case, in storage: of the state, and of the events that lead to
 * it.
 */
final class StandingFields {

  private StandingFields() {}

  /** Nothing is written of nothing. */
  static void write(Out out, Standing standing) {
    if (standing.equals(Standing.NONE)) {
      return;
    }
    out.begin("standing").beginList("holds");
    for (var hold : standing.holds()) {
      out.beginItem()
          .put("hold", hold.id().toString())
          .put("kind", hold.scope().kind())
          .put("value", hold.scope().value())
          .put("reason", hold.reason())
          .put("by", hold.by())
          .put("at", hold.at())
          .end();
    }
    out.endList();
    FallbackFields.write(out, standing.fallback());
    var pause = standing.pause();
    if (pause != null) {
      out.begin("pause")
          .put("since", pause.since())
          .put("until", pause.until())
          .put("reason", pause.reason())
          .put("by", pause.by())
          .end();
    }
    out.end();
  }

  static Standing read(@Nullable In in) {
    if (in == null) {
      return Standing.NONE;
    }
    var holds = in.list("holds", StandingFields::hold);
    var chain = in.objectOrNull("fallback");
    var fallback = chain == null ? null : new Fallback(FallbackFields.read(chain, "ahead"));
    return new Standing(holds, fallback, pause(in.objectOrNull("pause")));
  }

  private static Hold hold(In in) {
    return new Hold(
        HoldId.parse(in.text("hold")),
        scope(in),
        in.text("reason"),
        in.textOrNull("by"),
        in.instant("at"));
  }

  private static @Nullable Pause pause(@Nullable In in) {
    return in == null
        ? null
        : new Pause(in.instant("since"), in.instant("until"), in.text("reason"), in.text("by"));
  }

  /** Reasons are words of people. */
  static void write(Out facts, Out personal, CaseEvent.OfHolds event) {
    switch (event) {
      case CaseEvent.HoldPlaced e -> {
        facts
            .put("hold", e.hold().toString())
            .put("kind", e.scope().kind())
            .put("value", e.scope().value())
            .put("by", e.by());
        personal.put("reason", e.reason());
      }
      case CaseEvent.HoldReleased e -> {
        facts.put("hold", e.hold().toString()).put("by", e.by());
        personal.put("reason", e.reason());
      }
    }
  }

  static CaseEvent read(String type, In body, In personal) {
    var hold = HoldId.parse(body.text("hold"));
    var by = body.textOrNull("by");
    var reason = EventReading.erasable(personal, "reason");
    return type.equals("HoldPlaced/1")
        ? new CaseEvent.HoldPlaced(hold, scope(body), reason, by)
        : new CaseEvent.HoldReleased(hold, reason, by);
  }

  private static Hold.Scope scope(In in) {
    return new Hold.Scope(in.value(Hold.Kind.class, "kind"), in.text("value"));
  }
}
