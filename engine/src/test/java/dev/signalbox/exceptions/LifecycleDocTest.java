package dev.signalbox.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The document of the lifecycle is written from its table, so that the two cannot part. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LifecycleDocTest {
  private static final String OPENING =
      """
      # Lifecycle

      Written by `LifecycleDocTest` from `Lifecycle.TABLE`. Every command that is not listed where a
      case stands is refused with what is allowed there, and changes nothing.

      | command | from | to |
      |---|---|---|
      """;

  @Test
  void the_committed_document_is_that_of_the_table() throws IOException {
    var file = Path.of(System.getProperty("signalbox.root", ".."), "docs/lifecycle.md");
    var written = document();
    var committed = Files.exists(file) ? Files.readString(file) : "";
    if (!written.equals(committed)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, written);
    }

    assertThat(committed)
        .as("docs/lifecycle.md was out of date and has been written anew; commit it")
        .isEqualTo(written);
  }

  private static String document() {
    return OPENING + table() + "\n```mermaid\nstateDiagram-v2\n" + diagram() + "```\n";
  }

  private static String table() {
    return Lifecycle.TABLE.stream()
        .map(row ->
            "| %s | %s | %s |\n"
                .formatted(
                    row.command().words(),
                    row.from().isEmpty() ? "–" : words(row.from()),
                    row.to() == null ? "same" : words(row.to())))
        .collect(Collectors.joining());
  }

  private static String words(Set<CaseStatus> statuses) {
    var missing =
        Arrays.stream(CaseStatus.values()).filter(status -> !statuses.contains(status)).toList();
    return missing.size() == 1
        ? "any but " + missing.getFirst()
        : new TreeSet<>(statuses).stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  /** One arrow for all commands that lead from one status to another; staying is not drawn. */
  private static String diagram() {
    var arrows = new TreeMap<String, Set<String>>();
    for (var row : Lifecycle.TABLE) {
      if (row.to() == null) {
        continue;
      }
      for (var to : row.to()) {
        if (row.from().isEmpty()) {
          arrows.computeIfAbsent("[*] --> " + to, key -> new TreeSet<>()).add(name(row));
        }
        for (var from : row.from()) {
          if (from != to) {
            arrows.computeIfAbsent(from + " --> " + to, key -> new TreeSet<>()).add(name(row));
          }
        }
      }
    }
    return arrows.entrySet().stream()
        .map(arrow -> "    %s: %s\n".formatted(arrow.getKey(), String.join(", ", arrow.getValue())))
        .collect(Collectors.joining());
  }

  private static String name(Transition row) {
    return row.command().words();
  }
}
