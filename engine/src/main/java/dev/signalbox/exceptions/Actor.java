package dev.signalbox.exceptions;

/** Who did something. Written to the journal as its kind and its name. */
public sealed interface Actor {
  String name();

  /** Its kind and its name, so that no key can be named like a part of Signalbox. */
  default String text() {
    return switch (this) {
      case Person person -> "person:" + person.name();
      case Component component -> "component:" + component.name();
      case Adapter adapter -> "adapter:" + adapter.name();
    };
  }

  /** A person, or a system that acts by an API key. */
  record Person(String name) implements Actor {}

  /** A part of Signalbox, e.g. {@code deadlines}. */
  record Component(String name) implements Actor {}

  /** An outside system behind an adapter, by the name of its target. */
  record Adapter(String name) implements Actor {}
}
