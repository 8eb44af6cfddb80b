package dev.signalbox.journal;

import java.util.HexFormat;

/**
 * Whose personal data a sealed part holds: a counterparty, or the case itself where none is named.
 * Only a keyed digest, so that the table of keys names nobody.
 *
 * @param hex 64 hexadecimal digits
 */
public record Subject(String hex) {
  static Subject of(byte[] digest) {
    return new Subject(HexFormat.of().formatHex(digest));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
