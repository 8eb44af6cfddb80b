/**
 * How the settings of an outside system are read: strictly, and with an error that says what, where
 * and what to do. It knows no outside system. Start with {@link
 * dev.signalbox.adapters.settings.TargetFields}.
 */
@NullMarked
package dev.signalbox.adapters.settings;

import org.jspecify.annotations.NullMarked;
