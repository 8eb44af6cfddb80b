package dev.signalbox.journal;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Fallback;
import dev.signalbox.exceptions.FallbackStep;
import dev.signalbox.exceptions.QueueName;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of fallback chains, and of what time does, in storage. */
final class FallbackFields {

  private FallbackFields() {}

  static void write(Out out, FallbackDecision said) {
    out.beginList("chain");
    for (int i = 0; i < said.chain().size(); i++) {
      step(out.beginItem(), said.chain().get(i))
          .put("at", said.at().isEmpty() ? null : said.at().get(i))
          .end();
    }
    out.endList();
  }

  private static Out step(Out out, FallbackStep step) {
    out.put("after", step.after().toString());
    return switch (step) {
      case FallbackStep.Remind remind -> out.put("action", "REMIND");
      case FallbackStep.Reassign to ->
          out.put("action", "REASSIGN").put("queue", to.queue().value());
      case FallbackStep.DeadLetter to ->
          out.put("action", "DEAD_LETTER").put("queue", to.queue().value());
    };
  }

  static @Nullable Advice<FallbackDecision> readAdvice(@Nullable In in) {
    if (in == null) {
      return null;
    }
    var planned = read(in, "chain");
    var chain = planned.stream().map(Fallback.Planned::step).toList();
    var at = planned.stream().map(Fallback.Planned::at).toList();
    return DecisionFields.advice(in, new FallbackDecision(chain, at));
  }

  static void write(Out out, @Nullable Fallback fallback) {
    if (fallback != null) {
      out.begin("fallback").beginList("ahead");
      for (var planned : fallback.ahead()) {
        step(out.beginItem(), planned.step()).put("at", planned.at()).end();
      }
      out.endList().end();
    }
  }

  static List<Fallback.Planned> read(In in, String field) {
    return in.list(field, one -> new Fallback.Planned(step(one), one.instant("at")));
  }

  private static FallbackStep step(In in) {
    var after = Duration.parse(in.text("after"));
    return switch (in.text("action")) {
      case "REMIND" -> new FallbackStep.Remind(after);
      case "REASSIGN" -> new FallbackStep.Reassign(after, new QueueName(in.text("queue")));
      case "DEAD_LETTER" -> new FallbackStep.DeadLetter(after, new QueueName(in.text("queue")));
      case String other -> throw new Corrupt("There is no step \"" + other + "\".", null);
    };
  }

  /** Reasons of people are their words. */
  static void write(Out facts, Out personal, CaseEvent.OfTime event) {
    switch (event) {
      case CaseEvent.Reminded e -> facts.put("dueAt", e.dueAt());
      case CaseEvent.DeadLettered e ->
          facts.put("queue", e.to().value()).put("reason", e.reason()).put("dueAt", e.dueAt());
      case CaseEvent.Snoozed e -> {
        facts.put("until", e.until()).put("by", e.by());
        personal.put("reason", e.reason());
      }
      case CaseEvent.Woken e -> facts.put("by", e.by());
    }
  }

  /** Null when it is none of these. */
  static @Nullable CaseEvent read(String type, In body, In personal) {
    return switch (type) {
      case "Reminded/1" -> new CaseEvent.Reminded(body.instant("dueAt"));
      case "DeadLettered/1" ->
          new CaseEvent.DeadLettered(
              new QueueName(body.text("queue")), body.text("reason"), body.instant("dueAt"));
      case "Snoozed/1" ->
          new CaseEvent.Snoozed(
              body.instant("until"), EventReading.erasable(personal, "reason"), body.text("by"));
      case "Woken/1" -> new CaseEvent.Woken(body.textOrNull("by"));
      default -> null;
    };
  }
}
