/**
 * Words that people mistype, in settings, commands and reports alike. It knows nothing. Start with
 * {@link dev.signalbox.words.Nearest}.
 */
@NullMarked
package dev.signalbox.words;

import org.jspecify.annotations.NullMarked;
