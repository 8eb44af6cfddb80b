package dev.signalbox.access;

import dev.signalbox.exceptions.Competence;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Up to which amount somebody of a role may settle and approve: the one place of such limits.
 *
 * @param limits by role, in the reporting currency of the rules; a role that is missing has none
 */
public record Authority(Map<Role, BigDecimal> limits) {
  /** Everybody may take on everything. */
  public static final Authority UNLIMITED = new Authority(Map.of());

  public Authority {
    limits = Map.copyOf(limits);
  }

  /** What somebody may take on: as much as the highest of the roles. */
  public Competence of(Set<Role> roles, Set<String> skills) {
    var limit = limitOf(roles);
    return limit == null
        ? new Competence(skills, null, List.of())
        : new Competence(
            skills,
            limit,
            working(Stream.of(Role.values()))
                .filter(role -> role != Role.ADMIN && isAbove(role, limit))
                .map(Role::name)
                .toList());
  }

  private @Nullable BigDecimal limitOf(Set<Role> roles) {
    var held = working(roles.stream()).toList();
    return held.isEmpty() || held.stream().anyMatch(role -> !limits.containsKey(role))
        ? null
        : held.stream().map(limits::get).max(Comparator.naturalOrder()).orElseThrow();
  }

  private boolean isAbove(Role role, BigDecimal limit) {
    var other = limits.get(role);
    return other == null || other.compareTo(limit) > 0;
  }

  private static Stream<Role> working(Stream<Role> roles) {
    return roles.filter(role ->
        Permission.REVIEW.roles().contains(role) || Permission.APPROVE.roles().contains(role));
  }
}
