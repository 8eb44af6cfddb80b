package dev.signalbox.api.routes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A JSON list of reports, taken apart, so that each can be refused by itself. */
final class ReportList {
  static final int ITEMS_MAX = 1_000;
  static final int BYTES_MAX = 16 << 20;

  /** More than a report may have, so that a report says itself that it is nested too deeply. */
  private static final int DEPTH_MAX = 70;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(BYTES_MAX)
                  .build())
          .build();

  private ReportList() {}

  /**
   * The texts of the items, as they stand in the list.
   *
   * @throws IllegalArgumentException in words for the sender, when it is no list of 1 to {@value
   *     #ITEMS_MAX} items
   */
  static List<byte[]> items(byte[] body) {
    List<byte[]> items;
    try {
      items = cut(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("The text is not a JSON list of objects.", e);
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("The list is empty.");
    }
    return items;
  }

  private static List<byte[]> cut(byte[] body) throws IOException {
    var items = new ArrayList<byte[]>();
    try (var json = JSON.createParser(body)) {
      json.nextToken();
      for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
        if (token == null) {
          throw new IOException("The list does not end.");
        }
        if (items.size() == ITEMS_MAX) {
          throw new IllegalArgumentException(
              "A list has at most %d reports. Maybe send a stream (application/x-ndjson)."
                  .formatted(ITEMS_MAX));
        }
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        int to = (int) json.currentLocation().getByteOffset();
        if (from < 0 || to < from) {
          throw new IOException("Not UTF-8: there are no byte offsets.");
        }
        items.add(Arrays.copyOfRange(body, from, to));
      }
      if (json.nextToken() != null) {
        throw new IOException("There is more text after the list.");
      }
    }
    return items;
  }
}
