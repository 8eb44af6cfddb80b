package dev.signalbox.adapters.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An object that is read: the store may take its time once, not for every byte, and what is not
 * read to its end is broken off, not fetched to be thrown away.
 */
final class BoundedRead extends FilterInputStream {
  private final ResponseInputStream<?> object;
  private final long nanosMax;
  private long nanos;
  private boolean atEnd;

  BoundedRead(ResponseInputStream<?> object, Duration max) {
    super(object);
    this.object = object;
    nanosMax = max.toNanos();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (nanos > nanosMax) {
      throw new IOException("The store took too long over it.");
    }
    long began = System.nanoTime();
    try {
      int count = object.read(target, from, length);
      atEnd = count < 0;
      return count;
    } catch (SdkException e) {
      throw new IOException(e);
    } finally {
      nanos += System.nanoTime() - began;
    }
  }

  @Override
  public void close() throws IOException {
    if (atEnd) {
      object.close();
    } else {
      object.abort();
    }
  }
}
