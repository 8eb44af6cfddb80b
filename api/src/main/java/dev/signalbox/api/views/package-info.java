/**
 * What callers see of the domain's values, as JSON: one shape for each, wherever it is shown. Pure.
 */
@NullMarked
package dev.signalbox.api.views;

import org.jspecify.annotations.NullMarked;
