/**
 * What the tests of all modules lean on: a real PostgreSQL, generators with seeds, contract kits,
 * and the driver that speaks the domain's verbs.
 */
@NullMarked
package dev.signalbox.testkit;

import org.jspecify.annotations.NullMarked;
