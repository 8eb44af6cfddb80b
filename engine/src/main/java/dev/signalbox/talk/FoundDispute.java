package dev.signalbox.talk;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.disputes.Dispute;

/** A dispute and the case it is about. */
public record FoundDispute(CaseId caseId, Dispute dispute) {}
