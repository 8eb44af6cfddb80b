package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.ExceptionCase;

/** What stands over a case, as callers see it. */
final class StandingView {

  private StandingView() {}

  static void write(ObjectNode node, ExceptionCase state) {
    var standing = state.standing();
    if (!standing.holds().isEmpty()) {
      var holds = node.putArray("holds");
      for (var hold : standing.holds()) {
        var shown =
            holds
                .addObject()
                .put("id", hold.id().toString())
                .put("on", hold.scope().kind().name())
                .put("value", hold.scope().value())
                .put("reason", hold.reason());
        if (hold.by() != null) {
          shown.put("by", hold.by());
        }
        shown.put("at", hold.at().toString());
      }
    }
  }
}
