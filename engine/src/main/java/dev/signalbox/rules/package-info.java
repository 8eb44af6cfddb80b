/**
 * Rulesets: reading a folder, compiling it, and asking it. The only package that knows Drools; what
 * comes out are values of the domain, with the rules that led to them. Start with {@link
 * dev.signalbox.rules.Rulesets} and {@link dev.signalbox.rules.Rulebook}.
 */
@NullMarked
package dev.signalbox.rules;

import org.jspecify.annotations.NullMarked;
