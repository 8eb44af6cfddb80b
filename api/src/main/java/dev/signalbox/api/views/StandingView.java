package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.Hold;

/** What stands over a case, as callers see it: holds, its next step, whether it rests. */
final class StandingView {

  private StandingView() {}

  static void write(ObjectNode node, ExceptionCase state) {
    var standing = state.standing();
    if (!standing.holds().isEmpty()) {
      var holds = node.putArray("holds");
      standing.holds().forEach(hold -> write(holds.addObject(), hold));
    }
    var pause = standing.pause();
    var next = state.nextStep();
    if (pause != null) {
      node.putObject("snoozed")
          .put("since", pause.since().toString())
          .put("until", pause.until().toString())
          .put("reason", pause.reason())
          .put("by", pause.by());
      node.putObject("nextStep").put("action", "WAKE").put("at", pause.until().toString());
    } else if (next != null) {
      step(node.putObject("nextStep"), next.step()).put("at", next.at().toString());
    }
  }

  private static void write(ObjectNode node, Hold hold) {
    node.put("id", hold.id().toString())
        .put("on", hold.scope().kind().name())
        .put("value", hold.scope().value())
        .put("reason", hold.reason());
    if (hold.by() != null) {
      node.put("by", hold.by());
    }
    node.put("at", hold.at().toString());
  }

  private static ObjectNode step(ObjectNode node, FallbackStep step) {
    return switch (step) {
      case FallbackStep.Remind remind -> node.put("action", "REMIND");
      case FallbackStep.Reassign to ->
          node.put("action", "REASSIGN").put("queue", to.queue().value());
      case FallbackStep.DeadLetter to ->
          node.put("action", "DEAD_LETTER").put("queue", to.queue().value());
    };
  }

  /** A chain as rules said it. */
  static void chain(ArrayNode node, FallbackDecision said) {
    for (int i = 0; i < said.chain().size(); i++) {
      var step = said.chain().get(i);
      var shown = step(node.addObject().put("after", step.after().toString()), step);
      if (!said.at().isEmpty()) {
        shown.put("at", said.at().get(i).toString());
      }
    }
  }
}
