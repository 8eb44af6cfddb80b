package dev.signalbox.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing sequence minimal by deleting steps. */
final class Shrinker {
  private Shrinker() {}

  /**
   * A part of the sequence that still fails, and none of whose steps can be left out.
   *
   * @param sequence one that fails
   * @param fails whether a sequence fails; the same for the same sequence
   */
  static <T> List<T> minimal(List<T> sequence, Predicate<List<T>> fails) {
    var shortest = List.copyOf(sequence);
    int chunk = Math.max(1, shortest.size() / 2);
    while (true) {
      boolean isShorter = false;
      for (int from = 0; from < shortest.size(); ) {
        var fewer = new ArrayList<>(shortest);
        fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
        if (fails.test(fewer)) {
          shortest = List.copyOf(fewer);
          isShorter = true;
        } else {
          from += chunk;
        }
      }
      if (chunk == 1 && !isShorter) {
        return shortest;
      }
      chunk = isShorter ? chunk : Math.max(1, chunk / 2);
    }
  }
}
