package dev.signalbox.reviewers;

import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's place on the roster of a queue: who is chosen for its exceptions by rule. What a
 * person may see and take on is known only from the token of a call, so it is said here as well;
 * where it is not said it is not known.
 *
 * @param reviewer the name by which journals know the person
 * @param skills in the words of rules, sorted
 * @param roles names of {@link Role}, sorted; empty where nobody said
 * @param contexts of which the person sees exceptions, sorted; null for all
 * @param away whether the person is not there, and is chosen for nothing
 */
public record Seat(
    QueueName queue,
    String reviewer,
    List<String> skills,
    List<String> roles,
    @Nullable List<String> contexts,
    boolean away) {

  public Seat {
    skills = sorted(skills);
    roles = sorted(roles);
    contexts = contexts == null ? null : sorted(contexts);
  }

  private static List<String> sorted(Collection<String> words) {
    return List.copyOf(new TreeSet<>(words));
  }

  /** The same, there or away. */
  Seat with(boolean isAway) {
    return new Seat(queue, reviewer, skills, roles, contexts, isAway);
  }

  /** The person as somebody who works on exceptions, as far as the roster says. */
  Reviewer person(Authority authority) {
    var held = EnumSet.noneOf(Role.class);
    for (var role : roles) {
      held.add(Role.valueOf(role));
    }
    return new Reviewer(
        reviewer, new ArrayList<>(roles), authority.of(held, new TreeSet<>(skills)));
  }

  Sight sight() {
    return new Sight(contexts, null);
  }
}
