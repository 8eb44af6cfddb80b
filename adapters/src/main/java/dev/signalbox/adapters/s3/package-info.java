/**
 * Files in a bucket of an S3-compatible store. The only room that knows Amazon's library; it is
 * loaded with the first file that goes there or comes from there. May know the port of stores and
 * how settings are read.
 */
@NullMarked
package dev.signalbox.adapters.s3;

import org.jspecify.annotations.NullMarked;
