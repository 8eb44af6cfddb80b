package dev.signalbox.rules.review;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which rules may fire for the same item, by the values that their conditions name: of thousands
 * that are each for one counterparty, only those for the same one. It may name too many, but never
 * too few.
 */
final class Neighbours {
  private final Map<String, Long> popularity = new HashMap<>();
  private final Map<String, Key> keys = new HashMap<>();
  private final BitSet open = new BitSet();

  /** The rules with ways that leave certain values only to a component. */
  private record Key(BitSet all, Map<Object, BitSet> byValue) {
    Key() {
      this(new BitSet(), new HashMap<>());
    }
  }

  /**
   * @param rules the ways of each
   */
  Neighbours(List<List<Way>> rules) {
    for (var ways : rules) {
      ways.forEach(way -> way.keyed().forEach(this::count));
    }
    for (int i = 0; i < rules.size(); i++) {
      for (var way : rules.get(i)) {
        file(i, way);
      }
    }
  }

  private void count(String component) {
    popularity.merge(component, 1L, Long::sum);
  }

  /** Each way stands at one place: under the component that most others are told apart by. */
  private void file(int number, Way way) {
    var component = mostPopular(way);
    if (component == null) {
      open.set(number);
      return;
    }
    var key = keys.computeIfAbsent(component, any -> new Key());
    key.all().set(number);
    way.values(component)
        .forEach(value -> key.byValue().computeIfAbsent(value, any -> new BitSet()).set(number));
  }

  private @Nullable String mostPopular(Way way) {
    return way.keyed().stream()
        .max(
            Comparator.comparing((String name) -> popularity.getOrDefault(name, 0L))
                .thenComparing(Comparator.reverseOrder()))
        .orElse(null);
  }

  /** The numbers of all rules that may fire where one with these ways does. */
  BitSet of(List<Way> ways) {
    var found = (BitSet) open.clone();
    for (var way : ways) {
      keys.forEach((component, key) -> {
        if (way.keyed().contains(component)) {
          way.values(component)
              .forEach(value -> found.or(key.byValue().getOrDefault(value, new BitSet())));
        } else {
          found.or(key.all());
        }
      });
    }
    return found;
  }
}
