package dev.signalbox.access;

import dev.signalbox.exceptions.Actor;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name the same for all that one person or system does
 */
public record Caller(String name, Set<Role> roles) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  public Actor actor() {
    return new Actor.Person(name);
  }

  public boolean may(Permission permission) {
    return permission.isOf(roles);
  }
}
