/**
 * What the operator decides: a YAML file, then environment variables, then options, the last word
 * counting. Start with {@link dev.signalbox.ops.settings.Settings}.
 */
@NullMarked
package dev.signalbox.ops.settings;

import org.jspecify.annotations.NullMarked;
