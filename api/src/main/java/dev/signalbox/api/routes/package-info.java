/**
 * The operations of the API, one class for each subject: it reads what was asked, hands it to the
 * desk or another part of the engine, and answers. It knows the engine and no adapter. Start with
 * {@link dev.signalbox.api.routes.HttpApi}.
 */
@NullMarked
package dev.signalbox.api.routes;

import org.jspecify.annotations.NullMarked;
