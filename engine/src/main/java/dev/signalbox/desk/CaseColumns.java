package dev.signalbox.desk;

import dev.signalbox.db.SqlArray;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.CaseJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cases as columns, for one statement with arrays. */
final class CaseColumns {
  private final List<UUID> id = new ArrayList<>();
  private final List<Long> version = new ArrayList<>();
  private final List<byte[]> head = new ArrayList<>();
  private final List<String> status = new ArrayList<>();
  private final List<String> severity = new ArrayList<>();
  private final List<Integer> priority = new ArrayList<>();
  private final List<@Nullable String> queue = new ArrayList<>();
  private final List<@Nullable String> lane = new ArrayList<>();
  private final List<@Nullable String> assignee = new ArrayList<>();
  private final List<String> context = new ArrayList<>();
  private final List<String> source = new ArrayList<>();
  private final List<Instant> dueAt = new ArrayList<>();
  private final List<Instant> openedAt = new ArrayList<>();
  private final List<Instant> updatedAt = new ArrayList<>();
  private final List<@Nullable String> nextAction = new ArrayList<>();
  private final List<@Nullable Instant> nextActionAt = new ArrayList<>();
  private final List<@Nullable String> traceParent = new ArrayList<>();
  private final List<byte[]> body = new ArrayList<>();
  private final List<@Nullable Instant> urgentAt = new ArrayList<>();

  CaseColumns(List<StoredCase> cases) {
    for (var stored : cases) {
      add(stored.state());
      head.add(stored.head().bytes());
      traceParent.add(stored.traceParent());
    }
  }

  private void add(ExceptionCase state) {
    var classification = state.classification();
    if (classification == null) {
      throw new IllegalStateException("The case " + state.id() + " was not classified.");
    }
    id.add(state.id().value());
    version.add(state.version());
    status.add(state.status().name());
    severity.add(classification.severity().name());
    priority.add(Priority.of(state));
    queue.add(state.route() == null ? null : state.route().queue().value());
    lane.add(state.route() == null ? null : state.route().lane().name());
    assignee.add(state.assignee());
    context.add(state.report().identity().context());
    source.add(state.report().identity().source());
    dueAt.add(classification.dueAt());
    openedAt.add(state.openedAt());
    updatedAt.add(state.updatedAt());
    var timer = state.nextTimer();
    nextAction.add(timer == null ? null : timer.action().name());
    nextActionAt.add(timer == null ? null : timer.at());
    body.add(CaseJson.write(state));
    urgentAt.add(state.urgentAt());
  }

  /** In the order of {@code CaseTable.INSERT}. */
  Object[] forInsert() {
    return new Object[] {
      SqlArray.uuids(id),
      SqlArray.longs(version),
      SqlArray.bytes(head),
      SqlArray.texts(status),
      SqlArray.texts(severity),
      SqlArray.ints(priority),
      SqlArray.texts(queue),
      SqlArray.texts(lane),
      SqlArray.texts(assignee),
      SqlArray.texts(context),
      SqlArray.texts(source),
      SqlArray.instants(dueAt),
      SqlArray.instants(openedAt),
      SqlArray.instants(updatedAt),
      SqlArray.texts(nextAction),
      SqlArray.instants(nextActionAt),
      SqlArray.texts(traceParent),
      SqlArray.bytes(body),
      SqlArray.instants(urgentAt)
    };
  }

  /**
   * In the order of {@code CaseTable.UPDATE}.
   *
   * @param seen the versions they were read at
   */
  Object[] forUpdate(List<Long> seen) {
    return new Object[] {
      SqlArray.uuids(id),
      SqlArray.uuids(id),
      SqlArray.longs(seen),
      SqlArray.longs(version),
      SqlArray.bytes(head),
      SqlArray.texts(status),
      SqlArray.texts(severity),
      SqlArray.ints(priority),
      SqlArray.texts(queue),
      SqlArray.texts(lane),
      SqlArray.texts(assignee),
      SqlArray.instants(dueAt),
      SqlArray.instants(updatedAt),
      SqlArray.texts(nextAction),
      SqlArray.instants(nextActionAt),
      SqlArray.bytes(body),
      SqlArray.instants(urgentAt)
    };
  }
}
