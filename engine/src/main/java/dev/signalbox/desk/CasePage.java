package dev.signalbox.desk;

import dev.signalbox.exceptions.ExceptionCase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next where the next page begins; null on the last
 * @param previous where the page before ends; null on the first
 */
public record CasePage(
    List<ExceptionCase> items, @Nullable CaseCursor next, @Nullable CaseCursor previous) {
  /** The longest page. */
  public static final int LIMIT_MAX = 200;

  public CasePage {
    items = List.copyOf(items);
  }
}
