package dev.signalbox.review;

import dev.signalbox.exceptions.CaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proposals that are approved together.
 *
 * @param version rises with every change; also its ETag
 * @param items at the versions that were frozen, in the order of their ids
 * @param decidedBy null while it is open
 */
public record Batch(
    UUID id,
    long version,
    Status status,
    String createdBy,
    Instant createdAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt,
    @Nullable String note,
    List<Item> items) {

  /** Where it stands. */
  public enum Status {
    OPEN,
    APPROVED,
    REJECTED
  }

  /**
   * A proposal in it.
   *
   * @param version of the case when it was frozen
   * @param excludedBy who took it out; null while it is in
   */
  public record Item(
      CaseId id, long version, @Nullable String excludedBy, @Nullable String excludedWhy) {
    public boolean isIn() {
      return excludedBy == null;
    }
  }

  public Batch {
    items = List.copyOf(items);
  }

  /** Those that are not excluded. */
  public List<Item> in() {
    return items.stream().filter(Item::isIn).toList();
  }
}
