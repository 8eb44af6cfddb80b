/** The lifecycle a second time, in plain words, and the service compared with it. */
@NullMarked
package dev.signalbox.api.model;

import org.jspecify.annotations.NullMarked;
