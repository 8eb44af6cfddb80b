package dev.signalbox.exceptions;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions somebody may see and touch. What is out of sight is as if it were not there.
 *
 * @param contexts those it reaches, sorted; null for all
 * @param queues those it reaches, sorted; null for all. What no rule routed is on no queue, and in
 *     the sight only that reaches all
 */
public record Sight(@Nullable List<String> contexts, @Nullable List<String> queues) {
  /** All there is. */
  public static final Sight ALL = new Sight(null, null);

  public Sight {
    contexts = sorted(contexts);
    queues = sorted(queues);
  }

  /** Of some contexts and queues; null for all. */
  public static Sight of(@Nullable Set<String> contexts, @Nullable Set<String> queues) {
    return new Sight(
        contexts == null ? null : List.copyOf(contexts),
        queues == null ? null : List.copyOf(queues));
  }

  private static @Nullable List<String> sorted(@Nullable Collection<String> names) {
    return names == null ? null : List.copyOf(new TreeSet<>(names));
  }

  public boolean isAll() {
    return contexts == null && queues == null;
  }

  /** Whether it reaches a case. */
  public boolean reaches(ExceptionCase item) {
    var route = item.route();
    return reaches(item.report().identity().context())
        && (queues == null || (route != null && queues.contains(route.queue().value())));
  }

  /** Whether it reaches cases of a context, on some queue. */
  public boolean reaches(String context) {
    return contexts == null || contexts.contains(context);
  }
}
