/**
 * Business calendars: which hours of which days count for due times and fallback chains. Calendars
 * are files of a ruleset, so they are versioned, archived and replayed with it. Start with {@link
 * dev.signalbox.rules.calendars.WorkCalendar}.
 */
@NullMarked
package dev.signalbox.rules.calendars;

import org.jspecify.annotations.NullMarked;
