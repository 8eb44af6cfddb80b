package dev.signalbox.exceptions;

/** Who did something. Written to the journal as its kind and its name. */
public sealed interface Actor {
  String name();

  /** A person, or a system that acts by an API key. */
  record Person(String name) implements Actor {}

  /** A part of Signalbox, e.g. {@code deadlines}. */
  record Component(String name) implements Actor {}

  /** An outside system behind an adapter, by the name of its target. */
  record Adapter(String name) implements Actor {}
}
