package dev.signalbox.ops.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Authority;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a node is set up.
 *
 * @param host the address it listens on; the loopback address unless told otherwise
 * @param port 0 for any free one
 * @param data where the embedded database and the secrets live
 * @param databaseUrl an outside PostgreSQL; null for the embedded one
 * @param adminKey the admin's API key; null to make one
 * @param journalKey the journal's master key, 64 hexadecimal digits; null to keep one in data
 * @param rulesets where the rules that decide come from
 * @param storms the caps of the storm guard, by context
 * @param targets the outside systems, as configured, by name
 * @param identity where people come from; null when only keys let somebody in
 * @param otlpEndpoint where telemetry is sent; null for nowhere
 * @param intake how much is committed at once
 * @param audit how the auditor looks
 * @param ledger where resolutions are posted
 * @param evidence where files that are evidence lie
 * @param authority what each role may take on
 * @param budgets what a caller may ask of the outside in a minute, by the budget's name
 */
public record Settings(
    String host,
    int port,
    Path data,
    @Nullable String databaseUrl,
    @Nullable String adminKey,
    @Nullable String journalKey,
    RulesetSettings rulesets,
    Map<String, StormGuard.Cap> storms,
    Map<TargetName, JsonNode> targets,
    @Nullable IdentitySettings identity,
    @Nullable String otlpEndpoint,
    Intake.Shape intake,
    AuditSettings audit,
    LedgerSettings ledger,
    EvidenceSettings evidence,
    Authority authority,
    Map<String, Integer> budgets) {
  public Settings {
    storms = Map.copyOf(storms);
    targets = Map.copyOf(targets);
    budgets = Map.copyOf(budgets);
  }

  public Settings at(int newPort) {
    return new Settings(
        host,
        newPort,
        data,
        databaseUrl,
        adminKey,
        journalKey,
        rulesets,
        storms,
        targets,
        identity,
        otlpEndpoint,
        intake,
        audit,
        ledger,
        evidence,
        authority,
        budgets);
  }

  public Settings in(Path newData) {
    return new Settings(
        host,
        port,
        newData,
        databaseUrl,
        adminKey,
        journalKey,
        rulesets,
        storms,
        targets,
        identity,
        otlpEndpoint,
        intake,
        audit,
        ledger,
        evidence,
        authority,
        budgets);
  }

  public Settings with(Map<TargetName, JsonNode> newTargets) {
    return new Settings(
        host,
        port,
        data,
        databaseUrl,
        adminKey,
        journalKey,
        rulesets,
        storms,
        newTargets,
        identity,
        otlpEndpoint,
        intake,
        audit,
        ledger,
        evidence,
        authority,
        budgets);
  }

  public Settings lettingIn(IdentitySettings newIdentity) {
    return new Settings(
        host,
        port,
        data,
        databaseUrl,
        adminKey,
        journalKey,
        rulesets,
        storms,
        targets,
        newIdentity,
        otlpEndpoint,
        intake,
        audit,
        ledger,
        evidence,
        authority,
        budgets);
  }

  public Settings taking(Intake.Shape newIntake) {
    return new Settings(
        host,
        port,
        data,
        databaseUrl,
        adminKey,
        journalKey,
        rulesets,
        storms,
        targets,
        identity,
        otlpEndpoint,
        newIntake,
        audit,
        ledger,
        evidence,
        authority,
        budgets);
  }

  /** For logs: without secrets. */
  @Override
  public String toString() {
    return "Settings(%s:%d, data %s, ruleset %s, targets %s)"
        .formatted(host, port, data, rulesets.folder(), targets.keySet());
  }
}
