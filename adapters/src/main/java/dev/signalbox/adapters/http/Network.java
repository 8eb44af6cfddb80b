package dev.signalbox.adapters.http;

import java.net.InetAddress;
import java.util.Arrays;

/** A block of addresses, as in {@code 10.0.0.0/8}. IPv4 in IPv6 counts as IPv4. */
final class Network {
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] address;
  private final int prefix;

  private Network(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * Reads a literal address, with or without a prefix length.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    var address = literal(slash < 0 ? text : text.substring(0, slash));
    int most = address.length * Byte.SIZE;
    int prefix = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > most) {
      throw new IllegalArgumentException("A prefix is from 0 to %d.".formatted(most));
    }
    return new Network(address, prefix);
  }

  private static byte[] literal(String text) {
    return bytes(InetAddress.ofLiteral(text));
  }

  static byte[] bytes(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length == 16 && Arrays.mismatch(bytes, MAPPED) == MAPPED.length
        ? Arrays.copyOfRange(bytes, MAPPED.length, bytes.length)
        : bytes;
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
