/**
 * How often rules fire in what is committed, and how long they take. It knows decisions, and
 * nothing of how they are made.
 */
@NullMarked
package dev.signalbox.rules.hits;

import org.jspecify.annotations.NullMarked;
