/** What the rule author's commands do, beside reading their arguments. No database, no instance. */
@NullMarked
package dev.signalbox.ops.author;

import org.jspecify.annotations.NullMarked;
