/**
 * Hands exceptions to JIRA Cloud as issues (REST v3), and reads its signed webhooks. It knows the
 * ports of the outside and no other adapter. Start with {@link
 * dev.signalbox.adapters.jira.JiraOutlet}.
 */
@NullMarked
package dev.signalbox.adapters.jira;

import org.jspecify.annotations.NullMarked;
