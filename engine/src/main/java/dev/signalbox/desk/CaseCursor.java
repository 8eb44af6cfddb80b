package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * A place between two items of a list in one order.
 *
 * @param value what the item beside it is ordered by, as text
 * @param id the item beside it
 * @param backwards whether the page lies before it
 */
public record CaseCursor(
    CaseSort sort, boolean descending, String value, CaseId id, boolean backwards) {

  /** Opaque to callers. */
  public String text() {
    var parts =
        String.join(
            "|", sort.name(), descending ? "d" : "a", backwards ? "b" : "f", id.toString(), value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(parts.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads {@link #text} back.
   *
   * @throws IllegalArgumentException when it is not one of ours
   */
  public static CaseCursor parse(String text) {
    try {
      var decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      var parts = decoded.split("\\|", 5);
      if (parts.length == 5) {
        var sort = CaseSort.valueOf(parts[0]);
        sort.check(parts[4]);
        return new CaseCursor(
            sort,
            parts[1].equals("d"),
            parts[4],
            new CaseId(UUID.fromString(parts[3])),
            parts[2].equals("b"));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(text), e);
    }
    throw new IllegalArgumentException(wrong(text));
  }

  private static String wrong(String text) {
    return "\"%s\" is not a cursor of this list. Maybe begin again without one.".formatted(text);
  }
}
