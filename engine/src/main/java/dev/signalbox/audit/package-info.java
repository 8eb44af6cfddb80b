/**
 * The auditor's look: every chain and every state recomputed from the journal, and compared with
 * what is stored. It knows the journal and the cases, and changes nothing. Start with {@link
 * dev.signalbox.audit.AuditVerify}.
 */
@NullMarked
package dev.signalbox.audit;

import org.jspecify.annotations.NullMarked;
