package dev.signalbox.rules.check;

/**
 * Something in a rule file that is refused.
 *
 * @param line from 1
 * @param column from 1; 0 where the whole line is meant
 * @param what one sentence: what is wrong, and what to do instead
 */
public record Fault(int line, int column, String what) {}
