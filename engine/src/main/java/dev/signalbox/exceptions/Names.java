package dev.signalbox.exceptions;

/** The one shape of a configured name: visible ASCII, so that it is safe in paths and labels. */
final class Names {
  private static final int LENGTH_MAX = 100;

  private Names() {}

  static void check(String what, String value) {
    if (value.isEmpty()
        || value.length() > LENGTH_MAX
        || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "The %s name \"%s\" is not 1 to %d visible ASCII characters."
              .formatted(what, value, LENGTH_MAX));
    }
  }
}
