/**
 * YAML files of a ruleset, read strictly: whatever does not fit becomes a finding. It knows
 * findings and durations, and nothing of what the fields mean.
 */
@NullMarked
package dev.signalbox.rules.yaml;

import org.jspecify.annotations.NullMarked;
