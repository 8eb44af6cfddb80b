package dev.signalbox.ops.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a load.
 *
 * @param counts how many lines got which answer
 */
public record Summary(Map<String, Long> counts, Duration took) {
  public Summary {
    counts = new TreeMap<>(counts);
  }

  /** Whether nothing was refused. */
  public boolean isClean() {
    return count("refused") + count("conflict") + count("unavailable") == 0;
  }

  /** How many lines got an answer. */
  public long count(String status) {
    return counts.getOrDefault(status, 0L);
  }

  public long lines() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** For people. */
  public String text(Path refused) {
    var text = new StringBuilder("%d lines in %.1f s".formatted(lines(), took.toMillis() / 1e3));
    if (!counts.isEmpty()) {
      text.append(
          counts.entrySet().stream()
              .map(count -> count.getKey() + " " + count.getValue())
              .collect(Collectors.joining(", ", ": ", "")));
    }
    text.append('.');
    if (!isClean()) {
      text.append(" Refused lines and their reasons are in ").append(refused).append(".");
    }
    return text.toString();
  }
}
