package dev.signalbox.api.http;

import dev.signalbox.access.Access;
import dev.signalbox.db.Database;
import dev.signalbox.desk.Desk;
import dev.signalbox.dispatch.DeadLetters;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.review.Batches;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rulesets.RulesetDesk;
import dev.signalbox.shadow.ShadowRunner;
import dev.signalbox.signals.Signals;
import dev.signalbox.talk.EvidenceFiles;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the API speaks for.
 *
 * @param blocking one virtual thread per task
 * @param budgets how much each caller may ask of the outside
 * @param rules the rulebook that decides now
 * @param shadow who asks candidates on this node
 * @param callbacks the readers of signed answers, by target
 * @param breakers the state of each target's breaker
 * @param metrics the page for Prometheus
 */
public record Collaborators(
    Database database,
    Desk desk,
    Intake intake,
    JournalReader journal,
    EvidenceFiles files,
    DeadLetters deadLetters,
    Batches batches,
    Access access,
    Budgets budgets,
    Supplier<Rulebook> rules,
    RulesetDesk rulesets,
    ShadowRunner shadow,
    Map<TargetName, CallbackReader> callbacks,
    Supplier<Map<TargetName, String>> breakers,
    Supplier<String> metrics,
    Signals signals,
    Executor blocking,
    InstantSource clock) {
  public Collaborators {
    callbacks = Map.copyOf(callbacks);
  }
}
