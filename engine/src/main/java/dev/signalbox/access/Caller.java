package dev.signalbox.access;

import dev.signalbox.exceptions.Actor;

/** Who calls. */
public record Caller(String name, Role role) {
  public Actor actor() {
    return new Actor.Person(name);
  }
}
