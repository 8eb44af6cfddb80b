package dev.signalbox.api.model;

import static dev.signalbox.rules.RulesetFolder.rule;

import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.RulesetFolder;
import java.nio.file.Path;

/** The few rules under which the model and the service are compared: each goes by the reason. */
final class ModelRules {
  private ModelRules() {}

  static Rulebook in(Path folder) {
    return RulesetFolder.in(folder)
        .with(
            "ruleset.yaml",
            """
            name: model
            description: For the model.
            owner: tests
            reportingCurrency: EUR
            sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
            parameters: {duration: {snoozeAtMost: 20000h}}
            """)
        .route(
            rule("junior", reason("AMOUNT_OUTSIDE_TOLERANCE"), "route.to(\"junior\");"),
            rule("rounding", reason("AMOUNT_WITHIN_TOLERANCE"), "route.to(\"junior\");"),
            rule("vault", reason("FX_VARIANCE"), "route.to(\"vault\").exclusiveLock();"),
            rule("outside", reason("MISSING_RECORD"), "route.to(\"outside\").target(\"webhook\");"),
            rule(
                "compliance",
                reason("DUPLICATE_RECORD"),
                "route.to(\"compliance\").requiredRole(\"COMPLIANCE\");"))
        .resolve(
            rule(
                "accept",
                reason("AMOUNT_WITHIN_TOLERANCE"),
                "resolve.knownDifference(\"Rounding.\");"))
        .approve(
            rule(
                "free",
                "Proposal( kind in (ResolutionKind.FORCE_MATCH, ResolutionKind.SPLIT,"
                    + " ResolutionKind.KNOWN_DIFFERENCE) )",
                "approve.byNobody();"),
            rule(
                "senior",
                "Proposal( kind in (ResolutionKind.WRITE_OFF, ResolutionKind.ADJUSTMENT) )",
                "approve.by(\"SENIOR\");"),
            rule(
                "both",
                "Proposal( kind == ResolutionKind.ADJUSTMENT )",
                "approve.by(\"COMPLIANCE\");"))
        .load();
  }

  private static String reason(String code) {
    return "Item( reasonCode == ReasonCode." + code + " )";
  }
}
