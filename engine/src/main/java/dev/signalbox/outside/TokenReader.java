package dev.signalbox.outside;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says whose a token is that somebody else gave out, e.g. an OpenID Connect provider. */
public interface TokenReader {

  /** Reads a token. Blocks, within bounds of its own; safe for many callers. */
  Reading read(String token);

  /**
   * Whose a token is.
   *
   * @param name the same in all tokens of one person, and of nobody else
   * @param roles in the words of who gave it out
   * @param contexts of exceptions that it is good for; null for all
   * @param queues that it is good for; null for all
   * @param skills what the person knows, in the words of rules
   * @param endsAt from when it is good for nothing
   */
  record Identity(
      String name,
      List<String> roles,
      @Nullable Set<String> contexts,
      @Nullable Set<String> queues,
      Set<String> skills,
      Instant endsAt) {
    public Identity {
      roles = List.copyOf(roles);
      contexts = contexts == null ? null : Set.copyOf(contexts);
      queues = queues == null ? null : Set.copyOf(queues);
      skills = Set.copyOf(skills);
    }
  }

  /** What came of reading one. */
  sealed interface Reading {
    /** It is good. */
    record Known(Identity identity) implements Reading {}

    /** It lets nobody in; one sentence on why, for the caller. */
    record Refused(String why) implements Reading {}

    /** Nobody can tell now; one sentence on why, for operators. */
    record Away(String why) implements Reading {}
  }
}
