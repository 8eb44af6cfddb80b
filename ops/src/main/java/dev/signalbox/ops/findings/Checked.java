package dev.signalbox.ops.findings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking one ruleset.
 *
 * @param folder as the caller named it
 * @param digest its identity; null where it could not be loaded
 * @param rules how many it has; 0 where it could not be loaded
 * @param files the paths of its files, as the caller may open them
 * @param told all that was found, by place
 */
public record Checked(
    String folder, @Nullable String digest, int rules, List<String> files, List<Told> told) {
  public Checked {
    files = List.copyOf(files);
    told = told.stream().sorted(Told.BY_PLACE).toList();
  }

  public long errors() {
    return told.stream().filter(one -> one.code().isError()).count();
  }

  public long warnings() {
    return told.size() - errors();
  }
}
