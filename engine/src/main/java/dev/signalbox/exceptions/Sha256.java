package dev.signalbox.exceptions;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, as 64 lower-case hexadecimal digits. */
public record Sha256(String hex) {
  private static final int BYTES = 32;

  public Sha256 {
    if (hex.length() != 2 * BYTES || !HexFormat.isHexDigit(hex.charAt(0))) {
      throw new IllegalArgumentException("\"" + hex + "\" is not a SHA-256 digest in hexadecimal.");
    }
  }

  /** A digest that was computed. */
  public static Sha256 of(byte[] digest) {
    return new Sha256(HexFormat.of().formatHex(digest));
  }

  /** Of some bytes. */
  public static Sha256 over(byte[] content) {
    return of(hashing().digest(content));
  }

  /** For what comes in pieces. */
  public static MessageDigest hashing() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
