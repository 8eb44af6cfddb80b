package dev.signalbox.recall;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.ProposalQuestion;

/**
 * Rules were asked who must approve what a person proposed: what they saw, and what they said.
 *
 * @param seq the row of the journal that has the answer
 * @param severity of the exception then
 * @param erased whether part of what they saw is gone
 */
public record Proposed(
    CaseId exception,
    long seq,
    ProposalQuestion question,
    Severity severity,
    boolean erased,
    Advice<ApprovalDecision> approval) {}
