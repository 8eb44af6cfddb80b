/**
 * What is told of rulesets, in the forms that people and machines read: lines, JSON, JUnit's XML
 * and SARIF. It knows findings, and nothing of how they are found.
 */
@NullMarked
package dev.signalbox.ops.findings;

import org.jspecify.annotations.NullMarked;
